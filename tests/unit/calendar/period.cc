#include "engine/calendar/period.h"

#include <catch2/catch.hpp>
#include <set>

#include "engine/calendar/text.h"

using namespace jianlu::calendar;

namespace {

const Zone& shanghai() {
  static const Zone zone = Zone::find("Asia/Shanghai").value();
  return zone;
}

Instant at(const std::string& text) {
  const ParsedInstant parsed = parse_instant(text, shanghai());
  REQUIRE(parsed.fault == TimeFault::none);
  return parsed.instant;
}

std::vector<Day> days(std::initializer_list<const char*> texts) {
  std::vector<Day> out;
  for (const char* text : texts) out.push_back(parse_day(text).day);
  return out;
}

// The notices for 2023 and 2024.
const WorkingDays& calendar() {
  static const WorkingDays working({
      {2023,
       {"notice 2023"},
       days({"2022-12-31", "2023-01-01", "2023-01-02", "2023-01-21", "2023-01-22", "2023-01-23", "2023-01-24",
             "2023-01-25", "2023-01-26", "2023-01-27", "2023-04-05", "2023-04-29", "2023-04-30", "2023-05-01",
             "2023-05-02", "2023-05-03", "2023-06-22", "2023-06-23", "2023-06-24", "2023-09-29", "2023-09-30",
             "2023-10-01", "2023-10-02", "2023-10-03", "2023-10-04", "2023-10-05", "2023-10-06"}),
       days({"2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07", "2023-10-08"})},
      {2024,
       {"notice 2024"},
       days({"2024-01-01", "2024-02-10", "2024-02-11", "2024-02-12", "2024-02-13", "2024-02-14", "2024-02-15",
             "2024-02-16", "2024-02-17", "2024-04-04", "2024-04-05", "2024-04-06", "2024-05-01", "2024-05-02",
             "2024-05-03", "2024-05-04", "2024-05-05", "2024-06-10", "2024-09-15", "2024-09-16", "2024-09-17",
             "2024-10-01", "2024-10-02", "2024-10-03", "2024-10-04", "2024-10-05", "2024-10-06", "2024-10-07"}),
       days({"2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29",
             "2024-10-12"})},
  });
  return working;
}

std::string end(const char* from, const Period& period, Rollover rollover = Rollover::stay) {
  const PeriodEnd reached = add(at(from), period, shanghai(), calendar(), rollover);
  if (!reached.exact()) return "uncertain";
  return format_instant(reached.lo, shanghai());
}

}  // namespace

TEST_CASE("24 hours, 1 day and 1 working day differ") {
  // Friday noon before a plain weekend.
  CHECK(end("2024-03-01T12:00", {.micros = hours_24}) == "2024-03-02T12:00:00+08:00");
  CHECK(end("2024-03-01T12:00", {.days = 1}) == "2024-03-02T23:59:59.999999+08:00");
  CHECK(end("2024-03-01T12:00", {.working_days = 1}) == "2024-03-04T23:59:59.999999+08:00");
  CHECK(end("2024-03-01T12:00", {}) == "2024-03-01T12:00:00+08:00");
}

TEST_CASE("the day of the event is not counted, even from its last or first microsecond") {
  CHECK(end("2024-03-01T00:00", {.days = 1}) == end("2024-03-01T23:59:59.999999", {.days = 1}));
  CHECK(end("2024-03-02T00:00", {.days = 1}) == "2024-03-03T23:59:59.999999+08:00");
}

TEST_CASE("months and years end on the same date or on the month's last day") {
  CHECK(end("2024-02-29T10:00", {.months = 12}) == "2025-02-28T23:59:59.999999+08:00");
  CHECK(end("2023-02-28T10:00", {.months = 12}) == "2024-02-28T23:59:59.999999+08:00");
  CHECK(end("2024-01-31T10:00", {.months = 1}) == "2024-02-29T23:59:59.999999+08:00");
  CHECK(end("2023-11-30T10:00", {.months = 3}) == "2024-02-29T23:59:59.999999+08:00");
  CHECK(end("2024-12-31T23:00", {.months = 2, .days = 1}) == "2025-03-01T23:59:59.999999+08:00");
  CHECK(end("2024-03-31T10:00", {.months = -1}) == "2024-02-29T23:59:59.999999+08:00");
}

TEST_CASE("working days pass over days off and count make-up days") {
  // Thursday before 春节 2024: Friday 9 February, Sunday 18 February (made up), Monday 19.
  CHECK(end("2024-02-08T09:00", {.working_days = 1}) == "2024-02-09T23:59:59.999999+08:00");
  CHECK(end("2024-02-08T09:00", {.working_days = 2}) == "2024-02-18T23:59:59.999999+08:00");
  CHECK(end("2024-02-08T09:00", {.working_days = 3}) == "2024-02-19T23:59:59.999999+08:00");
  CHECK(end("2024-02-18T09:00", {.working_days = -2}) == "2024-02-08T23:59:59.999999+08:00");
}

TEST_CASE("an end on a day off moves to the day after the days off unless it must not") {
  CHECK(end("2024-09-28T10:00", {.days = 3}, Rollover::move) == "2024-10-08T23:59:59.999999+08:00");
  CHECK(end("2024-09-28T10:00", {.days = 3}, Rollover::stay) == "2024-10-01T23:59:59.999999+08:00");
  CHECK(end("2024-03-01T10:00", {.days = 1}, Rollover::move) == "2024-03-04T23:59:59.999999+08:00");
  // A Sunday that is worked instead is no day off.
  CHECK(end("2024-02-17T10:00", {.days = 1}, Rollover::move) == "2024-02-18T23:59:59.999999+08:00");
  // Counted back, or to the day of the event itself, an end stays.
  CHECK(end("2024-03-02T10:00", {.months = 1, .days = -31}, Rollover::move) == "2024-03-02T23:59:59.999999+08:00");
  CHECK(end("2024-02-20T10:00", {.days = -5}, Rollover::move) == "2024-02-15T23:59:59.999999+08:00");
}

TEST_CASE("without a notice a working day is a range, and says which notice is missing") {
  const PeriodEnd reached =
      add(at("2025-03-03T10:00"), {.working_days = 2}, shanghai(), calendar(), Rollover::stay);
  CHECK(reached.lo == at("2025-03-05T23:59:59.999999"));
  CHECK(reached.hi == end_of_time);
  CHECK(reached.missing_notice == 2025);
  // The notice for 2025 could still name the last days of December 2024.
  CHECK(calendar().kind(parse_day("2024-12-24").day) == DayKind::working);
  CHECK(calendar().kind(parse_day("2024-12-25").day) == DayKind::unknown);
  CHECK(calendar().kind(parse_day("2023-12-25").day) == DayKind::working);
  CHECK(calendar().kind(parse_day("2022-12-31").day) == DayKind::off);
  CHECK(calendar().kind(parse_day("2022-12-30").day) == DayKind::unknown);
  CHECK(add(at("2024-12-20T10:00"), {.working_days = 3}, shanghai(), calendar(), Rollover::stay).missing_notice ==
        2025);
  CHECK(add(at("2024-12-20T10:00"), {.working_days = 2}, shanghai(), calendar(), Rollover::stay).exact());
  // Dates alone need no notice; rolling over does.
  CHECK(add(at("2031-01-01T10:00"), {.months = 12}, shanghai(), calendar(), Rollover::stay).exact());
  const PeriodEnd rolled = add(at("2031-01-01T10:00"), {.months = 12}, shanghai(), calendar(), Rollover::move);
  CHECK(rolled.lo == at("2032-01-01T23:59:59.999999"));
  CHECK(rolled.hi == end_of_time);
  CHECK(rolled.missing_notice == 2032);
  const PeriodEnd back = add(at("2021-03-03T10:00"), {.working_days = -2}, shanghai(), calendar(), Rollover::stay);
  CHECK(back.lo == beginning_of_time);
  CHECK(back.hi == at("2021-03-01T23:59:59.999999"));
}

TEST_CASE("extreme amounts saturate and end") {
  const std::int64_t huge = std::numeric_limits<std::int64_t>::max();
  CHECK(add(0, {.micros = huge}, shanghai(), calendar(), Rollover::stay).hi == end_of_time);
  CHECK(add(end_of_time, {.days = -1}, shanghai(), calendar(), Rollover::stay).lo == end_of_time);
  for (const Period& period : {Period{.months = huge}, Period{.days = huge}, Period{.working_days = huge}}) {
    CHECK(add(0, period, shanghai(), calendar(), Rollover::move).hi > at("9999-01-01T00:00"));
  }
  for (const Period& period : {Period{.months = -huge}, Period{.days = -huge}, Period{.working_days = -huge}}) {
    CHECK(add(0, period, shanghai(), calendar(), Rollover::move).lo < -at("9999-01-01T00:00"));
  }
}

TEST_CASE("an uncertain event gives the earliest and the latest end") {
  const PeriodEnd reached = add(Bound{at("2024-03-01T23:00"), at("2024-03-02T01:00")}, {.days = 1}, shanghai(),
                                calendar(), Rollover::stay);
  CHECK(reached.lo == at("2024-03-02T23:59:59.999999"));
  CHECK(reached.hi == at("2024-03-03T23:59:59.999999"));
}
