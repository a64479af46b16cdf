#include "adapters/encoding/encoding.h"

#include <catch2/catch.hpp>

using namespace jianlu;

namespace {

std::string utf8(std::string_view bytes) {
  const auto read = encoding::to_utf8(bytes);
  REQUIRE(std::holds_alternative<encoding::Text>(read));
  return std::get<encoding::Text>(read).utf8;
}
std::string_view name(std::string_view bytes) { return std::get<encoding::Text>(encoding::to_utf8(bytes)).name; }
int fault_line(std::string_view bytes) {
  const auto read = encoding::to_utf8(bytes);
  REQUIRE(std::holds_alternative<encoding::Fault>(read));
  return std::get<encoding::Fault>(read).line;
}

}  // namespace

TEST_CASE("UTF-8 with and without its mark, GB18030 and marked UTF-16 are one text") {
  CHECK(utf8("执法\n") == "执法\n");
  CHECK(utf8("\xEF\xBB\xBF" "执法\n") == "执法\n");
  CHECK(utf8("\xD6\xB4\xB7\xA8\n") == "执法\n");
  CHECK(name("\xD6\xB4\xB7\xA8\n") == "GB18030");
  CHECK(utf8(std::string_view("\xFF\xFE\x67\x62\xD5\x6C", 6)) == "执法");
  CHECK(utf8(std::string_view("\xFE\xFF\x62\x67\x6C\xD5", 6)) == "执法");
  CHECK(utf8("") == "");
  // Four bytes, beyond GBK: U+20000.
  CHECK(utf8("\x95\x32\x82\x36") == "\xF0\xA0\x80\x80");
}

TEST_CASE("Text longer than the converter's buffer stays whole") {
  std::string bytes, expected;
  for (int i = 0; i < 30'000; ++i) {
    bytes += "\xB7\xA8";
    expected += "法";
  }
  CHECK((utf8(bytes) == expected));
}

TEST_CASE("What is neither is a fault with its line") {
  CHECK(fault_line("a,b\n\xFF,1\n") == 2);
  CHECK(fault_line("a\nb\n\xD6") == 3);                          // half a character
  CHECK(fault_line(std::string_view("a\0b", 3)) == 1);
  CHECK(fault_line(std::string_view("PK\x03\x04\x14\x00\x08\x08", 8)) == 1);
  CHECK(fault_line("\xEF\xBB\xBF" "a\n\xB7\xA8\n") == 1);          // the mark promises UTF-8
  CHECK(fault_line("a\n\xD6\xB4\n") == 2);                      // 执 in GB18030, a Hebrew point in UTF-8
  CHECK(name("\xEF\xBB\xBF\xD6\xB4\n") == "UTF-8");
  CHECK(fault_line("\xAA\xA1 private\n") == 1);
}
