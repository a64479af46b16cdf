#include "engine/syntax/format.h"

#include <catch2/catch.hpp>

#include "tests/unit/syntax/support.h"

using namespace jianlu;
using source::Language;
using test::Parsed;

namespace {

std::optional<std::string> to(Parsed& parsed, Language language, const std::string& known, const std::string& other) {
  parsed.diagnostics = {};
  return syntax::translate(
      parsed.files, 0, language,
      [&](std::string_view name, source::Span) { return name == known ? other : std::string(); }, parsed.diagnostics);
}

}  // namespace

TEST_CASE("blanks, comments, texts and punctuation stay byte for byte") {
  Parsed parsed("规定  甲=a // 甲，非 a\n\t第一条 概要 “非甲”\n定义 乙 ＝ b　对 场次 s 为 s 的  甲 且（s．甲 <= 24小时）\n");
  INFO(parsed.report());
  const auto english = to(parsed, Language::en, "场次", "session");
  REQUIRE(english);
  CHECK(*english == "regulation  a=甲 // 甲，非 a\n\tart 1 summary “非甲”\ndefine b ＝ 乙　for session s as s 's   甲 and（s．甲 <= 24 hours）\n");
}

TEST_CASE("a file in that language is left alone") {
  Parsed parsed("规定 甲 = a\n");
  CHECK(to(parsed, Language::zh, "", "") == "规定 甲 = a\n");
}

TEST_CASE("a faulty file is not translated") {
  Parsed parsed("规定 甲 = a\n第一条 概要 \"乙\"\n义务 丙 = c 应当\n");
  CHECK_FALSE(to(parsed, Language::en, "", ""));
  CHECK(parsed.codes() == "unfinished");
}

TEST_CASE("what would read differently is refused") {
  Parsed keyword("规定 甲 = a\n第一条 概要 \"乙\"\n义务 丙 = c 对每个 场次 s 应当 s.丁 = 戊\n");
  CHECK_FALSE(to(keyword, Language::en, "戊", "not"));
  CHECK(keyword.codes() == "reads_differently");
  Parsed merged("规定 甲 = a\n第一条 概要 \"乙\"\n义务 丙 = c 对每个 场次 s 应当 s.丁 可归入 第二条 第一款 宣示 \"戊\"\n");
  CHECK_FALSE(to(merged, Language::en, "", ""));
  CHECK(merged.codes() == "reads_differently");
}
