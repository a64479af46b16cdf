// Translation of names: what two regulations declare is kept apart.
#include "engine/model/spelling.h"

#include <catch2/catch.hpp>

#include "tests/unit/check/checked.h"

using namespace jianlu;

namespace {

std::string law(const std::string& bureau, const std::string& definition) {
  return "规定 " + bureau + "\n    制定机关 \"某局\"\n    时区 \"Asia/Shanghai\"\n    版本 初版 = v1 施行 未载明 理由 \"原件未载\"\n"
         "第一条 概要 \"例\"\n定义 " + definition + " = recording_device 对 设备 d 为 d.编号 已填\n";
}

}  // namespace

TEST_CASE("one English name that two regulations declare is each one's own Chinese name") {
  const test::Checked checked({{"a.law", law("甲局 = bureau_a", "执法记录仪")}, {"b.law", law("乙局 = bureau_b", "记录设备")}});
  REQUIRE(checked.trees.size() == 3);
  const model::Spellings spellings(checked.book, checked.units, checked.files);
  const auto at = [&](std::size_t tree) { return source::Span{checked.trees[tree]->file, 0, 0}; };
  CHECK(spellings.other("recording_device", at(1)) == "执法记录仪");
  CHECK(spellings.other("recording_device", at(2)) == "记录设备");
  CHECK(spellings.other("记录设备", at(2)) == "recording_device");
  CHECK(spellings.other("记录设备", at(1)).empty());
  CHECK(spellings.other("乙局", at(1)) == "bureau_b");
}
