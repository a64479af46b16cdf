// A comparison of regulations as one self-contained page, in the style of the reports: no script, nothing fetched, landscape
// on paper.
#pragma once

#include <string>

#include "engine/comparison/comparison.h"

namespace jianlu::report {

std::string render_comparison(const comparison::Table& table, const model::Rulebook& book, source::Language language);

}  // namespace jianlu::report
