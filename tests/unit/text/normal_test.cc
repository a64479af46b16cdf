#include "engine/text/normal.h"

#include <catch2/catch.hpp>
#include <random>

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

TEST_CASE("edit distance is the least number of changes") {
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    std::u32string a, b;
    for (auto* text : {&a, &b}) {
      for (auto n = random() % 7; n > 0; --n) *text += static_cast<char32_t>(U'甲' + random() % 3);
    }
    const auto distance = slow_distance(a, b);
    REQUIRE(edit_distance(a, b) == distance);
    const auto longest = std::max(a.size(), b.size());
    REQUIRE(similarity(a, b) == static_cast<std::int64_t>(longest == 0 ? 1'000'000 : (longest - distance) * 1'000'000 / longest));
  }
}
