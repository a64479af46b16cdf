#include "engine/calendar/zone.h"

#include <catch2/catch.hpp>

#include "engine/calendar/text.h"

using namespace jianlu::calendar;

namespace {

Instant at(const char* text, const Zone& zone = Zone::utc()) {
  const ParsedInstant parsed = parse_instant(text, zone);
  REQUIRE(parsed.fault == TimeFault::none);
  return parsed.instant;
}

}  // namespace

TEST_CASE("dates count days one by one over four hundred years and more") {
  Day day = to_day({1599, 12, 31});
  for (int year = 1600; year <= 2101; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int of_month = 1; of_month <= days_in_month(year, month); ++of_month) {
        const Date date{year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(of_month)};
        ++day;
        if (to_day(date) != day || to_date(day) != date) FAIL(format_day(day));
      }
    }
  }
  CHECK(to_day({1970, 1, 1}) == 0);
  CHECK(weekday(to_day({2024, 2, 29})) == Weekday::thursday);
  CHECK(weekday(to_day({1969, 12, 28})) == Weekday::sunday);
}

TEST_CASE("an unknown zone is no zone") {
  CHECK_FALSE(Zone::find("Asia/Nowhere"));
  CHECK_FALSE(Zone::find(""));
  CHECK(Zone::find("Asia/Shanghai")->name() == "Asia/Shanghai");
  CHECK(*Zone::find("Asia/Shanghai") == *Zone::find("Asia/Shanghai"));
  CHECK_FALSE(*Zone::find("Asia/Shanghai") == Zone::utc());
}

TEST_CASE("Shanghai is eight hours ahead, nine in the summers of 1986 to 1991") {
  const Zone zone = Zone::find("Asia/Shanghai").value();
  CHECK(zone.offset_at(at("2024-06-01T00:00Z")) == 8 * hour);
  CHECK(zone.offset_at(at("1988-07-01T00:00Z")) == 9 * hour);
  CHECK(zone.offset_at(at("1988-01-01T00:00Z")) == 8 * hour);
  CHECK(zone.offset_at(beginning_of_time) != 0);
  CHECK(zone.to_instant({to_day({2024, 1, 1}), 0}) == at("2023-12-31T16:00Z"));
  CHECK(zone.day_of(at("2023-12-31T15:59:59.999999Z")) == to_day({2023, 12, 31}));
  CHECK(zone.day_of(at("2023-12-31T16:00Z")) == to_day({2024, 1, 1}));
}

TEST_CASE("a day ends with its last microsecond and the next begins right after it") {
  for (const char* name : {"Asia/Shanghai", "Asia/Urumqi", "America/New_York", "America/Sao_Paulo", "UTC"}) {
    const Zone zone = Zone::find(name).value();
    for (Day day = to_day({1985, 1, 1}); day < to_day({2030, 1, 1}); ++day) {
      const Instant end = zone.end_of_day(day);
      if (zone.day_of(end) != day || zone.day_of(end + 1) != day + 1 || zone.start_of_day(day + 1) != end + 1 ||
          end_of_day(end, zone) != end || end_of_day(zone.start_of_day(day), zone) != end) {
        FAIL(name << " " << format_day(day));
      }
    }
  }
  const Zone zone = Zone::find("Asia/Shanghai").value();
  CHECK(same_day(at("2024-01-01T00:00+08:00"), at("2024-01-01T23:59:59.999999+08:00"), zone));
  CHECK_FALSE(same_day(at("2024-01-01T23:59:59.999999+08:00"), at("2024-01-02T00:00+08:00"), zone));
  CHECK(end_of_day(end_of_time, zone) == end_of_time);
  CHECK(end_of_day(Bound{0, at("1970-01-02T20:00Z")}, zone) ==
        Bound{at("1970-01-01T15:59:59.999999Z"), at("1970-01-03T15:59:59.999999Z")});
}

TEST_CASE("every instant reads back from the local clock, except in the hour that occurs twice") {
  const Zone zone = Zone::find("America/New_York").value();
  int twice = 0;
  for (Instant t = at("2023-01-01T00:00Z"); t < at("2025-01-01T00:00Z"); t += 15 * minute) {
    const LocalTime local = zone.to_local(t);
    if (zone.to_instant(local) == t) continue;
    ++twice;
    if (zone.to_instant(local) != t - hour) FAIL(format_instant(t, zone));
  }
  CHECK(twice == 8);  // four quarters of an hour in each of two autumns
  CHECK_FALSE(zone.exists({to_day({2024, 3, 10}), 2 * hour + 30 * minute}));
  CHECK(zone.to_instant({to_day({2024, 3, 10}), 2 * hour + 30 * minute}) == at("2024-03-10T07:00Z"));
  CHECK(zone.exists({to_day({2024, 3, 10}), 3 * hour}));
}
