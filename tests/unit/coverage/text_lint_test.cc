#include <catch2/catch.hpp>

#include "engine/coverage/text_lint.h"
#include "engine/statute/source_file.h"
#include "tests/unit/check/checked.h"

using namespace jianlu;

namespace {

std::string lint(const std::string& law, const std::string& text) {
  const test::Checked checked = test::checked(law);
  REQUIRE_FALSE(checked.diagnostics.has_errors());
  const statute::Regulation split = statute::split(text);
  const auto statements = statute::divide(split, statute::describe(split, {}));
  diag::Diagnostics found;
  for (const model::Regulation& r : checked.book.regulations) coverage::lint_text(checked.book, r, statements, found);
  std::string out;
  for (const diag::Diagnostic& d : found.all()) out += std::string(diag::info(d.kind).code) + " " + diag::message(d, source::Language::zh) + "\n";
  return out;
}

const std::string kHandOver =
    "第二条 概要 \"移交\"\n第一款第一句 义务 移交 = hand_over 对每个 场次 s 应当 有 t 于 s.移交 以 t.导出于 为准 期限 自 s.结束 起 ";

}  // namespace

TEST_CASE("a vague term of the text needs an interpretation that its norms use") {
  CHECK(lint(kHandOver + "24小时\n", "第一条 甲。\n第二条 记录应当及时移交。\n") == "JL0601 原文第二条里有“及时”，原文没有量化，本条也没有口径\n");
  const std::string taken = "第一款第一句 口径 及时 = promptly 为 24小时 理由 \"原文只称及时\"\n";
  CHECK(lint(kHandOver + "及时\n" + taken, "第一条 甲。\n第二条 记录应当及时移交。\n").empty());
  // Of another sentence, and used by nothing here: not taken up.
  const std::string elsewhere = "第一款第二句 口径 及时 = promptly 为 24小时 理由 \"原文只称及时\"\n";
  CHECK_FALSE(lint(kHandOver + "24小时\n" + elsewhere, "第一条 甲。\n第二条 记录应当及时移交。领导必要时抽查。\n").empty());
  CHECK(lint(kHandOver + "24小时\n", "第一条 甲。\n第二条 无法及时移交的，返回单位后二十四小时内移交。\n").empty());
}

TEST_CASE("figures of the text are those of the rules, in Chinese or Arabic numerals") {
  CHECK(lint(kHandOver + "24小时\n", "第一条 甲。\n第二条 记录应当在 ２４ 小时内移交。\n").empty());
  CHECK(lint(kHandOver + "24小时\n", "第一条 甲。\n第二条 记录应当在二十四小时内移交。\n").empty());
  CHECK(lint(kHandOver + "24小时\n", "第一条 甲。\n第二条 记录应当在四十八小时内移交。\n") == "JL0602 原文第二条写的是四十八小时，规则里同一种数写的是24小时\n");
  CHECK(lint(kHandOver + "2日\n", "第一条 甲。\n第二条 记录应当在三日内移交。\n") == "JL0602 原文第二条写的是三日，规则里同一种数写的是2日\n");
  // The rule has no figure of that kind: nothing to hold against it.
  CHECK(lint(kHandOver + "2日\n", "第一条 甲。\n第二条 记录应当在三个工作日内移交。\n").empty());
  const std::string share = "第二条 概要 \"抽查\"\n第一款第一句 义务 抽查 = sample 对每个 单位 u 应当 (计数 d 于 u.设备) >= 5% * (计数 d 于 u.设备) 且 (计数 d 于 u.设备) >= 3\n";
  CHECK(lint(share, "第一条 甲。\n第二条 抽查不低于百分之五，不少于三名。\n").empty());
  CHECK(lint(share, "第一条 甲。\n第二条 抽查不低于3%，不少于2名。\n") ==
        "JL0602 原文第二条写的是3%，规则里同一种数写的是5%\nJL0602 原文第二条写的是2名，规则里同一种数写的是3名\n");
}
