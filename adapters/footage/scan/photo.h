// Photos: format, picture size and embedded metadata; pictures are not decoded.
#pragma once

#include <string>

#include "adapters/footage/footage.h"
#include "adapters/footage/scan/input.h"
#include "adapters/footage/scan/structure.h"

namespace jianlu::footage {

// Adds one video stream with the picture's size when it is known (JPEG, PNG), what its EXIF or its camera's comment states
// of time and place, and returns the metadata segments. `now`: later times are implausible.
Structure read_photo(Input& input, const std::string& format, std::int64_t now, FootageFacts& facts);

}  // namespace jianlu::footage
