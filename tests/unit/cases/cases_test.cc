#include <catch2/catch.hpp>

#include "engine/cases/suite.h"
#include "tests/unit/support/golden.h"
#include "tests/unit/support/rule_samples.h"

using namespace jianlu;
using namespace jianlu::test;

TEST_CASE("cases pass and fail with what was expected, what came out and why") {
  REQUIRE(sample_rules().usable());
  const cases::Suite suite = cases::run(sample_rules(), 0);
  REQUIRE(suite.results.size() == 8);
  const std::vector<bool> passed{true, false, false, true, false, true, false, false};
  for (std::size_t i = 0; i < passed.size(); ++i) {
    INFO(suite.results[i].name);
    CHECK(suite.results[i].passed == passed[i]);
    CHECK(suite.results[i].disagreements.empty());
  }
  CHECK(suite.failed() == 5);
  CHECK_FALSE(suite.passed());
  CHECK(suite.pairs() == 6);
  CHECK(suite.pairs_shown() == 3);   // failed cases show nothing
  const auto agrees = [](const std::string& name, std::string text) {
    text = from_root(std::move(text));
    INFO(name);
    CHECK(golden("tests/golden/cases/" + name, text) == text);
  };
  agrees("sample.zh.txt", cases::print(sample_rules(), suite, true, source::Language::zh));
  agrees("sample.en.txt", cases::print(sample_rules(), suite, true, source::Language::en));
  agrees("sample.json", cases::json(sample_rules(), {suite}));
  agrees("sample.xml", cases::junit(sample_rules(), {suite}, source::Language::en));
}

TEST_CASE("a later piece replaces the fields that it writes, in either spelling") {
  const auto parsed = yaml::read(
      "a: {场次: [{编号: S1, 单位: D1, 移交: [{交于: 2026-03-02T12:00}]}], 交付: [{台账: 移交}]}\n"
      "b: {session: [{id: S1, transfers: []}, {id: S2}], deliveries: [{ledger: session}]}\n");
  const auto& root = std::get<yaml::Node>(parsed);
  const yaml::Node joined = cases::join({root.find("a"), root.find("b")}, sample_rules().book.vocabulary);
  REQUIRE(joined.find("场次") != nullptr);
  REQUIRE(joined.find("场次")->items.size() == 2);
  const yaml::Node& s1 = joined.find("场次")->items.front();
  REQUIRE(s1.entries.size() == 3);
  CHECK(s1.find("单位")->text == "D1");
  REQUIRE(s1.find("transfers") != nullptr);
  CHECK(s1.find("transfers")->items.empty());
  CHECK(joined.find("交付")->items.size() == 2);
}

TEST_CASE("a broken file is one fault, and every unknown key is one") {
  const cases::File broken = cases::read("用例: [", sample_rules().book, 0, calendar::Zone::utc());
  CHECK(broken.cases.empty());
  CHECK(broken.faults.size() == 1);
  const cases::File strange = cases::read("局: other\n用例们: []\n", sample_rules().book, 0, calendar::Zone::utc());
  CHECK(strange.faults.size() == 2);
}
