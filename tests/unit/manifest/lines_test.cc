#include "adapters/manifest/lines.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <string>

#include "adapters/manifest/stream.h"

#include "engine/calendar/text.h"
#include "engine/fact/builder.h"
#include "engine/fact/describe.h"
#include "tests/unit/support/small_vocabulary.h"

using namespace jianlu;

namespace {

const model::Vocabulary vocabulary = test::small_vocabulary();
calendar::Zone shanghai() { return *calendar::Zone::find("Asia/Shanghai"); }

std::string text_of(const fact::Facts& facts) { return describe(facts, vocabulary, source::Language::zh, shanghai()); }

struct Result {
  std::string facts;
  std::vector<fact::Problem> problems;
  std::string rejected;
  std::size_t general = 0;
};

// `step`: bytes that come at once.
manifest::Blocks::Read from(const std::string& text, std::size_t step = 1u << 20) {
  return [&text, step, at = std::size_t{0}](char* to, std::size_t size) mutable {
    const std::size_t got = std::min({size, step, text.size() - at});
    std::memcpy(to, text.data() + at, got);
    at += got;
    return got;
  };
}

Result all(const std::string& text, std::size_t block = 1u << 20, std::size_t step = 1u << 20) {
  manifest::Stream stream(from(text, step), vocabulary, block);
  REQUIRE(!stream.fault());
  manifest::BatchReader reader(stream, "test.jsonl", vocabulary, shanghai());
  Result result;
  result.facts = text_of(reader.head());
  const auto take = [&] {
    result.problems.insert(result.problems.end(), reader.problems().begin(), reader.problems().end());
    result.rejected += reader.rejected();
  };
  take();
  for (manifest::Block next; stream.next(next); take()) result.facts += text_of(reader.read(next));
  result.general = reader.general();
  return result;
}

// The other way: lines as manifests, joined by a builder.
std::string by_lines(const std::string& text) {
  fact::Builder b(vocabulary, shanghai());
  manifest::read_lines(from(text), b.source("test.jsonl"), vocabulary, shanghai(), [&](manifest::Manifest&& m) {
    for (const auto& d : m.documents) b.add(d);
    for (const auto& d : m.deliveries) b.add(d);
    for (const auto& d : m.doubts) b.add(d);
  });
  return text_of(b.build());
}

std::string by_yaml(std::string_view text) {
  const manifest::Manifest m = manifest::read_yaml(text, 0, vocabulary, shanghai());
  fact::Builder b(vocabulary, shanghai());
  b.source("test.yaml");
  for (const auto& d : m.documents) b.add(d);
  for (const auto& d : m.deliveries) b.add(d);
  for (const auto& d : m.doubts) b.add(d);
  return text_of(b.build());
}

const char* const kLines =
    R"({"bureau": "qinhuangdao-water", "zone": "Asia/Shanghai"}
{"delivery": {"ledger": ["transfer", "场次"], "unit": "水政支队", "complete_through": "2024-05-08T24:00", "by": "办公室"}}

{"unit": {"id": "水政支队", "enforces": true, "snapshot_at": "2024-05-01T00:00"}}
{"设备": {"编号": "D1", "单位": "水政支队", "种类": "记录仪", "价格": 1999.5, "快照日": "2024-05-01T00:00"}}
{"session": {"id": "S-001", "unit": "水政支队", "activities": ["日常检查", "service_of_documents"], "started": "2024-05-07T09:00", "arrived": {"earliest": "2024-05-07T09:01", "latest": "2024-05-07T09:03"}, "ended": "2024-05-07T02:00:00.25Z", "returned": null, "had_violation": {"unknown": true}, "travel": "1h20m", "recordings": [{"id": "R1", "started": "2024-05-07T09:00:00+08:00", "ended": "2024-05-07T09:30", "device": "D1", "edit_signs": [{"sign": "Lavf\u0041"}]}], "speeches": [{"at": "2024-05-07T09:00:30.5", "words": "为保护您的\n合法权益", "recording": "R1"}], "interruptions": [{"span": {"from": "2024-05-07T09:30", "to": "2024-05-07T09:40"}, "reason": "天气恶劣"}], "transfers": [{"exported_at": "2024-05-07T23:00"}]}}
{"投诉": {"编号": "T-1", "单位": "水政支队", "场次": "S-001", "受理于": "2024-05-08T09:00"}}
)";

const char* const kSame = R"(
交付: [{台账: [移交, 场次], 单位: 水政支队, 截至: 2024-05-08}]
单位: [{编号: 水政支队, 有执法职能: 是, 快照日: 2024-05-01T00:00}]
设备: [{编号: D1, 单位: 水政支队, 种类: 记录仪, 价格: 1999.5, 快照日: 2024-05-01T00:00}]
场次:
  - 编号: S-001
    单位: 水政支队
    活动: [日常检查, 文书送达]
    开始: 2024-05-07T09:00
    到达: {最早: 2024-05-07T09:01, 最晚: 2024-05-07T09:03}
    结束: 2024-05-07T10:00:00.25
    返回单位: ~
    有违法行为: {不明: 是}
    路程: 80m
    录像: [{编号: R1, 开始: 2024-05-07T09:00, 结束: 2024-05-07T09:30, 设备: D1, 编辑疑点: [{名称: LavfA}]}]
    语音: [{时间: 2024-05-07T09:00:30.5, 文本: "为保护您的\n合法权益", 录像: R1}]
    中断记录: [{时段: {从: 2024-05-07T09:30, 至: 2024-05-07T09:40}, 原因: 天气恶劣}]
    移交: [{导出于: 2024-05-07T23:00}]
投诉: [{编号: T-1, 单位: 水政支队, 场次: S-001, 受理于: 2024-05-08T09:00}]
)";

}  // namespace

TEST_CASE("JSON lines and YAML that say the same give equal facts") {
  const Result result = all(kLines);
  for (const auto& p : result.problems) UNSCOPED_INFO(p.what.zh);
  CHECK(result.problems.empty());
  CHECK(result.facts == by_yaml(kSame));
  CHECK(by_lines(kLines) == result.facts);
  CHECK(result.general == 2);  // the header and the delivery
}

TEST_CASE("what the fast way gives up the general reader reads or explains") {
  const std::string good = R"({"session": {"id": "S-9", "unit": "甲", "activities": [], "started": "2024-05-07T09:00", "ended": "2024-05-07T10:00")";
  struct Case {
    const char* rest;
    const char* zh;  // of the problem; null: it is read
    const char* at;  // what stands at the column, the last time that it occurs; empty: the line as a whole
  };
  const Case cases[] = {
      {R"(}})", nullptr, ""},
      {R"(, "is_evidence": "是"}})", nullptr, ""},
      {R"(, "returned": "2024-05-07T24:00"}})", nullptr, ""},
      {R"(, "returned": "2024-05-07 10:00"}})", nullptr, ""},
      {R"(, "weather": 5}})", nullptr, ""},
      {R"(, "\u0077eather": "晴"}})", nullptr, ""},
      {R"(, "interruptions": [{"reason": "设备故障", "span": {"from": "2024-05-07T09:30", "to": {"earliest": "2024-05-07T09:31", "latest": "2024-05-07T09:32"}}}]}})", nullptr, ""},
      {R"(, "weather": "晴", "weather": "雨"}})", "写了两次", "\"weather"},
      {R"(, "recordings": [], "录像": []}})", "写了两次", "\"录像"},
      {R"(, "complaints": []}})", "不写在这里", "\"complaints"},
      {R"(, "wether": "晴"}})", "没有字段“wether”", "\"wether"},
      {R"(, "travel": {"unknown": true}}})", nullptr, ""},
      {R"(, "returned": {"不明": true}}})", nullptr, ""},
      {R"(, "returned": {"unknown": false}}})", "不认识“unknown”", "\"unknown"},
      {R"(, "returned": {"unknown": true, "latest": "2024-05-07T10:00"}}})", "不认识“unknown”", "\"unknown"},
      {R"(, "travel": "1d"}})", "不是时长", "\"1d"},
      {R"(, "travel": 5}})", "不是时长", "5}}"},
      {R"(, "travel": [1]}})", "不是时长", "[1"},
      {R"(, "returned": "2024-02-30T10:00"}})", "不是时刻", "\"2024-02-30"},
      {R"(, "arrived": {"earliest": "2024-05-07T10:00", "latest": "2024-05-07T09:00"}}})", "终点早于起点", "\"2024-05-07T09:00\"}"},
      {R"(, "unit": "甲"}})", "写了两次", "\"unit"},
      {R"(}} x)", "不是 JSON", ""},
      {R"(}, "unit": 3})", "这里应是列表", "3}"},
      {R"()", "不是 JSON", ""},
      {R"(})", "不是 JSON", ""},
      {R"(, "recordings": [{"id": "R1", "started": "2024-05-07T09:00"}]})", "不是 JSON", ""},
      {R"(}}})", "不是 JSON", ""},
      {R"(,}})", "不是 JSON", ""},
      {R"(, "recordings": [,]}})", "不是 JSON", ""},
      {R"(, "weather": "\ud83d"}})", "不是 JSON", ""},
      {R"(, "weather": "\ud83d\u0041"}})", "不是 JSON", ""},
      {R"(, "weather": "\u12g4"}})", "不是 JSON", ""},
      {R"(, "weather": "\x"}})", "不是 JSON", ""},
      {", \"weather\": \"a\tb\"}}", "不是 JSON", ""},
      {", \"weather\": \"\xE6\x99\"}}", "不是 JSON", ""},
      {R"(, "returned": "2024-05-07T10:00)", "不是 JSON", ""},
      {R"(, "returned": "2024-05-07T10:00:00)", "不是 JSON", ""},
      {R"(, "weather": "晴})", "不是 JSON", ""},
      {R"(, "weather": nul}})", "不是 JSON", ""},
      {R"(, "weather": 1.2.3}})", "不是 JSON", ""},
      {"\xFF\"}}", "不是 JSON", ""},
  };
  for (const Case& c : cases) {
    const std::string text = good + c.rest + "\n" +
        R"({"session": {"id": "S-10", "unit": "甲", "activities": [], "started": "2024-05-07T09:00", "ended": "2024-05-07T10:00"}})";
    const Result result = all(text);
    CAPTURE(c.rest, result.facts);
    CHECK(by_lines(text) == result.facts);
    CHECK(result.facts.find("场次 S-10") != std::string::npos);
    const bool read = result.facts.find("场次 S-9") != std::string::npos;
    std::vector<fact::Problem> problems = result.problems;
    std::erase_if(problems, [](const fact::Problem& p) { return p.effect == fact::Problem::Effect::noted; });
    if (c.zh == nullptr) {
      CHECK(read);
      CHECK(problems.empty());
      continue;
    }
    CHECK((!read || std::string_view(c.rest).find("\"unit\": 3") != std::string_view::npos));
    REQUIRE(problems.size() == 1);
    CAPTURE(problems[0].what.zh, problems[0].path.zh);
    CHECK(problems[0].what.zh.find(c.zh) != std::string::npos);
    CHECK(problems[0].origin.line == 1);
    const std::string line = text.substr(0, text.find('\n'));
    const std::string before = line.substr(0, line.rfind(c.at));
    const auto characters = std::count_if(before.begin(), before.end(), [](char b) { return (b & 0xC0) != 0x80; });
    CHECK(problems[0].column == (*c.at == '\0' ? 0 : characters + 1));
  }
}

TEST_CASE("a row that ends before it starts is kept aside by every way of reading, in the same words") {
  const char* const instants[] = {"2024-05-07T09:00", "2024-05-07T10:00:00", "2024-05-07T02:00:00Z", "2024-05-07T10:00:00.000001", "2024-05-06T23:59"};
  std::vector<std::string> times = {R"({"unknown": true})", "null"};
  for (const char* const at : instants) times.push_back('"' + std::string(at) + '"');
  for (const auto& [earliest, latest] : {std::pair(0, 1), std::pair(0, 3), std::pair(1, 3), std::pair(2, 2)}) {
    times.push_back(R"({"earliest": ")" + std::string(instants[earliest]) + R"(", "latest": ")" + instants[latest] + "\"}");
  }
  struct Said {
    std::string facts;
    std::vector<std::string> problems;
  };
  const auto said = [](const std::string& facts, std::vector<fact::Problem> problems) {
    Said out{facts, {}};
    std::erase_if(problems, [](const fact::Problem& p) { return p.effect == fact::Problem::Effect::noted; });
    for (const fact::Problem& p : problems) out.problems.push_back(p.path.zh + ": " + p.what.zh + "; " + p.what.en + "; " + p.mend.zh);
    return out;
  };
  int reversed = 0, allowed = 0;
  for (const std::string& started : times) {
    for (const std::string& ended : times) {
      for (const bool recording : {false, true}) {
        const std::string period = R"("started": )" + started + R"(, "ended": )" + ended;
        const std::string row = recording ? R"({"id": "S-1", "unit": "甲", "activities": [], "started": "2024-05-07T09:00", "ended": "2024-05-07T10:00", "recordings": [{"id": "R1", )" + period + "}]}"
                                          : R"({"id": "S-1", "unit": "甲", "activities": [], )" + period + "}";
        const std::string line = R"({"session": )" + row + "}\n", general = R"({"\u0073ession": )" + row + "}\n";
        CAPTURE(line);
        const Result fast = all(line), slow = all(general);
        const Said one = said(fast.facts, fast.problems), two = said(slow.facts, slow.problems);
        CHECK(slow.general == 1);
        CHECK(one.facts == two.facts);
        CHECK(by_lines(line) == one.facts);
        CHECK(by_lines(general) == one.facts);
        CHECK(by_yaml(line) == one.facts);
        CHECK(one.problems == two.problems);
        // The same by the words of the texts: bounds that touch are no error.
        const auto end_of = [&](const std::string& text, bool last) {
          std::int64_t found = 0;
          for (std::size_t at = text.find("2024"); at != std::string::npos; at = text.find("2024", at + 1)) {
            const calendar::ParsedInstant parsed = calendar::parse_instant(text.substr(at, text.find('"', at) - at), shanghai());
            found = found == 0 ? parsed.instant : last ? std::max(found, parsed.instant) : std::min(found, parsed.instant);
          }
          return found;
        };
        const bool known = started.find("2024") != std::string::npos && ended.find("2024") != std::string::npos;
        const bool certain = known && end_of(ended, true) < end_of(started, false);
        const bool found = one.problems.size() == 1 && one.problems[0].find(recording ? "session.recordings[1].ended: “结束”早于“开始”" : "session.ended: “结束”早于“开始”") != std::string::npos;
        CHECK(found == certain);
        CHECK((fast.rejected == line) == !one.problems.empty());
        if (known) CHECK((fast.general == 1) == certain);
        ++(certain ? reversed : allowed);
      }
    }
  }
  CHECK(reversed > 20);
  CHECK(allowed > 100);
}

TEST_CASE("every way to write a text, a number or a blank is read the fast way") {
  const std::string text = "{ \"session\"\t: {\"id\" : \"S-1\" , \"unit\":\"甲\", \"activities\": [ \"日常检查\" , \"文书\\u9001达\"], "
      R"("started": "2024-05-07T09:00" ,"ended":"2024-05-07T10:00","weather":"\u6674\ud83d\uDE00 \"\\\/\b\f\n\r\t\u0041, 長い文字列 long enough for several words", )"
      "\"recordings\": [ ] } } \t\n"
      R"({"device":{"id":"D1","unit":"甲","kind":"记录仪","price":-0.25,"snapshot_at":"2024-05-01T00:00"}})" "\n"
      R"({"device":{"id":"D2","unit":"甲","kind":"记录仪","price":0,"snapshot_at":"2024-05-01T00:00"}})" "\n"
      R"({"device":{"id":"D3","unit":"甲","kind":"记录仪","price":1200.50,"snapshot_at":"2024-05-01T00:00:30+08:00"}})";
  const Result result = all(text);
  CHECK(result.general == 0);
  CHECK(by_lines(text) == result.facts);
  CHECK(result.facts == by_yaml(R"(
场次: [{编号: S-1, 单位: 甲, 活动: [日常检查, 文书送达], 开始: 2024-05-07T09:00, 结束: 2024-05-07T10:00,
        天气: "晴😀 \"\\/\b\f\n\r\tA, 長い文字列 long enough for several words", 录像: []}]
设备:
  - {编号: D1, 单位: 甲, 种类: 记录仪, 价格: -0.25, 快照日: 2024-05-01T00:00}
  - {编号: D2, 单位: 甲, 种类: 记录仪, 价格: 0, 快照日: 2024-05-01T00:00}
  - {编号: D3, 单位: 甲, 种类: 记录仪, 价格: 1200.5, 快照日: 2024-05-01T00:00:30}
)"));
  for (const char* const number : {"01", "-", "1.", ".5", "+1", "1e", "0x1", "--1"}) {
    CAPTURE(number);
    const Result refused = all(R"({"device":{"id":"D1","unit":"甲","kind":"记录仪","snapshot_at":"2024-05-01T00:00","price":)" + std::string(number) + "}}");
    REQUIRE(refused.problems.size() == 1);
    CHECK(refused.problems[0].what.zh.find("不是 JSON") != std::string::npos);
  }
}

TEST_CASE("a line of any length costs its line only") {
  std::string text = R"({"unit": {"id": "甲", "enforces": true, "snapshot_at": "2024-05-01T00:00", "title": ")";
  const std::string head = text;
  text += std::string(100u << 20, 'x') + "\"}}\n";
  text += head + std::string(1u << 20, 'y') + "\"}}\r\n";
  text += std::string(60'000, '[') + "\n";
  text += head.substr(0, 30);
  const Result result = all(text);
  REQUIRE(result.problems.size() == 3);
  CHECK(result.problems[0].what.en == "this line is too long and was not read");
  CHECK(result.problems[0].origin.line == 1);
  CHECK(result.problems[1].origin.line == 3);
  CHECK(result.problems[2].origin.line == 4);
  CHECK(result.facts.find("yyyy\"\n") != std::string::npos);
}

namespace {
std::string stream(int sessions) {
  std::string text = R"({"delivery": {"ledger": ["session", "recording", "complaint"], "unit": ["甲", "乙"], "complete_through": "2024-06-01"}}
{"unit": {"id": "甲", "enforces": true, "snapshot_at": "2024-05-01T00:00"}}
{"device": {"id": "D1", "unit": "甲", "kind": "记录仪", "snapshot_at": "2024-05-01T00:00"}}
{"complaint": {"id": "T-1", "unit": "甲", "session": "S-7", "received_at": "2024-05-08T09:00"}}
{"stream": "session"}
)";
  for (int i = 0; i < sessions; ++i) {
    text += R"({"session": {"id": "S-)" + std::to_string(i) + R"(", "unit": ")" + (i % 3 != 0 ? "甲" : "乙") +
            R"(", "activities": ["日常检查"], "started": "2024-05-07T09:00", "ended": "2024-05-07T10:00", "recordings": [)";
    for (int r = 0; r < i % 4; ++r) {
      text += std::string(r != 0 ? "," : "") + R"({"id": "R)" + std::to_string(r) +
              R"(", "started": "2024-05-07T09:00", "ended": "2024-05-07T09:30", "device": "D1"})";
    }
    text += "]}}\n";
  }
  return text;
}

std::string sessions_of(const fact::Facts& facts) {
  std::string text;
  const auto session = vocabulary.entity("session");
  for (fact::Row r = 0; r < facts.tables[session].size; ++r) {
    text += describe(facts, vocabulary, session, r, source::Language::zh, shanghai());
  }
  return text;
}
}  // namespace

TEST_CASE("blocks of any size give the facts that the whole gives") {
  const std::string text = stream(50);
  std::string whole = text;
  whole.replace(whole.find("{\"stream\""), std::string("{\"stream\": \"session\"}").size(), "");
  manifest::Stream unstreamed(from(whole), vocabulary);
  CHECK(unstreamed.streamed() == model::kNone);
  const std::string expected = sessions_of(manifest::BatchReader(unstreamed, "a", vocabulary, shanghai()).head());
  for (const std::size_t size : {1u, 700u, 4096u, 1u << 20}) {
    for (const std::size_t step : {1u, 333u, 1u << 20}) {
      manifest::Stream in(from(text, step), vocabulary, size);
      CHECK(in.streamed() == vocabulary.entity("session"));
      // Two readers in turn: what one has seen changes nothing for the other.
      manifest::BatchReader one(in, "a", vocabulary, shanghai()), two(in, "a", vocabulary, shanghai());
      CHECK(sessions_of(one.head()).empty());
      CHECK(one.head().tables[vocabulary.entity("device")].size == 1);
      std::string got;
      std::size_t count = 0, documents = 0;
      for (manifest::Block block; in.next(block); ++count) {
        CHECK(block.first() == 6 + documents);
        manifest::BatchReader& reader = count % 2 != 0 ? one : two;
        const fact::Facts& facts = reader.read(block);
        got += sessions_of(facts);
        documents += reader.documents();
        CHECK(facts.tables[vocabulary.entity("device")].size == 1);
        for (const auto& p : reader.problems()) CHECK(p.what.zh.find("单位“乙”没有交付") != std::string::npos);
      }
      CHECK(got == expected);
      CHECK(documents == 50);
      CHECK(in.bytes() == text.size());
      CHECK(in.lines() == 55);
      if (size == 1) CHECK(count == 50);
    }
  }
}

TEST_CASE("a line with an error is kept aside whole, and each line is judged or kept aside") {
  const std::string good = R"({"session": {"id": "S-8", "unit": "甲", "activities": [], "started": "2024-05-07T09:00", "ended": "2024-05-07T10:00")";
  const std::string bad[] = {
      good + R"(, "recordings": [{"id": "R1", "ended": "2024-05-07T09:30"}]}})",                      // in columns
      good + R"(, "recordings": [{"id": "R1", "started": "2024-05-07T09:00", "ended": "9:30"}]}})",   // by the general reader
      R"({"complaint": {"id": "T-2", "unit": "甲", "session": "S-1", "received_at": "2024-05-08T09:00"}})",
      R"({"session": {"id": "S-0", "unit": "甲", "activities": [], "started": "2024-05-07T09:00", "ended": "2024-05-07T10:00"}})",
      R"({"delivery": {"ledger": "transfer", "unit": "甲", "complete_through": "2024-06-01"}})",
      "no JSON",
  };
  const char* const say[] = {"the required field `started` is missing", "is no instant", "after `stream` only rows of session may come; this line was not read",
                             "was stated at", "after `stream`", "JSON"};
  std::string text = stream(2), aside;
  for (const std::string& line : bad) {
    text += line + "\n" + good + R"(, "weather": "晴"}})" + "\r\n";
    aside += line + "\n";
  }
  const Result result = all(text);
  CHECK(result.rejected == aside);
  CHECK(result.facts.find("天气: \"晴\"") != std::string::npos);
  std::vector<fact::Problem> problems = result.problems;
  std::erase_if(problems, [](const fact::Problem& p) { return p.effect == fact::Problem::Effect::noted; });
  REQUIRE(problems.size() == std::size(bad));
  for (std::size_t i = 0; i < std::size(bad); ++i) {
    CAPTURE(problems[i].what.en, say[i]);
    CHECK(problems[i].what.en.find(say[i]) != std::string::npos);
    CHECK(problems[i].origin.line == static_cast<int>(8 + 2 * i));
  }
}

TEST_CASE("a stream line after rows of its ledger changes nothing and is said") {
  const Result late = all(stream(1).substr(stream(1).find("{\"session\"")) + "{\"stream\": \"session\"}\n");
  bool found = false;
  for (const auto& p : late.problems) found |= p.what.en.find("`stream` comes after rows of session") != std::string::npos;
  CHECK(found);
}

TEST_CASE("an input beyond the bounds streams its last ledger, or says why it cannot") {
  std::string text = stream(1);
  const std::string head = text.substr(0, text.find("{\"stream\""));
  const std::string session = text.substr(text.find("{\"session\""));
  const std::string complaint = R"({"complaint": {"id": "T-3", "unit": "甲", "received_at": "2024-05-08T09:00"}})" "\n";
  std::string many;
  for (std::size_t i = 0; i < manifest::Stream::head_lines; ++i) many += session;
  const auto opened = [](const std::string& input) { return manifest::Stream(from(input), vocabulary); };
  text = head + many;
  manifest::Stream implied = opened(text);
  CHECK(implied.streamed() == vocabulary.entity("session"));
  manifest::Block block;
  REQUIRE(implied.next(block));
  CHECK(block.first() == 5);
  CHECK(block.text().substr(0, 11) == "{\"session\":");
  text = session + head + many;
  CHECK(opened(text).fault().has_value());
  text = head + session + complaint + many;
  CHECK(opened(text).fault().has_value());
  text = head + session + session + complaint;
  CHECK(opened(text).streamed() == model::kNone);
  CHECK(!opened(text).fault().has_value());
}
