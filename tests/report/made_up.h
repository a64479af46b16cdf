// A report with something in every place, about people and sessions that do not exist.
#pragma once

#include <string>

#include "report/report.h"

namespace jianlu::report {

// `tail` is appended to every text, so that a hostile one reaches every place of the page.
Report made_up(source::Language language, const std::string& tail = {});

}  // namespace jianlu::report
