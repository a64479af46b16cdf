#include "engine/syntax/parse.h"

#include <catch2/catch.hpp>

#include "tests/unit/syntax/support.h"

using namespace jianlu;
using namespace jianlu::syntax;
using test::in_article;
using test::Parsed;

TEST_CASE("the rule files of the repository parse") {
  for (const auto& path : test::glob(test::root / "rules", ".law")) {
    Parsed parsed(test::read(path), path.string());
    INFO(parsed.report());
    CHECK(parsed.diagnostics.all().empty());
  }
}

TEST_CASE("a file's language is that of its first word") {
  CHECK(Parsed("规定 甲 = a").files[0].language == source::Language::zh);
  CHECK(Parsed("// 说明\nregulation a = 甲").files[0].language == source::Language::en);
}

TEST_CASE("the tree says what was written") {
  Parsed parsed = in_article("第一款、第二款 义务 移交 = hand_over 对每个 场次 s 的间断 g 应当 有 t 于 s.移交 使 t.好 以 t.时间 为准 期限 先于 s.止");
  INFO(parsed.report());
  REQUIRE(parsed.diagnostics.all().empty());
  const Decl& d = parsed.file->articles.at(0).decls.at(0);
  CHECK(d.kind == DeclKind::duty);
  CHECK(d.name.zh == "移交");
  CHECK(d.name.en == "hand_over");
  REQUIRE(d.cites.size() == 2);
  CHECK(d.cites[1].citation.paragraph == 2);
  CHECK(d.subject->list.text == "间断");
  CHECK(d.subject->element.text == "g");
  CHECK(d.condition->expr->kind == ExprKind::any);
  CHECK(d.condition->expr->children.at(0)->name == "移交");
  CHECK(d.condition->expr->children.at(1) == nullptr);
  CHECK(d.condition->decisive->name == "时间");
  CHECK(d.deadline->strict);
  CHECK(parsed.files[0].text(d.condition->decisive->name_span) == "时间");
}

TEST_CASE("a quantifier reaches as far as it can") {
  Parsed parsed = in_article("定义 甲 = a1 对 场次 s 为 有 r 于 s.录像 使 r.甲 且 r.乙");
  REQUIRE(parsed.diagnostics.all().empty());
  const Expr& e = *parsed.file->articles.at(0).decls.at(0).value;
  CHECK(e.kind == ExprKind::any);
  CHECK(e.children.at(2)->kind == ExprKind::logical_and);
}

TEST_CASE("a word of the other language only is a name") {
  CHECK(in_article("定义 甲 = a1 对 场次 s 为 s.by > s.to").codes().empty());
  CHECK(in_article("定义 甲 = a1 对 场次 by 为 by.x").codes() == "keyword_as_name");
  CHECK(in_article("定义 甲 = by 对 场次 s 为 s.x").codes() == "keyword_as_name");
}

TEST_CASE("the citation after 可归入 is its own; the one after that begins the next declaration") {
  Parsed parsed = in_article("义务 甲 = a1 对每个 场次 s 应当 s.x 可归入 第二条第一项 第一款 宣示 \"无\"");
  REQUIRE(parsed.diagnostics.all().empty());
  const auto& decls = parsed.file->articles.at(0).decls;
  REQUIRE(decls.size() == 2);
  CHECK(decls[0].may_fall_under.at(0).cite.citation == statute::Citation{2, 0, 1, 0, 0});
  CHECK(decls[1].cites.at(0).citation.paragraph == 1);
}

TEST_CASE("the names of faulty declarations are kept") {
  Parsed parsed = in_article("定义 甲 = a1 对 场次 s 为 为 s.x\n义务 乙 = b1 对每个 场次 s 应当 s.y");
  CHECK(parsed.codes() == "syntax");
  REQUIRE(parsed.file->faulty.size() == 1);
  CHECK(parsed.file->faulty[0].en == "a1");
  CHECK(parsed.file->articles.at(0).decls.size() == 1);
}

TEST_CASE("an expression inside a text has its place in the file, and is Chinese where it looks so") {
  source::Files files;
  const std::string text = "regulation a = 甲 // {s.编号 且 非 s.by} { } {1 +}";
  const source::FileId id = files.add("x.law", text);
  files[id].language = source::Language::en;
  diag::Diagnostics diagnostics;
  const auto begin = static_cast<std::uint32_t>(text.find("s.编号"));
  const ExprPtr e = parse_expression(files, {id, begin, static_cast<std::uint32_t>(text.find("} {"))}, diagnostics);
  REQUIRE(e);
  CHECK(diagnostics.all().empty());
  CHECK(files[id].text(e->children.at(0)->span) == "s.编号");
  const auto blank = static_cast<std::uint32_t>(text.find("{ }"));
  CHECK_FALSE(parse_expression(files, {id, blank + 1, blank + 2}, diagnostics));
  const auto open = static_cast<std::uint32_t>(text.find("1 +"));
  CHECK_FALSE(parse_expression(files, {id, open, open + 3}, diagnostics));
  REQUIRE(diagnostics.all().size() == 2);
  CHECK(diagnostics.all()[0].kind == diag::Kind::empty_placeholder);
  CHECK(diagnostics.all()[1].span.begin == open + 3);
}

TEST_CASE("a byte that is no text inside the mark of a field is reported once") {
  Parsed parsed("规定 甲 = a\n第一条 概要 \"乙\"\n定义 丙 = c 对 场次 s 为 s 的\xFF甲 = 1");
  CHECK(parsed.codes() == "not_utf8");
}

TEST_CASE("no nesting, length or size exhausts the stack") {
  const auto repeat = [](const std::string& word, std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += word;
    return out;
  };
  const std::string head = "定义 甲 = a1 对 场次 s 为 ";
  CHECK(in_article(head + repeat("(", 50'000)).codes() == "too_long");
  CHECK(in_article(head + repeat("(", 5'000) + "1" + repeat(")", 5'000)).codes() == "too_long");
  CHECK(in_article(head + repeat("(", 3'000) + "1" + repeat(")", 3'000)).codes() == "too_deep");
  CHECK(in_article(head + repeat("非 ", 3'000) + "s.x").codes() == "too_deep");
  CHECK(in_article(head + repeat("-", 3'000) + "1").codes() == "too_deep");
  CHECK(in_article(head + repeat("有 v 于 s.x 使 ", 1'000) + "v.y").codes() == "too_deep");
  CHECK(in_article(head + repeat("s.x 且 ", 1'000) + "s.x").codes() == "too_deep");
  CHECK(in_article(head + repeat("1 + ", 1'000) + "1 > 0").codes() == "too_deep");
  CHECK(in_article(head + "s" + repeat(".x", 1'000)).codes() == "too_deep");
  CHECK(in_article(head + repeat("(", 60) + "s.x" + repeat(")", 60)).codes().empty());
  Parsed huge(std::string(syntax::max_bytes + 1, ' '));
  CHECK(huge.codes() == "file_too_large");
  CHECK_FALSE(huge.file);
  CHECK_FALSE(Parsed("").file);
}

TEST_CASE("a file in another encoding is one fault, and so is one that is no text") {
  std::string gbk;
  for (int i = 0; i < 50; ++i) gbk += "\xB9\xE6\xB6\xA8 \xD2\xE5\xCE\xF1\n";   // 规定 义务 in GBK
  CHECK(Parsed(gbk).codes() == "not_utf8");
  CHECK(Parsed(std::string("PK\0\0", 4)).codes() == "not_text");
}
