#include "engine/statute/regulation.h"

#include <catch2/catch.hpp>

#include "engine/statute/normal_form.h"

using namespace jianlu::statute;

namespace {

// "第一条第一款第一句 words", one line per sentence.
std::string listing(const Regulation& regulation) {
  std::string out;
  for (const Statement& sentence : regulation.sentences) out += format_zh(sentence.at) + " " + sentence.text + "\n";
  return out;
}

Statement sentence(const char* text) { return split(std::string("第一条 ") + text).sentences.at(0); }

}  // namespace

TEST_CASE("articles, paragraphs, items and sentences are told apart, whatever the layout") {
  const Regulation regulation = split(
      "\xEF\xBB\xBF# 某市某局\n\n---\n\n## 灯具管理  制度\n\n第一章 总 则\n\n"
      "第一条 灯具要登记。登记要及时。\n\n"
      "第二条　下列灯具不得借出：\n\n- (一) 台灯；\n-（二）路灯;\n（三）挂灯，\n\n以及吊灯。\n\n借出的，要追回。\n"
      "第三章 附则\n第三章 附 则\n"
      "第三条 灯具损坏的，\n— 2 —\n\n第二条规定的期间中止；修好后\n３\n继续（另见说明。第二页）计算\n\n"
      "第四条 规定的用语是：“灯亮着。”记录人应当说“灯亮着。”的规定同样适用。\n");
  CHECK(regulation.title == "灯具管理  制度");
  REQUIRE(regulation.articles.size() == 4);
  CHECK(listing(regulation) ==
        "第一条第一款第一句 灯具要登记。\n"
        "第一条第一款第二句 登记要及时。\n"
        "第二条第一款第一句 下列灯具不得借出：\n"
        "第二条第一款第一项第一句 台灯；\n"
        "第二条第一款第二项第一句 路灯;\n"
        "第二条第一款第三项第一句 挂灯，以及吊灯。\n"
        "第二条第二款第一句 借出的，要追回。\n"
        "第三条第一款第一句 灯具损坏的，第二条规定的期间中止；修好后继续（另见说明。第二页）计算\n"
        "第四条第一款第一句 规定的用语是：“灯亮着。”\n"
        "第四条第一款第二句 记录人应当说“灯亮着。”的规定同样适用。\n");
  CHECK(regulation.articles[1].text == "下列灯具不得借出：\n（一）台灯；\n（二）路灯;\n（三）挂灯，以及吊灯。\n借出的，要追回。");
  CHECK(regulation.articles[1].first == 2);
  CHECK(regulation.articles[1].count == 5);
}

TEST_CASE("one list may mix its marks; digits that begin anew stay within their item") {
  const std::string at = "第一条第一款";
  CHECK(listing(split("第一条 下列：\n1. 甲；\n（二）乙；\n- 3、 丙；\n（4）丁；\n⑤戊。\n另外。")) ==
        at + "第一句 下列：\n" + at + "第一项第一句 甲；\n" + at + "第二项第一句 乙；\n" + at + "第三项第一句 丙；\n" + at + "第四项第一句 丁；\n" +
            at + "第五项第一句 戊。\n第一条第二款第一句 另外。\n");
  CHECK(listing(split("第一条 下列：\n（一）甲：\n1. 子；\n2. 丑；\n（二）乙。")) ==
        at + "第一句 下列：\n" + at + "第一项第一句 甲：1. 子；2. 丑；\n" + at + "第二项第一句 乙。\n");
  // Neither a year, nor a decimal, nor a number out of turn begins an item.
  CHECK(listing(split("第一条 距离：\n1.5公里以内，\n2026年起，\n3、丙。")) == at + "第一句 距离：1.5公里以内，2026年起，3、丙。\n");
}

TEST_CASE("text that is no regulation, or broken, still gives a regulation") {
  CHECK(split("").articles.empty());
  CHECK(split("随便什么。\n没有条文。").articles.empty());
  CHECK(split("随便什么。\n没有条文。").title == "没有条文。");
  CHECK(split("第一条").sentences.empty());
  CHECK(split("第一条").articles.size() == 1);
  CHECK(split("第一条 灯“亮着。\n第二条 又亮。").sentences.size() == 2);
  CHECK(split("第一条 灯“亮。又亮。").sentences.size() == 2);
  CHECK(split("第一条 \xff\xe7灯\xed\xa0\x80。").sentences.size() == 1);
  CHECK(split("第一条 灯。\r\n第二条 亮。\r\n").sentences.size() == 2);
  CHECK(split("第一条灯。\n第二条亮。\n第一条规定的灯。").articles.size() == 2);
}

TEST_CASE("a sentence divides at semicolons outside quotation marks and brackets") {
  const Statement whole = sentence("灯要亮；夜里（含黎明；黄昏）也要；说“亮；不亮”。");
  const std::vector<Cut> cuts = clause_cuts(whole);
  const std::vector<Statement> clauses = subdivide(whole, cuts);
  REQUIRE(clauses.size() == 3);
  CHECK(clauses[0].text == "灯要亮；");
  CHECK(clauses[1].text == "夜里（含黎明；黄昏）也要；");
  CHECK(clauses[2].text == "说“亮；不亮”。");
  CHECK(clauses[2].at == Citation{1, 1, 0, 1, 3});
  CHECK(cuts.front().from == 0);
  CHECK(cuts.back().to == decode(whole.normalised).size());
  CHECK(clause_cuts(sentence("灯要亮；")).empty());
  CHECK(clause_cuts(sentence("灯要亮。")).empty());
}

TEST_CASE("a sentence divides where a person put the mark ｜, which is no word of it") {
  const Statement marked = sentence("灯要亮，｜并说“亮｜了”，｜由人看；不亮的修。"), plain = sentence("灯要亮，并说“亮｜了”，由人看；不亮的修。");
  CHECK(marked.sha256 == plain.sha256);
  const std::vector<Cut> cuts = clause_cuts(marked);
  REQUIRE(cuts.size() == 4);
  const std::vector<Statement> clauses = subdivide(plain, cuts);
  CHECK(clauses[0].text == "灯要亮，");
  CHECK(clauses[2].text == "由人看；");
  for (std::size_t i = 0; i < cuts.size(); ++i) CHECK(subdivide(marked, cuts)[i].sha256 == clauses[i].sha256);
}

TEST_CASE("cuts count normalised characters and never reach beyond the sentence") {
  const Statement whole = sentence("灯 在 24 小时内，亮。");
  const Cut cuts[] = {{0, 8}, {8, 9}, {9, 99}};
  const std::vector<Statement> clauses = subdivide(whole, cuts);
  CHECK(clauses[0].text == "灯 在 24 小时内，");
  CHECK(clauses[0].normalised == "灯在24小时内");
  CHECK(clauses[1].text == "亮。");
  CHECK(clauses[2].text.empty());
}

TEST_CASE("a fingerprint sees neither width, white space, page breaks nor the mark at the end") {
  const std::string expected = sentence("灯（含Ａ类）要亮，夜里也要：“亮”。").sha256;
  CHECK(sentence("灯(含A类) 要亮,夜里也要:\"亮\";").sha256 == expected);
  CHECK(sentence("灯（含A类）要亮，\n\n　夜里也要：「亮」").sha256 == expected);
  CHECK(sentence("灯（含B类）要亮，夜里也要：“亮”。").sha256 != expected);
  CHECK(sentence("灯（含A类）要亮、夜里也要：“亮”。").sha256 != expected);
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("UTF-8 reads back, and what is no UTF-8 is replaced byte by byte") {
  const std::string text = "a é 灯 𠀀 \u0800";
  CHECK(encode(decode(text)) == text);
  CHECK(decode("\xff") == U"\uFFFD");
  CHECK(decode("\xc0\x80") == U"\uFFFD\uFFFD");
  CHECK(decode("\xf4\x90\x80\x80").front() == U'\uFFFD');
  CHECK(decode("\xe7\x81") == U"\uFFFD");
}
