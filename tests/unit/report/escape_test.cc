#include "report/escape.h"

#include <catch2/catch.hpp>

using namespace jianlu::report;

TEST_CASE("text cannot become markup") {
  CHECK(escape_text("a & b") == "a &amp; b");
  CHECK(escape_text("</style><script>x</script>") == "&lt;/style&gt;&lt;script&gt;x&lt;/script&gt;");
  CHECK(escape_text("\" onload='x' `y`") == "&quot; onload=&#39;x&#39; &#96;y&#96;");
  CHECK(escape_text("场次　甲\n\t乙") == "场次　甲\n\t乙");
}

TEST_CASE("text that reorders or hides is spelled out") {
  CHECK(escape_text("a\u202Eb") == "a[U+202E]b");
  CHECK(escape_text("\u2066x\u2069") == "[U+2066]x[U+2069]");
  CHECK(escape_text("\u200B\uFEFF") == "[U+200B][U+FEFF]");
  CHECK(escape_text("辻\U000E0100") == "辻\U000E0100");  // a variant of the character, as some names have
}

TEST_CASE("what is no text is replaced") {
  const std::string r = "\uFFFD";
  CHECK(escape_text(std::string("a\0b", 3)) == "a" + r + "b");
  CHECK(escape_text("\x1b[31m") == r + "[31m");
  CHECK(escape_text("\xff") == r);
  CHECK(escape_text("\xe4\xb8") == r + r);                  // cut short
  CHECK(escape_text("\xc0\xbc") == r + r);                  // < in two bytes
  CHECK(escape_text("\xed\xa0\x80") == r + r + r);          // a surrogate
  CHECK(escape_text("\xf4\x90\x80\x80") == r + r + r + r);  // above U+10FFFF
  CHECK(escape_text("\xe4<script>") == r + "&lt;script&gt;");
}

TEST_CASE("an address is a fragment or a picture") {
  CHECK(escape_address("#session-1") == "#session-1");
  CHECK(escape_address("#a\"b") == "#a%22b");
  CHECK(escape_address("data:image/png;base64,iVBORw0=") == "data:image/png;base64,iVBORw0=");
  CHECK(escape_address("data:image/png;base64,\" onerror=\"x") == "#");
  for (const char* bad : {"javascript:alert(1)", "https://example.org/", "//example.org", "data:text/html,x",
                          "data:image/svg+xml;base64,PHN2Zz4=", " javascript:x", ""}) {
    CHECK(escape_address(bad) == "#");
  }
  CHECK(escape_address_part("a/b?c 甲") == "a%2Fb%3Fc%20%E7%94%B2");
}

TEST_CASE("base64") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("foob") == "Zm9vYg==");
  CHECK(base64(std::string("\0\xff\x80", 3)) == "AP+A");
}
