#include "adapters/speech/speech.h"

#include <catch2/catch.hpp>

#include "engine/rules/load.h"

using namespace jianlu;

namespace {

constexpr std::int64_t kSecond = 1'000'000;

struct Fixture {
  rules::Rules rules = rules::load(JIANLU_SOURCE_DIR "/rules");
  const model::Vocabulary& v = rules.book.vocabulary;
  fact::Document recording;

  Fixture() {
    recording.entity = v.entity("recording");
    recording.origin = {3, 0};
    text(v.entities[recording.entity].owner_field, "S-1");
    text(field("id"), "R-1");
    time(field("started"), 97 * kSecond, 103 * kSecond);
    time(field("ended"), 157 * kSecond, 163 * kSecond);
  }
  model::FieldId field(const char* name) const { return v.field(recording.entity, name); }
  void text(model::FieldId f, const char* value) {
    fact::Cell cell;
    cell.field = f;
    cell.text = value;
    recording.cells.push_back(cell);
  }
  void time(model::FieldId f, std::int64_t lo, std::int64_t hi) {
    fact::Cell cell;
    cell.field = f;
    cell.lo = lo;
    cell.hi = hi;
    recording.cells.push_back(cell);
  }
  const fact::Cell& cell(const fact::Document& row, const char* name) const {
    for (const fact::Cell& c : row.cells) {
      if (c.field == v.field(row.entity, name)) return c;
    }
    FAIL("no cell " << name);
    return row.cells.front();
  }
  speech::Speech heard(const transcript::Transcript* t, bool whole = true) const {
    return speech::speech_of(recording, {t, 7, whole}, v);
  }
};

transcript::Transcript one_cue() {
  transcript::Transcript t;
  t.cues = {{5 * kSecond, 8 * kSecond, "您好", 4}};
  return t;
}

}  // namespace

TEST_CASE("What was said is timed by the recording's clock, as sure as that is") {
  const Fixture f;
  const transcript::Transcript t = one_cue();
  const speech::Speech said = f.heard(&t);
  CHECK(said.complete);
  REQUIRE(said.rows.size() == 1);
  const fact::Document& row = said.rows[0];
  CHECK(f.cell(row, "words").text == "您好");
  CHECK(f.cell(row, "recording").text == "R-1");
  CHECK(f.cell(row, "at").lo == 102 * kSecond);
  CHECK(f.cell(row, "at").hi == 108 * kSecond);
  CHECK(row.origin.source == 7);
  CHECK(row.origin.line == 4);
}

TEST_CASE("A sentence cut into cues is also one row, said at some time while it was spoken") {
  const Fixture f;
  transcript::Transcript t;
  t.cues = {{1 * kSecond, 2 * kSecond, "为保护", 1}, {3 * kSecond, 4 * kSecond, "您的", 2}, {5 * kSecond, 6 * kSecond, "权益", 3},
            {9 * kSecond, 10 * kSecond, "请坐", 4}};
  std::vector<std::string> words;
  for (const fact::Document& row : f.heard(&t).rows) words.push_back(f.cell(row, "words").text);
  CHECK(words == std::vector<std::string>{"为保护", "为保护 您的", "为保护 您的 权益", "您的", "您的 权益", "权益", "请坐"});
  const speech::Speech said = f.heard(&t);
  const fact::Document& whole = said.rows[2];
  CHECK(f.cell(whole, "at").lo == 98 * kSecond);
  CHECK(f.cell(whole, "at").hi == 108 * kSecond);
  CHECK(whole.origin.line == 1);

  t.cues.clear();
  for (int i = 0; i < 40; ++i) t.cues.push_back({i * kSecond, (i + 1) * kSecond, "一二三四五六七八九十", i});
  CHECK(f.heard(&t).rows.size() <= 40 * 8);
  for (const fact::Document& row : f.heard(&t).rows) CHECK(f.cell(row, "words").text.size() <= 300);
}

TEST_CASE("Only a transcript of the whole recording, without a fault, says all that was said") {
  const Fixture f;
  CHECK_FALSE(f.heard(nullptr).complete);
  transcript::Transcript t = one_cue();
  CHECK_FALSE(f.heard(&t, false).complete);    // damaged footage
  t.covers = 40 * kSecond;                     // of 60
  CHECK_FALSE(f.heard(&t).complete);
  CHECK(f.heard(&t).rows.size() == 1);
  t.covers = 59'200'000;
  CHECK(f.heard(&t).complete);
  t.faults.push_back({9, "坏", "bad"});
  CHECK_FALSE(f.heard(&t).complete);
  CHECK(f.heard(&t).rows.size() == 1);
}

TEST_CASE("An answer without a word shows that nobody spoke only where it says how much was listened to") {
  const Fixture f;
  transcript::Transcript t;
  CHECK_FALSE(f.heard(&t).complete);
  t.covers = 40 * kSecond;   // of 60
  CHECK_FALSE(f.heard(&t).complete);
  t.covers = 60 * kSecond;
  CHECK(f.heard(&t).complete);
}

TEST_CASE("A transcript that is written oddly, but was read, is all that was said") {
  const Fixture f;
  transcript::Transcript t = one_cue();
  t.notes.push_back({2, "箭头", "arrow"});
  CHECK(f.heard(&t).complete);
}

TEST_CASE("A recording of no session says nothing of one") {
  Fixture f;
  f.recording.cells.erase(f.recording.cells.begin());
  const transcript::Transcript t = one_cue();
  CHECK(f.heard(&t).rows.empty());
}
