#pragma once

#include <cstdint>

namespace jianlu::calendar {

// Days since 1970-01-01 in the proleptic Gregorian calendar; the number of a local date, whatever the zone.
using Day = std::int32_t;

// Days outside this range (about the years -280000 to +280000) have no instant in microseconds.
inline constexpr Day first_day = -102'000'000;
inline constexpr Day last_day = 102'000'000;

struct Date {
  std::int32_t year = 1970;
  std::uint8_t month = 1;  // 1 to 12
  std::uint8_t day = 1;    // 1 to days_in_month
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

enum class Weekday : std::uint8_t { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

constexpr bool is_leap_year(std::int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int days_in_month(std::int32_t year, int month) {
  constexpr std::uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : lengths[month - 1];
}

constexpr bool is_valid(const Date& date) {
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

// Counts in eras of 400 years that begin on 1 March, so that the leap day is the last of its year.
constexpr Day to_day(const Date& date) {
  const std::int32_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int32_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int32_t year_of_era = year - era * 400;
  const std::int32_t day_of_year = (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1;
  const std::int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

constexpr Date to_date(Day day) {
  const std::int32_t shifted = day + 719'468;
  const std::int32_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
  const std::int32_t day_of_era = shifted - era * 146'097;
  const std::int32_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int32_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int32_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(day_of_year - (153 * shifted_month + 2) / 5 + 1)};
}

// 1970-01-01 was a Thursday.
constexpr Weekday weekday(Day day) { return static_cast<Weekday>(((day + 3) % 7 + 7) % 7); }

// The same date `months` later, or the last day of that month where it has no such date (Civil Code, art. 202).
// The result is clamped to [first_day, last_day].
constexpr Day add_months(Day day, std::int64_t months) {
  constexpr std::int64_t limit = 270'000LL * 12;
  const Date date = to_date(day);
  const std::int64_t before = std::int64_t{date.year} * 12 + (date.month - 1);
  if (months > limit - before) return last_day;
  if (months < -limit - before) return first_day;
  const std::int64_t count = before + months;
  const std::int64_t year = (count >= 0 ? count : count - 11) / 12;
  const int month = static_cast<int>(count - year * 12) + 1;
  const int longest = days_in_month(static_cast<std::int32_t>(year), month);
  return to_day({static_cast<std::int32_t>(year), static_cast<std::uint8_t>(month),
                 static_cast<std::uint8_t>(date.day < longest ? date.day : longest)});
}

constexpr Day add_days(Day day, std::int64_t days) {
  if (days > std::int64_t{last_day} - day) return last_day;
  if (days < std::int64_t{first_day} - day) return first_day;
  return static_cast<Day>(day + days);
}

}  // namespace jianlu::calendar
