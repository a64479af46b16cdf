// Entities, fields and enumerations from vocabulary files, and the derived entities that regulations declare.
#pragma once

#include <vector>

#include "engine/diag/diag.h"
#include "engine/model/vocabulary.h"
#include "engine/syntax/ast.h"

namespace jianlu::model {

// Every name must be written in both spellings and mean one thing in each. Faulty fields are reported and left out.
Vocabulary build_vocabulary(const std::vector<const syntax::SourceFile*>& files, diag::Diagnostics& diagnostics);

}  // namespace jianlu::model
