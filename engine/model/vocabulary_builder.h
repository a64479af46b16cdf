// Entities, fields and enumerations from vocabulary files, and the derived entities that regulations declare.
#pragma once

#include <vector>

#include "engine/diag/diag.h"
#include "engine/model/build.h"

namespace jianlu::model {

// Every name must be written in both spellings and mean one thing in each, among the shared names and those of any one bureau:
// a bureau's own names are declared after the shared ones, and not beside those of other bureaus. Faulty fields are reported
// and left out.
Vocabulary build_vocabulary(const std::vector<Unit>& units, diag::Diagnostics& diagnostics);

}  // namespace jianlu::model
