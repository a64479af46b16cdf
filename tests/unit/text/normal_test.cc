#include "engine/text/normal.h"

#include <catch2/catch.hpp>
#include <random>

#include "engine/text/simplified.h"

using namespace jianlu::text;

namespace {

// Straight from the definition: the last code points are matched, replaced, dropped or added.
std::size_t slow_distance(std::u32string_view a, std::u32string_view b) {
  if (a.empty()) return b.size();
  if (b.empty()) return a.size();
  const auto shorter_a = a.substr(0, a.size() - 1), shorter_b = b.substr(0, b.size() - 1);
  if (a.back() == b.back()) return slow_distance(shorter_a, shorter_b);
  return 1 + std::min({slow_distance(shorter_a, b), slow_distance(a, shorter_b), slow_distance(shorter_a, shorter_b)});
}

}  // namespace

TEST_CASE("texts are compared without width, case, white space and punctuation") {
  CHECK(normalise("您好，我们是 ＡＢＣ 局。") == U"您好我们是abc局");
  CHECK(normalise("您好,\t我们是“abc”局\u3000") == U"您好我们是abc局");
  CHECK(normalise("（１２）×××") == U"12×××");
  CHECK(normalise("e\u0301\u200b") == U"é");
  CHECK(normalise("ﾊﾟ") == U"パ");
  CHECK(normalise("").empty());
  CHECK(normalise("，。！").empty());
}

TEST_CASE("a form that grows is kept whole") {
  CHECK(normalise("\uFDFA").size() > 10);  // one code point of three bytes, eighteen letters and spaces
}

TEST_CASE("invalid bytes become U+FFFD and stop nothing") {
  CHECK(normalise("好\xff\xe4坏") == std::u32string(U"好\uFFFD\uFFFD坏"));
}

TEST_CASE("traditional characters are those that stand for them") {
  CHECK(normalise("為保護您的合法權益，監督我們的執法行爲，本次執法全程錄音錄像。") == normalise("为保护您的合法权益，监督我们的执法行为，本次执法全程录音录像。"));
  CHECK(normalise("漯河市畜牧獸醫執法大隊執法人員張偉、李娜") == U"漯河市畜牧兽医执法大队执法人员张伟李娜");
  CHECK(normalise("一丁录像龥") == U"一丁录像龥");
  for (char32_t c = 0x3300; c <= 0xA100; ++c) REQUIRE(simplified(simplified(c)) == simplified(c));
}

TEST_CASE("the part of a text that fits a wording best decides") {
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    std::u32string text, wording;
    for (auto* one : {&text, &wording}) {
      for (auto n = random() % 7; n > 0; --n) *one += static_cast<char32_t>(U'甲' + random() % 3);
    }
    std::size_t least = wording.size();   // of the empty part
    for (std::size_t from = 0; from < text.size(); ++from) {
      for (std::size_t length = 1; from + length <= text.size(); ++length) {
        least = std::min(least, slow_distance(std::u32string_view(text).substr(from, length), wording));
      }
    }
    REQUIRE(distance_of_best_part(text, wording) == least);
    const std::size_t size = wording.size();
    REQUIRE(similarity(text, wording) == static_cast<std::int64_t>(size == 0 ? 1'000'000 : (size - least) * 1'000'000 / size));
  }
}

TEST_CASE("what stands around a wording makes no difference; what the wording lacks does") {
  const std::u32string wording = normalise("本次执法全程录音录像");
  CHECK(similarity(normalise("您好，我们是执法人员。本次执法全程录音录像。请坐，请出示许可证。"), wording) == 1'000'000);
  CHECK(similarity(normalise("您好，我们是执法人员。本次执法全程录音录相。请坐，请出示许可证。"), wording) == 900'000);
  CHECK(similarity(normalise("本次执法全程那个录音录像"), wording) == 800'000);
  CHECK(similarity(normalise("本次执法"), wording) == 400'000);
  CHECK(similarity(normalise("请坐"), wording) == 0);
  CHECK(similarity(wording, normalise("您好，本次执法全程录音录像")) == 833'333);   // not the same the other way round
}
