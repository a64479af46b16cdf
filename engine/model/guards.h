// Reading a field that may be none needs a test before it (language.md, section 3).
#pragma once

#include "engine/diag/diag.h"
#include "engine/model/rulebook.h"

namespace jianlu::model {

// Report each place where an optional or observed value is read as if it were there. What is given where a condition
// holds is known in what it guards: `x 已填 且 … x …`, 当, 其中 and 例外 当. Deadlines may hang on an instant
// that is none: the event that starts them has not happened.
void check_guards(const Rulebook& book, const Norm& norm, diag::Diagnostics& diagnostics);
void check_guards(const Rulebook& book, const Definition& definition, diag::Diagnostics& diagnostics);
void check_guards(const Rulebook& book, const Derivation& derivation, diag::Diagnostics& diagnostics);
void check_guards(const Rulebook& book, ExprId condition, diag::Diagnostics& diagnostics);

}  // namespace jianlu::model
