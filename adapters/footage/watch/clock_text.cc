#include "adapters/footage/watch/clock_text.h"

#include <chrono>
#include <cstdio>

namespace jianlu::footage {

std::optional<ClockForm> clock_form(const std::vector<int>& lengths, std::size_t time, bool month_first) {
  const auto is = [&](std::size_t from, int a, int b, int c) {
    return from + 3 <= lengths.size() && lengths[from] == a && lengths[from + 1] == b &&
           lengths[from + 2] == c;
  };
  if (!is(time, 2, 2, 2)) return std::nullopt;
  // The date stands before the time, or after it.
  for (const auto from : {time - 3, time + 3}) {
    if (from >= lengths.size()) continue;
    if (is(from, 4, 2, 2)) return ClockForm{from, from + 1, from + 2, time, false};
    if (is(from, 2, 2, 4)) return ClockForm{from + 2, from + !month_first, from + month_first, time, false};
    if (is(from, 2, 2, 2)) return ClockForm{from, from + 1, from + 2, time, true};
  }
  return std::nullopt;
}

std::optional<std::int64_t> local_time(const ClockForm& form, const std::vector<std::string>& groups,
                                       HalfDay half) {
  const auto number = [&](std::size_t group) {
    int n = 0;
    for (const char c : groups[group]) n = n * 10 + (c - '0');
    return n;
  };
  using namespace std::chrono;
  const year_month_day date{year{number(form.year) + (form.short_year ? 2000 : 0)},
                            month{static_cast<unsigned>(number(form.month))},
                            day{static_cast<unsigned>(number(form.day))}};
  int hour = number(form.hour);
  const int minute = number(form.hour + 1), second = number(form.hour + 2);
  if (!date.ok() || int(date.year()) < 1970 || int(date.year()) > 2099 || minute > 59 || second > 59)
    return std::nullopt;
  if (half != HalfDay::none) {
    if (hour < 1 || hour > 12) return std::nullopt;
    hour = hour % 12 + (half == HalfDay::pm ? 12 : 0);
  }
  if (hour > 23) return std::nullopt;
  const auto seconds =
      sys_days(date).time_since_epoch().count() * 86'400ll + hour * 3600ll + minute * 60ll + second;
  return seconds * 1'000'000;
}

std::string shown_time(std::int64_t local) {
  using namespace std::chrono;
  const auto whole = floor<seconds>(microseconds(local));
  const auto days = floor<std::chrono::days>(whole);
  const year_month_day date{sys_days(days)};
  const hh_mm_ss time(whole - days);
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d", int(date.year()), unsigned(date.month()),
                unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()),
                int(time.seconds().count()));
  return text;
}

}  // namespace jianlu::footage
