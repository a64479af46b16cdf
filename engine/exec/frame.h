// What kernels work on: the rows of each domain in one batch and the columns computed so far.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/calendar/bounded_gaps.h"
#include "engine/calendar/zone.h"
#include "engine/exec/arena.h"
#include "engine/exec/faults.h"
#include "engine/exec/lanes.h"
#include "engine/exec/program.h"
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
  const std::int32_t* at = nullptr;      // carried from elsewhere: row i is row at[i] of these arrays
};

// The same truth for every row.
Column uniform(std::uint8_t truth);

// Interval sets: those of row i are [offsets[i], offsets[i + 1]), or of the row of `source` that `map` names.
struct SetColumn {
  std::vector<std::int32_t> definite_offsets, possible_offsets;
  calendar::IntervalSet definite, possible;
  const SetColumn* source = nullptr;     // broadcast: the sets are there
  const std::int32_t* map = nullptr;     // nullptr: the one set of `source` stands for every row

  calendar::IntervalView definite_of(std::int32_t row) const;
  calendar::IntervalView possible_of(std::int32_t row) const;
  void clear();
  void reserve(std::int32_t rows);
  // Ends the current row, and the empty ones after it.
  void close_row() { close_rows(1); }
  void close_rows(std::size_t count);
};

// Derived rows, by row of the domain.
struct GapRows {
  const std::uint8_t* exists = nullptr;
  Column start, end, length, previous, next;
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
  explicit Run(const plan::Plan& plan_);
  // Looks up the texts of the plan and computes its constants.
  void begin(const fact::Facts& of, const outcome::Context& in, std::span<const calendar::Zone> by);

  const plan::Plan& plan;
  std::vector<bool> crosses;                       // by node: it hangs on rows of the domain and on what they lie in
  std::vector<bool> of_states;                     // by node: a truth that hangs on what is given alone, so that it is likely to be the same everywhere
  std::vector<std::vector<Reach>> reach;           // by domain that a norm judges
  const fact::Facts* facts = nullptr;
  const outcome::Context* context = nullptr;
  std::span<const calendar::Zone> zones;
  std::vector<std::int64_t> text_ids;              // of Plan::texts; -1: in no fact
  std::vector<std::unique_ptr<TextMemo>> memos;    // by node
  std::vector<Column> constants;                   // by node of domain 0
  std::vector<SetColumn> constant_sets;            // the same
  Arena arena;                                     // theirs
};

// Everything is worked out when it is first asked for, so that what turns out not to matter costs nothing.
class Frame {
 public:
  explicit Frame(Run& run);

  // Forgets what a run before this one left.
  void begin();
  // Forgets the batch.
  void clear();
  // The rows of a domain that come from outside: of the root, or of what rows without an owner lie in.
  void place(DomainId domain, const Rows& rows);
  // Takes the rows `chosen` (ascending) of `domain` in another frame, the rows that these lie in, and all that is below: for a norm
  // that may apply to few rows. What the other frame has worked out is read there.
  void narrow(Frame& whole, DomainId domain, std::span<const std::int32_t> chosen);

  const Rows& rows_of(DomainId domain);
  std::int32_t size(DomainId domain) { return rows_of(domain).size; }
  // The column of a node as it comes; `of`: with rows of its own.
  const Column& carried(NodeId node) {
    if (computed_[static_cast<std::size_t>(node)] < batch_) compute(node);
    return columns[static_cast<std::size_t>(node)];
  }
  const Column& of(NodeId node);
  const SetColumn& set_of(NodeId node);
  // A byte for each row.
  const std::uint8_t* truths(NodeId node, std::int32_t n);
  bool has(NodeId node) const { return computed_[static_cast<std::size_t>(node)] >= batch_; }
  // By row of the domain, the row of its parent that it reads. Worked out once per batch.
  const std::int32_t* parents_of(DomainId domain);
  // By row of the domain, the row of one further up.
  const std::int32_t* up(DomainId domain, DomainId ancestor);
  // A truth of the rows of a list, of a derivation or of a copy, by slot; see lanes.h.
  const Lanes& lanes(NodeId node, DomainId domain);
  bool has_lanes(NodeId node) const { return packed_[static_cast<std::size_t>(node)] >= batch_; }
  const Slots& slots_of(DomainId domain);
  // By slot, its first row in the domain.
  const std::int32_t* first_of(DomainId domain);
  // With every slot spelt out.
  Lanes spelt(const Lanes& lanes, std::int32_t slots);
  // outer[inner[i]] for n rows.
  template <typename T>
  const T* through(const T* outer, const std::int32_t* inner, std::int32_t n) {
    T* out = arena.take<T>(static_cast<std::size_t>(n));
    for (std::int32_t i = 0; i < n; ++i) out[i] = outer[inner[JIANLU_FAULT(carried_rows_are_one, i, 0)]];
    return out;
  }
  // By row of the domain, what its parent's row has in `of_parent`.
  template <typename T>
  const T* to_rows(DomainId domain, const T* of_parent) {
    const std::int32_t parents = size(run.plan.domains[static_cast<std::size_t>(domain)].parent);
    const Rows& of = rows_of(domain);
    if (of.parents || of.orphans || of.size < parents) return through(of_parent, parents_of(domain), of.size);
    T* out = arena.take<T>(static_cast<std::size_t>(of.size) + kAtOnce);
    fill_rows(of.offsets, of.base, parents, [of_parent](std::int32_t p) { return of_parent[JIANLU_FAULT(carried_rows_are_one, p, 0)]; }, out);
    return out;
  }
  // With every row spelt out: no splat, a state for each, both bounds.
  Column full(const Column& column, std::int32_t size);
  // n times the same truth or state; kept from batch to batch.
  const std::uint8_t* same(std::uint8_t value, std::int32_t n);
  const plan::Node& node(NodeId id) const { return run.plan.nodes[static_cast<std::size_t>(id)]; }

  std::uint8_t* take_bytes(std::int32_t n) { return arena.take<std::uint8_t>(static_cast<std::size_t>(n)); }
  std::int64_t* take_words(std::int32_t n) { return arena.take<std::int64_t>(static_cast<std::size_t>(n)); }

  Run& run;
  Arena arena;
  std::vector<Column> columns;     // by node
  std::vector<SetColumn> sets;     // by node
  std::vector<Rows> rows;          // by domain
  std::vector<std::vector<std::pair<const std::uint8_t*, Lanes>>> picked_lanes;   // by domain of copies: what was picked from where
  std::vector<std::vector<outcome::RowKey>> gap_keys;   // by domain; empty: not yet worked out
  calendar::BoundedGaps gaps;
  std::vector<calendar::BoundedRecording> recordings;
  calendar::IntervalSet scratch, scratch_possible;

 private:
  static constexpr std::int32_t kAtOnce = 8;

  // Lists are short: eight rows are written at once, and those too many are written over by the next. `out` has room for as many.
  template <typename ValueOf, typename T>
  static void fill_rows(const std::int32_t* __restrict offsets, std::int32_t base, std::int32_t lists, ValueOf value_of, T* __restrict out) {
    for (std::int32_t i = 0; i < lists; ++i) {
      const T value = value_of(i);
      std::int32_t at = offsets[i] - base;
      const std::int32_t end = offsets[i + 1] - base;
      do {   // once even for none, rather than find out
        for (std::int32_t k = 0; k < kAtOnce; ++k) out[at + k] = value;
        at += kAtOnce;
      } while (at < end);
    }
  }
  void compute(NodeId node);
  // Where this frame is a narrowed one.
  bool only_whole(NodeId node) const;
  void read_whole(NodeId node);
  const std::int32_t* rows_in_whole(DomainId domain);

  std::uint32_t batch_ = 1;
  std::vector<std::uint32_t> computed_;              // by node: the batch that its column is of
  std::vector<std::uint32_t> placed_;                // by domain
  std::vector<Slots> slots_;                         // by domain
  std::vector<std::uint32_t> slotted_;               // by domain: the batch that its slots are of
  std::vector<Lanes> lanes_;                         // by node
  std::vector<std::uint32_t> packed_;                // by node: the batch that its lanes are of
  std::array<std::vector<std::uint8_t>, 4> same_;    // by value
  std::int32_t wanted_ = 0;                          // rows that `same` was asked for and did not have
  Frame* whole_ = nullptr;
  const std::vector<Reach>* reach_ = nullptr;        // by domain
  std::vector<const std::int32_t*> in_whole_;        // by domain: its rows in `whole_`
};

// True where every byte is `value`.
bool all_are(const std::uint8_t* bytes, std::int32_t n, std::uint8_t value);

// The rows of a domain from those of its parent: rows.cc, gaps.cc.
void list_rows(Frame& frame, DomainId domain);
void derive_rows(Frame& frame, DomainId domain);
void copy_rows(Frame& frame, DomainId domain);

}  // namespace jianlu::exec
