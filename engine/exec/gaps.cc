// The rows of derivations: gaps between what covers an interval. Most owners are plainly covered, which is found by comparing neighbouring
// rows column by column; most others have exact rows that follow one another, so that what lies between them is all there is to see.
#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

#include "engine/exec/gap_columns.h"
#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

using calendar::BoundedRecording;
using calendar::Interval;
using calendar::IntervalView;
using Word = std::int64_t;
using Byte = std::uint8_t;

// A column of a row's own values, or one that stands for every row.
struct Ends {
  explicit Ends(const Column& column) : states_(column.bytes), lo_(column.lo), hi_(column.hi ? column.hi : column.lo), step_(column.splat ? 0 : 1) {}
  bool given(std::int32_t i) const { return !states_ || states_[i * step_] == kValue; }
  Byte state(std::int32_t i) const { return states_ ? states_[i * step_] : Byte{kValue}; }
  Word lo(std::int32_t i) const { return lo_[i * step_]; }
  Word hi(std::int32_t i) const { return hi_[i * step_]; }
  const Word* lo() const { return lo_; }
  bool splat() const { return step_ == 0; }
  bool exact() const { return lo_ == hi_; }
  bool of_each() const { return exact() && !states_ && !splat(); }   // a value of its own in every row

 private:
  const Byte* states_;
  const Word *lo_, *hi_;
  std::int32_t step_;
};

// By exact row, 1 where it begins later than the row before it ended, by more than what is tolerated, or holds no time. Of the first row of a
// list, which has none before it, this says nothing.
JIANLU_VECTOR void find_loose(const Word* __restrict from, const Word* __restrict to, Word tolerated, std::int32_t n, Byte* __restrict loose) {
  for (std::int32_t c = 1; c < n; ++c) loose[c] = (from[c] >= to[c]) | (from[c] - tolerated > to[c - 1]);
}

JIANLU_VECTOR void values_or(const Byte* __restrict states, const Word* __restrict values, Word otherwise, Word* __restrict out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = states[i] == kValue ? values[i] : otherwise;
}

// Whether some of the flags [begin, end) is set; there is room to read seven beyond.
bool some_flag(const Byte* flags, std::int32_t begin, std::int32_t end) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t found = 0;
  for (; begin < end; begin += 8) {
    std::uint64_t word;
    std::memcpy(&word, flags + begin, sizeof word);
    found |= end - begin < 8 ? word & ((std::uint64_t{1} << 8 * (end - begin)) - 1) : word;
  }
  return found != 0;
}

// Owners whose rows are exact: by owner the instants to be covered, the rows of its list, and the stretch that is tolerated.
struct Exact {
  const Word *begin, *until;
  const std::int32_t* offsets;
  std::int32_t base;
  const Word *from, *to;
  Word tolerated;
};

// Of n owners, those that are not plainly covered from end to end by rows none of which is loose. Without branches: which they are cannot be
// predicted.
std::size_t uncovered(const Exact& e, const Byte* loose, std::int32_t n, std::int32_t* __restrict out) {
  const Word *__restrict begin = e.begin, *__restrict until = e.until, *__restrict from = e.from, *__restrict to = e.to;
  const std::int32_t *__restrict offsets = e.offsets, base = e.base;
  const Word tolerated = e.tolerated;
  std::size_t count = 0;
  for (std::int32_t i = 0; i < n; ++i) {
    const std::int32_t first = offsets[i] - base, last = offsets[i + 1] - base;
    out[count] = i;
    if (first == last) {
      count += until[i] - tolerated > begin[i];
      continue;
    }
    const bool open = (from[first] >= to[first]) | (from[first] - tolerated > begin[i]) | (until[i] - tolerated > to[last - 1]);
    count += open | some_flag(loose, first + 1, last);
  }
  return count;
}

// What the rows of these owners leave in stretches longer than what is tolerated, where they follow one another in time. Without branches: which
// stretches there are cannot be predicted.
std::size_t find_holes(const Exact& e, std::span<const std::int32_t> owners, Hole* __restrict out) {
  const Word *__restrict from = e.from, *__restrict to = e.to;
  const Word tolerated = e.tolerated;
  std::size_t count = 0;
  for (const std::int32_t i : owners) {
    const std::size_t before = count;
    const Word begin = e.begin[i], until = e.until[i];
    const std::int32_t first = e.offsets[i] - e.base, last = e.offsets[i + 1] - e.base;
    Word reached = kMin;
    bool in_a_row = true;
    for (std::int32_t c = first; c < last; ++c) {
      const Word start = std::max(reached, begin), stop = std::min(from[c], until);
      out[count] = {start, stop, i, c - first};
      count += (stop > start) & (stop - start > tolerated);
      in_a_row &= (from[c] >= reached) & (from[c] < to[c]);
      reached = to[c];
    }
    const Word start = std::max(reached, begin);
    out[count] = {start, until, i, last - first};
    count += (until > start) & (until - start > tolerated);
    if (in_a_row) continue;
    count = before;
    out[count++] = {.owner = i, .general = true};
  }
  return count;
}

// The gaps of the rows of a derived domain's parent, its owners.
class Gaps {
 public:
  Gaps(Frame& frame, const plan::Domain& d)
      : frame_(frame), g_(frame.run.plan.derivations[static_cast<std::size_t>(d.derivation)]), parents_(frame.rows_of(d.parent)), n_(parents_.size),
        covering_(frame.rows_of(g_.covering)), start_(frame.of(g_.start)), end_(frame.of(g_.end)), from_(frame.of(g_.covering_start)),
        to_(frame.of(g_.covering_end)), tolerance_(g_.tolerance == kNone ? nothing() : frame.of(g_.tolerance)),
        clock_(g_.covering_clock == kNone ? nothing() : frame.of(g_.covering_clock)), closed_(frame.truths(g_.closed, n_)),
        excused_(g_.excused == kNone ? nullptr : &frame.set_of(g_.excused)), by_row_(frame.node(d.reference).kernel == Kernel::row),
        exact_(from_.of_each() && to_.of_each()), offsets_(frame.arena.take<std::int32_t>(static_cast<std::size_t>(n_) + 1)), found_(frame, n_) {
    if (!by_row_) owners_ = frame.of(d.reference);
  }

  Rows find() {
    std::fill_n(offsets_, n_ + 1, 0);
    const bool in_lists = by_row_ && !parents_.missing && covering_.offsets && !covering_.orphans;
    const std::span<Hole> holes = in_lists && exact_ && tolerance_.splat() ? find_exact() : all_general();
    const bool ends_exact = start_.exact() && end_.exact() && tolerance_.splat() && tolerated(0) == most(0);
    auto plain = holes.begin();
    for (auto hole = plain; hole != holes.end(); ++hole) {
      const std::int32_t i = hole->owner;
      hole->certain = start_.given(i) && end_.given(i) && closed_[i] == kTrue;
      // Where nothing is a bound and nothing is excused, what certainly and what possibly is missing are the same.
      if (!hole->general && (ends_exact || !hole->certain) && !excuses(i, hole->certain)) continue;
      add({plain, hole});
      plain = hole + 1;
      if (i != swept_ && has_owner(i)) sweep(i, hole->certain);
    }
    add({plain, holes.end()});
    for (std::int32_t i = 0; i < n_; ++i) offsets_[i + 1] += offsets_[i];
    Rows out;
    out.size = found_.size();
    out.offsets = offsets_;
    out.gaps = found_.rows();
    return out;
  }

 private:
  static Column nothing() {
    static constexpr Word zero[] = {0};
    return {nullptr, zero, nullptr, true};
  }
  bool has_owner(std::int32_t i) const {
    if (by_row_) return !parents_.missing;
    return !owners_.bytes || owners_.bytes[owners_.splat ? 0 : i] == kValue;
  }
  Word tolerated(std::int32_t i) const { return JIANLU_FAULT(gaps_tolerate_nothing, tolerance_.given(i) ? tolerance_.lo(i) : 0, 0); }
  Word most(std::int32_t i) const { return tolerance_.given(i) ? tolerance_.hi(i) : kMax; }
  Interval outer(std::int32_t i) const { return {start_.given(i) ? start_.lo(i) : kMin, end_.given(i) ? end_.hi(i) : kMax}; }
  Word neighbour(std::int32_t i, std::int32_t index) const {
    return index < 0 ? Word{fact::kNoRow} : Word{covering_.row(covering_.begin(i) + index)};
  }

  // Whether something may be excused that would be missing.
  bool excuses(std::int32_t i, bool certain) const {
    return excused_ && (!excused_->definite_of(i).empty() || (certain && !excused_->possible_of(i).empty()));
  }

  std::span<Hole> all_general() {
    auto* out = frame_.arena.take<Hole>(static_cast<std::size_t>(n_));
    for (std::int32_t i = 0; i < n_; ++i) out[i] = {.owner = i, .general = true};
    return {out, static_cast<std::size_t>(n_)};
  }

  // An instant for each owner: of a bound the lower or upper end, and `otherwise` where it has none.
  const Word* instants(const Column& column, bool upper, Word otherwise) {
    if (!column.bytes && !column.splat) return upper && column.hi ? column.hi : column.lo;
    const Column full = frame_.full(column, n_);
    Word* out = frame_.take_words(n_);
    values_or(full.bytes, upper ? full.hi : full.lo, otherwise, out, n_);
    return out;
  }

  std::span<Hole> find_exact() {
    const Exact exact{instants(frame_.of(g_.start), false, kMin), instants(frame_.of(g_.end), true, kMax), covering_.offsets, covering_.base,
                      from_.lo(), to_.lo(), tolerated(0)};
    Byte* loose = frame_.take_bytes(covering_.size + 8);
    find_loose(exact.from, exact.to, exact.tolerated, covering_.size, loose);
    auto* owners = frame_.arena.take<std::int32_t>(static_cast<std::size_t>(n_) + 1);
    const std::size_t left = uncovered(exact, loose, n_, owners);
    auto* out = frame_.arena.take<Hole>(static_cast<std::size_t>(covering_.size) + 2 * static_cast<std::size_t>(n_));
    return {out, find_holes(exact, {owners, left}, out)};
  }

  void add(std::span<const Hole> holes) {
    for (const Hole& hole : holes) ++offsets_[hole.owner + 1];
    found_.add(holes, [this](const Hole& hole, std::int32_t side) {
      const std::int32_t at = covering_.begin(hole.owner) + hole.following + side;
      const bool there = side < 0 ? hole.following > 0 : at < covering_.end(hole.owner);
      return there ? covering_.row(at) : JIANLU_FAULT(last_gap_has_a_next, fact::kNoRow, side < 0 ? fact::kNoRow : covering_.row(at - 1));
    });
  }

  // Whatever the rows are.
  void sweep(std::int32_t i, bool certain) {
    swept_ = i;
    const IntervalView none;
    frame_.recordings.clear();
    for (std::int32_t c = covering_.begin(i); c < covering_.end(i); ++c) {
      const Byte state = kleene_and(from_.state(c), to_.state(c));
      if (state == kValue) {
        const bool clocked = g_.covering_clock != kNone && clock_.given(c);
        frame_.recordings.push_back({{from_.lo(c), from_.hi(c)}, {to_.lo(c), to_.hi(c)}, clocked ? clock_.lo(c) : calendar::own_clock});
      } else {
        frame_.recordings.push_back(state == kNothing ? BoundedRecording::nowhere() : BoundedRecording::anywhere());
      }
    }
    const Interval within = outer(i);
    const IntervalView excused = excused_ ? excused_->definite_of(i) : none, perhaps = excused_ ? excused_->possible_of(i) : none;
    calendar::find_gaps({within.start, start_.given(i) ? start_.hi(i) : kMax}, {end_.given(i) ? end_.lo(i) : kMin, within.end}, excused, perhaps,
                        frame_.recordings, {tolerated(i), most(i)}, certain, frame_.gaps);
    for (const calendar::BoundedGap& gap : frame_.gaps.gaps) found_.add(gap, neighbour(i, gap.preceding), neighbour(i, gap.following));
    offsets_[i + 1] += static_cast<std::int32_t>(frame_.gaps.gaps.size());
  }

  Frame& frame_;
  const plan::Derivation& g_;
  const Rows& parents_;
  const std::int32_t n_;
  const Rows& covering_;
  const Ends start_, end_, from_, to_, tolerance_, clock_;
  const Byte* closed_;
  const SetColumn* excused_;
  const bool by_row_, exact_;
  Column owners_;
  std::int32_t* offsets_;
  GapColumns found_;
  std::int32_t swept_ = -1;
};

}  // namespace

void derive_rows(Frame& frame, DomainId id) {
  const auto at = static_cast<std::size_t>(id);
  frame.rows[at] = Gaps(frame, frame.run.plan.domains[at]).find();
}

}  // namespace jianlu::exec
