#include "engine/calendar/load/working_days_file.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "engine/calendar/text.h"

using namespace jianlu::calendar;

namespace {

std::string calendar_text() {
  std::ifstream file(JIANLU_SOURCE_DIR "/rules/calendars/cn.yaml");
  std::ostringstream text;
  text << file.rdbuf();
  REQUIRE_FALSE(text.str().empty());
  return text.str();
}

DayKind kind(const WorkingDays& working, const char* date) { return working.kind(parse_day(date).day); }

}  // namespace

TEST_CASE("the calendar of China names 2019 to 2026") {
  const auto loaded = load_working_days(calendar_text());
  REQUIRE(std::holds_alternative<WorkingDays>(loaded));
  const auto& working = std::get<WorkingDays>(loaded);
  REQUIRE(working.notices().size() == 8);
  CHECK(working.notices().front().year == 2019);
  CHECK(working.notices().front().sources.size() == 2);
  CHECK(kind(working, "2018-12-29") == DayKind::working);
  CHECK(kind(working, "2018-12-28") == DayKind::unknown);
  CHECK(kind(working, "2018-12-31") == DayKind::off);
  CHECK(kind(working, "2020-02-03") == DayKind::working);
  CHECK(kind(working, "2022-12-31") == DayKind::off);
  CHECK(kind(working, "2026-02-14") == DayKind::working);
  CHECK(kind(working, "2026-12-24") == DayKind::working);
  CHECK(kind(working, "2026-12-25") == DayKind::unknown);
  CHECK(kind(working, "2027-03-03") == DayKind::unknown);
  CHECK(working.notice_needed(parse_day("2026-12-25").day) == 2027);
  // Public counts of working days: 2024 had 366 - 115, 2025 had 365 - 117.
  const auto worked = [&](int year) {
    int count = 0;
    for (Day day = to_day({year, 1, 1}); day < to_day({year + 1, 1, 1}); ++day) {
      count += working.kind(day) == DayKind::working ? 1 : 0;
    }
    return count;
  };
  CHECK(worked(2024) == 251);
  CHECK(worked(2025) == 248);
}

TEST_CASE("a broken calendar names the line and the way to mend it") {
  struct Case {
    const char* text;
    int line;
    const char* en;
  };
  const Case cases[] = {
      {"", 0, "years is missing"},
      {"years: [2024]\n", 1, "years is missing"},
      {"years:\n  24:\n    notices: [x]\n", 2, "four digits"},
      {"years:\n  2024:\n    days_off: {a: [2024-01-01]}\n", 2, "notices is missing"},
      {"years:\n  2024:\n    notices: [x]\n", 2, "days_off is missing"},
      {"years:\n  2024:\n    notices: [x]\n    days_off: {a: [2024-02-30]}\n", 4, "no such date"},
      {"years:\n  2024:\n    notices: [x]\n    days_off: {a: [2023-11-30]}\n", 4, "this year"},
      {"years:\n  2024:\n    notices: [x]\n    days_off: {a: [2024-01-01],\n b: [2024-01-01]}\n", 5, "named already"},
      {"years:\n  2024:\n    notices: [x]\n    days_off: {a: [2024-01-06]}\n    make_up_workdays: [2024-01-06]\n", 5,
       "named already"},
      {"years:\n  2024:\n    notices: [x]\n    days_off: {a: [2024-01-01]}\n    make_up_workdays: [2024-01-08]\n", 5,
       "no weekend"},
      {"years:\n  2024:\n    notices: [x]\n    days_off: {a: 2024-01-01}\n", 4, "list of dates"},
      {"years:\n  2024:\n    notices: [x]\n    days_off: {a: [2024-01-01]}\n    holidays: []\n", 5, "unknown key"},
      {"years:\n  2024: {notices: [x], days_off: {a: [2024-01-01]}}\n  2024: {}\n", 3, "twice"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const auto loaded = load_working_days(c.text);
    REQUIRE(std::holds_alternative<jianlu::yaml::Fault>(loaded));
    const auto& fault = std::get<jianlu::yaml::Fault>(loaded);
    CHECK(fault.line == c.line);
    CHECK_THAT(fault.en, Catch::Contains(c.en));
    CHECK_FALSE(fault.zh.empty());
  }
}
