// A made-up archive of a bureau: sessions with five recordings each and all the ledgers that 秦皇岛's norms read, as facts in
// memory, the same for the same seed. Most of it is in order; every duty is also missed, late, awaited and undecided somewhere.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/calendar/instant.h"
#include "engine/fact/fact.h"
#include "engine/model/vocabulary.h"

namespace jianlu::bench {

constexpr int kUnits = 200;
constexpr int kRecordings = 5;   // per session

struct Archive {
  fact::Facts facts;
  calendar::Instant as_of = 0;
  // Instants through which the ledgers were delivered, by ledger and unit.
  std::vector<std::vector<calendar::Instant>> through;
};

// Fields are looked up by their English names; std::runtime_error names one that the vocabulary does not have. Only the
// columns that 秦皇岛's norms read are made.
Archive make_archive(const model::Vocabulary& vocabulary, std::int32_t sessions, std::uint64_t seed);

// Writes the tables of an archive. Rows are added in order; owned rows right after their owner.
class Tables {
 public:
  Tables(const model::Vocabulary& vocabulary, fact::Facts& facts);

  class Cells {
   public:
    Cells(fact::Column& column, bool interval) : column_(&column), interval_(interval) {}
    void add(std::int64_t value) { put(fact::kValue, value, 0); }
    void add(std::int64_t start, std::int64_t end) { put(fact::kValue, start, end); }
    void truth(bool value) { put(value ? fact::kTrue : fact::kFalse, value ? fact::kTrue : fact::kFalse, 0); }
    void undecided() { put(fact::kUndecided, fact::kUndecided, 0); }
    // Nothing where the ledger was delivered, else unknown; `empty` is what nothing is for truths and sets.
    void absent(bool delivered) { put(delivered ? fact::kNothing : fact::kUnknown, 0, 0); }
    void unknown() { put(fact::kUnknown, 0, 0); }
    void truth_or_absent(bool value, bool delivered) {
      if (value || delivered) truth(value); else undecided();
    }
    void set_or_absent(std::int64_t value, bool delivered) {
      if (value != 0 || delivered) add(value); else unknown();
    }

   private:
    void put(std::uint8_t state, std::int64_t lo, std::int64_t end) {
      column_->state.push_back(state);
      column_->lo.push_back(lo);
      if (interval_) column_->end_lo.push_back(end);
    }
    fact::Column* column_;
    bool interval_;
  };

  model::EntityId entity(const char* name) const;
  Cells cells(model::EntityId entity, const char* field);
  std::int64_t value(const char* enumeration, const char* name) const;
  std::int64_t bit(const char* enumeration, const char* name) const { return std::int64_t{1} << value(enumeration, name); }
  fact::Table& table(model::EntityId id) { return facts_.tables[static_cast<std::size_t>(id)]; }
  // After the last row: lists of owned rows and of rows with a reference back, delivered through `through(ledger, owner row)`.
  template <typename Through>
  void link(Through through);
  const model::Vocabulary& vocabulary() const { return vocabulary_; }

 private:
  void fill_list(model::EntityId owner, model::FieldId list);
  const model::Vocabulary& vocabulary_;
  fact::Facts& facts_;
};

template <typename Through>
void Tables::link(Through through) {
  for (std::size_t e = 0; e < facts_.tables.size(); ++e) {
    const auto id = static_cast<model::EntityId>(e);
    fact::Table& t = table(id);
    for (std::size_t f = 0; f < t.lists.size(); ++f) {
      const model::Field& field = vocabulary_.entities[e].fields[f];
      if (field.kind != model::FieldKind::list || t.size == 0) continue;
      fill_list(id, static_cast<model::FieldId>(f));
      for (fact::Row row = 0; row < t.size; ++row) t.lists[f].through.push_back(through(field.list_of, id, row));
    }
  }
}

}  // namespace jianlu::bench
