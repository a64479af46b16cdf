#include "engine/diag/render.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>

using namespace jianlu;
using diag::Kind;
using source::Language;
using source::Span;

namespace {

struct Fixture {
  source::Files files;
  diag::Diagnostics diagnostics;
  source::FileId file;

  explicit Fixture(std::string text) : file(files.add("rules/甲.law", std::move(text))) {}
  std::string text(diag::RenderOptions options = {}) { return diag::render_text(diagnostics.all(), files, options); }
};

}  // namespace

TEST_CASE("the mark stands under what was written, Chinese characters taking two columns") {
  Fixture f("第一条\n\t当 非现场记录(s)\n");
  f.diagnostics.add(Kind::missing_space_in_name, {f.file, 15, 30}, {"非现场记录", "非 现场记录"});
  CHECK(f.text() ==
        "错误[JL0302]: “非现场记录”没有定义；像是几个词连写了\n"
        " --> rules/甲.law:2:4\n"
        "  |\n"
        "2 |   当 非现场记录(s)\n"
        "  |      ^^^^^^^^^^\n"
        "  = 改法：写成“非 现场记录”\n");
}

TEST_CASE("a diagnostic speaks the language of its file, or the one that is asked for") {
  Fixture f("x\n");
  f.diagnostics.add(Kind::unknown_name, {f.file, 0, 1}, {"x"});
  CHECK(f.text().find("错误") == 0);
  CHECK(f.text({false, Language::en, nullptr}).find("error[JL0301]: 'x' is not defined") == 0);
  f.files[f.file].language = Language::en;
  CHECK(f.text().find("error") == 0);
}

TEST_CASE("related places and the article heading follow") {
  Fixture f("a b\nc\n");
  diag::Diagnostic& d = f.diagnostics.add(Kind::duplicate_name, {f.file, 4, 5}, {"c"});
  d.related.push_back({{f.file, 0, 1}, {"先前在这里", "declared here"}});
  diag::RenderOptions options;
  options.heading = [](Span) { return std::string("第七条 概要"); };
  const std::string text = f.text(options);
  CHECK(text.find(" ::: rules/甲.law:1:1\n  |\n1 | a b\n  | - 先前在这里\n") != std::string::npos);
  CHECK(text.find("  = 所在条：第七条 概要\n") != std::string::npos);
}

TEST_CASE("what a terminal would obey is spelled out") {
  Fixture f("a\xE2\x80\xAE\xFF\x1B[31mb\n");
  f.diagnostics.add(Kind::unknown_name, {f.file, 1, 4}, {"?"});
  const std::string text = f.text();
  CHECK(text.find("a<U+202E><FF><U+001B>[31mb") != std::string::npos);
  CHECK(text.find("  |  ^^^^^^^^\n") != std::string::npos);
  CHECK(text.find('\x1B') == std::string::npos);
  CHECK(f.text({true, {}, nullptr}).find("\x1B[1;31m") != std::string::npos);
}

TEST_CASE("of a very long line the part around the mark is shown") {
  Fixture f(std::string(100'000, 'a') + "b" + std::string(100'000, 'c'));
  f.diagnostics.add(Kind::unknown_name, {f.file, 100'000, 100'001}, {"b"});
  const std::string text = f.text();
  CHECK(text.size() < 1000);
  CHECK(text.find("aaabccc") != std::string::npos);
}

TEST_CASE("a span over several lines, at the end or beyond it is marked on its first line") {
  Fixture f("ab\ncd");
  f.diagnostics.add(Kind::unknown_name, {f.file, 1, 5}, {"?"});
  f.diagnostics.add(Kind::unknown_name, {f.file, 5, 5}, {"?"});
  f.diagnostics.add(Kind::unknown_name, {f.file, 77, 99}, {"?"});
  const std::string text = f.text();
  CHECK(text.find("1 | ab\n  |  ^\n") != std::string::npos);
  CHECK(text.find("2 | cd\n  |   ^\n") != std::string::npos);
}

TEST_CASE("JSON carries both languages, places and related spans") {
  Fixture f("义务 x\n");
  f.diagnostics.add(Kind::unknown_name, {f.file, 7, 8}, {"x"}).related.push_back({{f.file, 0, 6}, "y"});
  const auto json = nlohmann::json::parse(diag::render_json(f.diagnostics.all(), f.files));
  const auto& d = json["diagnostics"][0];
  CHECK(d["code"] == "JL0301");
  CHECK(d["severity"] == "error");
  CHECK(d["messages"]["en"] == "'x' is not defined");
  CHECK(d["begin"] == nlohmann::json{{"offset", 7}, {"line", 1}, {"column", 4}});
  CHECK(d["related"][0]["end"]["column"] == 3);
}

TEST_CASE("SARIF counts UTF-16 units, encodes paths and refers to its rules") {
  Fixture f("\xF0\x9F\x98\x80x\n");
  f.diagnostics.add(Kind::unknown_name, {f.file, 4, 5}, {"x"});
  const auto log = nlohmann::json::parse(diag::render_sarif(f.diagnostics.all(), f.files));
  CHECK(log["version"] == "2.1.0");
  const auto& run = log["runs"][0];
  const auto& result = run["results"][0];
  CHECK(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
  const auto& place = result["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "rules/%E7%94%B2.law");
  CHECK(place["region"]["startColumn"] == 3);
  CHECK(place["region"]["endColumn"] == 4);
}

TEST_CASE("bytes that are no UTF-8 do not break the JSON") {
  Fixture f("\xFF");
  f.diagnostics.add(Kind::unknown_name, {f.file, 0, 1}, {"\xFF"});
  CHECK_NOTHROW(nlohmann::json::parse(diag::render_json(f.diagnostics.all(), f.files)));
  CHECK_NOTHROW(nlohmann::json::parse(diag::render_sarif(f.diagnostics.all(), f.files)));
}

TEST_CASE("the registry: codes are unique and every kind speaks both languages") {
  std::set<std::string_view> codes;
  for (const diag::KindInfo& kind : diag::all_kinds()) {
    INFO(kind.name);
    CHECK(codes.insert(kind.code).second);
    CHECK(kind.code.substr(0, 2) == "JL");
    CHECK_FALSE(kind.zh.empty());
    CHECK_FALSE(kind.en.empty());
    CHECK(kind.fix_zh.empty() == kind.fix_en.empty());
    for (const char* argument : {"{0}", "{1}", "{2}"}) {
      const bool zh = kind.zh.find(argument) != kind.zh.npos || kind.fix_zh.find(argument) != kind.fix_zh.npos;
      const bool en = kind.en.find(argument) != kind.en.npos || kind.fix_en.find(argument) != kind.fix_en.npos;
      CHECK(zh == en);
    }
  }
}

TEST_CASE("a place without width is marked where it is; a long message is not cut, and obeys nothing either") {
  Fixture f("第一条 概要\n");
  f.diagnostics.add(Kind::unknown_name, {f.file, 0, 0}, {std::string(300, 'x') + "\xE2\x80\xAE"});
  const std::string text = f.text();
  CHECK(text.find("\n  | ^") != std::string::npos);
  CHECK(text.find(std::string(300, 'x') + "<U+202E>") != std::string::npos);
}
