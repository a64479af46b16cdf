// 可归入: which categories of an item a norm may fall under.
#include <catch2/catch.hpp>

#include "tests/unit/model/declared.h"

using namespace jianlu;

namespace {

// The categories that each norm may fall under, in order: "ban: first second".
std::string links(const std::string& categories) {
  const test::Declared d = test::declared(
      "禁止 甲禁 = ban_a 对每个 场次 s 不得 s.有情形 可归入 第一条第一项\n"
      "禁止 乙禁 = ban_b 对每个 录像 r 不得 r.经过编辑 可归入 第一条第一项\n" + categories);
  CHECK(d.codes() == "");
  std::string out;
  for (const model::Norm& norm : d.book.norms) {
    out += (out.empty() ? "" : "; ") + norm.name.en + ":";
    for (const model::CategoryLink& link : norm.categories) {
      out += " " + d.book.regulations.front().categories[link.category].name.en;
    }
  }
  return out;
}

}  // namespace

TEST_CASE("of several categories under one item a norm falls under those that rest on it") {
  CHECK(links("第一项 类别 甲类 = of_a 依 甲禁\n第一项 类别 乙类 = of_b 依 乙禁") == "ban_a: of_a; ban_b: of_b");
  CHECK(links("第一项 类别 甲类 = of_a 依 甲禁、乙禁\n第一项 类别 乙类 = of_b 依 乙禁") == "ban_a: of_a; ban_b: of_a of_b");
}

TEST_CASE("where no category names the norm, all of the item are for a person to rule on") {
  CHECK(links("第一项 类别 甲类 = of_a") == "ban_a: of_a; ban_b: of_a");
  CHECK(links("第一项 类别 甲类 = of_a 依 甲禁\n第一项 类别 乙类 = of_b 依 甲禁") == "ban_a: of_a of_b; ban_b: of_a of_b");
}
