// Union, intersection and difference of time.
#include <catch2/catch.hpp>

#include "tests/unit/model/declared.h"

using namespace jianlu;

namespace {

test::Declared defined(const std::string& condition) { return test::declared("定义 甲事 = matter 对 场次 s 为 " + condition); }

const std::string kTold = "合并 v 于 s.语音 取 [v.时间、s.结束]";

}  // namespace

TEST_CASE("an interval and a set of intervals go together, whichever comes first") {
  for (const char* name : {"并集", "交集", "差集"}) {
    CHECK(defined(std::string(name) + "(" + kTold + ", [s.结束 - 1小时、s.结束]) 覆盖 [s.结束、s.结束]").codes() == "");
    CHECK(defined(std::string(name) + "([s.结束 - 1小时、s.结束], " + kTold + ") 覆盖 [s.结束、s.结束]").codes() == "");
  }
  CHECK(defined("总时长(差集([s.结束 - 1小时、s.结束], 并集(" + kTold + ", " + kTold + "))) > 2秒").codes() == "");
}

TEST_CASE("what is no time is refused, and an end that may be none wants a test") {
  CHECK(defined("并集(s.结束, " + kTold + ") 覆盖 [s.结束、s.结束]").codes() == "JL0401");
  CHECK(defined("并集(" + kTold + ", 2小时) 覆盖 [s.结束、s.结束]").codes() == "JL0401");
  CHECK(defined("并集(" + kTold + ") 覆盖 [s.结束、s.结束]").codes() == "JL0403");
  CHECK(defined("并集(" + kTold + ", " + kTold + ")").codes() == "");
  CHECK(defined("并集(" + kTold + ", [s.结束、s.返回]) 覆盖 [s.结束、s.结束]").codes() == "JL0404");
}

TEST_CASE("it is printed as it is written, in either language") {
  const std::string written = "差集(合并 v 于 s.语音 取 [v.时间、s.结束], [s.结束、s.结束]) 覆盖 [s.结束、s.结束]";
  const test::Declared d = defined(written);
  REQUIRE(d.codes() == "");
  const model::ExprId id = d.book.definitions.at(0).alternatives.at(0).value;
  CHECK(model::print(d.book, id, source::Language::zh) == written);
  CHECK(model::print(d.book, id, source::Language::en) ==
        "difference_of(merged v in s.speeches taking [v.at, s.ended], [s.ended, s.ended]) covers [s.ended, s.ended]");
}
