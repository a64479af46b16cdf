// Broken rule files below tests/golden/check and what is said of them. JIANLU_UPDATE_GOLDEN=1 writes the expectations, to
// be read as a diff, as a lawyer would.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

#include "tests/unit/check/checked.h"
#include "tests/unit/support/golden.h"

using namespace jianlu;
using test::Checked;

namespace {

const std::string kFolder = "tests/golden/check/";

std::vector<std::string> laws(const std::string& folder) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(test::kRoot + folder)) {
    if (entry.path().extension() == ".law") out.push_back(folder + "/" + entry.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

Checked check(const std::vector<std::string>& paths) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const std::string& path : paths) files.emplace_back(path, test::file(test::kRoot + path));
  return Checked(files);
}

void expect(const std::string& path, const std::string& now) {
  INFO(path);
  CHECK(test::golden(path, now) == now);
}

}  // namespace

TEST_CASE("each broken file is reported as a lawyer can act on") {
  for (const char* language : {"zh", "en"}) {
    const std::vector<std::string> paths = laws(kFolder + language);
    REQUIRE_FALSE(paths.empty());
    for (const std::string& path : paths) {
      const Checked result = check({path});
      INFO(path);
      CHECK_FALSE(result.diagnostics.all().empty());
      expect(path.substr(0, path.size() - 4) + ".txt", result.text());
    }
  }
}

TEST_CASE("several files in one run are reported file by file, each in its language") {
  expect(kFolder + "several/report.txt", check(laws(kFolder + "several")).text());
}

TEST_CASE("programs get the same as JSON and SARIF") {
  for (const std::string name : {"zh/duty-and-ban", "zh/cycle", "en/unguarded-and-units"}) {
    const Checked result = check({kFolder + name + ".law"});
    expect(kFolder + name + ".json", diag::render_json(result.diagnostics.all(), result.files, result.options()));
    expect(kFolder + name + ".sarif", diag::render_sarif(result.diagnostics.all(), result.files, result.options()));
  }
}

TEST_CASE("the rules in use are without fault") {
  const std::string root = test::kRoot + "rules";
  rules::Rules rules = rules::load(root, {root + "/bureaus/qinhuangdao-water/regulation.law"});
  REQUIRE(rules.usable());
  graph::check(graph::RuleGraph(rules.book), rules.book, rules.diagnostics);
  INFO(diag::render_text(rules.diagnostics.all(), rules.files));
  CHECK(rules.diagnostics.all().empty());
}
