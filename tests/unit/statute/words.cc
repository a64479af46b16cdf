#include "engine/statute/words.h"

#include <catch2/catch.hpp>

using namespace jianlu::statute;
using Of = Run::Of;

namespace {

// Whether `part` is left when characters are left out of `whole`; every character has three bytes.
bool within(const std::string& part, const std::string& whole) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < whole.size() && at < part.size(); i += 3) {
    if (whole.compare(i, 3, part, at, 3) == 0) at += 3;
  }
  return at == part.size();
}

}  // namespace

TEST_CASE("a changed number is one thing that goes and one that comes") {
  CHECK(word_difference("返回单位后24小时内导出", "返回单位后48小时内导出") ==
        std::vector<Run>{{Of::both, "返回单位后"}, {Of::before, "24"}, {Of::now, "48"}, {Of::both, "小时内导出"}});
  CHECK(word_difference("", "新增") == std::vector<Run>{{Of::now, "新增"}});
  CHECK(word_difference("删去", "") == std::vector<Run>{{Of::before, "删去"}});
  CHECK(word_difference("同", "同") == std::vector<Run>{{Of::both, "同"}});
  CHECK(word_difference("", "").empty());
}

TEST_CASE("the runs give back both texts, as few of them as can be, and none stands beside one of its kind") {
  std::vector<std::string> texts{""};
  for (std::size_t from = 0, length = 0; length < 4; ++length) {
    for (const std::size_t to = texts.size(); from < to; ++from) {
      for (const char* c : {"甲", "乙", "，"}) texts.push_back(texts[from] + c);
    }
  }
  REQUIRE(texts.size() == 121);
  for (const std::string& before : texts) {
    for (const std::string& now : texts) {
      std::string first, second, common;
      const auto runs = word_difference(before, now);
      for (std::size_t i = 0; i < runs.size(); ++i) {
        if (runs[i].text.empty() || (i > 0 && runs[i].of == runs[i - 1].of)) FAIL(before << " / " << now);
        if (runs[i].of != Of::now) first += runs[i].text;
        if (runs[i].of != Of::before) second += runs[i].text;
        if (runs[i].of == Of::both) common += runs[i].text;
      }
      if (first != before || second != now) FAIL(before << " / " << now);
      // No longer text can be had from both by leaving characters out.
      for (const std::string& longer : texts) {
        if (longer.size() > common.size() && within(longer, before) && within(longer, now)) FAIL(before << " / " << now << ": " << longer);
      }
    }
  }
}
