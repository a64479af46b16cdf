#include "engine/syntax/parse.h"

#include <catch2/catch.hpp>

#include "tests/unit/syntax/support.h"

using namespace jianlu;
using namespace jianlu::syntax;
using test::in_article;
using test::Parsed;

TEST_CASE("the rule files of the repository parse") {
  for (const auto& path : test::glob(test::root / "rules", ".law")) {
    Parsed parsed(test::read(path), path.string());
    INFO(parsed.report());
    CHECK(parsed.diagnostics.all().empty());
  }
}
