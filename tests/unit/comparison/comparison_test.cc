#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include <unistd.h>

#include "engine/comparison/comparison.h"
#include "tests/unit/support/golden.h"
#include "tests/unit/support/rule_samples.h"

using namespace jianlu;
using comparison::Facet;
using comparison::Force;
using comparison::Order;

namespace {

comparison::Table table_of(const rules::Rules& rules) {
  auto subjects = comparison::read_subjects(test::file(test::kRoot + "rules/subjects.yaml"), rules.book.vocabulary);
  REQUIRE(std::holds_alternative<comparison::Subjects>(subjects));
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < rules.book.regulations.size(); ++i) all.push_back(i);
  return comparison::compare(rules.book, all, std::get<comparison::Subjects>(std::move(subjects)), rules.working_days);
}

const comparison::Row* row(const comparison::Table& table, const std::string& topic) {
  for (const comparison::Row& r : table.rows) {
    if (table.subjects.topics[r.topic].name.en == topic) return &r;
  }
  return nullptr;
}

// A rules folder with the vocabulary in use and what is written into it.
struct Folder {
  std::filesystem::path root = std::filesystem::temp_directory_path() / ("jianlu-compare-" + std::to_string(::getpid()));
  Folder() {
    std::filesystem::remove_all(root);
    std::filesystem::create_directories(root);
    std::filesystem::copy(test::kRoot + "rules/vocabulary.law", root);
    std::filesystem::copy(test::kRoot + "rules/calendars", root / "calendars");
  }
  ~Folder() { std::filesystem::remove_all(root); }
};

constexpr const char* kCommon =
    "第一条 概要 \"甲\"\n行为 录制 = filming 对 场次 s 为 有 r 于 s.录像\n"
    "派生 间断 = gap 对 场次 s 于 空隙([s.开始、s.结束], 合并 r 于 s.录像 取 [r.开始、r.结束], 2秒)\n"
    "禁止 间断 = no_gap 对每个 场次 s 的间断 g 不得 g.时长 > 2秒\n";

// Two bureaus that differ in what is given, and how the first stands to the second.
struct Two {
  Folder folder;
  rules::Rules rules;
  comparison::Table table;

  // `words`: what each declares in a vocabulary of its own.
  Two(const std::string& a, const std::string& b, const std::string& words = "") : rules(load(a, b, words)), table(table_of(rules)) {}

  rules::Rules load(const std::string& a, const std::string& b, const std::string& words) const {
    for (const auto& [id, zh, text] : {std::tuple{"a-bureau", "甲局", a}, std::tuple{"b-bureau", "乙局", b}}) {
      const auto at = folder.root / "bureaus" / id;
      std::filesystem::create_directories(at);
      std::ofstream(at / "regulation.law") << "规定 " << zh << " = " << std::string(id, 1) << "_bureau\n    时区 \"Asia/Shanghai\"\n" << kCommon << text;
      if (!words.empty()) std::ofstream(at / "vocabulary.law") << "词汇 自用 = words_of_" << std::string(id, 1) << " \"自用\"\n" << words;
    }
    rules::Rules out = jianlu::rules::load(folder.root.string());
    std::string faults;
    for (const auto& d : out.diagnostics.all()) faults += diag::message(d, source::Language::zh) + "\n";
    INFO(faults);
    REQUIRE(out.usable());
    return out;
  }

  Order order(const std::string& topic, Facet facet) const {
    const comparison::Row* r = row(table, topic);
    REQUIRE(r != nullptr);
    for (const comparison::Respect& respect : r->respects) {
      if (respect.facet == facet) return respect.relations.front().verdict.order;
    }
    FAIL("not compared: " << topic);
    return Order::same;
  }
};

std::string handed_over(const std::string& deadline) {
  return "第二条 概要 \"移交\"\n义务 移交 = hand_over 对每个 场次 s 应当 有 t 于 s.移交 以 t.导出于 为准 期限 " + deadline + "\n";
}

std::string recorded(const std::string& when, const std::string& rest = "") {
  return "第二条 概要 \"记录\"\n义务 现场记录 = record_on_site 对每个 场次 s 当 " + when + " 应当 录制(s)" + rest + "\n";
}

std::string kept(const std::string& length) {
  return "第二条 概要 \"保存\"\n定义 保存至 = keep_until 对 录像 r 为 时刻 默认 r.结束 + " + length +
         " 不顺延\n禁止 提前删除 = delete_early 对每个 录像 r 当 r.删除于 已填 不得 r.删除于 <= 保存至(r)\n";
}

}  // namespace

TEST_CASE("the comparison of the regulations in use is as it was verified against their texts") {
  const comparison::Table table = table_of(test::real_rules());
  CHECK(table.subjects.unknown.empty());
  const auto expect = [](const std::string& path, const std::string& now) {
    INFO(path);
    CHECK(test::golden(path, now) == now);
  };
  expect("tests/golden/compare/all.zh.txt", comparison::print(table, test::real_rules().book, source::Language::zh));
  expect("tests/golden/compare/all.en.txt", comparison::print(table, test::real_rules().book, source::Language::en));
}

TEST_CASE("nothing that a regulation declares is dropped") {
  const comparison::Table table = table_of(test::real_rules());
  const model::Rulebook& book = test::real_rules().book;
  std::map<std::pair<std::size_t, std::string>, int> listed;
  for (const comparison::Row& r : table.rows) {
    for (const auto& cell : r.cells) {
      for (const std::size_t i : cell) {
        const comparison::Provision& p = table.provisions[i];
        if (p.force != Force::excuse && p.force != Force::remark) ++listed[{p.regulation, std::string(comparison::id(p.force)) + p.name.en}];
      }
    }
  }
  const auto once = [&](std::size_t regulation, const std::string& name) {
    INFO(book.regulations[regulation].id << " " << name);
    CHECK(listed[{regulation, name}] == 1);
  };
  for (std::size_t r = 0; r < book.regulations.size(); ++r) {
    for (const model::NormId id : book.regulations[r].norms) {
      const model::Norm& n = book.norms[static_cast<std::size_t>(id)];
      once(r, (n.modality == model::Modality::duty ? "duty" : n.modality == model::Modality::ban ? "ban" : "permit") + n.name.en);
    }
    for (const auto& c : book.regulations[r].categories) once(r, "category" + c.name.en);
    for (const auto& s : book.regulations[r].sanctions) once(r, "sanction" + s.name.en);
    for (const auto& m : book.regulations[r].manuals) once(r, "manual" + m.name.en);
  }
  CHECK(row(table, "other") == nullptr);
}

TEST_CASE("a sixth bureau stands in the right rows") {
  Folder folder;
  std::filesystem::copy(test::kRoot + "rules/bureaus", folder.root / "bureaus", std::filesystem::copy_options::recursive);
  std::filesystem::copy(test::kRoot + "tests/golden/sixth/bureau", folder.root / "bureaus/yunze-transport", std::filesystem::copy_options::recursive);
  const rules::Rules rules = rules::load(folder.root.string());
  REQUIRE(rules.usable());
  const comparison::Table table = table_of(rules);
  std::map<std::string, std::set<std::string>> found;   // of each topic: ids
  for (const comparison::Row& r : table.rows) {
    for (std::size_t c = 0; c < r.cells.size(); ++c) {
      if (rules.book.regulations[table.regulations[c]].id != "yunze-transport") continue;
      for (const std::size_t i : r.cells[c]) found[table.subjects.topics[r.topic].name.en].insert(table.provisions[i].name.en);
    }
  }
  using Ids = std::set<std::string>;
  CHECK(found["activities"] == Ids{"record_on_site"});
  CHECK(found["grounds_not_to_record"] == Ids{"excused"});
  CHECK(found["papers_when_not_recorded"] == Ids{"explain_no_recording", "two_sign_offs"});
  CHECK(found["telling_beforehand"] == Ids{"notify"});
  CHECK(found["checking_devices"] == Ids{"pre_check"});
  CHECK(found["from_start_to_end"] == Ids{"cover_whole"});
  CHECK(found["no_breaks"] == Ids{"unexcused_break"});
  CHECK(found["explaining_aloud"] == Ids{"explain_aloud", "facing_camera"});
  CHECK(found["written_account"] == Ids{"account_in_writing"});
  CHECK(found["transfer"] == Ids{"hand_over"});
  CHECK(found["keeping"] == Ids{"delete_early"});
  CHECK(found["consulting"] == Ids{"access_approval", "keep_papers"});
  CHECK(found["disclosure"] == Ids{"give_out"});
  CHECK(found["private_copying"] == Ids{"private_copy"});
  CHECK(found["tampering"] == Ids{"tamper"});
  CHECK(found["not_recorded"] == Ids{"not_recorded_with_harm"});
  CHECK(found["leak"] == Ids{"leak_with_grave_harm"});
  CHECK(found["falsification"] == Ids{"deliberate_destruction"});
  CHECK(found["measures"] == Ids{"reprimand"});
  CHECK(found["inspection"] == Ids{"sampling"});
  CHECK(found["other"] == Ids{"spare_at_night"});   // over a ledger of its own, which the table does not name
}

TEST_CASE("deadlines are compared by what the calendar can make of them") {
  const auto order = [](const char* a, const char* b) { return Two(handed_over(a), handed_over(b)).order("transfer", Facet::deadline); };
  CHECK(order("自 s.结束 起 24小时", "自 s.结束 起 2个工作日") == Order::stricter);
  CHECK(order("自 s.结束 起 2个工作日", "自 s.结束 起 24小时") == Order::laxer);
  CHECK(order("不晚于 日终(s.结束)", "自 s.结束 起 24小时") == Order::stricter);
  CHECK(order("自 s.结束 起 1日", "自 s.结束 起 36小时") == Order::apart);     // 24 to 48 hours, more over days off
  CHECK(order("自 s.结束 起 1个月", "自 s.结束 起 30日") == Order::apart);
  CHECK(order("自 s.结束 起 24小时", "自 s.开始 起 24小时") == Order::apart);
  CHECK(order("自 s.结束 起 24小时", "自 s.结束 起 24小时") == Order::same);
  CHECK(order("先于 s.结束", "不晚于 s.结束") == Order::stricter);
}

TEST_CASE("an exception to a deadline makes it laxer") {
  const std::string longer = "定义 期限至 = due 对 场次 s 为 时刻 默认 s.结束 + 24小时 例外 当 s.无法及时移交 含任一 {连续工作、异地执法} 则 较晚(s.结束 + 24小时, s.返回单位 + 24小时)\n";
  const std::string shorter = "定义 期限至 = due 对 场次 s 为 时刻 默认 s.结束 + 24小时 例外 当 s.无法及时移交 含任一 {连续工作} 则 较晚(s.结束 + 24小时, s.返回单位 + 24小时)\n";
  const std::string plain = handed_over("不晚于 期限至(s)");
  CHECK(Two(plain + shorter, plain + longer).order("transfer", Facet::deadline) == Order::stricter);
  CHECK(Two(plain + longer, handed_over("自 s.结束 起 24小时")).order("transfer", Facet::deadline) == Order::laxer);
  // A shorter time with more exceptions is neither.
  const std::string tight = "定义 期限至 = due 对 场次 s 为 时刻 默认 s.结束 + 1小时 例外 当 s.无法及时移交 含任一 {连续工作、异地执法} 则 较晚(s.结束 + 1小时, s.返回单位 + 24小时)\n";
  CHECK(Two(plain + tight, plain + shorter).order("transfer", Facet::deadline) == Order::apart);
}

TEST_CASE("keeping longer is stricter") {
  CHECK(Two(kept("2年"), kept("1年")).order("keeping", Facet::keep_until) == Order::stricter);
  CHECK(Two(kept("3个月"), kept("1年")).order("keeping", Facet::keep_until) == Order::laxer);
  CHECK(Two(kept("12个月"), kept("1年")).order("keeping", Facet::keep_until) == Order::same);
}

TEST_CASE("more situations are stricter, more excuses laxer, and sets of which none holds the other are apart") {
  const auto order = [](const char* a, const char* b) { return Two(recorded(a), recorded(b)).order("activities", Facet::scope); };
  CHECK(order("s.活动 含任一 {日常检查、行政强制}", "s.活动 含任一 {日常检查}") == Order::stricter);
  CHECK(order("s.活动 含任一 {日常检查} 且 s.易引发争议", "s.活动 含任一 {日常检查}") == Order::laxer);
  CHECK(order("s.活动 含任一 {日常检查}", "s.活动 含任一 {行政强制}") == Order::apart);
  CHECK(order("s.活动 含任一 {日常检查} 或 s.活动 含任一 {行政强制}", "s.活动 含任一 {行政强制、日常检查}") == Order::same);
  CHECK(order("非 {普法宣传} 含全部 s.活动", "s.活动 含任一 {行政强制、日常检查}") == Order::stricter);
  CHECK(order("非 {普法宣传} 含全部 s.活动", "s.活动 含任一 {行政强制、普法宣传}") == Order::apart);
  CHECK(order("s.活动 含任一 {日常检查、听证} 且 s.活动 含任一 {听证、行政强制}", "s.活动 含任一 {日常检查、听证}") == Order::laxer);
  CHECK(order("非 {普法宣传、听证} 含全部 s.活动", "非 {普法宣传} 含全部 s.活动") == Order::laxer);
  const std::string exempt = "第三条 概要 \"不录\"\n情形 无须 = need_not 对 工作记录 w 第一项 w.涉密 含任一 {国家秘密} 第二项 w.情况紧急\n"
                             "豁免 可不 = excused 对 场次 s 依 无须 须主张 有 w 于 s.工作记录 使 无须(w) 期限 自 s.结束 起 24小时\n";
  const std::string fewer = "第三条 概要 \"不录\"\n情形 无须 = need_not 对 工作记录 w 第一项 w.涉密 含任一 {国家秘密}\n"
                            "豁免 可不 = excused 对 场次 s 依 无须 须主张 有 w 于 s.工作记录 使 无须(w) 期限 自 s.结束 起 24小时\n";
  const std::string with = "第二条 概要 \"记录\"\n义务 现场记录 = record_on_site 对每个 场次 s 除非 可不(s) 应当 录制(s)\n";
  CHECK(Two(with + fewer, with + exempt).order("grounds_not_to_record", Facet::scope) == Order::stricter);
}

TEST_CASE("what a ban is about and what it forbids are compared apart") {
  const auto lending = [](const char* kinds, const char* deed) {
    return std::string("第二条 概要 \"出借\"\n禁止 外借 = lend 对每个 设备 d 当 d.种类 属于 {") + kinds + "} 不得 有 l 于 d.借出" + deed + "\n";
  };
  const Two kinds(lending("照相机、录像机", " 使 非 l.经同意"), lending("照相机、记录仪", " 使 非 l.经同意"));
  CHECK(kinds.order("lending", Facet::scope) == Order::apart);
  CHECK(kinds.order("lending", Facet::demand) == Order::same);
  const Two deeds(lending("照相机、录像机", ""), lending("照相机", " 使 非 l.经同意"));
  CHECK(deeds.order("lending", Facet::scope) == Order::stricter);
  CHECK(deeds.order("lending", Facet::demand) == Order::stricter);
}

TEST_CASE("whether a device must be registered is no demand of its own") {
  const auto checked = [](const char* device, const char* more) {
    return std::string("第二条 概要 \"检查\"\n义务 检查 = pre_check 对每个 录像 r 当 r.场次 已填 应当 有 k 于 r.场次.使用前检查 使 (") + device + " 且 k.无故障" + more +
           ") 以 k.检查于 为准 期限 先于 r.开始\n";
  };
  const char *either = "(r.设备 未填 或 k.设备 = r.设备)", *must = "r.设备 已填 且 k.设备 = r.设备";
  CHECK(Two(checked(either, ""), checked(must, "")).order("checking_devices", Facet::demand) == Order::same);
  CHECK(Two(checked(either, " 且 k.备用电池充足"), checked(must, "")).order("checking_devices", Facet::demand) == Order::stricter);
}

TEST_CASE("whoever reads a row has it: that it is there is no condition beside that") {
  const auto checked = [](const char* when) {
    return std::string("第二条 概要 \"检查\"\n义务 检查 = pre_check 对每个 录像 r 当 ") + when + " 应当 有 k 于 r.存储 使 k.长期保存 理由 \"推定\"\n";
  };
  const auto order = [&](const char* a, const char* b) { return Two(checked(a), checked(b)).order("long_term", Facet::scope); };
  CHECK(order("r.场次 已填", "r.场次 已填 且 r.场次.活动 含任一 {听证}") == Order::stricter);
  CHECK(order("r.设备 已填", "r.设备 未填") == Order::apart);
  CHECK(order("r.内容无关 已认定", "非 (r.内容无关 已认定 且 非 r.内容无关)") == Order::apart);
}

TEST_CASE("a case within another is not told beside it") {
  const Two two(recorded("(s.易引发争议 且 s.手持) 或 s.手持"), recorded("s.手持"));
  CHECK(two.order("activities", Facet::scope) == Order::same);
  CHECK(comparison::text(*two.table.provisions[row(two.table, "activities")->cells[0].front()].scope).zh == "场次.手持");
}

TEST_CASE("what sets bureaus apart is named once") {
  const auto lending = [](const char* kinds) {
    return std::string("第二条 概要 \"出借\"\n禁止 外借 = lend 对每个 设备 d 当 d.种类 属于 {") + kinds + "} 不得 有 l 于 d.借出 使 非 l.经同意\n";
  };
  const Two two(lending("照相机、记录仪"), lending("摄录照相机、记录仪"));
  const std::string text = comparison::print(two.table, two.rules.book, source::Language::zh);
  CHECK(text.find("不可比：甲局——照相机；乙局——摄录照相机") != std::string::npos);
}

TEST_CASE("one name that two bureaus declare is two things") {
  const Two two(recorded("s.夜间"), recorded("s.夜间"), "台账 场次 = session\n    字段 夜间 = at_night : 是否 可缺\n");
  CHECK(two.order("activities", Facet::scope) == Order::apart);
}

TEST_CASE("more steps, and steps in order, are stricter") {
  const auto approval = [](const std::string& head, const std::string& more) {
    return "第二条 概要 \"查阅\"\n审批 批准 = approval 对每个 查阅 q " + head + " 步骤 批准 a 于 q.审批记录 使 a.角色 = 主管领导 以 a.时间 为准 " + more + " 先于 q.查阅于\n";
  };
  const std::string second = "步骤 登记 e 于 q.登记记录 使 e.查阅人 已填 以 e.时间 为准";
  CHECK(Two(approval("", second), approval("", "")).order("consulting", Facet::steps) == Order::stricter);
  CHECK(Two(approval("", second), approval("依次", second)).order("consulting", Facet::steps) == Order::laxer);
}

TEST_CASE("a duty here and only a permit there is a conflict, value by value") {
  const Two two(recorded("s.活动 含任一 {日常检查、行政强制}"), "第二条 概要 \"记录\"\n许可 可录 = may_record 对每个 场次 s 当 s.活动 含任一 {日常检查、听证} 可以 录制(s)\n");
  std::map<std::string, bool> conflict;
  for (const comparison::ByValue& v : row(two.table, "activities")->by_value) conflict[v.values.zh] = v.conflict;
  CHECK(conflict == std::map<std::string, bool>{{"日常检查", true}, {"行政强制", false}, {"听证", false}});
}

TEST_CASE("a subjects file with a mistake is refused with its place") {
  const auto fault = [](const std::string& text) {
    const auto result = comparison::read_subjects(text, test::real_rules().book.vocabulary);
    const auto* found = std::get_if<yaml::Fault>(&result);
    return found == nullptr ? std::string() : std::to_string(found->line) + " " + found->zh;
  };
  CHECK(fault("主题:\n- 名称: 甲 = a\n  项:\n  - 名称: 乙 = b\n    字段: 移交.导出于\n").empty());
  CHECK(fault("甲: 1\n") == "1 这里要有“主题”的列表");
  CHECK(fault("主题:\n- 名称: 甲\n  项: []\n") == "2 这里要有名称，写成“中文名 = english_id”");
  CHECK(fault("主题:\n- 名称: 甲 = a\n  项:\n  - 名称: 乙 = b\n    字段: 移交\n") == "5 “移交”要写成“台账.项”");
  CHECK(fault("主题:\n- 名称: 甲 = a\n  项:\n  - 名称: 乙 = b\n    除非: 丙\n") == "5 前面没有“丙”这一项");
  CHECK(fault("主题:\n- 名称: 甲 = a\n  项:\n  - 名称: 乙 = b\n  - 名称: 乙 = c\n") == "5 “乙”已经用过");
  CHECK(fault("主题:\n- 名称: 甲 = a\n  项:\n  - 名称: 乙 = b\n    依据: 丙\n").find("没有“依据”这种归法") != std::string::npos);
}
