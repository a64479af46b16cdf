#pragma once

#include <string_view>
#include <variant>

#include "engine/calendar/working_days.h"
#include "engine/yaml/document.h"

namespace jianlu::calendar {

// Reads the text of rules/calendars/<country>.yaml:
//   years:
//     2024:
//       notices: [address, ...]             at least one
//       days_off: {春节: [2024-02-10, ...]}  by occasion
//       make_up_workdays: [2024-02-04, ...] Saturdays and Sundays
// The first thing wrong is the fault: a date that does not exist or lies outside the year and the December before it, a
// day named twice or by two notices in different ways, a make-up day that is no weekend, an unknown key.
std::variant<WorkingDays, yaml::Fault> load_working_days(std::string_view text);

}  // namespace jianlu::calendar
