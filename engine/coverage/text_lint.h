// The official words against the rules that rest on them: vague terms that no interpretation takes up, and figures that the
// rules do not have.
#pragma once

#include <span>

#include "engine/diag/diag.h"
#include "engine/model/rulebook.h"
#include "engine/statute/regulation.h"

namespace jianlu::coverage {

// `statements`: those of the attached text, as source.yaml divides it. Only statements that a norm cites are looked at: what
// people check, or what declares a principle, has nothing to measure.
void lint_text(const model::Rulebook& book, const model::Regulation& regulation, std::span<const statute::Statement> statements,
               diag::Diagnostics& diagnostics);

}  // namespace jianlu::coverage
