// Periods against counting on a wall calendar, day by day: the calendar is a list of dates made by incrementing year,
// month and day, and the worked days are read off the notices without the class under test.

#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>

#include "engine/calendar/load/working_days_file.h"
#include "engine/calendar/period.h"
#include "engine/calendar/text.h"

using namespace jianlu::calendar;

namespace {

struct WallDay {
  int year;
  int month;
  int day;
  bool worked;
};

// 2018-12-01 to 2030-12-31. Whether a day is worked is known from 2018-12-29 until, but not including, 2026-12-25.
struct Wall {
  std::vector<WallDay> days;
  std::map<std::tuple<int, int, int>, std::size_t> index;

  explicit Wall(const WorkingDays& notices) {
    std::map<std::tuple<int, int, int>, bool> named;
    for (const YearNotice& notice : notices.notices()) {
      for (const Day day : notice.days_off) named[key(to_date(day))] = false;
      for (const Day day : notice.make_up_days) named[key(to_date(day))] = true;
    }
    int year = 2018;
    int month = 12;
    int day = 1;
    int of_week = 5;  // 1 December 2018 was a Saturday; Monday is 0
    while (std::tuple(year, month, day) <= std::tuple(2030, 12, 31)) {
      const bool leap = year % 4 == 0;
      const int last = month == 2 ? (leap ? 29 : 28) : (month == 4 || month == 6 || month == 9 || month == 11) ? 30 : 31;
      const auto found = named.find({year, month, day});
      index[{year, month, day}] = days.size();
      days.push_back({year, month, day, found != named.end() ? found->second : of_week < 5});
      of_week = (of_week + 1) % 7;
      if (++day > last) {
        day = 1;
        if (++month > 12) {
          month = 1;
          ++year;
        }
      }
    }
  }

  std::size_t known_begin() const { return index.at({2018, 12, 29}); }
  std::size_t known_end() const { return index.at({2026, 12, 25}); }

  static std::tuple<int, int, int> key(const Date& date) { return {date.year, date.month, date.day}; }
};

const WorkingDays& china() {
  static const WorkingDays working = [] {
    std::ifstream file(JIANLU_SOURCE_DIR "/rules/calendars/cn.yaml");
    std::ostringstream text;
    text << file.rdbuf();
    return std::get<WorkingDays>(load_working_days(text.str()));
  }();
  return working;
}

const Wall& wall() {
  static const Wall days(china());
  return days;
}

// The same date n months later by turning pages: one month's pages at a time, never past the end of the month reached.
std::size_t months_later(std::size_t from, int months) {
  const WallDay start = wall().days[from];
  const int count = start.year * 12 + start.month - 1 + months;
  for (int day = start.day; day > 0; --day) {
    const auto found = wall().index.find({count / 12, count % 12 + 1, day});
    if (found != wall().index.end()) return found->second;
  }
  FAIL("the wall calendar is too short");
  return 0;
}

std::string last_instant_of(std::size_t i) {
  const WallDay& day = wall().days[i];
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT23:59:59.999999+08:00", day.year, day.month, day.day);
  return text;
}

Instant instant_in(std::size_t i, int hour_of_day, int seconds) {
  const WallDay& day = wall().days[i];
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:59:%02d", day.year, day.month, day.day, hour_of_day, seconds);
  return parse_instant(text, Zone::find("Asia/Shanghai").value()).instant;
}

void check(std::size_t from, const Period& period, Rollover rollover, std::size_t expected) {
  static const Zone zone = Zone::find("Asia/Shanghai").value();
  if (rollover == Rollover::move && expected >= wall().known_end()) return;
  const int hour_of_day = static_cast<int>(from * 7 % 24);
  const Instant event = hour_of_day == 0 ? instant_in(from, 0, 0) - 59 * minute : instant_in(from, hour_of_day, 59);
  const PeriodEnd end = add(event, period, zone, china(), rollover);
  if (!end.exact() || format_instant(end.lo, zone) != last_instant_of(expected)) {
    FAIL(format_instant(event, zone) << " + " << period.months << " months " << period.days << " days "
                                     << period.working_days << " working days: " << format_instant(end.lo, zone)
                                     << " to " << format_instant(end.hi, zone) << ", expected "
                                     << last_instant_of(expected));
  }
}

std::size_t rolled(std::size_t i) {
  while (!wall().days[i].worked) ++i;
  return i;
}

}  // namespace

TEST_CASE("the class under test and the wall calendar agree on every day") {
  REQUIRE(wall().days.size() == 31 + 12 * 365 + 3);
  for (std::size_t i = wall().known_begin(); i < wall().known_end(); ++i) {
    const WallDay& day = wall().days[i];
    const Date date{day.year, static_cast<std::uint8_t>(day.month), static_cast<std::uint8_t>(day.day)};
    if (china().kind(to_day(date)) != (day.worked ? DayKind::working : DayKind::off)) FAIL(format_day(to_day(date)));
  }
}

TEST_CASE("days, months, years and working days are counted as on a wall calendar") {
  const std::size_t first = wall().known_begin();
  for (std::size_t from = first; from < wall().known_end(); ++from) {
    for (const int days : {1, 2, 3, 5, 7, 10, 15, 30, 60, 90}) {
      check(from, {.days = days}, Rollover::stay, from + days);
      check(from, {.days = days}, Rollover::move, rolled(from + days));
    }
    for (const int months : {1, 2, 3, 6, 12, 13, 24, 36}) {
      const std::size_t reached = months_later(from, months);
      check(from, {.months = months}, Rollover::stay, reached);
      check(from, {.months = months}, Rollover::move, rolled(reached));
      check(from, {.months = months, .days = 3}, Rollover::stay, reached + 3);
    }
    std::size_t at = from;
    for (int count = 1; count <= 15; ++count) {
      ++at;
      while (!wall().days[at].worked) ++at;
      if (at >= wall().known_end()) break;
      check(from, {.working_days = count}, Rollover::stay, at);
      check(from, {.working_days = count}, Rollover::move, at);
    }
    // Back again: the working days before this one.
    at = from;
    for (int count = 1; count <= 5; ++count) {
      do {
        --at;
      } while (at > first && !wall().days[at].worked);
      if (at <= first) break;
      check(from, {.working_days = -count}, Rollover::move, at);
    }
  }
}

TEST_CASE("a range without a notice holds the end under every notice") {
  // Take a notice away, and compare what is said without it with what the notice says.
  const Zone zone = Zone::find("Asia/Shanghai").value();
  int uncertain = 0;
  for (std::size_t missing = 0; missing < china().notices().size(); ++missing) {
    std::vector<YearNotice> fewer = china().notices();
    const int year = fewer[missing].year;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(missing));
    const WorkingDays partial(fewer);
    const Day begin = missing == 0 ? to_day({year, 1, 1}) : to_day({year - 1, 11, 1});
    for (Day day = begin; day < to_day({year, 12, 1}); ++day) {
      for (const Period& period : {Period{.working_days = 2}, Period{.working_days = 12}, Period{.days = 7}}) {
        const Instant event = zone.start_of_day(day);
        const PeriodEnd known = add(event, period, zone, china(), Rollover::move);
        const PeriodEnd range = add(event, period, zone, partial, Rollover::move);
        if (!known.exact()) continue;
        if (range.lo > known.lo || known.hi > range.hi) FAIL(format_day(day));
        if (range.exact() != (range.missing_notice == 0)) FAIL(format_day(day));
        if (!range.exact()) {
          ++uncertain;
          if (range.missing_notice != year) FAIL(format_day(day));
        }
      }
    }
  }
  CHECK(uncertain > 5'000);
}

TEST_CASE("a later event never ends a period earlier") {
  const Zone zone = Zone::find("Asia/Shanghai").value();
  for (const Period& period : {Period{.months = 1}, Period{.months = 12, .days = 1}, Period{.days = 15},
                               Period{.working_days = 2}, Period{.micros = hours_24}}) {
    for (const Rollover rollover : {Rollover::move, Rollover::stay}) {
      PeriodEnd before = add(zone.start_of_day(to_day({2018, 1, 1})), period, zone, china(), rollover);
      for (Day day = to_day({2018, 1, 2}); day < to_day({2028, 1, 1}); ++day) {
        const PeriodEnd end = add(zone.start_of_day(day), period, zone, china(), rollover);
        if (end.lo < before.lo || end.hi < before.hi) FAIL(format_day(day));
        before = end;
      }
    }
  }
}
