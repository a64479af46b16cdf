#include "adapters/manifest/schema.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <sstream>

#include "adapters/manifest/lines.h"
#include "tests/unit/support/small_vocabulary.h"

using namespace jianlu;
using nlohmann::json;

namespace {

const model::Vocabulary vocabulary = test::small_vocabulary();

bool valid(const json& document) {
  static const valijson::Schema* const parsed = [] {
    auto* const schema = new valijson::Schema;
    static const json text = json::parse(manifest::schema(vocabulary));
    valijson::SchemaParser parser;
    const valijson::adapters::NlohmannJsonAdapter adapter(text);
    parser.populateSchema(adapter, *schema);
    return schema;
  }();
  valijson::Validator validator;
  return validator.validate(*parsed, valijson::adapters::NlohmannJsonAdapter(document), nullptr);
}

// What the reader says of the same line.
bool read(const json& document) {
  std::istringstream in(document.dump());
  bool good = true;
  const auto read = [&in](char* to, std::size_t size) { return static_cast<std::size_t>(in.read(to, static_cast<std::streamsize>(size)).gcount()); };
  manifest::read_lines(read, 0, vocabulary, *calendar::Zone::find("Asia/Shanghai"),
                       [&](manifest::Manifest&& m) { good &= m.problems.empty(); });
  return good;
}

json session() {
  return json::parse(R"({"id": "S-1", "单位": "甲", "activities": ["日常检查"], "开始": "2024-05-07T09:00", "ended": "2024-05-07T10:00:00+08:00"})");
}

}  // namespace

TEST_CASE("the schema takes what the reader takes, and refuses what it refuses") {
  json full = session();
  full["arrived"] = json::parse(R"({"earliest": "2024-05-07T09:01", "最晚": "2024-05-07T09:02:30.5Z"})");
  full["作证据"] = "是";
  full["returned"] = nullptr;
  full["had_violation"] = json::parse(R"({"unknown": true})");
  full["travel"] = "1h20m";
  full["recordings"] = json::parse(R"([{"id": "R1", "started": "2024-05-07T09:00", "ended": "2024-05-07T09:30", "编辑疑点": [{"sign": "Lavf"}]}])");
  full["interruptions"] = json::parse(R"([{"span": {"从": "2024-05-07T09:30", "to": {"最早": "2024-05-07T09:31", "latest": "2024-05-07T09:32"}}, "reason": "device_fault"}])");
  const auto with = [](const char* field, const char* value) {
    json s = session();
    s[field] = json::parse(value);
    return json{{"session", s}};
  };
  const auto without = [](const char* field) {
    json s = session();
    s.erase(field);
    return json{{"session", s}};
  };
  const json good[] = {
      json::object(), {{"session", session()}}, {{"场次", json::array({session(), full})}},
      json::parse(R"({"bureau": "x", "时区": "Asia/Shanghai"})"),
      json::parse(R"({"交付": [{"台账": ["移交", "recording"], "单位": "甲", "截至": "2024-05-08", "by": "办公室"}]})"),
      json::parse(R"({"delivery": {"ledger": "transfer", "unit": ["甲", "乙"], "complete_through": "2024-05-08T24:00"}})"),
      json::parse(R"({"device": {"id": "D", "unit": "甲", "kind": "记录仪", "price": {"min": 1, "最大": 2.5}, "snapshot_at": "2024-05-01T00:00"}})"),
      json::parse(R"({"stream": "session"})"),
      with("travel", "\"PT1H\""), with("travel", "\"2小时30分\""), with("recordings", "[]"), with("无法及时移交", "[]"),
      with("transfers", R"([{"exported_at": "2024-05-07T12:00"}])"),
  };
  for (const json& document : good) {
    CAPTURE(document.dump());
    CHECK(valid(document));
    CHECK(read(document));
  }
  const json bad[] = {
      with("id", "\"S\"")["session"],  // a row where a manifest is expected
      without("id"), without("单位"), without("activities"), with("编号", "\"S-1\""), with("unit", "\"甲\""),
      with("id", "\"\""), with("id", "null"), with("started", "\"2024-05-07T09:00\""), with("returned", "\"昨天\""), with("returned", "5"),
      with("returned", R"({"earliest": "2024-05-07T09:01"})"), with("returned", R"({"unknown": false})"),
      with("arrived", R"({"from": "2024-05-07T09:01", "to": "2024-05-07T09:02"})"),
      with("is_evidence", "\"对\""), with("is_evidence", "1"), with("travel", "\"1d\""), with("travel", "\"\""),
      with("activities", "\"日常检查\""), with("无法及时移交", R"(["晚了"])"), with("complaints", "[]"), with("wether", "\"晴\""),
      with("recordings", R"([{"id": "R1"}])"), with("recordings", R"([3])"),
      with("interruptions", R"([{"span": "2024-05-07T09:30", "reason": "device_fault"}])"),
      json::parse(R"({"unit_month": []})"), json::parse(R"({"移教": []})"), json::parse(R"({"stream": "sessions"})"),
      json::parse(R"({"delivery": {"ledger": "transfer", "unit": "甲"}})"),
      json::parse(R"({"delivery": {"ledger": "transfr", "unit": "甲", "complete_through": "2024-05-08"}})"),
      json::parse(R"({"device": {"id": "D", "unit": "甲", "kind": "记录仪", "price": "1,5", "snapshot_at": "2024-05-01T00:00"}})"),
  };
  for (const json& document : bad) {
    CAPTURE(document.dump());
    CHECK_FALSE(valid(document));
    CHECK_FALSE(read(document));
  }
}

TEST_CASE("the data dictionary has every ledger, field and value in both languages") {
  for (const auto language : {source::Language::zh, source::Language::en}) {
    const std::string text = manifest::data_dictionary(vocabulary, language);
    for (const model::Entity& e : vocabulary.entities) {
      CHECK(text.find("id=\"" + e.name.en + "\"") != std::string::npos);
      for (const model::Field& f : e.fields) {
        const std::string row = language == source::Language::zh ? "| " + f.name.zh + " `" + f.name.en + "` |" : "| `" + f.name.en + "` " + f.name.zh + " |";
        CHECK(text.find(row) != std::string::npos);
      }
    }
    for (const model::Enumeration& e : vocabulary.enums) {
      for (const model::Name& value : e.values) CHECK(text.find("`" + value.en + "`") != std::string::npos);
    }
  }
  const std::string zh = manifest::data_dictionary(vocabulary, source::Language::zh);
  CHECK(zh.find("可缺，自 2024-06-01") != std::string::npos);
  CHECK(zh.find("起止：开始 至 结束") != std::string::npos);
  CHECK(zh.find("系统生成，每单位每月，汇集场次") != std::string::npos);
}
