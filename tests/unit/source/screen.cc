#include "engine/source/screen.h"

#include <catch2/catch.hpp>

using namespace jianlu::source;

TEST_CASE("every code point survives encoding and decoding") {
  for (char32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, code);
    const CodePoint back = decode(text, 0);
    if (back.value != code || back.length != text.size()) FAIL("U+" << std::hex << static_cast<std::uint32_t>(code));
  }
}

TEST_CASE("bytes that are no UTF-8 are refused") {
  for (const std::string_view bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                     "\xF8\x88\x80\x80", "\xE4\xB9", "\xFF"}) {
    CHECK(decode(bad, 0).length == 0);
  }
}

TEST_CASE("screening keeps length and names each fault once") {
  const std::string text = "a\xFF\xFE b\xE2\x80\xAE\xE4\xB9\x89";
  const Screened screened = screen(text);
  CHECK(screened.text == "a   b   \xE4\xB9\x89");
  REQUIRE(screened.issues.size() == 2);
  CHECK(screened.issues[0].fault == ScreenFault::invalid_utf8);
  CHECK(screened.issues[0].begin == 1);
  CHECK(screened.issues[0].end == 3);
  CHECK(screened.issues[1].fault == ScreenFault::hidden);
  CHECK(screened.issues[1].code == 0x202E);
}

TEST_CASE("a byte order mark is hidden anywhere but at the beginning") {
  CHECK(screen("\xEF\xBB\xBFx").issues.empty());
  CHECK(screen("x\xEF\xBB\xBF").issues.size() == 1);
}

TEST_CASE("Chinese characters are told from letters and compatibility forms") {
  CHECK(contains_han("a义"));
  CHECK_FALSE(contains_han("abc、"));
  CHECK(is_han(0x3007));
  CHECK_FALSE(is_han(0xF900));
}
