// Evaluates a plan over facts, batch by batch of root rows, on any number of threads; the answer never depends on how
// many. In: a plan, facts, the as-of instant, a zone per regulation. Out: for every norm one verdict per row judged.
// The rules that language.md sections 3 to 6 leave open are at the end of this file; the reference evaluator keeps them
// too.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/fact/fact.h"
#include "engine/outcome/outcome.h"
#include "engine/plan/plan.h"

namespace jianlu::exec {

// What a pending or breached row has besides its outcome; every other row has the defaults of outcome::Verdict.
struct Detail {
  std::int32_t index = 0;   // position in `outcomes`
  calendar::Instant due = fact::kMax;
  calendar::Instant cured_at = fact::kMin;
  bool operator==(const Detail&) const = default;
};

// The verdicts of one norm, of a whole run or of one batch. Rows are in the order of the facts, the elements of a pair
// within their subject, gaps in time order. Rows without an owner come last.
struct NormVerdicts {
  model::NormId norm = model::kNone;
  std::vector<std::uint8_t> outcomes;   // outcome::Outcome
  // Norms over single stored rows: `keys` is empty and position i is the row first + i of the subject's entity.
  // Pairs and derived rows: one key each.
  fact::Row first = 0;
  std::vector<outcome::RowKey> keys;
  std::vector<Detail> details;          // by ascending index; all pending and breached rows with a deadline

  std::size_t size() const { return outcomes.size(); }
  outcome::RowKey key(std::size_t index) const;
  outcome::Verdict verdict(std::size_t index) const;
};

// Rows [begin, end) of an entity that has no owner; what it owns comes along.
struct Range {
  model::EntityId entity = model::kNone;
  fact::Row begin = 0, end = 0;
};

struct Options {
  unsigned threads = 1;
  std::int32_t batch_rows = 2048;       // root rows per batch
  bool details = true;                  // false: outcomes alone, without NormVerdicts::details
  // Judge only these subjects (disjoint, ascending per entity). Empty: everything, rows without an owner included.
  std::vector<Range> ranges;
};

// Receives the verdicts of one batch: norms of the plan that have rows in it, in the plan's order. Calls come one at a
// time and in the order of the batches, possibly from different threads. What is passed is valid during the call.
using Sink = std::function<void(std::span<const NormVerdicts>)>;

class Evaluator {
 public:
  // Keeps a reference to the plan. Buffers are kept from one call to the next.
  explicit Evaluator(const plan::Plan& plan);
  ~Evaluator();
  Evaluator(Evaluator&&) noexcept;

  // All verdicts: an entry per norm of the plan, in its order.
  std::vector<NormVerdicts> evaluate(const fact::Facts& facts, const outcome::Context& context,
                                     std::span<const calendar::Zone> zones, const Options& options = {});
  // The same, batch by batch: memory does not grow with the number of rows.
  void evaluate(const fact::Facts& facts, const outcome::Context& context, std::span<const calendar::Zone> zones,
                const Options& options, const Sink& sink);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Rules of evaluation, operator by operator.
//
// Values. A truth is a fact::Truth and has no other state. Every other value has a state; a value that is none or
//   unknown has no bounds. Reading, is_given, quantifiers and definitions are defined below. Any other operator: a truth
//   is undecided unless all operands are values; any other result has the Kleene `and` of the operands' states (none
//   makes none, whatever else is unknown). Truth fields: `lo` alone counts; is_given of a truth is true where it is
//   decided, else undecided.
// Bounds. kMin and kMax are open ends and stay open; a finite end of a result that is not within (kMin, kMax), and a
//   division whose divisor can be 0, makes the result unknown. Products and quotients are in millionths, truncated toward
//   zero, and span the results of all pairs of ends; 0 times an open end is 0, anything by an open divisor is 0.
// Reading through a reference that is none gives none, through an unknown one unknown (truths: undecided both times);
//   its lists have no known row and are open.
// Intervals have one state (made: the `and` of both ends). a covers b: a.start <= b.start and b.end <= a.end; a overlaps
//   b: a.start < b.end and b.start < a.end.
// Text equality is of the exact text; contains and similarity are those of engine/text.
// add_period, end_of_day, start_of_day are monotone: bounds go to bounds; same_day compares the first and last days.
//
// Interval sets carry what they certainly hold and what they may hold; open: may hold [kMin, kMax).
//   merged: a row counts as certain if its filter is true; its certain part is [start.hi, end.lo), its possible part
//   [start.lo, end.hi) if the filter is not false. A none interval adds nothing, an unknown one opens the set, an open
//   list too. An interval where a set is wanted is the set of it alone, in the same way. A union and an intersection
//   take the certain parts of both for the certain part and the possible parts for the possible one; a difference a - b
//   is certain in a's certain part less b's possible part, possible in a's possible part less b's certain part.
//   set_covers is true if [start.lo, end.hi) is empty or in the certain part, false if [start.hi, end.lo) is
//   neither empty nor in the possible part, else undecided. total_length is [certain, possible], kMax where the part
//   reaches kMin or kMax.
//
// Lists. closed iff the reference has a value, the horizon has a value and through >= horizon.hi. The default horizon is
//   the governing time of the owning row (Entity::time; the end of an interval; where the entity has none, its owner's
//   and so on; where there is none at all, the list is open). A list of derived rows is closed iff all of them exist
//   (and the horizon has a value).
//   Let f be the filter (true if none), for derived rows and-ed with existence.
//   any: or of (f and body), and undecided where open. every: and of (not f or body), and undecided where open.
//   count: [rows with f true, rows with f not false, or kMax where open].
//   sum: f true gives [lo, hi], undecided [min(lo, 0), max(hi, 0)], none nothing; open, or a row that is
//   unknown: unknown.
//   earliest: rows whose body is none do not count. Certain: f true and a value. No certain row: none if closed and no
//   row can count, else unknown. Otherwise hi = least hi of certain rows, lo = least lo of rows with f not false, and
//   kMin where open or such a row is unknown. latest: the mirror image.
//
// Definitions. True exceptions (if any) and undecided ones are possible, the default too unless some exception is true.
//   The value is the hull of what is possible: truths or-ed; bounds from the least lo to the greatest hi; states or-ed
//   (so none or a value is unknown); other types the common value, else unknown. Two true exceptions whose values
//   certainly differ: unknown. Interval sets never clash: intersection of the certain parts,
//   union of the possible ones. Definitions without exceptions pass their value through.
//
// Derivation. Rows: find_gaps of engine/calendar/bounded_gaps.h, with both ends of `within` (kMin and kMax for one without
//   a value), the excused time, the covering rows with their bounds and what they are timed by (without a value: by a clock
//   of their own) and the tolerance (without a value: [0, kMax]). None is certain where the covering list is not closed,
//   `within` or `tolerance` has no value, or a covering row is unknown (none covers nothing). A certain gap exists (true),
//   another is undecided.
//   Where the owner is none or unknown there is no row and the list is open.
//
// Norms. Permits yield no verdicts. In force: governing time >= in_force_from and valid_from, < valid_until, Kleene;
//   limits that are absent do not count, governing kNone or without a value is undecided where a limit counts.
//   applies = in force and when and existence. An exemption with a claim deadline that is false while not
//   as_of > claim_deadline.hi (an unknown deadline: never) is undecided. unless = or of them.
//   ban = or over opposing bans of their (applies and not unless) for the rows of theirs that meet the row judged:
//   docs/decisions/0007-opposing-bans.md.
//   performance: any row with where and decisive given and decisive <= deadline (strict: <), closed as a list with the
//   deadline as horizon (without a deadline: given alone, and the default horizon).
//   due = greatest of deadline.hi, await.hi and the claim deadlines .hi of undecided exemptions; each is kMax
//   where it is none (what starts it has not happened) and kMin where it is unknown (waiting settles nothing).
//   awaited = as_of <= due (false if there is none of them).
//   Verdict::due of pending: due; of breached with a deadline that has a value: deadline.hi. cured_at of breached with a performance:
//   the least decisive.hi over rows with where true and decisive a value.

}  // namespace jianlu::exec
