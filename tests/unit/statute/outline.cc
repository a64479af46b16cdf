#include "engine/statute/outline.h"

#include <catch2/catch.hpp>

using namespace jianlu::statute;

namespace {

// Article 1: one sentence. 2: a lead-in with two items, then a second paragraph. 3: one paragraph, a lead-in with two
// items. 4: two sentences, the second in two clauses.
const std::vector<Citation> outline = {{1, 1, 0, 1, 0}, {2, 1, 0, 1, 0}, {2, 1, 1, 1, 0}, {2, 1, 2, 1, 0},
                                       {2, 2, 0, 1, 0}, {3, 1, 0, 1, 0}, {3, 1, 1, 1, 0}, {3, 1, 2, 1, 0},
                                       {4, 1, 0, 1, 0}, {4, 1, 0, 2, 1}, {4, 1, 0, 2, 2}};

std::vector<std::size_t> indices(const char* zh) { return select(outline, parse_zh(zh).value()).statements; }
bool ambiguous(const char* zh) { return select(outline, parse_zh(zh).value()).ambiguous; }

}  // namespace

TEST_CASE("a citation names what lies in it") {
  CHECK(indices("第一条") == std::vector<std::size_t>{0});
  CHECK(indices("第二条") == std::vector<std::size_t>{1, 2, 3, 4});
  CHECK(indices("第二条第一款") == std::vector<std::size_t>{1, 2, 3});
  CHECK(indices("第二条第一款第一句") == std::vector<std::size_t>{1});
  CHECK(indices("第三条第二项") == std::vector<std::size_t>{7});
  CHECK(indices("第四条第二句") == std::vector<std::size_t>{9, 10});
  CHECK(indices("第四条第二句第二分句") == std::vector<std::size_t>{10});
  for (const char* nowhere : {"第五条", "第一条第二款", "第三条第三项", "第四条第三句", "第四条第一句第一分句"}) {
    CAPTURE(nowhere);
    CHECK(indices(nowhere).empty());
  }
}

TEST_CASE("a level may be left out where there is one") {
  CHECK_FALSE(ambiguous("第三条第二项"));
  CHECK_FALSE(ambiguous("第四条第二句第二分句"));
  CHECK_FALSE(ambiguous("第二条第一款第一句"));
  CHECK(ambiguous("第二条第一项"));
  CHECK(ambiguous("第二条第一句"));
  CHECK(ambiguous("第四条第一分句"));
}

TEST_CASE("the shortest citation leaves out what says nothing and still names the one statement") {
  const char* expected[] = {"第一条",       "第二条第一款第一句", "第二条第一款第一项", "第二条第一款第二项",
                            "第二条第二款", "第三条第一句",       "第三条第一项",       "第三条第二项",
                            "第四条第一句", "第四条第二句第一分句", "第四条第二句第二分句"};
  for (std::size_t i = 0; i < outline.size(); ++i) {
    CHECK(format_zh(shortest(outline, outline[i])) == expected[i]);
    const Selection back = select(outline, shortest(outline, outline[i]));
    CHECK_FALSE(back.ambiguous);
    CHECK(back.statements == std::vector<std::size_t>{i});
  }
}
