// rules/calendars/cn.yaml, read off the State Council's notices, against a public package that was not made from it.
#include "tests/properties/chinese_days.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "engine/calendar/load/working_days_file.h"
#include "engine/calendar/text.h"

using namespace jianlu::calendar;

std::map<Day, bool> jianlu::test::chinese_days() {
  std::ifstream file(JIANLU_SOURCE_DIR "/tests/properties/chinese-days.tsv");
  std::map<Day, bool> listed;
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with('#')) continue;
    const std::size_t tab = line.find('\t');
    listed[parse_day(line.substr(0, tab)).day] = line.substr(tab + 1) == "worked";
  }
  REQUIRE(listed.size() > 200);
  return listed;
}

namespace {

WorkingDays china() {
  std::ifstream file(JIANLU_SOURCE_DIR "/rules/calendars/cn.yaml");
  std::ostringstream text;
  text << file.rdbuf();
  return std::get<WorkingDays>(load_working_days(text.str()));
}

}  // namespace

TEST_CASE("the calendar and chinese-days agree on every day that the notices settle") {
  const WorkingDays ours = china();
  const std::map<Day, bool> theirs = jianlu::test::chinese_days();
  int days = 0;
  for (Day day = to_day({2018, 12, 29}); day < to_day({2026, 12, 25}); ++day, ++days) {
    INFO(format_day(day));
    CHECK(ours.kind(day) == (jianlu::test::worked(theirs, day) ? DayKind::working : DayKind::off));
  }
  CHECK(days == 2918);
}

TEST_CASE("they differ in what they list in three plain weekends, and in what they say of a year without a notice") {
  const WorkingDays ours = china();
  std::map<Day, bool> listed;
  for (const YearNotice& notice : ours.notices()) {
    for (const Day day : notice.days_off) listed[day] = false;
    for (const Day day : notice.make_up_days) listed[day] = true;
  }
  const std::map<Day, bool> theirs = jianlu::test::chinese_days();
  std::set<std::string> only_theirs;
  for (const auto& [day, is_worked] : theirs) {
    if (!listed.contains(day)) only_theirs.insert(format_day(day));
  }
  // 2019: the notice names the Friday of 清明, 端午 and 中秋; the weekend after it is off as any other.
  CHECK(only_theirs == std::set<std::string>{"2019-04-06", "2019-04-07", "2019-06-08", "2019-06-09", "2019-09-14", "2019-09-15"});
  for (const auto& [day, is_worked] : listed) {
    INFO(format_day(day));
    CHECK(theirs.contains(day));
  }
  // The package takes what no notice arranges for plain weeks; here it is not known.
  const Day spring_festival = to_day({2027, 2, 8});   // a Monday in the Spring Festival of 2027
  CHECK(jianlu::test::worked(theirs, spring_festival));
  CHECK(ours.kind(spring_festival) == DayKind::unknown);
}
