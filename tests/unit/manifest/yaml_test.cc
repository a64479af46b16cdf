#include <catch2/catch.hpp>

#include <string>

#include "adapters/manifest/manifest.h"
#include "engine/calendar/text.h"
#include "engine/fact/builder.h"
#include "engine/fact/describe.h"
#include "tests/unit/support/small_vocabulary.h"

using namespace jianlu;

namespace {

const model::Vocabulary vocabulary = test::small_vocabulary();
calendar::Zone shanghai() { return *calendar::Zone::find("Asia/Shanghai"); }

manifest::Manifest read(std::string_view text) { return manifest::read_yaml(text, 0, vocabulary, shanghai()); }

std::string facts_of(const manifest::Manifest& m, source::Language language = source::Language::zh) {
  fact::Builder b(vocabulary, shanghai());
  b.source("test.yaml");
  for (const auto& d : m.documents) b.add(d);
  for (const auto& d : m.deliveries) b.add(d);
  for (const auto& d : m.doubts) b.add(d);
  return describe(b.build(), vocabulary, language, shanghai());
}

const char* const kChinese = R"(
局: qinhuangdao-water
时区: Asia/Shanghai
交付:
  - {台账: [移交, 场次], 单位: 水政支队, 截至: 2024-05-08T24:00, 提供人: 办公室}
  - {台账: 投诉, 单位: [水政支队, 水政科], 截至: 2024-05-08}
单位:
  - {编号: 水政支队, 有执法职能: 是, 快照日: 2024-05-01T00:00}
设备:
  - {编号: D1, 单位: 水政支队, 种类: 记录仪, 价格: 1999.5, 快照日: 2024-05-01T00:00}
场次:
  - 编号: S-001
    单位: 水政支队
    活动: [日常检查, 文书送达]
    开始: 2024-05-07T09:00
    到达: {最早: 2024-05-07T09:01, 最晚: 2024-05-07T09:03}
    结束: 2024-05-07T10:00+08:00
    返回单位: ~
    有违法行为: {不明: 是}
    路程: 1h20m
    录像:
      - {编号: R1, 开始: 2024-05-07T09:00, 结束: 2024-05-07T09:30, 设备: D1, 编辑疑点: [{名称: Lavf}]}
    语音:
      - {时间: 2024-05-07T09:00:30.5, 文本: 为保护您的合法权益, 录像: R1}
    中断记录:
      - {时段: {从: 2024-05-07T09:30, 至: {最早: 2024-05-07T09:40, 最晚: 2024-05-07T09:41}}, 原因: 天气恶劣}
    移交:
      - {导出于: 2024-05-07T23:00}
投诉:
  - {编号: T-1, 单位: 水政支队, 场次: S-001, 受理于: 2024-05-08T09:00}
)";

const char* const kEnglish = R"(
bureau: qinhuangdao-water
zone: Asia/Shanghai
complaint:
  - {id: T-1, unit: 水政支队, session: S-001, received_at: 2024-05-08T01:00:00Z}
session:
  - id: S-001
    unit: 水政支队
    activities: [service_of_documents, routine_inspection]
    started: 2024-05-07T09:00
    arrived: {latest: 2024-05-07T09:03, earliest: 2024-05-07T09:01}
    ended: 2024-05-07T10:00
    returned: null
    had_violation: {unknown: yes}
    travel: PT80M
    transfers:
      - {exported_at: 2024-05-07T23:00}
    recordings:
      - {id: R1, started: 2024-05-07T09:00, ended: 2024-05-07T09:30, device: D1, edit_signs: [{sign: Lavf}]}
    speeches:
      - {at: 2024-05-07T09:00:30.5, words: 为保护您的合法权益, recording: R1}
    interruptions:
      - {span: {from: 2024-05-07T09:30, to: {earliest: 2024-05-07T09:40, latest: 2024-05-07T09:41}}, reason: severe_weather}
unit:
  - {id: 水政支队, enforces: true, snapshot_at: 2024-05-01T00:00}
device:
  - {id: D1, unit: 水政支队, kind: body_worn_camera, price: 1999.5, snapshot_at: 2024-05-01T00:00}
deliveries:
  - {ledger: transfer, unit: 水政支队, complete_through: 2024-05-08T24:00, by: 办公室}
  - {ledger: session, unit: 水政支队, complete_through: 2024-05-09T00:00, by: 办公室}
  - {ledger: complaint, unit: 水政支队, complete_through: 2024-05-08}
  - {ledger: complaint, unit: 水政科, complete_through: 2024-05-08}
)";

struct Wrong {
  const char* what;      // part of the message in Chinese
  const char* mend;      // part of the advice in English
  const char* path;
  int line, column;
  const char* yaml;
};

}  // namespace

TEST_CASE("a manifest says the same in either spelling") {
  const manifest::Manifest zh = read(kChinese), en = read(kEnglish);
  for (const auto& p : zh.problems) UNSCOPED_INFO(p.what.zh);
  for (const auto& p : en.problems) UNSCOPED_INFO(p.what.zh);
  CHECK(zh.problems.empty());
  CHECK(en.problems.empty());
  CHECK(zh.bureau == "qinhuangdao-water");
  CHECK(zh.deliveries.size() == 4);
  CHECK(zh.documents.size() == 4);
  CHECK(facts_of(zh) == facts_of(en));
}

TEST_CASE("a manifest becomes these facts") {
  const std::string text = facts_of(read(kChinese));
  for (const char* line : {
           "活动: {日常检查、文书送达}", "到达: [2024-05-07T09:01:00+08:00 … 2024-05-07T09:03:00+08:00]", "返回单位: 无",
           "有违法行为: 不明", "路程: 1h20m", "作证据: 否", "无法及时移交: {}", "天气: 不明", "设备: D1", "价格: 1999.5",
           "录像: S-001/录像/R1", "时间: 2024-05-07T09:00:30.500000+08:00",
           "时段: 2024-05-07T09:30:00+08:00 – [2024-05-07T09:40:00+08:00 … 2024-05-07T09:41:00+08:00]", "原因: 天气恶劣",
           "移交: 1 2024-05-09T00:00:00+08:00", "投诉: 1 2024-05-09T00:00:00+08:00", "录像: 1 -", "单位月 水政支队/2024-05"}) {
    CAPTURE(text, line);
    CHECK(text.find(line) != std::string::npos);
  }
}

TEST_CASE("every error says where, what and how to mend it, and keeps only its row aside") {
  const std::string head = "场次:\n  - {编号: S-9, 单位: 甲, 活动: [], 开始: 2024-05-07T09:00, 结束: 2024-05-07T10:00}\n";
  const Wrong wrongs[] = {
      {"场次没有字段“结東”", "did you mean `结束`?", "场次[2].结東", 4, 5, "  - 编号: S-1\n    结東: 2024-05-07T10:00\n"},
      {"不是活动种类的取值", "did you mean `日常检查`?", "场次[2].活动", 3, 11, "  - {活动: [日常检察]}\n"},
      {"不是时刻", "for example 2024-05-07T09:30", "场次[2].开始", 3, 10, "  - {开始: 2024-05-32T10:00}\n"},
      {"不是时刻", "for example 2024-05-07T09:30", "场次[2].开始", 3, 10, "  - {开始: 2024-05-07T24:01}\n"},
      {"不是时刻", "for example", "场次[2].开始", 3, 10, "  - {开始: [2024-05-07T24:01]}\n"},
      {"不是是否", "write yes or no", "场次[2].作证据", 3, 11, "  - {作证据: 对}\n"},
      {"不是时长", "days and months are no durations", "场次[2].路程", 3, 10, "  - {路程: 1d}\n"},
      {"这里应是取值的列表", "[] for none", "场次[2].活动", 3, 10, "  - {活动: 日常检查}\n"},
      {"写了两次", "the same field", "场次[2].id", 3, 15, "  - {编号: S-1, id: S-1}\n"},
      {"“投诉”不写在这里", "under the top level's `complaint`", "场次[2].投诉", 3, 6, "  - {投诉: [{编号: T}]}\n"},
      {"这里应是列表", "start each item", "场次[2].录像", 3, 10, "  - {录像: R1}\n"},
      {"这里应是“字段: 值”", "one field per line", "场次[2]", 3, 5, "  - S-1\n"},
      {"终点早于起点", "check both", "场次[2].到达", 3, 37, "  - {到达: {最早: 2024-05-07T09:01, 最晚: 2024-05-06T09:01}}\n"},
      {"“结束”早于“开始”", "past midnight, `ended` has the date of the next day", "场次[2].ended", 4, 13,
       "  - {编号: S-1, 单位: 甲, 活动: [], 开始: 2024-05-07T09:00,\n     ended: 2024-05-07T08:59}\n"},
      {"缺少“最晚”", "give `latest`", "场次[2].到达", 3, 10, "  - {到达: {最早: 2024-05-07T09:01}}\n"},
      {"不认识“最小”", "earliest, latest", "场次[2].到达", 3, 11, "  - {到达: {最小: 2024-05-07T09:01}}\n"},
      {"不能写范围", "{unknown: true}", "场次[2].作证据", 3, 11, "  - {作证据: {最小: 1, 最大: 2}}\n"},
      {"标识是空的", "give the row a key", "场次[2].编号", 3, 10, "  - {编号: ''}\n"},
      {"缺少必填字段“单位”", "give `unit`", "场次 S-1", 3, 0, "  - {编号: S-1}\n"},
      {"没有名为“移教”的台账", "did you mean `移交`?", "移教", 3, 1, "移教: []\n"},
      {"单位月由系统推出", "leave these rows out", "单位月", 3, 1, "单位月: []\n"},
      {"没有名为“移叫”的台账", "did you mean `移交`?", "交付[1].台账", 3, 11, "交付: [{台账: 移叫, 单位: 甲, 截至: 2024-05-08}]\n"},
      {"缺少“截至”", "give `complete_through`", "交付[1]", 3, 6, "交付: [{台账: 移交, 单位: 甲}]\n"},
      {"不是时刻", "for example", "交付[1].截至", 3, 26, "交付: [{台账: 移交, 单位: 甲, 截至: 昨天}]\n"},
      {"不认识“单們”", "ledger, unit", "交付[1].单們", 3, 7, "交付: [{单們: 甲, 台账: 移交, 截至: 2024-05-08}]\n"},
      {"没有名为“Asia/Peking”的时区", "Asia/Shanghai", "时区", 3, 5, "时区: Asia/Peking\n"},
  };
  for (const Wrong& w : wrongs) {
    const manifest::Manifest m = read(head + w.yaml);
    CAPTURE(w.yaml);
    REQUIRE(m.problems.size() >= 1);
    const fact::Problem& p = m.problems[0];
    CAPTURE(p.what.zh, p.mend.en, p.path.zh);
    CHECK(p.what.zh.find(w.what) != std::string::npos);
    CHECK(p.mend.en.find(w.mend) != std::string::npos);
    CHECK(p.path.zh == w.path);
    CHECK(p.origin.line == w.line);
    CHECK(p.column == w.column);
    REQUIRE(m.documents.size() == 1);
  }
}

TEST_CASE("a row ends before it starts only where no reading of its bounds has it otherwise") {
  const auto problems = [](const std::string& started, const std::string& ended) {
    const manifest::Manifest m = read("录像: [{编号: R1, 开始: " + started + ", 结束: " + ended + "}]\n");
    for (const fact::Problem& p : m.problems) {
      CHECK(p.what.en == "`ended` lies before `started`");
      CHECK(p.path.zh == "录像[1].结束");
    }
    CHECK(m.documents.size() + m.problems.size() == 1);
    CHECK(m.doubts.size() == m.problems.size());
    return m.problems.size();
  };
  const std::string nine = "2024-05-07T09:00", ten = "2024-05-07T10:00", from_nine_to_ten = "{最早: " + nine + ", 最晚: " + ten + "}";
  CHECK(problems(nine, ten) == 0);
  CHECK(problems(nine, nine) == 0);
  CHECK(problems(ten, nine) == 1);
  CHECK(problems(from_nine_to_ten, nine) == 0);
  CHECK(problems(ten, from_nine_to_ten) == 0);
  CHECK(problems(from_nine_to_ten, "2024-05-07T08:59:59.999999") == 1);
  CHECK(problems("2024-05-07T10:00:00.000001", from_nine_to_ten) == 1);
  CHECK(problems("{最早: 2024-05-07T11:00, 最晚: 2024-05-07T12:00}", from_nine_to_ten) == 1);
}

TEST_CASE("a row kept aside leaves no completeness behind where it may belong") {
  const manifest::Manifest m = read(R"(
交付: [{台账: [移交, 投诉], 单位: [甲, 乙], 截至: 2024-06-01}]
场次:
  - {编号: S-1, 单位: 甲, 活动: [], 开始: 2024-05-07T09:00, 结束: 2024-05-07T10:00, 移交: [{导出于: 昨天}]}
  - {编号: S-2, 单位: 乙, 活动: [], 开始: 2024-05-07T09:00, 结束: 2024-05-07T10:00}
投诉:
  - {编号: T-1, 单位: 乙, 场次: S-2, 受理于: 昨天}
)");
  CHECK(m.problems.size() == 2);
  CHECK(m.documents.size() == 2);
  const std::string text = facts_of(m);
  const std::string first = text.substr(text.find("场次 S-1"), text.find("场次 S-2") - text.find("场次 S-1"));
  const std::string second = text.substr(text.find("场次 S-2"));
  CAPTURE(text);
  CHECK(first.find("移交: 0 -") != std::string::npos);
  CHECK(first.find("投诉: 0 2024-06-02T00:00:00+08:00") != std::string::npos);
  CHECK(second.find("移交: 0 2024-06-02T00:00:00+08:00") != std::string::npos);
  CHECK(second.find("投诉: 0 -") != std::string::npos);
}

TEST_CASE("a file that is not plain YAML is kept aside as a whole") {
  std::string deep = "场次: ", wide = "场次: [";
  for (int i = 0; i < 100'000; ++i) deep += "[";
  for (int i = 0; i < 1'000'000; ++i) wide += "{},";
  std::string bomb = "a: &a [x, x, x]\n";
  for (int i = 0; i < 30; ++i) bomb += "b" + std::to_string(i) + ": [*a, *a]\n";
  for (const std::string& text : {deep, bomb, std::string("场次: &x []\n投诉: *x\n"), std::string("<<: {a: b}\n"),
                                  std::string("场次: []\n场次: []\n"), std::string("[1, 2"), std::string("--- 1\n--- 2\n"),
                                  std::string("场次: !!python/object []\n"), std::string(17u << 20, ' '), std::string("甲"),
                                  std::string("\xFF\xFE{")}) {
    const manifest::Manifest m = read(text);
    CAPTURE(text.substr(0, 60));
    REQUIRE(m.problems.size() == 1);
    CHECK(m.problems[0].effect == fact::Problem::Effect::file_aside);
    CHECK_FALSE(m.problems[0].mend.zh.empty());
    CHECK(m.documents.empty());
    REQUIRE(m.doubts.size() == 1);
    CHECK(m.doubts[0].ledger == model::kNone);
  }
  CHECK(read("").problems.empty());
  CHECK(read(wide.substr(0, wide.size() - 1) + "]").documents.empty());
}
