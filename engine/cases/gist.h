// Why an outcome is what it is, in a few lines: for failed cases.
#pragma once

#include <string>
#include <vector>

#include "engine/calendar/zone.h"
#include "engine/diag/diag.h"
#include "engine/fact/fact.h"
#include "engine/model/rulebook.h"
#include "engine/reference/explanation.h"

namespace jianlu::cases {

std::string row_name(const model::Rulebook& book, const fact::Facts& facts, const reference::RowRef& row,
                     source::Language language);

// What each part of the norm came to, the facts that are missing and who supplies them, the exceptions that were
// considered and did not hold.
std::vector<diag::Words> gist(const model::Rulebook& book, const fact::Facts& facts, const calendar::Zone& zone,
                              const reference::Explanation& explanation);

}  // namespace jianlu::cases
