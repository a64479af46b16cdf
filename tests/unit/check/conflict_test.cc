// Duties against bans, decided without facts.
#include <catch2/catch.hpp>

#include "engine/graph/proposition.h"
#include "tests/unit/check/checked.h"

using namespace jianlu;

namespace {

using Codes = std::vector<std::string>;

constexpr const char* kConflict = "JL0502";
constexpr const char* kPossible = "JL0504";

// A duty to film and a ban on it, each with its clauses.
test::Checked against(const std::string& duty, const std::string& ban, const std::string& also = "") {
  return test::checked(also + "义务 记录 = record 对每个 场次 s " + duty + " 应当 录制(s)\n禁止 不记录 = no_record 对每个 场次 x " + ban +
                       " 不得 录制(x)\n");
}

// Of the duty and the ban; 须记录 need not be used.
Codes said(const test::Checked& checked) {
  Codes out;
  for (const std::string& code : checked.codes()) {
    if (code != "JL0503") out.push_back(code);
  }
  return out;
}

std::string example(const test::Checked& checked) {
  for (const diag::Diagnostic& d : checked.diagnostics.all()) {
    if (!d.example.zh.empty()) return d.example.zh;
  }
  return "";
}

}  // namespace

TEST_CASE("a duty and a ban that can apply together are a conflict, with facts that show it") {
  const auto result = against("当 须记录(s)", "当 x.涉密 含任一 {国家秘密}");
  CHECK(said(result) == Codes{kConflict});
  CHECK(example(result) == "场次.活动 含 日常检查；场次.涉密 含 国家秘密。这时两条都适用");
  CHECK(said(against("", "")) == Codes{kConflict});
}

TEST_CASE("different members of one set can come together, different values of one field cannot") {
  CHECK(said(against("当 s.活动 含任一 {日常检查}", "当 x.活动 含任一 {行政强制}")) == Codes{kConflict});
  CHECK(said(against("当 s.活动 含全部 {日常检查、行政强制}", "当 非 x.活动 含任一 {行政强制}")).empty());
  CHECK(said(against("当 s.密级 = 机密", "当 x.密级 = 普通")).empty());
  CHECK(said(against("当 s.密级 属于 {机密}", "当 x.密级 != 机密")).empty());
  CHECK(said(against("当 s.密级 属于 {机密、普通}", "当 x.密级 != 机密")) == Codes{kConflict});
}

TEST_CASE("stretches of time and counts are kept apart") {
  CHECK(said(against("当 s.开始 < 2024-01-01", "当 x.开始 >= 2024-01-01")).empty());
  CHECK(said(against("当 s.开始 <= 2024-01-01", "当 x.开始 >= 2024-01-01")) == Codes{kConflict});
  CHECK(said(against("当 s.开始 < s.结束", "当 x.结束 <= x.开始")).empty());
  CHECK(said(against("当 (计数 r 于 s.录像) < 1", "当 (计数 r 于 x.录像) > 0")).empty());
  CHECK(said(against("当 (计数 r 于 s.录像) < 0", "")) == Codes{"JL0505"});
}

TEST_CASE("an exemption or a permit's condition named in unless defeats the conflict, one beside the point does not") {
  const std::string exemption =
      "豁免 涉密免记 = excused 对 场次 s 须主张 s.涉密 含任一 {国家秘密、个人隐私} 期限 自 s.结束 起 24小时\n";
  CHECK(said(against("当 须记录(s) 除非 涉密免记(s)", "当 x.涉密 含任一 {国家秘密}", exemption)).empty());
  CHECK(said(against("当 须记录(s)", "当 x.涉密 含任一 {国家秘密} 除非 须记录(x)")).empty());
  CHECK(said(against("当 须记录(s) 除非 s.作证据", "当 x.涉密 含任一 {国家秘密}")) == Codes{kConflict});
}

TEST_CASE("a permit defeats a ban that names it in unless, and no other") {
  const std::string duty = "义务 记录 = record 对每个 场次 s 当 须记录(s) 应当 录制(s)\n";
  const std::string permit = "许可 可以记录 = may_record 对每个 场次 y 当 须记录(y) 除非 y.作证据 可以 录制(y)\n";
  const auto ban = [](const std::string& unless) {
    return "禁止 涉密 = secret 对每个 场次 x 当 x.涉密 含任一 {国家秘密} 且 非 x.作证据 " + unless + " 不得 录制(x)\n";
  };
  CHECK(said(test::checked(duty + ban("除非 可以记录") + permit)).empty());
  CHECK(said(test::checked(duty + ban("") + permit)) == Codes{kConflict});
  const auto named = test::checked(ban("除非 可以记录") + permit);
  REQUIRE(named.book.norms.size() == 2);
  CHECK(named.book.norms[1].defeated_by == std::vector<model::NormId>{0});
  CHECK(named.book.regulations[0].norms == std::vector<model::NormId>{1, 0});   // in article order
  CHECK(said(test::checked("许可 设备 = may_use 对每个 设备 d 可以 d.状态 = 在用\n" + ban("除非 设备"))) == Codes{"JL0401"});
}

TEST_CASE("definitions are opened up: defaults, exceptions, interpretations") {
  const std::string grade =
      "口径 取值 = choice 为 机密 理由 \"例\"\n"
      "定义 程度 = grade 对 场次 s 为 密级 默认 普通 例外 当 s.密级 = 机密 则 机密\n";
  CHECK(said(against("当 程度(s) = 取值", "当 x.密级 = 普通", grade)).empty());
  CHECK(said(against("当 程度(s) = 普通", "当 x.密级 = 普通", grade)) == Codes{kConflict});
}

TEST_CASE("what lists hold is understood where a row decides by itself") {
  const std::string some = "有 w 于 s.工作记录 使 w.情况紧急", none = "没有 v 于 x.工作记录 使 v.情况紧急";
  CHECK(said(against("当 " + some, "当 " + none)).empty());
  CHECK(said(against("当 每个 w 于 s.工作记录 均 非 w.情况紧急", "当 有 v 于 x.工作记录 使 v.情况紧急")).empty());
  CHECK(said(against("当 有 w 于 s.工作记录 使 (w.情况紧急 且 非 w.情况紧急)", "")) == Codes{"JL0505"});
  const auto result = against("当 " + some, "");
  CHECK(said(result) == Codes{kConflict});
  CHECK(example(result) == "有工作记录（工作记录.情况紧急 = 是）。这时两条都适用");
}

TEST_CASE("what is not understood is a warning: it cannot be ruled out") {
  CHECK(said(against("当 s.天气 已填 且 包含(s.天气, \"雨\")", "当 x.天气 已填 且 非 包含(x.天气, \"大雨\")")) == Codes{kPossible});
  CHECK(said(against("当 有 w 于 s.工作记录 使 w.报送 = 主管领导", "当 没有 v 于 x.工作记录 使 v.情况紧急")) == Codes{kPossible});
  // The same text condition on both sides is one condition, understood or not.
  CHECK(said(against("当 s.天气 已填 且 包含(s.天气, \"雨\")", "当 x.天气 已填 且 非 包含(x.天气, \"雨\")")).empty());
}

TEST_CASE("the same condition counts as the same act, a performance too; another condition does not") {
  const std::string ban = "禁止 不报 = b 对每个 场次 x 不得 有 k 于 x.工作记录 使 k.报送 = 主管领导\n";
  CHECK(said(test::checked("义务 报 = a 对每个 场次 s 应当 有 w 于 s.工作记录 使 w.报送 = 主管领导\n" + ban)) == Codes{kConflict});
  CHECK(said(test::checked("义务 报 = a 对每个 场次 s 应当 有 w 于 s.工作记录 使 w.报送 = 主管领导 以 w.制作于 为准 期限 自 s.结束 起 24小时\n" + ban)) ==
        Codes{kConflict});
  CHECK(said(test::checked("义务 报 = a 对每个 场次 s 应当 有 w 于 s.工作记录 使 w.报送 = 保管人员\n" + ban)).empty());
  CHECK(said(test::checked("义务 报 = a 对每个 场次 s 应当 没有 w 于 s.工作记录 使 w.报送 = 主管领导\n" + ban)).empty());
}

TEST_CASE("norms of different times or different subjects do not meet") {
  CHECK(said(against("有效 至 2024-01-01", "有效 自 2024-01-01")).empty());
  CHECK(said(against("有效 至 2024-01-02", "有效 自 2024-01-01")) == Codes{kConflict});
  CHECK(said(test::checked("义务 甲 = a 对每个 设备 d 应当 d.状态 = 在用\n禁止 乙 = b 对每个 录像 r 不得 r.经过编辑\n")).empty());
}

TEST_CASE("the search gives up on what is too large, and says so") {
  // Nine pigeons, eight holes: no way to place them, and far too many to try.
  graph::Propositions all;
  const auto sits = [&](int pigeon, int hole) {
    graph::Thing thing;
    thing.key = std::to_string(pigeon) + "/" + std::to_string(hole);
    return all.flag(all.thing(std::move(thing)));
  };
  graph::PropId root = all.constant(true);
  for (int p = 0; p < 9; ++p) {
    graph::PropId somewhere = all.constant(false);
    for (int h = 0; h < 8; ++h) somewhere = all.either(somewhere, sits(p, h));
    root = all.both(root, somewhere);
    for (int q = 0; q < p; ++q) {
      for (int h = 0; h < 8; ++h) root = all.both(root, all.negation(all.both(sits(p, h), sits(q, h))));
    }
  }
  bool gave_up = false;
  CHECK_FALSE(all.satisfy(root, gave_up));
  CHECK(gave_up);
}
