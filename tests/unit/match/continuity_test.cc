// From clips and a manifest to what 秦皇岛 art 15 says of a break, by both evaluators: a finding that hangs on how well the
// clock is known comes out unknown.
#include <catch2/catch.hpp>
#include <deque>

#include "adapters/manifest/manifest.h"
#include "adapters/match/match.h"
#include "engine/calendar/text.h"
#include "engine/exec/exec.h"
#include "engine/fact/builder.h"
#include "engine/plan/plan.h"
#include "engine/reference/reference.h"
#include "engine/rules/load.h"

using namespace jianlu;

namespace {

constexpr std::int64_t kSecond = calendar::second, kMs = calendar::millisecond;

class Day {
 public:
  Day() {
    const auto norms = rules().book.norms;
    for (std::size_t i = 0; i < norms.size(); ++i) {
      const std::string& name = norms[i].name.en;
      if (name == "unexcused_break" && break_ == model::kNone) break_ = static_cast<model::NormId>(i);
      if (name == "cover_whole" && whole_ == model::kNone) whole_ = static_cast<model::NormId>(i);
    }
  }

  static std::int64_t at(const std::string& time) { return calendar::parse_instant("2024-05-" + time, zone()).instant; }

  // `clock`: how far the device's clock may be off, either way.
  Day& clip(const std::string& device, const std::string& start, std::int64_t length, std::int64_t clock = 3 * kSecond) {
    footage::FootageFacts& f = facts_.emplace_back();
    f.verdict = footage::Verdict::readable;
    f.duration = length;
    match::Clip c;
    c.path = device + "_" + std::to_string(clips_.size());
    c.facts = &f;
    c.source = 0;
    devices::NameFacts name;
    name.device = device;
    name.start = at(start);
    name.clock_uncertainty = clock;
    name.segment_gap = segments_;
    name.resolution = resolution_;
    c.name = name;
    clips_.push_back(c);
    return *this;
  }
  Day& segments(std::int64_t gap) {
    segments_ = gap;
    return *this;
  }

  Day& names_count(std::int64_t unit) {
    resolution_ = unit;
    return *this;
  }

  // The outcomes of art 15 for the gaps between recordings, and of art 13 for those at the ends, of one session.
  void judge(const std::string& from, const std::string& to) {
    const std::string manifest = "局: qinhuangdao-water\n时区: Asia/Shanghai\n单位: [{编号: 甲, 配备类别: A类, 有执法职能: 是, 快照日: 2024-05-01T00:00}]\n"
        "场次: [{编号: S, 单位: 甲, 活动: [日常检查], 开始: 2024-05-" + from + ", 到达: 2024-05-" + from + ", 结束: 2024-05-" + to +
        ", 携带: [{设备: D1, 携带人: A}, {设备: D2, 携带人: B}]}]\n交付: [" + deliveries() + "]\n";
    fact::Builder builder(rules().book.vocabulary, zone());
    const manifest::Manifest read = manifest::read_yaml(manifest, builder.source("m.yaml"), rules().book.vocabulary, zone());
    REQUIRE(read.problems.empty());
    std::vector<match::Session> sessions;
    for (const fact::Document& d : read.documents) {
      builder.add(d);
      if (auto s = match::session_of(d, rules().book.vocabulary)) sessions.push_back(*s);
    }
    for (const fact::Delivery& d : read.deliveries) builder.add(d);
    const match::Result result = match::match(clips_, sessions, rules().book.vocabulary, zone(), 60 * kSecond);
    for (const match::Match& m : result.matches) {
      CAPTURE(m.how.en);
      CHECK(m.session == "S");
    }
    for (const fact::Document& d : result.documents) builder.add(d);
    const fact::Facts& built = builder.build();
    const outcome::Context context{at("20T00:00"), &rules().working_days};
    const std::vector<calendar::Zone> zones(rules().book.regulations.size(), zone());
    reference::Reference reference(rules().book, built, context, zones);
    const plan::Plan plan = plan::compile(rules().book, std::vector<model::NormId>{break_, whole_});
    exec::Evaluator evaluator(plan);
    breaks.clear();
    ends.clear();
    for (const exec::NormVerdicts& verdicts : evaluator.evaluate(built, context, zones)) {
      const std::vector<outcome::RowKey> keys = reference.rows(verdicts.norm);
      REQUIRE(keys.size() == verdicts.size());
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const outcome::Outcome outcome = verdicts.verdict(i).outcome;
        CHECK(reference.judge(verdicts.norm, keys[i]).outcome == outcome);
        const bool between = keys[i].previous != fact::kNoRow && keys[i].next != fact::kNoRow;
        if (verdicts.norm == break_ && between) breaks.push_back(outcome);
        if (verdicts.norm == whole_ && !between) ends.push_back(outcome);
      }
    }
  }

  std::vector<outcome::Outcome> breaks, ends;

 private:
  static const rules::Rules& rules() {
    static const rules::Rules loaded = rules::load(JIANLU_SOURCE_DIR "/rules", {JIANLU_SOURCE_DIR "/rules/bureaus/qinhuangdao-water/regulation.law"});
    return loaded;
  }
  static const calendar::Zone& zone() {
    static const calendar::Zone shanghai = *calendar::Zone::find("Asia/Shanghai");
    return shanghai;
  }
  static std::string deliveries() {
    std::string out;
    for (const char* ledger : {"场次", "录像", "语音", "中断记录", "工作记录", "移交", "情况报告", "书面说明", "携带"}) {
      out += std::string(out.empty() ? "" : ", ") + "{台账: " + ledger + ", 单位: 甲, 截至: 2024-05-19T00:00, 提供人: 办公室}";
    }
    return out;
  }

  std::deque<footage::FootageFacts> facts_;
  std::vector<match::Clip> clips_;
  std::optional<std::int64_t> segments_;
  std::int64_t resolution_ = 0;
  model::NormId break_ = model::kNone, whole_ = model::kNone;
};

using Outcomes = std::vector<outcome::Outcome>;
constexpr auto breached = outcome::Outcome::breached, unknown = outcome::Outcome::unknown;

}  // namespace

TEST_CASE("a gap of 20 s on a clock that is certain to 3 s is a breach") {
  // Off by 45 s it is as long, but nobody can say whether it lies in time that is excused.
  for (const auto& [off, expected] : {std::pair(std::int64_t{0}, breached), std::pair(3 * kSecond, breached), std::pair(45 * kSecond, unknown)}) {
    Day day;
    day.clip("D1", "07T08:59:00", 360 * kSecond, off).clip("D1", "07T09:05:20", 400 * kSecond, off);
    day.judge("07T09:00", "07T09:10");
    CAPTURE(off);
    CHECK(day.breaks == Outcomes{expected});
    CHECK(day.ends.empty());
  }
}

TEST_CASE("between two devices a gap that may be none is unknown, and one that cannot be is a breach") {
  Day may_be_none;
  may_be_none.clip("D1", "07T08:59:00", 360 * kSecond).clip("D2", "07T09:05:04", 400 * kSecond);
  may_be_none.judge("07T09:00", "07T09:10");
  CHECK(may_be_none.breaks == Outcomes{unknown});

  Day there;
  there.clip("D1", "07T08:59:00", 360 * kSecond).clip("D2", "07T09:05:20", 400 * kSecond);
  there.judge("07T09:00", "07T09:10");
  CHECK(there.breaks == Outcomes{breached});
}

TEST_CASE("a start that may be late or in time is unknown, one that cannot be in time is a breach") {
  Day may_be_late;
  may_be_late.clip("D1", "07T09:00:03", 900 * kSecond);
  may_be_late.judge("07T09:00", "07T09:10");
  CHECK(may_be_late.ends == Outcomes{unknown});

  Day late;
  late.clip("D1", "07T09:00:10", 900 * kSecond);
  late.judge("07T09:00", "07T09:10");
  CHECK(late.ends == Outcomes{breached});
}

TEST_CASE("two devices that cover each other's gaps leave none") {
  Day day;
  day.clip("D1", "07T08:59:00", 180 * kSecond).clip("D1", "07T09:05:00", 600 * kSecond).clip("D2", "07T09:01:30", 300 * kSecond);
  day.judge("07T09:00", "07T09:10");
  CHECK(day.breaks.empty());
  CHECK(day.ends.empty());
}

TEST_CASE("segments of one device have no gaps between them, whatever the clock; a missing one is a breach") {
  Day whole;
  whole.segments(40 * kMs);
  for (int i = 0; i < 3; ++i) whole.clip("D1", "07T09:0" + std::to_string(i) + ":00", 60 * kSecond - 20 * kMs, 45 * kSecond);
  whole.clip("D2", "07T09:01:40", 200 * kSecond);   // another clock beside it
  whole.judge("07T09:01", "07T09:04");
  CHECK(whole.breaks.empty());

  Day one_missing;
  one_missing.segments(40 * kMs);
  for (const int i : {0, 1, 3}) one_missing.clip("D1", "07T09:0" + std::to_string(i) + ":00", 60 * kSecond);
  one_missing.judge("07T09:01", "07T09:03:10");
  CHECK(one_missing.breaks == Outcomes{breached});
}

TEST_CASE("across midnight") {
  Day gap;
  gap.clip("D1", "07T23:50:00", 590 * kSecond).clip("D1", "08T00:00:10", 900 * kSecond);
  gap.judge("07T23:55", "08T00:10");
  CHECK(gap.breaks == Outcomes{breached});

  Day none;
  none.segments(40 * kMs).clip("D1", "07T23:50:00", 600 * kSecond).clip("D1", "08T00:00:00", 900 * kSecond);
  none.judge("07T23:55", "08T00:10");
  CHECK(none.breaks.empty());
  CHECK(none.ends.empty());
}

TEST_CASE("as exactly as the clock runs: 3 s a day are 12.5 ms in six minutes") {
  for (const auto& [pause, expected] : {std::pair(1987 * kMs, Outcomes{}), std::pair(2000 * kMs, Outcomes{unknown}), std::pair(2013 * kMs, Outcomes{breached})}) {
    Day day;
    day.clip("D1", "07T08:59:00", 360 * kSecond - pause, 0).clip("D1", "07T09:05:00", 400 * kSecond, 0);
    day.judge("07T09:00", "07T09:10");
    CAPTURE(pause);
    CHECK(day.breaks == expected);
  }
}

TEST_CASE("names that count whole seconds leave a second between two recordings of one clock") {
  for (const auto& [pause, expected] : {std::pair(2500 * kMs, unknown), std::pair(3100 * kMs, breached)}) {
    Day day;
    day.names_count(kSecond).clip("D1", "07T08:59:00", 360 * kSecond - pause, 0).clip("D1", "07T09:05:00", 400 * kSecond, 0);
    day.judge("07T09:00", "07T09:10");
    CAPTURE(pause);
    CHECK(day.breaks == Outcomes{expected});
  }
}
