#include "adapters/ledger/ledger.h"

#include <iconv.h>

#include <catch2/catch.hpp>

#include "engine/rules/load.h"

using namespace jianlu;
using ledger::Mapping;
using ledger::MappingFault;
using ledger::Table;

namespace {

const rules::Rules& loaded() {
  static const rules::Rules rules = rules::load(JIANLU_SOURCE_DIR "/rules");
  return rules;
}
const model::Vocabulary& vocabulary() { return loaded().book.vocabulary; }
calendar::Zone shanghai() { return *calendar::Zone::find("Asia/Shanghai"); }

const std::vector<Mapping>& shipped() {
  static const std::vector<Mapping> mappings = [] {
    std::vector<MappingFault> faults;
    auto read = ledger::read_mappings({JIANLU_SOURCE_DIR "/adapters/ledger/mappings"}, vocabulary(), faults);
    for (const MappingFault& f : faults) FAIL(f.file << ":" << f.line << ": " << f.what.en);
    return read;
  }();
  return mappings;
}

Mapping mapping(const std::string& text) {
  std::vector<MappingFault> faults;
  auto read = ledger::read_mapping("m.yaml", text, vocabulary(), faults);
  for (const MappingFault& f : faults) FAIL(f.line << ": " << f.what.en << "; " << f.mend.en);
  return *read;
}

Table read(const std::string& csv, const std::vector<Mapping>& mappings = shipped()) {
  return ledger::read_table(csv, 0, mappings, {}, vocabulary(), shanghai());
}

// What a table gives is what a manifest of the same rows gives, byte for byte.
void same_as(const Table& table, const std::string& yaml) {
  for (const fact::Problem& p : table.manifest.problems) FAIL(p.origin.line << ": " << p.what.en);
  const manifest::Manifest expected = manifest::read_yaml(yaml, 0, vocabulary(), shanghai());
  for (const fact::Problem& p : expected.problems) FAIL("yaml " << p.origin.line << ": " << p.what.en);
  REQUIRE(table.manifest.documents.size() == expected.documents.size());
  for (std::size_t i = 0; i < expected.documents.size(); ++i) {
    CHECK(fact::serialise(table.manifest.documents[i], vocabulary()) == fact::serialise(expected.documents[i], vocabulary()));
  }
  REQUIRE(table.manifest.deliveries.size() == expected.deliveries.size());
  for (std::size_t i = 0; i < expected.deliveries.size(); ++i) {
    CHECK(table.manifest.deliveries[i].ledger == expected.deliveries[i].ledger);
    CHECK(table.manifest.deliveries[i].unit == expected.deliveries[i].unit);
    CHECK(table.manifest.deliveries[i].through == expected.deliveries[i].through);
    CHECK(table.manifest.deliveries[i].by == expected.deliveries[i].by);
  }
}

std::string gb18030(std::string text) {
  const iconv_t how = iconv_open("GB18030", "UTF-8");
  std::string out(text.size() * 4, '\0');
  char *from = text.data(), *to = out.data();
  std::size_t left = text.size(), room = out.size();
  REQUIRE(iconv(how, &from, &left, &to, &room) == 0);
  iconv_close(how);
  out.resize(out.size() - room);
  return out;
}

const std::string kStation =
    "wjbh,start_time,end_time,wjcd,wjlx,jyxm,jybh,areacode,cpxh,ccwz,bfwz,wlwz,scsj,bzlx,gzz_ip,source\n"
    "TA0001_JX0042_20170623093621,2017-06-23 09:36:21,2017-06-23 09:41:21,300,1,\"王,明\",JX0042,130300,TA0001,/a,/b,/c,2017-06-23 18:00:00,0,10.0.0.1,1\n"
    "P1,2017-06-23 09:50:00,2017-06-23 09:50:00,0,3,,JX0042,130300,TA0001,/a,/b,/c,2017-06-23 18:00:00,0,10.0.0.1,1\n"
    "A7,2017/6/23 10:00:00,2017/6/23 10:01:00,60,2,李四,JX0043,130300,TA0002,,,,,0,10.0.0.1,1\n";

const std::string kStationYaml = R"(时区: Asia/Shanghai
录像:
- {编号: TA0001_JX0042_20170623093621, 开始: 2017-06-23T09:36:21, 结束: 2017-06-23T09:41:21, 设备: TA0001, 携带人: JX0042, 删除于: {不明: 是}, 涉密: {不明: 是},
   存储: [{存储于: 2017-06-23T18:00, 存储介质: {不明: 是}, 存储设备: {不明: 是}, 保管部门: {不明: 是}, 逐案: {不明: 是}, 长期保存: {不明: 是}}]}
- {编号: A7, 开始: 2017-06-23T10:00, 结束: 2017-06-23T10:01, 设备: TA0002, 携带人: JX0043, 删除于: {不明: 是}, 涉密: {不明: 是}}
)";

const char* kTransfers = R"(id: t
header: [时间, 部门]
separator: semicolon
header_line: 2
excel: yes
zone: Asia/Shanghai
rows:
  transfer:
    session: {column: 场次}
    exported_at: {column: 时间, written: [excel, "yyyy-MM-dd HH:mm"]}
    received_by: {column: 部门, values: {办: general_office, 科: operating_section}}
deliveries:
- {ledger: [transfer, recording], unit: {column: 科室}, complete_through: {column: 导出日, written: yyyy-MM-dd}, by: 办公室}
)";

}  // namespace

TEST_CASE("The export of a collection station gives what a manifest of the same rows gives") {
  const Table table = read(kStation);
  CHECK(table.mapping == "collection-station");
  CHECK(table.rows == 3);
  CHECK(table.left == 1);
  same_as(table, kStationYaml);
  CHECK(table.manifest.documents[1].origin.line == 4);
}

TEST_CASE("GB18030, a byte order mark, CRLF, and a hint of the separator change nothing") {
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : kStation) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  same_as(read(windows), kStationYaml);
  const Table table = read(gb18030(kStation));
  CHECK(table.encoding == "GB18030");
  same_as(table, kStationYaml);
  const Table hinted = read("sep=,\n" + kStation);
  same_as(hinted, kStationYaml);
  CHECK(hinted.manifest.documents[1].origin.line == 5);
}

TEST_CASE("Separator, title line, spreadsheet texts, dates by number and deliveries are said by the mapping") {
  const std::string csv =
      "移交登记簿;;;;;\n"
      "场次;时间;部门;科室;导出日;\n"
      "=\"0012\";45419.5;办;甲;2024-05-08;\n"
      "'0013;2024-05-07 13:00;科;甲;2024-05-09;;;\n"
      ";;;;;\n"
      "S-3;2024-05-07 14:00;科;乙;2024-05-08;\n";
  same_as(read(csv, {mapping(kTransfers)}), R"(时区: Asia/Shanghai
交付:
- {台账: 录像, 单位: 乙, 截至: 2024-05-08T00:00, 提供人: 办公室}
- {台账: 录像, 单位: 甲, 截至: 2024-05-09T00:00, 提供人: 办公室}
- {台账: 移交, 单位: 乙, 截至: 2024-05-08T00:00, 提供人: 办公室}
- {台账: 移交, 单位: 甲, 截至: 2024-05-09T00:00, 提供人: 办公室}
移交:
- {场次: "0012", 导出于: 2024-05-07T12:00, 接收部门: 办公室}
- {场次: "0013", 导出于: 2024-05-07T13:00, 接收部门: 业务科室}
- {场次: S-3, 导出于: 2024-05-07T14:00, 接收部门: 业务科室}
)");
}

TEST_CASE("Sets, intervals, constants, empty cells") {
  const Mapping m = mapping(R"(编号: s
表头: [编号, 活动]
行:
  场次:
    编号: {列: 编号}
    单位: 支队
    活动: {列: 活动, 拆分: "、"}
    开始: {列: 起, 写法: "yyyy-MM-dd HH:mm"}
    结束: {列: 止, 写法: "yyyy-MM-dd HH:mm"}
    案卷: {列: 案卷, 空: null}
    作证据: {列: 证据, 对照: {Y: 是, N: 否}, 空: {不明: 是}}
    中断记录:
      - {时段: {从: {列: 断, 写法: "yyyy-MM-dd HH:mm"}, 至: {列: 续, 写法: "yyyy-MM-dd HH:mm"}}, 原因: {列: 原因}}
)");
  same_as(read("编号,活动,起,止,案卷,证据,断,续,原因\n"
               "S1,日常检查、 调查取证,2024-05-07 09:00,2024-05-07 10:00,C1,Y,2024-05-07 09:10,2024-05-07 09:20,设备故障\n"
               "S2,日常检查,2024-05-07 09:00,2024-05-07 24:00,,,,,\n", {m}), R"(场次:
- {编号: S1, 单位: 支队, 活动: [日常检查, 调查取证], 开始: 2024-05-07T09:00, 结束: 2024-05-07T10:00, 案卷: C1, 作证据: 是,
   中断记录: [{时段: {从: 2024-05-07T09:10, 至: 2024-05-07T09:20}, 原因: 设备故障}]}
- {编号: S2, 单位: 支队, 活动: [日常检查], 开始: 2024-05-07T09:00, 结束: 2024-05-08T00:00, 案卷: null, 作证据: {不明: 是}, 中断记录: []}
)");
}

TEST_CASE("A broken row is one problem with its place, kept aside; the others go in") {
  const std::string head = "查阅编号,单位,用途,案卷,查阅时间,是否复制\n";
  const struct { std::string row; int line, column; const char* path; const char* what; } bad[] = {
      {"Q1,甲,玩,C1,2024-05-07 09:00,是", 2, 6, "用途", "does not say what `玩` means"},
      {"Q1,甲,工作需要,C1,2024-05-07,是", 2, 14, "查阅时间", "is no time written as said"},
      {"Q1,甲,工作需要,C1,2024-02-30 09:00,是", 2, 14, "查阅时间 → 查阅[1].查阅于", "`2024-02-30T09:00:00`"},
      {"1.23E+15,甲,工作需要,C1,2024-05-07 09:00,是", 2, 1, "查阅编号", "cut off"},
      {",甲,工作需要,C1,2024-05-07 09:00,是", 2, 0, "", "`id` is missing"},
      {"Q1,甲,工作需要,C1,2024-05-07 09:00", 2, 0, "", "5 cells, the header has 6"},
      {"Q1,甲,工作需要,C1,2024-05-07 09:00,是,多", 2, 0, "", "7 cells, the header has 6"},
      {"Q1,甲,工作需要,\"C\n1\",2024-05-07 09:00,也许", 3, 21, "是否复制", "`也许` means"},
      {"Q1,甲,工作\"需要,C1,2024-05-07 09:00,\"是", 2, 32, "", "no partner"},
  };
  for (const auto& [row, line, column, path, what] : bad) {
    INFO(row);
    const Table table = read(head + row + "\nQ2,甲,工作需要,,45419.5,\n");
    REQUIRE(table.manifest.problems.size() == 1);
    const fact::Problem& problem = table.manifest.problems[0];
    CHECK(problem.origin.line == line);
    CHECK(problem.column == column);
    INFO(problem.path.zh << " | " << problem.what.en << " | " << problem.mend.en);
    CHECK(problem.path.zh.substr(0, std::string(path).size()) == path);
    CHECK(problem.what.en.find(what) != std::string::npos);
    CHECK_FALSE(problem.what.zh.empty());
    CHECK_FALSE(problem.mend.zh.empty());
    CHECK(problem.effect == fact::Problem::Effect::row_aside);
    REQUIRE(table.manifest.documents.size() == 1);
    REQUIRE(table.manifest.doubts.size() == 1);
    CHECK(table.manifest.doubts[0].ledger == vocabulary().entity("access"));
  }
  std::string reversed = kStation;
  reversed.replace(reversed.find("2017-06-23 09:41:21"), 19, "2017-06-23 09:36:20");
  const Table station = read(reversed);
  REQUIRE(station.manifest.problems.size() == 1);
  CHECK(station.manifest.problems[0].path.zh == "end_time → 录像[1].结束");
  CHECK(station.manifest.problems[0].origin.line == 2);
  CHECK(station.manifest.problems[0].column == 50);
  CHECK(station.manifest.problems[0].what.en == "`ended` lies before `started`");
  CHECK(station.manifest.documents.size() == 1);
  CHECK(read(head + bad[0].row + "\n").manifest.doubts[0].unit == "甲");
  const Table two = read(head + "Q1,甲,玩,C1,昨天,是\n");
  REQUIRE(two.manifest.problems.size() == 1);
  CHECK(two.manifest.problems[0].mend.en.find("more in this line") != std::string::npos);
}

TEST_CASE("A photo is left out, a file of unknown kind is asked about") {
  std::string csv = kStation;
  csv.replace(csv.find(",0,3,,"), 6, ",0,0,,");
  const Table table = read(csv);
  CHECK(table.left == 0);
  CHECK(table.manifest.documents.size() == 2);
  REQUIRE(table.manifest.problems.size() == 1);
  CHECK(table.manifest.problems[0].origin.line == 3);
  CHECK(table.manifest.problems[0].path.zh == "wjlx");
  CHECK(table.manifest.doubts.size() == 1);
}

TEST_CASE("A table that cannot be read is one problem of the file, and everything it could say is in doubt") {
  const struct { std::string text; const char* what; } bad[] = {
      {"a,b\n1,2\n", "no mapping knows this header"},
      {"", "no mapping knows this header"},
      {"a\n\xFF\xFF\n", "neither UTF-8 nor GB18030"},
      {"查阅编号,单位,用途,查阅时间\n", "是否复制、案卷"},
      {"查阅编号,单位,用途,案卷,查阅时间,是否复制,单位\n", "two columns"},
  };
  for (const auto& [text, what] : bad) {
    INFO(text);
    const Table table = read(text);
    REQUIRE(table.manifest.problems.size() == 1);
    CHECK(table.manifest.problems[0].effect == fact::Problem::Effect::file_aside);
    INFO(table.manifest.problems[0].what.en);
    CHECK(table.manifest.problems[0].what.en.find(what) != std::string::npos);
    CHECK(table.manifest.doubts.size() == 1);
  }
  const Table given = ledger::read_table("a,b\n1,2\n", 0, shipped(), {mapping(kTransfers)}, vocabulary(), shanghai());
  CHECK(given.mapping == "t");
  CHECK(given.manifest.problems[0].what.en.find("are missing") != std::string::npos);
}

TEST_CASE("A table that is all wrong does not go on for ever") {
  std::string csv = "查阅编号,单位,用途,案卷,查阅时间,是否复制\n";
  for (int i = 0; i < 5000; ++i) csv += "\"\n";
  const Table table = read(csv);
  CHECK(table.manifest.problems.size() == ledger::max_problems + 1);
}

TEST_CASE("A mapping that is wrong says where, and is not used") {
  const struct { const char* text; int line; const char* what; } bad[] = {
      {"id: a\nheader: [x]\nrows: {设施: {}}\n", 3, "no ledger `设施`"},
      {"id: a\nheader: [x]\nrows:\n  移交:\n    导出于: {列: x, 写法: yyyy-MM-dd}\n    接受部门: {列: x}\n    接收部门: 办公室\n", 6, "has no field `接受部门`"},
      {"id: a\nheader: [x]\nrows:\n  移交:\n    导出于: {列: x, 写法: yyyy-MM-dd}\n", 5, "required field `received_by`"},
      {"id: a\nheader: [x]\nrows:\n  移交:\n    导出于: {列: x}\n    接收部门: 办公室\n", 5, "how the time is written"},
      {"id: a\nheader: [x]\nrows:\n  移交:\n    导出于: {列: x, 写法: DD.MM}\n    接收部门: 办公室\n", 5, "no way to write a time"},
      {"id: a\nheader: [x]\nrows:\n  移交:\n    导出于: {列: x, 写法: yyyy-MM-dd}\n    接收部门: {列: y, 对照: {a: 食堂}}\n", 6, "`食堂` is no department"},
      {"id: a\nheader: [x]\ncolumns: 3\nrows: {移交: {导出于: {列: x, 写法: excel}, 接收部门: 办公室}}\n", 3, "`columns` is not known"},
      {"id: a\nheader: [x]\nseparator: pipe\nrows: {移交: {导出于: {列: x, 写法: excel}, 接收部门: 办公室}}\n", 3, "comma, semicolon or tab"},
      {"header: [x]\nrows: {移交: {导出于: {列: x, 写法: excel}, 接收部门: 办公室}}\n", 1, "`id` is missing"},
      {"id: a\nrows: {移交: {导出于: {列: x, 写法: excel}, 接收部门: 办公室}}\n", 1, "`header` is missing"},
      {"id: [\n", 2, ""},
  };
  for (const auto& [text, line, what] : bad) {
    INFO(text);
    std::vector<MappingFault> faults;
    CHECK_FALSE(ledger::read_mapping("m.yaml", text, vocabulary(), faults));
    REQUIRE(faults.size() == 1);
    INFO(faults[0].what.en);
    CHECK(faults[0].line == line);
    CHECK(faults[0].what.en.find(what) != std::string::npos);
    CHECK_FALSE(faults[0].what.zh.empty());
  }
}
