// What kernels work on: the rows of each domain in one batch and the columns computed so far.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/calendar/gaps.h"
#include "engine/calendar/zone.h"
#include "engine/exec/arena.h"
#include "engine/exec/faults.h"
#include "engine/fact/fact.h"
#include "engine/outcome/outcome.h"
#include "engine/plan/plan.h"
#include "engine/plan/truth.h"

namespace jianlu::exec {

using fact::kFalse, fact::kTrue, fact::kUndecided, fact::kMin, fact::kMax, fact::kNothing, fact::kUnknown, fact::kValue;
using plan::DomainId, plan::Kernel, plan::NodeId, plan::kNone;
using plan::kleene_and, plan::kleene_not, plan::kleene_or;

// The result of a node for the rows of its domain. Rows that are no values have arbitrary bounds.
struct Column {
  const std::uint8_t* bytes = nullptr;   // truth: a fact::Truth per row; value: a fact::State, nullptr: all kValue
  const std::int64_t* lo = nullptr;
  const std::int64_t* hi = nullptr;      // nullptr: all exact
  bool splat = false;                    // one row that stands for every row
};

// Interval sets: those of row i are [offsets[i], offsets[i + 1]), or of the row of `source` that `map` names.
struct SetColumn {
  std::vector<std::int32_t> definite_offsets, possible_offsets;
  calendar::IntervalSet definite, possible;
  const SetColumn* source = nullptr;     // broadcast: the sets are there
  const std::int32_t* map = nullptr;     // nullptr: the one set of `source` stands for every row

  calendar::IntervalView definite_of(std::int32_t row) const;
  calendar::IntervalView possible_of(std::int32_t row) const;
  void clear();
  // Ends the current row.
  void close_row();
};

// Derived rows, by row of the domain.
struct GapRows {
  const std::uint8_t* exists = nullptr;
  Column start, end, length, previous, next;
};

// Derived rows while they are found; each of its columns grows with them.
struct GapTable {
  std::vector<std::uint8_t> exists, previous_state, next_state;
  std::vector<std::int64_t> start_lo, start_hi, end_lo, end_hi, length_lo, length_hi, previous, next;

  void clear();
  void add(const calendar::Gap& gap, fact::Row before, fact::Row after);
  // The row added last exists: `certain` is the least that is missing.
  void confirm(const calendar::Gap& certain);
};

struct Rows {
  std::int32_t size = 0;
  fact::Row first = 0;                   // contiguous: row i is first + i of the entity's table
  const fact::Row* rows = nullptr;       // otherwise: its table rows; derived: none
  const std::int32_t* picked = nullptr;  // copies: rows of the source
  const std::int32_t* offsets = nullptr; // row i of the parent has rows offsets[i] - base up to offsets[i + 1] - base
  std::int32_t base = 0;
  bool missing = false;                  // the one row is no row: what orphans have for an owner
  bool orphans = false;                  // rows without an owner: in no list, though they read the missing owner
  const std::int32_t* parents = nullptr; // see Frame::parents_of
  GapRows gaps;

  // The rows in the parent's list.
  std::int32_t begin(std::int32_t parent) const { return orphans ? 0 : offsets[parent] - base; }
  std::int32_t end(std::int32_t parent) const { return orphans ? 0 : offsets[parent + 1] - base; }
  fact::Row row(std::int32_t i) const { return missing ? fact::kNoRow : rows ? rows[i] : first + (picked ? picked[i] : i); }
  // Row i is first + i.
  bool contiguous() const { return !rows && !picked && !missing; }
};

// Answers about a text constant by text id, one more than the answer; 0: not asked yet.
struct TextMemo {
  Kernel kernel{};
  std::u32string needle;
  std::unique_ptr<std::atomic<std::int32_t>[]> answers;
};

// Everything that stays the same for all batches of a run.
struct Run {
  explicit Run(const plan::Plan& plan_) : plan(plan_) {}
  // Looks up the texts of the plan and computes its constants.
  void begin(const fact::Facts& of, const outcome::Context& in, std::span<const calendar::Zone> by);

  const plan::Plan& plan;
  const fact::Facts* facts = nullptr;
  const outcome::Context* context = nullptr;
  std::span<const calendar::Zone> zones;
  std::vector<std::int64_t> text_ids;              // of Plan::texts; -1: in no fact
  std::vector<std::unique_ptr<TextMemo>> memos;    // by node
  std::vector<Column> constants;                   // by node of domain 0
  std::vector<SetColumn> constant_sets;            // the same
  Arena arena;                                     // theirs
};

class Frame {
 public:
  explicit Frame(Run& run);

  // Forgets what a run before this one left.
  void begin();
  void clear();
  std::int32_t size(DomainId domain) const { return rows[domain].size; }
  const Column& of(NodeId node) const { return columns[node]; }
  // By row of the domain, the row of its parent that it reads. Worked out once per batch.
  const std::int32_t* parents_of(DomainId domain);
  // With every row spelt out: no splat, a state for each, both bounds.
  Column full(const Column& column, std::int32_t size);
  // n times the same truth or state; kept from batch to batch.
  const std::uint8_t* same(std::uint8_t value, std::int32_t n);
  const plan::Node& node(NodeId id) const { return run.plan.nodes[id]; }
  void compute(NodeId node);

  std::uint8_t* take_bytes(std::int32_t n) { return arena.take<std::uint8_t>(static_cast<std::size_t>(n)); }
  std::int64_t* take_words(std::int32_t n) { return arena.take<std::int64_t>(static_cast<std::size_t>(n)); }

  Run& run;
  Arena arena;
  std::vector<Column> columns;     // by node
  std::vector<SetColumn> sets;     // by node
  std::vector<Rows> rows;          // by domain
  GapTable gap_table;
  calendar::Gaps certain, possible;
  calendar::IntervalSet certain_cover, possible_cover, scratch;

 private:
  std::array<std::vector<std::uint8_t>, 4> same_;   // by value
  std::int32_t wanted_ = 0;                          // rows that `same` was asked for and did not have
};

// True where every byte is `value`.
bool all_are(const std::uint8_t* bytes, std::int32_t n, std::uint8_t value);

// Sets up the rows of a domain from those of its parent.
void list_rows(Frame& frame, DomainId domain);
void derive_rows(Frame& frame, DomainId domain);
void copy_rows(Frame& frame, DomainId domain);

}  // namespace jianlu::exec
