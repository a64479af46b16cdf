#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/calendar/text.h"
#include "report/words.h"
#include "tests/report/made_up.h"

using namespace jianlu;
using namespace jianlu::report;
using source::Language;

namespace {

constexpr Language kLanguages[] = {Language::zh, Language::en};

bool has(const std::string& page, const std::string& text) { return page.find(text) != std::string::npos; }

std::size_t count(const std::string& page, const std::string& text) {
  std::size_t n = 0;
  for (std::size_t at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) ++n;
  return n;
}

// Not as the beginning of a longer name.
bool has_name(const std::string& text, const std::string& name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const char next = text[at + name.size()];
    if (next != '_' && !(next >= 'a' && next <= 'z')) return true;
  }
  return false;
}

Instant at(const char* text) {
  return calendar::parse_instant(text, calendar::Zone::find("Asia/Shanghai").value()).instant;
}

std::string read(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(std::string(JIANLU_SOURCE_DIR "/") + path).rdbuf();
  return out.str();
}

}  // namespace

TEST_CASE("a page is one file without scripts that asks for nothing") {
  for (const Language language : kLanguages) {
    const std::string page = render_html(made_up(language), language);
    CHECK(has(page, "default-src &#39;none&#39;; style-src &#39;sha256-"));
    CHECK(!has(page, "<script"));
    CHECK(!has(page, " style=\""));
    CHECK(!has(page, "http://"));
    CHECK(!has(page, "https://"));
    CHECK(count(page, "data:image/png;base64,") == 1);
    CHECK(page == render_html(made_up(language), language));
  }
}

TEST_CASE("a report about nothing is still a report") {
  for (const Language language : kLanguages) {
    const std::string page = render_html(Report{}, language);
    CHECK(has(page,
              language == Language::zh ? "本规定未列处理方式。" : "The regulation lists no consequences."));
    CHECK(has(page,
              language == Language::zh ? "没有需要人员核查的情况" : "nothing that people have to look at"));
    CHECK(!has(page, "<svg class=\"timeline\""));
  }
  CHECK(nlohmann::json::parse(render_json(Report{}))["period"]["start"].is_null());
}

TEST_CASE("findings come by outcome, gravest first, and link to their session and back") {
  const std::string page = render_html(made_up(Language::zh), Language::zh);
  std::size_t last = 0;
  for (const char* group : {"违反（2项）", "冲突（1项）", "不明（1项）", "待定（1项）"}) {
    const std::size_t found = page.find(group);
    REQUIRE(found != std::string::npos);
    CHECK(found > last);
    last = found;
  }
  CHECK(has(page, "<article class=\"finding breached long\" id=\"finding-1\">"));
  CHECK(has(page, "<article class=\"finding pending\" id=\"finding-2\">"));
  CHECK(has(page, "<a href=\"#session-1\">查看时间线</a>"));
  CHECK(has(page, "<a href=\"#finding-1\">1 无故中断</a>"));
  CHECK(has(page, "id=\"session-1\""));
}

TEST_CASE("nobody is accused by what is not established") {
  const std::string page = render_html(made_up(Language::zh), Language::zh);
  CHECK(has(page, "有待查明是否存在下述情形：</span>场次 S-007 没有在到场后"));
  CHECK(has(page, "期限内不作认定，到期后如仍无相应材料，属于下述情形：</span>场次 S-011"));
  CHECK(count(page, "<span class=\"open\">") == 3);
  CHECK(has(page, "违反上述规定并不当然构成下列行为"));
  CHECK(has(page, "2026年3月6日 10:12:05，逾期10小时12分6秒；逾期履行仍属违反"));
}

TEST_CASE("an explanation may be as deep as it likes") {
  Report r = made_up(Language::zh);
  Reason deep{"底", {}, Truth::holds, {}, {}, {}};
  for (int i = 0; i < 1000; ++i) {
    Reason parent{"层", {}, Truth::holds, {}, {}, {}};
    parent.children.push_back(std::move(deep));
    deep = std::move(parent);
  }
  r.findings[0].explanation = {deep};
  CHECK(has(render_html(r, Language::zh), "底"));
  CHECK(has(render_json(r), "底"));
}

TEST_CASE("a hostile text stays a text wherever it stands") {
  const std::string tail = "</style><script>alert(1)</script>\"'><img src=x onerror=y>\u202E";
  for (const Language language : kLanguages) {
    const std::string page = render_html(made_up(language, tail), language);
    CHECK(!has(page, "<script"));
    CHECK(!has(page, "<img src=x"));
    CHECK(!has(page, "\u202E"));
    CHECK(count(page, "&lt;/style&gt;&lt;script&gt;alert(1)") > 100);
    CHECK(count(page, "</style>") == 1);
  }
}

TEST_CASE("sessions without known times have a table and no picture") {
  Report r;
  Session s;
  s.key = "S-1";
  s.tracks = {{"D-1", {Bar{{}, "R-1", ""}}}};
  r.sessions = {s};
  const std::string page = render_html(r, Language::en);
  CHECK(!has(page, "<svg class=\"timeline\""));
  CHECK(has(page, "R-1"));
  r.sessions[0].act = {at("2026-03-01T08:00"), at("2026-03-01T08:00")};
  CHECK(has(render_html(r, Language::en), "<svg class=\"timeline\""));
}

TEST_CASE("a timeline has at most nine round ticks, whatever its length") {
  Report r;
  Session s;
  for (const std::int64_t length :
       {calendar::second, calendar::hour, 5 * calendar::hours_24, 4000 * calendar::hours_24}) {
    s.act = {at("2026-03-01T08:00:07"), at("2026-03-01T08:00:07") + length};
    r.sessions = {s};
    const std::string page = render_html(r, Language::zh);
    const std::size_t ticks = count(page, "<line class=\"tick\"");
    CHECK(ticks >= 1);
    CHECK(ticks <= 9);
  }
}

TEST_CASE("times, lengths and numbers") {
  const Words zh(Language::zh, "Asia/Shanghai"), en(Language::en, "Asia/Shanghai"),
      nowhere(Language::en, "Nowhere");
  CHECK(zh.instant(at("2026-03-05T09:12:03")) == "2026年3月5日 09:12:03");
  CHECK(en.instant(at("2026-03-05T09:12:03.040")) == "5 March 2026, 09:12:03.040");
  CHECK(zh.instant(fact::kMax) == "不详");
  CHECK(zh.period({at("2026-03-05T23:00"), at("2026-03-06T01:00")}) ==
        "2026年3月5日 23:00:00至2026年3月6日 01:00:00");
  CHECK(en.period({at("2026-03-05T09:00"), at("2026-03-05T10:00")}) == "5 March 2026, 09:00:00 to 10:00:00");
  CHECK(zh.zone_name() == "Asia/Shanghai (UTC+08:00)");
  CHECK(nowhere.zone_name() == "UTC (UTC+00:00)");
  using calendar::hour, calendar::minute, calendar::second, calendar::millisecond;
  CHECK(zh.length(0) == "0秒");
  CHECK(zh.length(40 * millisecond) == "0.04秒");
  CHECK(zh.length(30 * minute) == "30分钟");
  CHECK(zh.length(26 * hour + 3 * minute + 9 * second) == "1天2小时3分9秒");
  CHECK(en.length(90 * second) == "1 min 30 s");
  CHECK(zh.number(0) == "0");
  CHECK(zh.number(999) == "999");
  CHECK(zh.number(-1'000) == "-1,000");
  CHECK(zh.number(1'234'567) == "1,234,567");
}

TEST_CASE("JSON says what the report says, in the shape that docs/report.md describes") {
  const auto json = nlohmann::json::parse(render_json(made_up(Language::zh)));
  CHECK(json["report_version"] == 1);
  CHECK(json["as_of"] == "2026-03-09T08:00:00+08:00");
  CHECK(json["findings"].size() == 5);
  CHECK(json["findings"][0]["outcome"] == "breached");
  CHECK(json["findings"][0]["due"].is_null());
  CHECK(json["findings"][0]["may_fall_under"][0]["truth"] == "unknown");
  CHECK(json["by_article"][0]["counts"]["satisfied"] == 118);
  CHECK(json["footage"][1]["duration_us"].is_null());
  const std::string docs = read("docs/report.md");
  for (const auto& [key, value] : json.items()) CHECK(has(docs, "`" + key + "`"));
  for (const auto& [key, value] : json["findings"][0].items()) CHECK(has(docs, "`" + key + "`"));
}

TEST_CASE("JSON keeps hostile text as data, without characters that hide") {
  const std::string tail = "\"\\\u202E\u200B</script>\xff";
  const std::string text = render_json(made_up(Language::zh, tail));
  CHECK(!has(text, "\u202E"));
  CHECK(!has(text, "\u200B"));
  const auto json = nlohmann::json::parse(text);
  CHECK(json["appeal_to"] == "局水政科\"\\\u202E\u200B</script>\uFFFD");
}

TEST_CASE("every word is used") {
  std::string used;
  for (const char* name : {"report.html", "basics.html", "summary.html", "findings.html", "finding.html",
                           "sessions.html", "people.html", "limits.html", "receipt.html", "compare.html"}) {
    used += read(std::string("report/templates/") + name);
  }
  for (const char* name : {"page.cc", "page_findings.cc", "page_sessions.cc", "timeline.cc", "words.cc", "comparison/page.cc"}) {
    used += read(std::string("report/") + name);
  }
  for (const char* word : {
#define WORD(name, zh, en) #name,
#include "report/wording.def"
#undef WORD
       }) {
    INFO(word);
    CHECK((has(used, std::string("{{t.") + word + "}}") || has_name(used, std::string("Word::") + word)));
  }
}
