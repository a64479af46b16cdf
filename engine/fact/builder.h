// Joins what sources say into facts: typed columns, owned rows in owner order, references as row numbers, lists, and
// for every absent cell what its absence means (language.md, section 3).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/calendar/zone.h"
#include "engine/fact/document.h"
#include "engine/fact/fact.h"
#include "engine/fact/problem.h"
#include "engine/model/vocabulary.h"

namespace jianlu::fact {

class Builder {
 public:
  // `zone`: the bureau's; calendar rows and `since` count days in it. The vocabulary must outlive the builder.
  Builder(const model::Vocabulary& vocabulary, calendar::Zone zone);

  // What was read, for origins; the same name gives the same number.
  std::int32_t source(std::string_view name);

  // Documents, deliveries and doubts come in any order.
  void add(const Document& document);
  // The same as adding the document that these bytes are (see serialise), without the tree. False where they are none
  // of this vocabulary: then nothing was added.
  bool add(std::string_view bytes, Origin origin);
  void add(const Delivery& delivery);
  void add(const Doubt& doubt);

  // A document told row by row and cell by cell, without a tree: begin, cells and owned rows in any order, end.
  // `begin` inside an open row opens a row that it owns. A root row of an owned entity names its owner by key in the
  // owner field, or has none.
  void begin(model::EntityId entity, Origin origin);
  bool has(model::FieldId field) const { return cells_[field].state[row_] != 0; }  // whether the open row has it
  // Whether the second instant of the open row lies before the first for certain.
  bool reversed(model::FieldId from, model::FieldId to) const {
    const Cells &start = cells_[from], &end = cells_[to];
    return start.state[row_] == kValue && end.state[row_] == kValue && (end.hi != nullptr ? end.hi : end.lo)[row_] < start.lo[row_];
  }
  // Values as in Column. A second value for a field is ignored, and false returned.
  bool put(model::FieldId field, std::int64_t value) { return put_bound(field, value, value); }
  bool put_text(model::FieldId field, std::string_view text);  // a text, or the key of a row
  bool put_bound(model::FieldId field, std::int64_t lo, std::int64_t hi) {
    Cells& cells = cells_[field];
    if (cells.state[row_] != 0) return false;
    cells.state[row_] = kValue;
    cells.lo[row_] = lo;
    if (lo != hi && cells.hi == nullptr) widen(field);
    if (cells.hi != nullptr) cells.hi[row_] = hi;
    return true;
  }
  bool put_interval(model::FieldId field, calendar::Bound from, calendar::Bound to);
  bool put_state(model::FieldId field, std::uint8_t state);    // kNothing, kUnknown
  void lose(model::EntityId ledger);              // see Document::lost, of the open row
  void end();                                     // keeps the row aside when a required cell is missing
  void abandon();                                 // keeps the open row aside, with all that it owns
  void undo();                                    // forgets the open document, as if it had never begun

  // Joins everything added. After it nothing may be added before `clear`.
  const Facts& build();
  Facts take();                                   // the facts built; leaves the builder unusable

  // For streams: what was added so far stays for good, and from here only documents of `streamed` are added. False
  // where it or what it owns has rows already. Then, per batch: add, build, use the facts, clear.
  // A stream is not seen as a whole, so lists of streamed rows are never complete and calendar rows of them not made. A
  // streamed document of which an owned row cannot be taken in is kept aside whole.
  bool keep(model::EntityId streamed);
  void clear();

  std::vector<Problem>& problems() { return problems_; }
  std::size_t documents() const { return documents_; }  // root rows taken in and not dropped as repetitions

 private:
  struct Child {
    model::FieldId list;
    model::EntityId entity;
    const std::int32_t* size;                     // of its table
    std::int32_t* offsets = nullptr;              // of the list, while rows come in
  };
  // While rows come in, the columns of a table are sized to `capacity` and absent beyond the rows begun, so that a cell
  // is two stores. This is where a column's arrays lie; null where it has none.
  struct Cells {
    std::uint8_t* state = nullptr;
    std::int64_t* lo = nullptr;
    std::int64_t* hi = nullptr;
    std::int64_t* end_lo = nullptr;
    std::int64_t* end_hi = nullptr;
  };
  // What of an entity's shape is asked again and again.
  struct Shape {
    std::vector<Child> children;                  // ledgers that it owns
    std::vector<model::FieldId> required;
    std::vector<model::FieldId> references;       // stored fields only
    std::vector<std::uint8_t> interval;           // by field: whether the column has ends
    std::vector<Cells> cells;                     // by field
    std::vector<std::size_t> blank;               // by field: so many rows' `lo` are what an absent cell's is
    model::FieldId key = model::kNone, owner_field = model::kNone;
    Row capacity = 0, begun = 0;
    bool loose = false;                           // root rows of this owned entity came
  };
  struct Lost {
    model::EntityId owner;
    model::FieldId list;
    Row row;
    bool settled = false;                         // row is a number after ordering
    bool beside = false;                          // the list is one of the row's owner
  };
  struct Open {
    model::EntityId entity;
    std::size_t lost;                             // size of lost_ when it was opened
  };
  struct Waiting {                                // a kept row refers to a streamed one
    model::EntityId entity;
    model::FieldId field;
    Row row;
    std::int64_t key;
  };

  const model::Entity& entity(model::EntityId id) const { return vocabulary_.entities[id]; }
  Table& table(model::EntityId id) { return facts_.tables[id]; }
  // Through which instant a ledger was delivered, for units that come again and again.
  class Through {
   public:
    Through(const Builder& builder, model::EntityId ledger) : builder_(builder), ledger_(ledger) { units_.fill(-1); }
    std::int64_t of(std::int64_t unit) {
      if (unit < 0) return kMin;
      const auto place = static_cast<std::size_t>(unit) % units_.size();
      if (units_[place] != unit) {
        units_[place] = unit;
        through_[place] = builder_.delivered(ledger_, unit);
      }
      return through_[place];
    }

   private:
    const Builder& builder_;
    model::EntityId ledger_;
    std::array<std::int64_t, 64> units_, through_;
  };
  // builder.cc: taking rows in
  std::int64_t text_id(std::string_view text);
  void grow(model::EntityId id);
  void point(model::EntityId id, model::FieldId field);
  void widen(model::FieldId field);
  void step_out();
  void roll_back(model::EntityId id, Row size);
  bool same(model::EntityId id, Row a, Row b) const;
  Row known(model::EntityId id, std::int64_t key) const {
    const std::vector<Row>& rows = by_key_[id];
    if (key >= static_cast<std::int64_t>(rows.size())) return kNoRow;
    const Row row = rows[key];
    const Table& t = facts_.tables[id];
    return row != kNoRow && row < t.size && t.columns[shapes_[id].key].lo[row] == key ? row : kNoRow;
  }
  bool repeated(model::EntityId id, Row row);
  void doubt(model::EntityId id, std::int64_t unit);
  void report_clash(model::EntityId id, Row row, Row other);
  void report(model::EntityId id, Row row, Problem::Effect effect, diag::Words what, diag::Words mend);
  // order.cc: owned rows in owner order
  void finish_columns(model::EntityId id);
  void attach(model::EntityId id);
  std::vector<Row> owner_order(model::EntityId id);
  void drop_repetitions(model::EntityId id, std::vector<Row>& order);
  void permute(model::EntityId id, const std::vector<Row>& order);
  // links.cc: references, units, lists
  Row look_up(model::EntityId from, Row row, model::EntityId target, std::int64_t key);
  void resolve(model::EntityId id);
  void find_units(model::EntityId id);
  void forget_unresolved(model::EntityId id);
  void list_back(model::EntityId id, model::FieldId list);
  void list_through(model::EntityId id, model::FieldId list);
  void open_lost_lists();
  // absence.cc: what an absent cell means
  void find_times(model::EntityId id);
  void settle(model::EntityId id);
  std::int64_t delivered(model::EntityId ledger, std::int64_t unit) const;  // kMin: never
  // calendar_rows.cc
  void make_calendar_rows(model::EntityId id);

  const model::Vocabulary& vocabulary_;
  calendar::Zone zone_;
  std::vector<Shape> shapes_;
  std::vector<model::EntityId> by_depth_;         // owners before what they own
  std::vector<model::EntityId> live_;             // by_depth_, or while streaming what can still get rows
  std::vector<std::uint8_t> is_live_;
  model::EntityId streamed_ = model::kNone;
  std::size_t kept_texts_ = 0;
  // Keys of a few letters come again in the next row: those met last, each in its place.
  struct Recent {
    std::uint64_t bytes = 0;
    std::uint32_t size = 0;                       // of the text, at most 8; 0: none
    std::int32_t id = -1;
  };
  std::array<Recent, 256> recent_{};

  Facts facts_;
  std::vector<Open> open_;
  Cells* cells_ = nullptr;                        // of the open row's table, by field
  model::FieldId owner_field_ = model::kNone;     // of the open row's entity
  Row row_ = kNoRow;                              // the open row
  std::vector<std::vector<Row>> by_key_;          // by entity and text id: a row that may have this key
  std::vector<std::unordered_map<std::int64_t, Row>> unique_;  // owned entities: key to row, kAmbiguous
  std::vector<std::uint8_t> unique_ready_;
  std::vector<std::unordered_map<std::int64_t, std::int64_t>> deliveries_;  // by ledger: unit to instant
  struct Doubts {
    bool all = false;
    std::unordered_map<std::int64_t, bool> units;
  };
  std::vector<Doubts> doubts_;
  std::vector<std::uint8_t> loose_doubts_;        // a row with an owner that is not known was kept aside
  std::vector<std::pair<model::EntityId, std::int64_t>> owner_doubts_;   // an owned ledger, and the key of the owner whose list is in doubt
  std::vector<Lost> lost_;
  std::vector<Waiting> waiting_;
  std::vector<std::vector<std::int64_t>> units_;  // by entity and row: text id of the unit's key, -1
  std::vector<std::uint8_t> units_ready_;         // 0 no, 1 being found, 2 yes
  std::vector<std::vector<Row>> moved_;           // during build: new row of old row; empty: as it was
  std::vector<std::vector<std::int64_t>> times_;  // by entity and row: latest possible governing time, kMax
  std::vector<std::unordered_map<std::int64_t, std::uint8_t>> missed_;  // by entity: keys already reported
  std::vector<Problem> problems_;
  std::size_t problems_before_ = 0;               // the open document
  bool spoilt_ = false;                           // a row that it owns was kept aside
  std::size_t documents_ = 0;
  bool built_ = false;
};

}  // namespace jianlu::fact
