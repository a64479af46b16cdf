#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <set>

#include "engine/mutation/run.h"
#include "engine/syntax/dump.h"
#include "tests/unit/support/rule_samples.h"

using namespace jianlu;
using namespace jianlu::test;
using mutation::Fate;
namespace fs = std::filesystem;

namespace {

// A folder of rules in which hand_over is judged by `cases`; `mutants` is mutants.yaml.
class Folder {
 public:
  Folder(const std::string& cases, const std::string& mutants) : path_(fs::temp_directory_path() / "jianlu-mutation-test") {
    fs::remove_all(path_);
    fs::create_directories(path_ / "bureaus/sample");
    const std::string from = kRoot + "tests/golden/coverage/rules/";
    write("vocabulary.law", file(from + "vocabulary.law"));
    std::string law = file(from + "bureaus/sample/regulation.law");
    write("bureaus/sample/regulation.law", law.substr(0, law.find("第三条")));
    write("bureaus/sample/cases.yaml", cases);
    if (!mutants.empty()) write("bureaus/sample/mutants.yaml", mutants);
  }
  ~Folder() { fs::remove_all(path_); }
  mutation::Report run() const {
    const rules::Rules rules = rules::load(path_.string());
    REQUIRE(rules.usable());
    return mutation::run(rules, 0);
  }

 private:
  void write(const std::string& name, const std::string& text) const { std::ofstream(path_ / name, std::ios::binary) << text; }
  fs::path path_;
};

const std::string kFacts = R"(局: sample
片段:
  一场:
    单位: [{编号: D1, 快照日: 2026-03-01T00:00}]
    交付: [{台账: [场次, 移交], 单位: D1, 截至: 2026-03-31}]
    场次: [{编号: S1, 单位: D1, 日常检查: 是, 结束: 2026-03-02T10:00, 涉密: 否}]
用例:
)";

std::string transfer(const std::string& at, const std::string& outcome) {
  return "- {名称: 交于" + at + "的, 引用: 一场, 时点: 2026-04-01T00:00, 事实: {场次: [{编号: S1, 移交: [{交于: " + at +
         "}]}]}, 预期: [{规范: hand_over, 结果: " + outcome + "}]}\n";
}

Fate fate(const mutation::Report& report, const std::string& id) {
  for (const mutation::Outcome& o : report.outcomes) {
    if (o.id == id) return o.fate;
  }
  FAIL("no mutant " + id);
  return Fate::invalid;
}

}  // namespace

TEST_CASE("every slip changes the tree, and undone leaves it as it was") {
  for (const std::string bureau : {"qinhuangdao-water"}) {
    rules::Rules rules = rules::load(kRoot + "rules", {kRoot + "rules/bureaus/" + bureau + "/regulation.law"});
    REQUIRE(rules.usable());
    syntax::SourceFile* tree = nullptr;
    std::vector<const syntax::EnumDecl*> enumerations;
    for (const auto& one : rules.trees) {
      if (one->kind == syntax::FileKind::regulation) tree = one.get();
      for (const syntax::EnumDecl& e : one->enums) enumerations.push_back(&e);
    }
    const std::string before = syntax::dump(*tree, rules.files);
    const std::vector<mutation::Mutant> mutants = mutation::mutants(*tree, enumerations);
    CHECK(mutants.size() > 300);
    std::set<std::string> ids;
    for (const mutation::Mutant& mutant : mutants) {
      INFO(mutant.id);
      CHECK(ids.insert(mutant.id).second);
      CHECK(mutant.article > 0);
      mutant.toggle();
      CHECK(syntax::dump(*tree, rules.files) != before);
      mutant.toggle();
      CHECK(syntax::dump(*tree, rules.files) == before);
    }
  }
}

TEST_CASE("a slip survives until a case tells it from the rule") {
  const std::string far = kFacts + transfer("2026-03-02T12:00", "符合") + transfer("2026-03-20T12:00", "违反");
  {
    const mutation::Report report = Folder(far, "").run();
    CHECK_FALSE(report.trouble);
    CHECK(fate(report, "promptly/length/1") == Fate::survived);       // 25 hours
    CHECK(fate(report, "promptly/length/2") == Fate::survived);       // 23 hours
    CHECK(fate(report, "hand_over/negation/1") == Fate::killed);      // when not …
    CHECK(report.score() < 100);
    CHECK(report.score(2) == report.score());
  }
  const mutation::Report report =
      Folder(far + transfer("2026-03-03T10:00", "符合") + transfer("2026-03-03T10:00:01", "违反"), "").run();
  CHECK(fate(report, "promptly/length/1") == Fate::killed);
  CHECK(fate(report, "promptly/length/2") == Fate::killed);
}

TEST_CASE("a reason makes a survivor equivalent; about a slip that is killed or unknown it is a fault") {
  const std::string cases = kFacts + transfer("2026-03-02T12:00", "符合") + transfer("2026-03-20T12:00", "违反");
  const mutation::Report report = Folder(cases,
                                         "- {变异: promptly/length/1, 等价: 测试}\n"
                                         "- {mutant: hand_over/negation/1, equivalent: test}\n"
                                         "- {变异: hand_over/none/1, 等价: 测试}\n"
                                         "- {变异: promptly/length/2}\n").run();
  CHECK(fate(report, "promptly/length/1") == Fate::equivalent);
  CHECK(fate(report, "hand_over/negation/1") == Fate::killed);
  CHECK(fate(report, "promptly/length/2") == Fate::survived);
  CHECK(report.faults.size() == 3);
}

TEST_CASE("nothing can be said while a case fails") {
  const mutation::Report report = Folder(kFacts + transfer("2026-03-20T12:00", "符合"), "").run();
  CHECK(report.trouble);
  CHECK(report.outcomes.empty());
}
