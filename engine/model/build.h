// From syntax trees to the typed rulebook: vocabulary first, then names, types and units, in one pass per file.
#pragma once

#include <string>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/model/rulebook.h"
#include "engine/syntax/ast.h"

namespace jianlu::model {

// A parsed file; `id` is the bureau's id (its folder's name) for the files of a bureau, empty for those that all share.
struct Unit {
  const syntax::SourceFile* file = nullptr;
  std::string id;
};

// What does not resolve or type-check is reported and left out: a norm is in the result only when the whole of it is
// sound, and one fault is reported once. Files may come in any order.
Rulebook build(const std::vector<Unit>& units, const source::Files& files, diag::Diagnostics& diagnostics);

}  // namespace jianlu::model
