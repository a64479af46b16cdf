// The examples of docs/language.md parse: ```law blocks, completed by a header and a heading where they have none.
#include <catch2/catch.hpp>

#include "tests/unit/syntax/support.h"

using namespace jianlu;
using test::Parsed;

TEST_CASE("the examples of the reference parse") {
  const std::string text = test::read(test::root / "docs/language.md");
  const std::string open = "```law\n", close = "```";
  int examples = 0;
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    at += open.size();
    const std::size_t end = text.find(close, at);
    REQUIRE(end != std::string::npos);
    std::string example = text.substr(at, end - at);
    const bool whole = example.starts_with("规定") || example.starts_with("regulation") || example.starts_with("共用") ||
                       example.starts_with("词汇");
    if (!whole) example = "规定 例 = example\n" + example;
    Parsed parsed(example, "docs/language.md");
    INFO(parsed.report());
    CHECK(parsed.diagnostics.all().empty());
    ++examples;
  }
  CHECK(examples > 9);
}
