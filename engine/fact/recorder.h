#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/fact/document.h"
#include "engine/fact/problem.h"

namespace jianlu::fact {

// Takes the same events as Builder and makes the tree of them, one document at a time. A row that lacks a required
// cell is kept aside, as Builder does, and so is one whose key an earlier row of its owner has, unless both say the same.
class Recorder {
 public:
  Recorder(const model::Vocabulary& vocabulary, std::vector<Problem>& problems)
      : vocabulary_(vocabulary), problems_(problems) {}

  void begin(model::EntityId entity, Origin origin);
  bool has(model::FieldId field) const;
  bool reversed(model::FieldId from, model::FieldId to) const;
  bool put(model::FieldId field, std::int64_t value) { return put_bound(field, value, value); }
  bool put_bound(model::FieldId field, std::int64_t lo, std::int64_t hi);
  bool put_interval(model::FieldId field, calendar::Bound from, calendar::Bound to);
  bool put_text(model::FieldId field, std::string_view text);
  bool put_state(model::FieldId field, std::uint8_t state);
  void lose(model::EntityId owned) { open_.back().row->lost.push_back(owned); }
  void end();
  void abandon();
  void undo();  // forgets the open document, as if it had never begun

  // Once the root row has ended or was abandoned: either it was kept, or there is a doubt.
  bool kept() const { return kept_; }
  Document& document() { return root_; }
  const Doubt& doubt() const { return doubt_; }

 private:
  struct Open {
    Document* row;
    std::unordered_map<std::string, std::size_t> keys;   // of rows that it owns: entity and key, and which one it is
  };
  Cell* add(model::FieldId field);
  const Cell* find(const Document& row, model::FieldId field) const;
  const Cell* key_of(const Document& row) const;
  bool repeated();
  void report(diag::Words what, diag::Words mend);

  const model::Vocabulary& vocabulary_;
  std::vector<Problem>& problems_;
  Document root_;
  Doubt doubt_;
  bool kept_ = false;
  std::size_t problems_before_ = 0;
  std::vector<Open> open_;
};

}  // namespace jianlu::fact
