#include "engine/statute/compare.h"

#include <catch2/catch.hpp>

using namespace jianlu::statute;

namespace {

const std::string article_1 = "第一条 灯要登记。登记要及时。\n";
const std::string article_2 = "第二条 下列灯具不得借出：\n（一）台灯；\n（二）路灯。\n借出的，要追回。\n";
const std::string article_3 = "第三条 灯坏了的，要修，并要登记。\n";
const std::string article_4 = "第四条 本规定自印发之日起执行。\n";

Source source() {
  const Division by_hand[] = {{{3, 1, 0, 1, 0}, {8}}};
  return describe(split(article_1 + article_2 + article_3 + article_4), by_hand);
}

// Everything that is not the same in the same place, one line each.
std::string drift(const std::string& text) {
  const char* names[] = {"same", "lead-in", "changed", "missing", "added"};
  std::string out;
  std::size_t reported = 0;
  for (const Difference& d : compare(source(), split(text))) {
    reported += d.drift != Drift::added ? 1 : 0;
    if (d.drift == Drift::same && d.before == d.now) continue;
    out += std::string(names[static_cast<int>(d.drift)]) + " " + format_zh(d.before) + ">" + format_zh(d.now) + "\n";
  }
  CHECK(reported == source().statements.size());
  return out;
}

}  // namespace

TEST_CASE("the text that was fingerprinted does not drift, whatever its layout") {
  CHECK(drift(article_1 + article_2 + article_3 + article_4).empty());
  CHECK(drift("# 新标题\n\n第一章 总则\n" + article_1 + "\n\n" + article_2 +
              "第三条 灯坏了的, 要修,\n\n并要登记;\n\n第四条 本规定自印发之日起执行")
            .empty());
}

TEST_CASE("an inserted paragraph or article shifts numbers and nothing else") {
  CHECK(drift("第一条 灯要登记。登记要及时。\n新的一款。\n" + article_2 + article_3 + article_4) ==
        "added >第一条第二款第一句\n");
  CHECK(drift("第一条 新的第一款。\n灯要登记。登记要及时。\n" + article_2 + article_3 + article_4) ==
        "same 第一条第一款第一句>第一条第二款第一句\n"
        "same 第一条第一款第二句>第一条第二款第二句\n"
        "added >第一条第一款第一句\n");
  CHECK(drift(article_1 + article_2 + "第三条 新的一条。\n第四条 灯坏了的，要修，并要登记。\n第五条 "
                                      "本规定自印发之日起执行。\n") ==
        "same 第三条第一款第一句第一分句>第四条第一款第一句第一分句\n"
        "same 第三条第一款第一句第二分句>第四条第一款第一句第二分句\n"
        "same 第四条第一款第一句>第五条第一款第一句\n"
        "added >第三条第一款第一句\n");
}

TEST_CASE("changed words change their statement only") {
  CHECK(drift("第一条 灯要登记。登记要立即。\n" + article_2 + article_3 + article_4) ==
        "changed 第一条第一款第二句>第一条第一款第二句\n");
  CHECK(drift(article_1 + "第二条 下列灯具不得借出：\n（一）台灯；\n（二）壁灯。\n借出的，要追回。\n" + article_3 +
              article_4) == "changed 第二条第一款第二项第一句>第二条第一款第二项第一句\n");
}

TEST_CASE("a changed lead-in is told of each of its items") {
  CHECK(drift(article_1 + "第二条 下列灯具可以借出：\n（一）台灯；\n（二）路灯。\n借出的，要追回。\n" + article_3 +
              article_4) ==
        "changed 第二条第一款第一句>第二条第一款第一句\n"
        "lead-in 第二条第一款第一项第一句>第二条第一款第一项第一句\n"
        "lead-in 第二条第一款第二项第一句>第二条第一款第二项第一句\n");
}

TEST_CASE("an inserted item moves the others") {
  CHECK(drift(article_1 + "第二条 下列灯具不得借出：\n（一）壁灯；\n（二）台灯；\n（三）路灯。\n借出的，要追回。\n" +
              article_3 + article_4) ==
        "same 第二条第一款第一项第一句>第二条第一款第二项第一句\n"
        "same 第二条第一款第二项第一句>第二条第一款第三项第一句\n"
        "added >第二条第一款第一项第一句\n");
}

TEST_CASE("of a divided sentence, the clauses whose words stay are the same") {
  CHECK(drift(article_1 + article_2 + "第三条 灯坏了的，要换，并要登记。\n" + article_4) ==
        "changed 第三条第一款第一句第一分句>第三条第一款第一句\n"
        "same 第三条第一款第一句第二分句>第三条第一款第一句\n");
  CHECK(drift(article_1 + article_2 + "第三条 灯坏了的，要修，并要通报。\n" + article_4) ==
        "same 第三条第一款第一句第一分句>第三条第一款第一句\n"
        "changed 第三条第一款第一句第二分句>第三条第一款第一句\n");
}

TEST_CASE("new words in a divided sentence count against the clauses beside them") {
  const auto clauses = [](const char* sentence) {
    std::string out;
    for (const Difference& d : compare(source(), split(article_1 + article_2 + "第三条 " + sentence + "\n" + article_4))) {
      if (d.before.article == 3) out += d.drift == Drift::same ? "same " : "changed ";
    }
    return out;
  };
  CHECK(clauses("灯坏了的，要修，并要登记。") == "same same ");
  CHECK(clauses("灯坏了的，要修；并要登记。") == "same same ");
  CHECK(clauses("原则上，灯坏了的，要修，并要登记。") == "changed same ");
  CHECK(clauses("灯坏了的，要修，必要时，并要登记。") == "changed changed ");
  CHECK(clauses("灯坏了的，要修，并要登记备查。") == "same changed ");
  CHECK(clauses("灯坏了的，要立即修，并要登记备查。") == "changed changed ");
}

TEST_CASE("an item that moved under other words is told so") {
  CHECK(drift(article_1 + "第二条 下列灯具不得借出：\n（一）台灯。\n借出的，要追回。\n下列灯具可以借出：\n（一）路灯。\n" + article_3 +
              article_4) ==
        "lead-in 第二条第一款第二项第一句>第二条第三款第一项第一句\n"
        "added >第二条第三款第一句\n");
}

TEST_CASE("what is gone is missing, and what moved is found") {
  CHECK(drift(article_1 + article_2 + article_4) ==
        "missing 第三条第一款第一句第一分句>\nmissing 第三条第一款第一句第二分句>\n");
  CHECK(drift("") .find("same") == std::string::npos);
  CHECK(drift("第一条 灯坏了的，要修，并要登记。\n第二条 灯要登记。登记要及时。\n第四条 本规定自印发之日起执行。\n") ==
        "same 第一条第一款第一句>第二条第一款第一句\n"
        "same 第一条第一款第二句>第二条第一款第二句\n"
        "missing 第二条第一款第一句>\n"
        "missing 第二条第一款第一项第一句>\n"
        "missing 第二条第一款第二项第一句>\n"
        "missing 第二条第二款第一句>\n"
        "same 第三条第一款第一句第一分句>第一条第一款第一句第一分句\n"
        "same 第三条第一款第一句第二分句>第一条第一款第一句第二分句\n");
}
