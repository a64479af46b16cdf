// Dates and times of day as devices print them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jianlu::footage {

// What the groups of digits of a line stand for.
struct ClockForm {
  std::size_t year = 0, month = 0, day = 0,
              hour = 0;  // index of the group; minute and second follow the hour
  bool short_year = false;
};

// `lengths`: digits in each group from left to right; `time`: the group with the hour. `month_first`: of two
// groups of which either may be the month.
std::optional<ClockForm> clock_form(const std::vector<int>& lengths, std::size_t time, bool month_first);

enum class HalfDay { none, am, pm };

// Microseconds since 1970 on the clock's own count; nothing when no clock shows that.
std::optional<std::int64_t> local_time(const ClockForm& form, const std::vector<std::string>& groups,
                                       HalfDay half);

// "2020-06-01 16:29:10".
std::string shown_time(std::int64_t local);

}  // namespace jianlu::footage
