#include "engine/finding/subject.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "engine/fact/builder.h"
#include "tests/unit/support/small_vocabulary.h"

using namespace jianlu;
using finding::Subjects;

namespace {

struct World {
  model::Vocabulary v = test::small_vocabulary();
  model::EntityId session = v.entity("session"), recording = v.entity("recording"), speech = v.entity("speech");
  model::EntityId gap = model::kNone;

  World() {
    test::VocabularyMaker maker;
    maker.vocabulary = std::move(v);
    gap = maker.entity("间断", "gap");
    maker.vocabulary.entities[static_cast<std::size_t>(gap)].derived = true;
    maker.field(gap, "前一录像", "previous", {model::TypeKind::reference, recording}, model::Presence::optional);
    maker.owned(gap, session, "间断", "gaps");
    v = std::move(maker.vocabulary);
  }
  void put(fact::Builder& b, model::EntityId e, const char* field, std::int64_t value) { b.put(v.field(e, field), value); }
  void put(fact::Builder& b, model::EntityId e, const char* field, std::string_view text) { b.put_text(v.field(e, field), text); }

  void begin_session(fact::Builder& b, std::string_view key) {
    b.begin(session, {});
    put(b, session, "id", key);
    put(b, session, "unit", std::string_view("U1"));
    put(b, session, "activities", 1);
    put(b, session, "started", 0);
    put(b, session, "ended", 10);
  }
  void add_speech(fact::Builder& b, std::int64_t at, std::string_view words) {
    b.begin(speech, {});
    put(b, speech, "at", at);
    put(b, speech, "words", words);
    b.end();
  }
  void add_recording(fact::Builder& b, std::string_view key) {
    b.begin(recording, {});
    put(b, recording, "id", key);
    put(b, recording, "started", 0);
    put(b, recording, "ended", 5);
    b.end();
  }
};

}  // namespace

TEST_CASE("subjects are named by keys, escaped") {
  World w;
  fact::Builder b(w.v, calendar::Zone::utc());
  w.begin_session(b, "S/1%");
  w.add_recording(b, "R-1");
  w.add_recording(b, "-");
  b.end();
  w.add_recording(b, "alone");
  const fact::Facts& facts = b.build();
  const Subjects subjects(w.v, facts);
  CHECK(finding::root_subject(w.v, w.session, "S/1%") == "session/S%2F1%25");
  CHECK(finding::unescape("S%2F1%25") == "S/1%");
  CHECK(finding::unescape("100%") == "100%");
  CHECK(subjects.suffix(w.session, 0).empty());
  CHECK(subjects.suffix(w.recording, 0) == "/recording/R-1");
  CHECK(subjects.suffix(w.recording, 1) == "/recording/%2D");
  CHECK(subjects.suffix(w.recording, 2).empty());
  CHECK(subjects.root(w.recording, 1).entity == w.session);
  CHECK(subjects.root(w.recording, 2).entity == w.recording);
  CHECK(subjects.suffix(w.session, w.gap, {0, fact::kNoRow, 0, fact::kNoRow}) == "/gap/R-1/-");
  CHECK(subjects.suffix(w.session, w.gap, {0, fact::kNoRow, fact::kNoRow, 1}) == "/gap/-/%2D");
  CHECK(subjects.suffix(w.session, w.recording, {0, 0, fact::kNoRow, fact::kNoRow}) == "/recording/R-1");
}

TEST_CASE("rows without a key are named by position in time and content, whatever order they came in") {
  World w;
  std::vector<std::pair<std::int64_t, std::string>> said{{3, "甲"}, {1, "乙"}, {1, "丙"}, {2, "丁"}};
  std::map<std::string, std::string> first;
  std::sort(said.begin(), said.end());
  do {
    fact::Builder b(w.v, calendar::Zone::utc());
    w.begin_session(b, "S1");
    for (const auto& [at, words] : said) w.add_speech(b, at, words);
    b.end();
    const fact::Facts& facts = b.build();
    const Subjects subjects(w.v, facts);
    std::map<std::string, std::string> names;
    for (fact::Row row = 0; row < 4; ++row) {
      const auto words = facts.texts[facts.tables[static_cast<std::size_t>(w.speech)].columns[static_cast<std::size_t>(w.v.field(w.speech, "words"))].lo[static_cast<std::size_t>(row)]];
      names[std::string(words)] = subjects.suffix(w.speech, row);
    }
    if (first.empty()) first = names;
    CHECK(names == first);
  } while (std::next_permutation(said.begin(), said.end()));
  CHECK(first.at("丁") == "/speech/3");
  CHECK(first.at("甲") == "/speech/4");
}
