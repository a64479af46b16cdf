// Audits of JSON lines, without a store.
#include "engine/stream_audit.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cstring>
#include <sstream>

#include "engine/calendar/text.h"
#include "tests/unit/support/audit_world.h"

using namespace jianlu;
using Json = nlohmann::ordered_json;

namespace {

constexpr int kSessions = 300;

std::string head() {
  return R"({"zone": "Asia/Shanghai"}
{"delivery": {"ledger": ["session", "recording", "transfer", "complaint"], "unit": "甲", "complete_through": "2024-06-01"}}
{"unit": {"id": "甲", "enforces": true, "snapshot_at": "2024-05-01T00:00"}}
{"device": {"id": "D1", "unit": "甲", "kind": "记录仪", "价格": 5, "snapshot_at": "2024-05-01T00:00"}}
{"stream": "session"}
)";
}

// Every third was never handed over, every fourth names a device that nobody delivered.
std::string session(int i) {
  const std::string recording = R"({"id": "R/1", "started": "2024-05-07T09:00", "ended": "2024-05-07T09:30", "device": ")" +
                                std::string(i % 4 == 3 ? "D9" : "D1") + R"(", "found_edited": false})";
  return R"({"session": {"id": "S-\")" + std::to_string(i) + R"(", "unit": "甲", "activities": ["日常检查"], "started": "2024-05-07T09:00", "ended": "2024-05-07T10:00", "recordings": [)" +
         recording + R"(], "transfers": [)" + (i % 3 == 2 ? "" : R"({"exported_at": "2024-05-07T23:00"})") + "]}}\n";
}

std::string sessions() {
  std::string out;
  for (int i = 0; i < kSessions; ++i) out += session(i);
  return out;
}

struct Ran {
  std::string findings, rejected;
  std::vector<std::string> problems;
  StreamResult result;
};

Ran run(const std::string& text, unsigned threads, std::size_t block, StreamOptions how = {}) {
  static const test::SmallRules small;
  static const plan::Plan plan = plan::compile(small.book);
  const std::vector<calendar::Zone> zones{small.zone};
  const StreamRules rules{small.book, plan, zones, {calendar::parse_instant("2024-05-20T00:00", small.zone).instant, &small.working_days}};
  manifest::Stream stream([&text, at = std::size_t{0}](char* to, std::size_t size) mutable {
    const std::size_t got = std::min(size, text.size() - at);
    std::memcpy(to, text.data() + at, got);
    at += got;
    return got;
  }, small.book.vocabulary, block);
  REQUIRE(!stream.fault());
  Ran ran;
  how.threads = threads;
  if (!how.findings) how.findings = [&](std::string_view lines) { ran.findings += lines; return true; };
  how.rejected = [&](std::string_view lines) { ran.rejected += lines; return true; };
  how.problem = [&](const fact::Problem& p, std::size_t more) { ran.problems.push_back(std::to_string(p.origin.line) + " " + std::to_string(more) + " " + p.what.en); };
  ran.result = audit(stream, "in.jsonl", rules, how);
  return ran;
}

std::int64_t count(const Ran& ran, outcome::Outcome outcome) { return ran.result.outcomes[static_cast<std::size_t>(outcome)]; }

}  // namespace

TEST_CASE("a stream gives a line per finding, in the order of the input, whatever the threads") {
  const Ran one = run(head() + sessions(), 1, 2048);
  CHECK(count(one, outcome::Outcome::breached) == kSessions / 3 + 1);   // and the device whose snapshot is old
  CHECK(count(one, outcome::Outcome::unknown) == kSessions / 4);
  CHECK(one.result.rows == kSessions + 2);
  CHECK(one.result.lines == kSessions + 5);
  CHECK(one.result.written == one.findings.size());
  CHECK(one.result.bytes == head().size() + sessions().size());
  CHECK(one.result.rejected == 0);
  CHECK_FALSE(one.result.stopped);
  REQUIRE(one.result.not_judged.size() == 1);   // few_violations, by unit and month
  CHECK(one.problems == std::vector<std::string>{"9 0 `device` names the device `D9`, which was not delivered; taken as unknown"});

  std::istringstream lines(one.findings);
  std::string line;
  std::vector<Json> found;
  while (std::getline(lines, line)) found.push_back(Json::parse(line));
  REQUIRE(found.size() == static_cast<std::size_t>(count(one, outcome::Outcome::breached) + count(one, outcome::Outcome::unknown)));
  CHECK(found[0].at("subject") == "device/D1");
  int last = 0;
  for (const Json& f : found) {
    const int at = f.at("line");
    CHECK(at >= last);
    last = at;
    std::vector<std::string> keys;
    for (const auto& [key, _] : f.items()) keys.push_back(key);
    if (f.at("norm") == "test-bureau/hand_over") {
      CHECK(keys == std::vector<std::string>{"norm", "citation", "subject", "outcome", "due", "source", "line"});
      CHECK(f.at("subject") == "session/S-\"" + std::to_string(at - 6));
      CHECK(f.at("due") == "2024-05-08T10:00:00+08:00");
    } else if (f.at("norm") == "test-bureau/cheap_device") {
      CHECK(keys == std::vector<std::string>{"norm", "citation", "subject", "outcome", "missing", "source", "line"});
      CHECK(f.at("subject") == "session/S-\"" + std::to_string(at - 6) + "/recording/R%2F1");
      REQUIRE(f.at("missing").size() == 1);
      CHECK(f.at("missing")[0].at("fact") == std::string(f.at("subject")) + ".device");
    }
  }
  for (const unsigned threads : {2U, 5U}) {
    for (const std::size_t block : {1U, 700U, 1U << 20}) {
      const Ran other = run(head() + sessions(), threads, block);
      CHECK(other.findings == one.findings);
      CHECK(other.problems == one.problems);
    }
  }
}

TEST_CASE("an input that is no stream is judged as a whole, calendar rows included") {
  std::string text = head();
  text.erase(text.find("{\"stream\""));
  const Ran whole = run(text + sessions(), 2, 2048);
  CHECK(whole.result.not_judged.empty());
  CHECK(whole.result.rows == kSessions + 2);
  CHECK(count(whole, outcome::Outcome::breached) == kSessions / 3 + 1);
  CHECK(whole.findings.find("few_violations") != std::string::npos);   // unknown: nobody has looked for violations
}

TEST_CASE("each line is judged or kept aside, with one diagnostic") {
  std::string text = head(), bad;
  for (int i = 0; i < 40; ++i) {
    std::string line = session(i);
    if (i % 5 == 0) {
      line.replace(line.find("2024-05-07T09:00"), 16, "9 o'clock");
      line.replace(line.find("2024-05-07T10:00"), 16, "10 o'clock");
      bad += line;
    }
    text += line;
  }
  const Ran ran = run(text, 2, 1024);
  CHECK(ran.rejected == bad);
  CHECK(ran.result.rejected == 8);
  CHECK(ran.result.rows == 32 + 2);
  REQUIRE(ran.problems.size() == 9);   // and the device that nobody delivered
  CHECK(ran.problems[0].substr(0, 4) == "6 1 ");
}

TEST_CASE("a stop leaves whole lines, and so does an output that fails") {
  std::atomic<bool> stop = false;
  std::string got;
  StreamOptions how;
  how.stop = &stop;
  how.findings = [&](std::string_view lines) {
    got += lines;
    stop = got.size() > 4000;
    return true;
  };
  const Ran stopped = run(head() + sessions(), 2, 2048, how);
  CHECK(stopped.result.stopped);
  const std::string all = run(head() + sessions(), 1, 2048).findings;
  CHECK(got.size() < all.size());
  CHECK(all.substr(0, got.size()) == got);
  CHECK(got.back() == '\n');

  int calls = 0;
  how = {};
  how.findings = [&](std::string_view) { return ++calls < 3; };
  CHECK(run(head() + sessions(), 3, 2048, how).result.stopped);
  CHECK(calls == 3);
}
