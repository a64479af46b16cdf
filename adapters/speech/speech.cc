#include "adapters/speech/speech.h"

#include <algorithm>

namespace jianlu::speech {
namespace {

using fact::Cell;
using model::FieldId;
using model::kNone;

// A transcript may end this much before the clip does and still cover it: recognisers count whole frames.
constexpr std::int64_t kTail = 1'000'000;

// A sentence is often cut into several cues. Cues that follow each other without a longer pause are also put together, up
// to so many and so much text, wherever the sentence may begin: a prescribed wording is then in one of these rows whole.
constexpr std::int64_t kPause = 2'000'000;
constexpr std::size_t kTogether = 8, kCharacters = 100;

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

const Cell* cell(const fact::Document& row, FieldId field) {
  const auto found = std::find_if(row.cells.begin(), row.cells.end(), [&](const Cell& c) { return c.field == field; });
  return found == row.cells.end() || found->state != fact::kValue ? nullptr : &*found;
}

class Rows {
 public:
  Rows(const fact::Document& recording, const model::Vocabulary& v)
      : v_(v), ledger_(v.entity("speech")), recording_(v.entity("recording")) {
    if (ledger_ == kNone || recording.entity != recording_) return;
    session_ = cell(recording, v.entities[recording_].owner_field);
    id_ = cell(recording, v.field(recording_, "id"));
    started_ = cell(recording, v.field(recording_, "started"));
    ended_ = cell(recording, v.field(recording_, "ended"));
  }

  bool possible() const { return session_ != nullptr && id_ != nullptr && started_ != nullptr && ended_ != nullptr; }

  // Said from one cue on, up to the beginning of another.
  void said(const transcript::Cue& from, const transcript::Cue& to, std::string words, std::int32_t source) {
    fact::Document& row = out.emplace_back();
    row.entity = ledger_;
    row.origin = {source, from.line};
    const auto add = [&](FieldId field) -> Cell& {
      Cell& made = row.cells.emplace_back();
      made.field = field;
      return made;
    };
    add(v_.entities[ledger_].owner_field).text = session_->text;
    Cell& at = add(v_.field(ledger_, "at"));
    at.lo = started_->lo + from.start;
    at.hi = started_->hi + to.start;
    add(v_.field(ledger_, "words")).text = std::move(words);
    add(v_.field(ledger_, "recording")).text = id_->text;
  }
  std::int64_t length() const { return ended_->lo - started_->lo; }

  std::vector<fact::Document> out;

 private:
  const model::Vocabulary& v_;
  model::EntityId ledger_, recording_;
  const Cell* session_ = nullptr;
  const Cell* id_ = nullptr;
  const Cell* started_ = nullptr;
  const Cell* ended_ = nullptr;
};

}  // namespace

Speech speech_of(const fact::Document& recording, const Heard& heard, const model::Vocabulary& vocabulary) {
  Speech out;
  Rows rows(recording, vocabulary);
  const transcript::Transcript* const t = heard.transcript;
  if (!rows.possible() || t == nullptr) return out;
  for (std::size_t i = 0; i < t->cues.size(); ++i) {
    std::string words = t->cues[i].text;
    rows.said(t->cues[i], t->cues[i], words, heard.source);
    for (std::size_t j = i + 1; j < t->cues.size() && j - i < kTogether; ++j) {
      const transcript::Cue &before = t->cues[j - 1], &cue = t->cues[j];
      words += ' ' + cue.text;
      if (cue.start < before.start || cue.start - before.end > kPause || characters(words) > kCharacters) break;
      rows.said(t->cues[i], cue, words, heard.source);
    }
  }
  out.rows = std::move(rows.out);
  const bool listened = t->covers ? *t->covers + kTail >= rows.length() : !t->cues.empty();
  out.complete = t->faults.empty() && heard.whole && listened;
  return out;
}

}  // namespace jianlu::speech
