// What stands above a finding or any other outcome.
#pragma once

#include <string>

#include "report/report.h"

namespace jianlu::report {

// The message of a rule is written for a breach: before one that is not established stands that nothing is, and an outcome that
// holds nothing against anyone says what it means instead.
std::string headline(const Finding& finding, source::Language language);

}  // namespace jianlu::report
