// Mutation testing of rules: one small slip in one declaration, of the kind that a person makes when writing law down as
// rules. A slip that no case notices shows a case that is missing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/source/source.h"
#include "engine/syntax/ast.h"

namespace jianlu::mutation {

// `id` is "hand_over/bound/2": the declaration, the kind of slip, its number among those of that kind in it. It does not
// change when other declarations do.
struct Mutant {
  std::string id;
  int article = 0;
  source::Span span;              // what the slip is about
  diag::Words what;
  std::function<void()> toggle;   // makes the slip in the tree; once more, and the tree is as it was
};

// All slips in a regulation, in the order of the file. `tree` must outlive them; `enumerations` are those that its names
// may mean. Only what is judged is changed: no summaries, messages, lines of the checklist or sanctions.
std::vector<Mutant> mutants(syntax::SourceFile& tree, const std::vector<const syntax::EnumDecl*>& enumerations);

}  // namespace jianlu::mutation
