// Placeholders in the text that should have been said.
#include <catch2/catch.hpp>

#include "tests/unit/model/declared.h"

using namespace jianlu;

namespace {

std::string heard(const std::string& condition) {
  return test::declared("定义 是告知 = is_notice 对 语音 v 为 " + condition).codes();
}

}  // namespace

TEST_CASE("a placeholder is a text of the row, tested before it is read") {
  CHECK(heard("v.说话人 已填 且 包含(v.文本, \"我是{v.说话人}。\")") == "");
  CHECK(heard("v.说话人 已填 且 相似度(v.文本, \"我是{v.说话人}，编号{v.场次.编号}\") >= 90%") == "");
  CHECK(heard("包含(v.文本, \"我是{v.说话人}。\")") == "JL0404");
  CHECK(heard("包含(v.文本, \"现在是{v.时间}。\")") == "JL0401");
  CHECK(heard("包含(v.文本, \"我是{v.名字}。\")") == "JL0304");
  CHECK(heard("包含(v.文本, \"我是{}。\")") == "JL0223");
  CHECK(heard("包含(v.文本, \"没有合上的{也是文字\")") == "");
}

TEST_CASE("a template is printed as it is written") {
  const test::Declared d = test::declared("定义 是告知 = is_notice 对 语音 v 为 包含(v.文本, “您好，我是{v.场次.编号}。”)");
  REQUIRE(d.codes() == "");
  const model::Definition& definition = d.book.definitions.at(0);
  CHECK(model::print(d.book, definition.alternatives.at(0).value, source::Language::zh) == "包含(v.文本, \"您好，我是{v.场次.编号}。\")");
}
