// EXIF in photos: when, where and with what they were taken.
#pragma once

#include <cstdint>
#include <string_view>

#include "adapters/footage/footage.h"

namespace jianlu::footage {

// `tiff`: what follows "Exif\0\0" in the APP1 segment. Adds maker and model to the tags, times and the place; a default
// clock is said to be one, and 0/0 is no place. Offsets outside `tiff` and directories that refer to themselves end the reading.
void read_exif(std::string_view tiff, std::int64_t now, FootageFacts& facts);

}  // namespace jianlu::footage
