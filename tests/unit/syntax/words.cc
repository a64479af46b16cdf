#include "engine/syntax/words.h"

#include <catch2/catch.hpp>

#include <set>

#include "engine/syntax/lex.h"
#include "engine/syntax/literals.h"
#include "tests/unit/syntax/support.h"

using namespace jianlu;
using namespace jianlu::syntax;
using source::Language;

TEST_CASE("keywords.def and JianluLexer.g4 have the same words") {
  // A rule of the keyword section: TOKEN : 'zh' | 'en' ;
  std::set<std::string> grammar;
  const std::string text = test::read(test::root / "grammar/JianluLexer.g4");
  std::istringstream lines(text.substr(text.find("// ---- keywords"), text.find("\nNAME") - text.find("// ---- keywords")));
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && !line.starts_with("//")) grammar.insert(line);
  }
  std::set<std::string> table;
  for (const Keyword& word : keywords()) {
    table.insert(std::string(word.token) + " : '" + std::string(word.zh) + "' | '" + std::string(word.en) + "' ;");
  }
  CHECK(grammar == table);
}

TEST_CASE("a unit is by date or by the hour, whatever the amount") {
  for (const char* by_date : {"0日", "3日", "1个月", "0年", "2个工作日", "0 days", "1 day", "2 working days"}) CHECK(counted_by_date(by_date));
  for (const char* by_hour : {"0小时", "24小时", "30分钟", "0 seconds", "1 hour", "3 fortnights"}) CHECK_FALSE(counted_by_date(by_hour));
}

TEST_CASE("no two keywords share a spelling") {
  std::set<std::string_view> zh, en;
  for (const Keyword& word : keywords()) {
    CHECK(zh.insert(word.zh).second);
    CHECK(en.insert(word.en).second);
    CHECK(find_keyword(word.zh, Language::zh)->kind == word.kind);
    CHECK(find_keyword(word.en, Language::en)->kind == word.kind);
    CHECK(find_keyword(word.en, Language::zh) == nullptr);
  }
}

TEST_CASE("both spellings of every keyword are that token") {
  for (const Keyword& word : keywords()) {
    for (const Language language : {Language::zh, Language::en}) {
      source::Files files;
      const std::string text(word.in(language));
      const source::FileId id = files.add("x.law", text);
      diag::Diagnostics diagnostics;
      const auto tokens = lex(files, {id, 0, static_cast<std::uint32_t>(text.size())}, language, diagnostics);
      INFO(text);
      REQUIRE(tokens.size() == 1);
      CHECK(tokens[0].kind == word.kind);
    }
  }
}

TEST_CASE("the reference has every keyword in both spellings") {
  const std::string reference = test::read(test::root / "docs/language.md");
  for (const Keyword& word : keywords()) {
    INFO(word.zh << " " << word.en);
    CHECK(reference.find("| " + std::string(word.zh) + " | " + std::string(word.en) + " |") != std::string::npos);
  }
}

TEST_CASE("words run together are split with as few parts as possible") {
  const std::vector<std::string_view> known{"现场记录", "s", "记录"};
  CHECK(split_run_together("第一款义务", known, Language::zh) == "第一款 义务");
  CHECK(split_run_together("非现场记录", known, Language::zh) == "非 现场记录");
  CHECK(split_run_together("24小时内", known, Language::zh) == "24小时 内");
  CHECK(split_run_together("对每个场次", known, Language::zh) == "对每个 场次");
  CHECK(split_run_together("义务", known, Language::zh).empty());
  CHECK(split_run_together("现场记录", known, Language::zh).empty());
  CHECK(split_run_together("duties", known, Language::en).empty());
  CHECK(split_run_together("", known, Language::zh).empty());
}

TEST_CASE("the nearest word is one slip away") {
  CHECK(nearest_word("义各", {"义务", "禁止"}) == "义务");
  CHECK(nearest_word("dutyy", {"duty", "ban"}) == "duty");
  CHECK(nearest_word("for eech", {"for each"}) == "for each");
  CHECK(nearest_word("规则", {"义务", "禁止"}).empty());
  CHECK(nearest_word("义", {"义务"}).empty());
}

TEST_CASE("periods: one accepted spelling, and a suggestion for the others") {
  CHECK(parse_period("24小时")->micros == 24 * 3'600'000'000LL);
  CHECK(parse_period("２４ hours")->micros == 24 * 3'600'000'000LL);
  CHECK(parse_period("1年")->months == 12);
  CHECK(parse_period("3个月")->months == 3);
  CHECK(parse_period("2 working days")->working_days == 2);
  CHECK_FALSE(parse_period("1 hours"));
  CHECK_FALSE(parse_period("24 小时"));
  CHECK_FALSE(parse_period("2000000日"));
  CHECK(suggest_period("1 hours") == "1 hour");
  CHECK(suggest_period("3月") == "3个月");
  CHECK(suggest_period("7天") == "7日");
  CHECK(suggest_period("7x").empty());
  for (const std::string period : {"1秒", "5分钟", "24小时", "1日", "3个月", "２年", "2个工作日"}) {
    CHECK(translate_period(translate_period(period, Language::en), Language::zh) == period);
  }
}

TEST_CASE("numbers are counted in millionths") {
  CHECK(parse_number("5%") == 50'000);
  CHECK(parse_number("０．２５") == 250'000);
  CHECK(parse_number("1000000000") == 1'000'000'000'000'000);
  CHECK_FALSE(parse_number("1000000001"));
  CHECK_FALSE(parse_number("0.0000001"));
  CHECK(parse_number("0.0001%") == 1);
  CHECK_FALSE(parse_number("0.00001%"));
}

TEST_CASE("texts: a doubled mark counts once") {
  CHECK(unquote("\"a\"\"b\"") == "a\"b");
  CHECK(unquote("“a””b\"c”") == "a”b\"c");
  CHECK(unquote("\"\"").empty());
  CHECK(unquote("\"").empty());
}

TEST_CASE("citations in another spelling are mended where that is plain") {
  CHECK(suggest_citation("第15条第2款", Language::zh) == "第十五条第二款");
  CHECK(suggest_citation("第两项", Language::zh) == "第二项");
  CHECK(suggest_citation("art 007", Language::en) == "art 7");
  CHECK(suggest_citation("第0条", Language::zh).empty());
  CHECK(suggest_citation("第9999条", Language::zh).empty());
}
