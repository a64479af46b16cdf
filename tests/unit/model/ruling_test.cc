// 已认定: where it may stand, and what it needs beside it.
#include <catch2/catch.hpp>

#include "tests/unit/model/declared.h"

using namespace jianlu;

namespace {

std::string said(const std::string& declaration) { return test::declared(declaration).codes(); }

}  // namespace

TEST_CASE("a presumption reads whether somebody has ruled, and says why") {
  const std::string body = "定义 已编辑 = edited 对 录像 r 为 是否 默认 否 例外 当 r.经过编辑 已认定 则 r.经过编辑";
  CHECK(said(body + " 理由 \"推定\"") == "");
  CHECK(said(body) == "JL0417");
  CHECK(said("禁止 甲乙 = ab 对每个 场次 s 不得 s.有情形 已认定 且 s.有情形") == "JL0417");
  CHECK(said("禁止 甲乙 = ab 对每个 场次 s 不得 s.有情形 已认定 且 s.有情形 理由 \"推定\"") == "");
}

TEST_CASE("only an observed field of a variable can be ruled on") {
  const auto with = [](const std::string& condition) {
    return said("禁止 甲乙 = ab 对每个 场次 s 不得 " + condition + " 理由 \"推定\"");
  };
  CHECK(with("s.返回 已认定") == "JL0416");        // optional: its absence is settled by a complete ledger
  CHECK(with("s.编号 已认定") == "JL0416");        // required
  CHECK(with("s 已认定") == "JL0416");
  CHECK(with("(有 r 于 s.录像) 已认定") == "JL0416");
  CHECK(with("有 r 于 s.录像 使 r.场次.有情形 已认定") == "JL0416");   // which session may itself be unknown
  CHECK(with("有 r 于 s.录像 使 r.经过编辑 已认定") == "");
}

TEST_CASE("that somebody ruled does not say that there is a value") {
  CHECK(said("禁止 甲乙 = ab 对每个 场次 s 不得 s.听到于 已认定 且 s.听到于 > s.结束 理由 \"推定\"") == "JL0404");
  CHECK(said("禁止 甲乙 = ab 对每个 场次 s 不得 s.听到于 已填 且 s.听到于 > s.结束 且 s.听到于 已认定 理由 \"推定\"") == "");
}
