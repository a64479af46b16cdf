// Deadlines as a rule file writes them, through both evaluators, against counting the days one by one. The rules are those of a
// regulation that gives two working days from the making of a record, or 24 hours from the return of who worked elsewhere.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "engine/calendar/load/working_days_file.h"
#include "engine/calendar/text.h"
#include "engine/exec/exec.h"
#include "engine/model/build.h"
#include "engine/plan/plan.h"
#include "engine/reference/reference.h"
#include "engine/syntax/parse.h"
#include "tests/differential/build.h"
#include "tests/properties/chinese_days.h"

using namespace jianlu;
using calendar::Day;
using calendar::Instant;
using outcome::Outcome;

namespace {

const std::string kVocabulary = R"(词汇 记录 = recordings "例"
台账 场次 = session "例" 提供 "办案单位" 标识 编号 时点 作出于
    字段 编号 = id : 文本 必填 "例"
    字段 作出于 = made_at : 时刻 必填 "例"
    字段 返回单位 = returned : 时刻 可缺 "例"
台账 存储 = storing "例" 从属 场次 列 存储 = storings
    字段 时间 = at : 时刻 必填 "例"
)";

struct World {
  source::Files files;
  model::Rulebook book;
  fact::Facts facts;
  calendar::WorkingDays working;
  std::vector<calendar::Zone> zones{*calendar::Zone::find("Asia/Shanghai")};
  model::EntityId session = model::kNone, storing = model::kNone;

  explicit World(const std::string& deadline) {
    std::ifstream file(JIANLU_SOURCE_DIR "/rules/calendars/cn.yaml");
    std::ostringstream text;
    text << file.rdbuf();
    working = std::get<calendar::WorkingDays>(calendar::load_working_days(text.str()));
    diag::Diagnostics diagnostics;
    const auto vocabulary = syntax::parse(files, files.add("vocabulary.law", kVocabulary), diagnostics);
    const auto rules = syntax::parse(files, files.add("regulation.law", "规定 甲 = a\n    时区 \"Asia/Shanghai\"\n第十七条 概要 \"存储\"\n" + deadline), diagnostics);
    REQUIRE((vocabulary && rules));
    book = model::build({{&*vocabulary, ""}, {&*rules, "a"}}, files, diagnostics);
    REQUIRE(diagnostics.all().empty());
    session = book.vocabulary.entity("session");
    storing = book.vocabulary.entity("storing");
    differential::Build(book, facts).tables();
  }

  // A record made and stored at these instants.
  void add(Instant made, std::optional<Instant> returned, Instant stored) {
    differential::Build build(book, facts);
    const auto row = build.row(session);
    build.set(session, row, book.vocabulary.field(session, "made_at"), made);
    if (returned) build.set(session, row, book.vocabulary.field(session, "returned"), *returned);
    // Owned rows are stored after their owner's, so one at a time.
    build.set(storing, build.row(storing, row), book.vocabulary.field(storing, "at"), stored);
  }

  // What both evaluators say of every record.
  std::vector<outcome::Verdict> judge(Instant as_of) {
    differential::Build(book, facts).link(fact::kMax);
    const outcome::Context context{as_of, &working};
    const plan::Plan plan = plan::compile(book);
    const exec::NormVerdicts columns = exec::Evaluator(plan).evaluate(facts, context, zones).at(0);
    reference::Reference reference(book, facts, context, zones);
    std::vector<outcome::Verdict> said;
    for (fact::Row row = 0; row < facts.tables[static_cast<std::size_t>(session)].size; ++row) {
      said.push_back(columns.verdict(static_cast<std::size_t>(row)));
      if (!(said.back() == reference.judge(0, {row}))) FAIL("the evaluators differ on row " << row);
    }
    return said;
  }
};

// Counts on the package's calendar: the day of the event does not count.
Instant end_of_working_days(const calendar::Zone& zone, Instant event, int count) {
  static const std::map<Day, bool> listed = test::chinese_days();
  Day day = zone.day_of(event);
  while (count > 0) count -= test::worked(listed, ++day) ? 1 : 0;
  return zone.end_of_day(day);
}

Instant at(const std::string& text) { return calendar::parse_instant(text, *calendar::Zone::find("Asia/Shanghai")).instant; }

// In time at the deadline, late one microsecond after it.
void check(World& world, const std::vector<Instant>& due) {
  const std::vector<outcome::Verdict> said = world.judge(at("2027-12-31T00:00"));
  REQUIRE(said.size() == 2 * due.size());
  for (std::size_t i = 0; i < due.size(); ++i) {
    INFO("due " << calendar::format_instant(due[i], world.zones[0]));
    CHECK(said[2 * i].outcome == Outcome::satisfied);
    CHECK(said[2 * i + 1] == outcome::Verdict{Outcome::breached, due[i], due[i] + 1});
  }
}

}  // namespace

TEST_CASE("two working days, or 24 hours from the return, around every long holiday of 2024 to 2026") {
  World world("定义 存储期限 = due 对 场次 s 为 时刻\n"
              "    默认 s.作出于 + 2个工作日\n"
              "    例外 当 s.返回单位 已填 则 较晚(s.作出于 + 2个工作日, s.返回单位 + 24小时)\n"
              "义务 存储记录 = store 对每个 场次 s 应当 有 t 于 s.存储 以 t.时间 为准 期限 不晚于 存储期限(s)\n");
  const calendar::Zone& zone = world.zones[0];
  std::vector<Instant> due;
  const auto add = [&](Instant made, std::optional<Instant> returned) {
    Instant end = end_of_working_days(zone, made, 2);
    if (returned) end = std::max(end, *returned + calendar::hours_24);
    world.add(made, returned, end);
    world.add(made, returned, end + 1);
    due.push_back(end);
  };
  for (const int year : {2024, 2025, 2026}) {
    for (const auto& [from, until] : {std::pair(calendar::Date{year, 1, 15}, calendar::Date{year, 3, 5}),
                                      std::pair(calendar::Date{year, 4, 20}, calendar::Date{year, 5, 20}),
                                      std::pair(calendar::Date{year, 9, 10}, calendar::Date{year, 10, 20})}) {
      for (Day day = calendar::to_day(from); day < calendar::to_day(until); ++day) {
        const Instant midnight = zone.start_of_day(day);
        for (const Instant made : {midnight, midnight + 9 * calendar::hour + 30 * calendar::minute, zone.end_of_day(day)}) {
          add(made, std::nullopt);
          for (const int hours : {3, 30, 100, 300}) add(made, made + hours * calendar::hour);
        }
      }
    }
  }
  CHECK(due.size() == 5370);
  check(world, due);
}

TEST_CASE("a year, a month and a day end where the Civil Code ends them, unless the rule lets nothing roll over") {
  struct Case {
    const char* made;
    const char* length;
    const char* stays;
    const char* moves;
  };
  for (const Case& c : {
           Case{"2024-02-29T10:00", "1年", "2025-02-28", "2025-02-28"},            // a leap day has no anniversary
           Case{"2023-02-28T10:00", "1年", "2024-02-28", "2024-02-28"},
           Case{"2024-01-31T23:59:59", "1个月", "2024-02-29", "2024-02-29"},       // month ends
           Case{"2025-01-31T10:00", "1个月", "2025-02-28", "2025-02-28"},
           Case{"2024-08-31T10:00", "1个月", "2024-09-30", "2024-09-30"},
           Case{"2024-09-03T10:00", "1个月", "2024-10-03", "2024-10-08"},          // into the National Day holiday
           Case{"2024-02-04T10:00", "7日", "2024-02-11", "2024-02-18"},            // Spring Festival; Sunday 18 February is worked
           Case{"2025-04-24T10:00", "7日", "2025-05-01", "2025-05-06"},            // Labour Day
           Case{"2026-02-07T10:00", "7日", "2026-02-14", "2026-02-14"},            // a Saturday that is worked
           Case{"2024-03-02T00:30", "1日", "2024-03-03", "2024-03-04"},            // a session that went past midnight
           Case{"2024-03-01T23:59:59.999999", "1日", "2024-03-02", "2024-03-04"},  // and one that did not
           Case{"2024-03-02T00:00", "0日", "2024-03-02", "2024-03-02"},
       }) {
    for (const bool stays : {true, false}) {
      INFO(c.made << " " << c.length << (stays ? " stays" : " moves"));
      // 0日 adds nothing, so the end of the day is asked for.
      const std::string length = std::string("日终(s.作出于 + ") + c.length + ")";
      World world("义务 存储记录 = store 对每个 场次 s 应当 有 t 于 s.存储 以 t.时间 为准 期限 不晚于 " + length + (stays ? " 不顺延\n" : "\n"));
      const Instant end = world.zones[0].end_of_day(calendar::parse_day(stays ? c.stays : c.moves).day);
      world.add(at(c.made), std::nullopt, end);
      world.add(at(c.made), std::nullopt, end + 1);
      check(world, {end});
    }
  }
}

TEST_CASE("a year without a notice leaves a deadline open, and the explanation names the year") {
  World world("义务 存储记录 = store 对每个 场次 s 应当 有 t 于 s.存储 以 t.时间 为准 期限 自 s.作出于 起 2个工作日\n");
  world.add(at("2027-03-01T10:00"), std::nullopt, at("2027-03-03T10:00"));   // in time whatever the notice will say
  world.add(at("2027-03-01T10:00"), std::nullopt, at("2027-03-08T10:00"));   // late, unless there are days off
  world.add(at("2026-12-24T10:00"), std::nullopt, at("2026-12-29T10:00"));
  const auto said = world.judge(at("2027-12-31T00:00"));
  CHECK(said[0].outcome == Outcome::satisfied);
  const outcome::Context context{at("2027-12-31T00:00"), &world.working};
  reference::Reference reference(world.book, world.facts, context, world.zones);
  CHECK(reference.explain(0, {0}).missing_notices.empty());
  for (const fact::Row row : {1, 2}) {
    CHECK((said[static_cast<std::size_t>(row)].outcome == Outcome::pending || said[static_cast<std::size_t>(row)].outcome == Outcome::unknown));
    CHECK(reference.explain(0, {row}).missing_notices == std::vector{2027});
  }
}
