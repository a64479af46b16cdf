// Signs of provenance and how they read together.
#pragma once

#include "adapters/footage/footage.h"
#include "adapters/footage/scan/structure.h"

namespace jianlu::footage {

// Fills signs and reading of a readable file from its tags, streams, times and structure.
void read_signs(const Structure& structure, FootageFacts& facts);

// Signs in a photo's own metadata.
void read_photo_signs(const Structure& structure, FootageFacts& facts);

}  // namespace jianlu::footage
