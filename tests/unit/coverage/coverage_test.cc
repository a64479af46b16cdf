#include <catch2/catch.hpp>

#include <set>

#include "engine/coverage/report.h"
#include "engine/coverage/shape.h"
#include "engine/statute/source_file.h"
#include "tests/unit/support/golden.h"
#include "tests/unit/support/rule_samples.h"

using namespace jianlu;
using namespace jianlu::test;

namespace {

const std::string kFolder = kRoot + "tests/golden/coverage/";

std::set<std::string> outcomes(const rules::Rules& rules, const std::string& bureau, const std::string& norm) {
  std::set<std::string> out;
  for (const model::Regulation& regulation : rules.book.regulations) {
    if (regulation.id != bureau) continue;
    for (const model::NormId id : regulation.norms) {
      if (rules.book.norms[id].name.en != norm) continue;
      const coverage::Outcomes can = coverage::possible_outcomes(rules.book, id);
      for (std::size_t i = 0; i < can.size(); ++i) {
        if (can[i]) out.emplace(outcome::id(static_cast<outcome::Outcome>(i)));
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("the sample's source file is its text") {
  const std::string now = statute::write_source(statute::describe(statute::split(file(kFolder + "same/sample.txt")), {}));
  CHECK(golden("tests/golden/coverage/rules/bureaus/sample/source.yaml", now) == now);
}

TEST_CASE("a citation covers a statement only when it names that one alone") {
  REQUIRE(sample_rules().usable());
  const coverage::Report report = coverage::report(sample_rules(), 0, "");
  REQUIRE(report.table);
  std::set<std::string> open;
  for (const coverage::Statement& s : report.table->statements) {
    if (s.claims.empty()) open.insert(statute::format_zh(s.brief));
  }
  // An item by its paragraph, the sentences of a paragraph with two, a clause by another: none is covered.
  CHECK(open == std::set<std::string>{"第二条第一款第二项", "第二条第二款第一句", "第二条第二款第二句", "第三条第二分句", "第四条"});
  CHECK(report.table->nowhere.size() == 2);   // art 3 cl 3, and what stands under art 9
  CHECK(report.table->no_article.size() == 1);
  CHECK(report.table->totals.articles == 4);
  CHECK(report.table->totals.articles_covered == 1);
  CHECK(report.table->totals.executable == 2);
  CHECK_FALSE(report.fine());
}

TEST_CASE("the coverage table is shown") {
  const std::vector<coverage::Report> reports{coverage::report(sample_rules(), 0, kFolder + "changed")};
  const std::string json = coverage::json(sample_rules(), reports);
  CHECK(golden("tests/golden/coverage/sample.json", json) == json);
  const std::string zh = from_root(coverage::print(sample_rules(), reports.front(), source::Language::zh));
  CHECK(golden("tests/golden/coverage/sample.zh.txt", zh) == zh);
  const std::string en = from_root(coverage::print(sample_rules(), reports.front(), source::Language::en));
  CHECK(golden("tests/golden/coverage/sample.en.txt", en) == en);
}

TEST_CASE("an attached text is compared, and changes name the norms that rest on them") {
  const coverage::Report same = coverage::report(sample_rules(), 0, kFolder + "same");
  CHECK(same.compared);
  CHECK(same.changes.empty());
  const coverage::Report report = coverage::report(sample_rules(), 0, kFolder + "changed");
  bool named = false;
  for (const coverage::Change& c : report.changes) {
    const bool lead_in = c.difference.drift == statute::Drift::changed && c.difference.before.article == 2;
    if (!lead_in) continue;
    named = true;
    REQUIRE(c.norms.size() == 1);
    CHECK(sample_rules().book.norms[c.norms.front()].name.en == "hand_over");
  }
  CHECK(named);
  CHECK_FALSE(report.fine());
  CHECK_FALSE(coverage::report(sample_rules(), 0, kFolder + "nowhere").unreadable.empty());
}

TEST_CASE("the outcomes that a norm can have follow from its shape") {
  REQUIRE(real_rules().usable());
  using Set = std::set<std::string>;
  CHECK(outcomes(sample_rules(), "sample", "hand_over") == Set{"not_applicable", "exempt", "satisfied", "breached", "pending", "unknown"});
  // A gap is longer than what is tolerated: its ban is never obeyed, only without object or excused.
  CHECK(outcomes(real_rules(), "qinhuangdao-water", "unexcused_break") == Set{"not_applicable", "exempt", "breached", "pending", "unknown"});
  // No condition, no limits, no deadline.
  CHECK(outcomes(real_rules(), "qinhuangdao-water", "tamper") == Set{"satisfied", "breached", "unknown"});
  CHECK(outcomes(real_rules(), "qinhuangdao-water", "disclose") == Set{"exempt", "satisfied", "breached", "unknown"});
  // What somebody must have looked at before the norm applies is no longer unknown, said in place or through a definition.
  CHECK(outcomes(real_rules(), "qinhuangdao-water", "private_copy") == Set{"not_applicable", "satisfied", "breached"});
  CHECK(outcomes(real_rules(), "luohe-animal-husbandry", "private_copy") == Set{"not_applicable", "satisfied", "breached"});
  // Other fields may still be, and so may the row's own condition.
  CHECK(outcomes(real_rules(), "tongbai-market-regulation", "enforce_improperly") == Set{"not_applicable", "satisfied", "breached", "unknown"});
  CHECK(outcomes(real_rules(), "tongbai-market-regulation", "private_use") == Set{"not_applicable", "satisfied", "breached", "unknown"});
}
