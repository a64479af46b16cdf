#include "engine/statute/citation.h"

#include <catch2/catch.hpp>

using namespace jianlu::statute;

TEST_CASE("a citation has one spelling in each language") {
  const Citation whole{15, 1, 3, 2, 1};
  CHECK(format_zh(whole) == "第十五条第一款第三项第二句第一分句");
  CHECK(format_en(whole) == "art 15 para 1 item 3 s 2 cl 1");
  CHECK(parse_zh("第十五条第一款第二句第一分句") == Citation{15, 1, 0, 2, 1});
  CHECK(parse_en("art 15 para 1 item 3 s 2 cl 1") == whole);
  CHECK(parse_zh("第一款第二句") == Citation{0, 1, 0, 2, 0});
  CHECK(parse_en("para 1 s 2") == Citation{0, 1, 0, 2, 0});
  CHECK(parse_zh("第三项") == Citation{0, 0, 3, 0, 0});
  CHECK(parse_zh("第二句")->relative());
  CHECK_FALSE(parse_zh("第二十九条")->relative());
  CHECK(Citation{15, 1, 0, 2, 0} < Citation{15, 1, 1, 1, 0});
}

TEST_CASE("every combination of levels translates there and back byte for byte") {
  for (const std::uint16_t number : {1, 2, 9, 10, 11, 19, 20, 21, 29, 99, 100, 101, 110, 111, 120, 205, 999}) {
    for (unsigned given = 1; given < 32; ++given) {
      const auto level = [&](unsigned bit) { return given & bit ? number : std::uint16_t{0}; };
      const Citation citation{level(1), level(2), level(4), level(8), level(16)};
      CHECK(parse_zh(format_zh(citation)) == citation);
      CHECK(parse_en(format_en(citation)) == citation);
    }
  }
}

TEST_CASE("numerals are canonical") {
  CHECK(chinese_numeral(10) == "十");
  CHECK(chinese_numeral(20) == "二十");
  CHECK(chinese_numeral(100) == "一百");
  CHECK(chinese_numeral(101) == "一百零一");
  CHECK(chinese_numeral(110) == "一百一十");
  for (std::uint16_t n = 1; n <= max_ordinal; ++n) CHECK(parse_chinese_numeral(chinese_numeral(n)) == n);
  for (const char* text : {"", "零", "一十", "二二", "十十", "百", "一百一", "两", "15", "一百十", "零一", "十零"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_chinese_numeral(text));
  }
}

TEST_CASE("any other spelling is no citation") {
  for (const char* text : {"", "第", "第条", "第15条", "第一款第一条", "第一条第一条", "第一十条", "第一条 ", " 第一条",
                           "第一条第", "第一条款", "第一千条", "第零条", "一条", "第(一)项", "第十五条第一款第二", "第一分"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_zh(text));
  }
  for (const char* text : {"", "art", "art ", "art 0", "art 01", "art 1 ", " art 1", "art  1", "para 1 art 1",
                           "art 1 art 2", "art 1000", "art 99999999999", "Art 1", "art 1, para 2", "art 15(1) s 2",
                           "s2", "art 1para 2", "art 1 s"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_en(text));
  }
}
