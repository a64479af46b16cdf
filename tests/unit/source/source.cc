#include "engine/source/source.h"

#include <catch2/catch.hpp>

using namespace jianlu::source;

TEST_CASE("positions count lines, code points and UTF-16 units") {
  const File file("a.law", "义务 a\n\xF0\x9F\x98\x80x\r\nz");
  CHECK(file.position(0).line == 1);
  CHECK(file.position(3).column == 2);
  CHECK(file.position(3).utf16 == 2);
  const Position after_emoji = file.position(13);
  CHECK(after_emoji.line == 2);
  CHECK(after_emoji.column == 2);
  CHECK(after_emoji.utf16 == 3);
  CHECK(file.position(9999).line == 3);
}

TEST_CASE("lines come without their ending") {
  const File file("a.law", "one\r\ntwo\n");
  CHECK(file.line(1) == "one");
  CHECK(file.line(2) == "two");
  CHECK(file.line(3).empty());
  CHECK(file.line(0).empty());
  CHECK(file.line(4).empty());
  CHECK(file.line_begin(2) == 5);
}

TEST_CASE("a span beyond the text is cut") {
  const File file("a.law", "abc");
  CHECK(file.text({0, 1, 99}) == "bc");
  CHECK(file.text({0, 5, 9}).empty());
}
