#include "adapters/match/match.h"

#include <catch2/catch.hpp>

#include "engine/rules/load.h"

using namespace jianlu;

namespace {

constexpr std::int64_t kSecond = 1'000'000;

struct Fixture {
  rules::Rules rules = rules::load(JIANLU_SOURCE_DIR "/rules");
  std::vector<footage::FootageFacts> facts;
  std::vector<match::Clip> clips;
  std::vector<match::Session> sessions;

  calendar::Zone zone = *calendar::Zone::find("Asia/Shanghai");

  Fixture() { facts.reserve(8); }

  void clip(const std::string& path, const char* device, std::optional<std::int64_t> start, std::int64_t seconds) {
    footage::FootageFacts f;
    f.verdict = footage::Verdict::readable;
    f.duration = seconds * kSecond;
    facts.push_back(f);
    match::Clip c;
    c.path = path;
    c.facts = &facts.back();
    devices::NameFacts name;
    name.profile = "test";
    if (device != nullptr) name.device = device;
    name.start = start;
    name.clock_uncertainty = 3 * kSecond;
    c.name = name;
    clips.push_back(c);
  }
  match::Result run() { return match::match(clips, sessions, rules.book.vocabulary, zone, 10 * kSecond); }
};

}  // namespace

TEST_CASE("A clip goes to the session whose time and device fit") {
  Fixture f;
  f.sessions = {{"S-1", "U", 100 * kSecond, 200 * kSecond, {"D1"}}, {"S-2", "U", 100 * kSecond, 200 * kSecond, {"D2"}}};
  f.clip("a/D2_x.avi", "D2", 95 * kSecond, 30);
  const match::Result result = f.run();
  CHECK(result.matches[0].session == "S-2");
  CHECK(result.matches[0].recording == "D2_x");
  CHECK(result.sessions_without_clip == std::vector<std::string>{"S-1"});
  REQUIRE(result.documents.size() == 1);
  const model::Vocabulary& v = f.rules.book.vocabulary;
  const model::FieldId started = v.field(v.entity("recording"), "started");
  for (const fact::Cell& cell : result.documents[0].cells) {
    if (cell.field != started) continue;
    CHECK(cell.lo == 92 * kSecond);
    CHECK(cell.hi == 98 * kSecond);
  }
}

TEST_CASE("A session that states the device goes before one that states none") {
  Fixture f;
  f.sessions = {{"S-1", "U", 0, 100 * kSecond, {}}, {"S-2", "U", 0, 100 * kSecond, {"D1"}}};
  f.clip("D1.avi", "D1", 0, 30);
  f.clip("D9.avi", "D9", 0, 30);
  const match::Result result = f.run();
  CHECK(result.matches[0].session == "S-2");
  CHECK(result.matches[1].session == "S-1");
}

TEST_CASE("What fits none or several sessions is said, and is still a recording") {
  Fixture f;
  f.sessions = {{"S-1", "U", 0, 100 * kSecond, {}}, {"S-2", "U", 50 * kSecond, 150 * kSecond, {}}};
  f.clip("both.avi", "D1", 60 * kSecond, 10);
  f.clip("neither.avi", "D1", 900 * kSecond, 10);
  f.clip("timeless.avi", "D1", std::nullopt, 10);
  const match::Result result = f.run();
  CHECK(result.matches[0].session.empty());
  CHECK(result.matches[0].how.en.find("S-1") != std::string::npos);
  CHECK(result.matches[1].session.empty());
  CHECK(result.matches[2].recording.empty());
  CHECK(result.documents.size() == 2);
}

TEST_CASE("A counter in a name is no recording's own name") {
  Fixture f;
  f.sessions = {{"S-1", "U", 0, 100 * kSecond, {"D1"}}, {"S-2", "U", 0, 100 * kSecond, {"D2"}}};
  f.clip("card1/MOV_0001.avi", nullptr, 0, 30);
  f.clip("card2/MOV_0001.avi", nullptr, 0, 30);
  f.clip("card2/MOV_0002.avi", nullptr, 0, 30);
  f.facts[0].sha256 = std::string(64, 'a');
  f.facts[1].sha256 = std::string(64, 'b');
  f.facts[2].sha256 = std::string(64, 'c');
  f.clips[2].listed = true;
  const match::Result result = f.run();
  CHECK(result.matches[0].recording == "MOV_0001-aaaaaaaa");
  CHECK(result.matches[1].recording == "MOV_0001-bbbbbbbb");
  CHECK(result.matches[2].recording == "MOV_0002");
}
