// The rows of derivations: gaps between what covers an interval.
#include <algorithm>
#include <array>
#include <numeric>
#include <span>

#include "engine/exec/kernels.h"

namespace jianlu::exec {
namespace {

using calendar::BoundedRecording;
using calendar::Interval;
using calendar::IntervalView;
using Word = std::int64_t;
using Byte = std::uint8_t;

struct Bound {
  Word lo, hi;
};

// A column of a row's own values, or one that stands for every row.
struct Ends {
  explicit Ends(const Column& column) : states(column.bytes), lo_(column.lo), hi_(column.hi ? column.hi : column.lo), step_(column.splat ? 0 : 1) {}
  bool given(std::int32_t i) const { return !states || states[i * step_] == kValue; }
  Byte state(std::int32_t i) const { return states ? states[i * step_] : Byte{kValue}; }
  Word lo(std::int32_t i) const { return lo_[i * step_]; }
  Word hi(std::int32_t i) const { return hi_[i * step_]; }
  const Byte* states;

 private:
  const Word *lo_, *hi_;
  std::int32_t step_;
};

// Derived rows as columns, while they are found.
class GapColumns {
 public:
  GapColumns(Frame& frame, std::int32_t capacity) : frame_(frame), capacity_(capacity) { take(); }

  std::int32_t size() const { return size_; }

  void add(Byte exists, Word previous, Word next, Bound start, Bound end, Bound length) {
    if (size_ == capacity_) grow();
    bytes_[0][size_] = exists;
    bytes_[1][size_] = previous == fact::kNoRow ? Byte{kNothing} : Byte{kValue};
    bytes_[2][size_] = next == fact::kNoRow ? Byte{kNothing} : Byte{kValue};
    const Word row[kWords] = {previous, next, start.lo, start.hi, end.lo, end.hi, length.lo, length.hi};
    for (std::size_t k = 0; k < kWords; ++k) words_[k][size_] = row[k];
    vague_[0] |= start.lo != start.hi;
    vague_[1] |= end.lo != end.hi;
    vague_[2] |= length.lo != length.hi;
    ++size_;
  }

  GapRows rows() const {
    const auto bounds = [&](std::size_t which) {
      return Column{nullptr, words_[2 + 2 * which], vague_[which] ? words_[3 + 2 * which] : nullptr, false};
    };
    return {bytes_[0], bounds(0), bounds(1), bounds(2), {bytes_[1], words_[0], nullptr, false}, {bytes_[2], words_[1], nullptr, false}};
  }

 private:
  static constexpr std::size_t kWords = 8, kBytes = 3;

  void take() {
    for (Byte*& column : bytes_) column = frame_.take_bytes(capacity_);
    for (Word*& column : words_) column = frame_.take_words(capacity_);
  }
  void grow() {
    const auto bytes = bytes_;
    const auto words = words_;
    capacity_ = 2 * capacity_ + 64;
    take();
    for (std::size_t k = 0; k < kBytes; ++k) std::copy_n(bytes[k], size_, bytes_[k]);
    for (std::size_t k = 0; k < kWords; ++k) std::copy_n(words[k], size_, words_[k]);
  }

  Frame& frame_;
  std::int32_t size_ = 0, capacity_;
  std::array<Byte*, kBytes> bytes_{};
  std::array<Word*, kWords> words_{};
  std::array<bool, 3> vague_{};
};

// What owners' rows should cover, spelt out by owner.
struct Within {
  Column start, end, tolerance;
};

// Of n owners, to `out`, those whose exact rows may leave gaps: a stretch up to the tolerance is none. Without branches: which they are cannot be
// predicted.
std::int32_t owners_left(const Within& within, const std::int32_t* __restrict offsets, std::int32_t base, const Word* __restrict from,
                         const Word* __restrict to, std::int32_t n, std::int32_t* __restrict out) {
  std::int32_t left = 0;
  for (std::int32_t i = 0; i < n; ++i) {
    const Word tolerated = within.tolerance.bytes[i] == kValue ? JIANLU_FAULT(gaps_tolerate_nothing, within.tolerance.lo[i], 0) : 0;
    Word reached = within.start.bytes[i] == kValue ? within.start.lo[i] : kMin;
    const Word until = within.end.bytes[i] == kValue ? within.end.hi[i] : kMax;
    bool bad = false;
    for (std::int32_t c = offsets[i] - base; c < offsets[i + 1] - base; ++c) {
      bad |= (from[c] >= to[c]) | (from[c] > reached + tolerated);
      reached = std::max(reached, to[c]);
    }
    out[left] = i;
    left += bad | (until > reached + tolerated);
  }
  return left;
}

// What exact rows [begin, end) that follow one another in time leave of `within` in stretches longer than `tolerance`: how many holes
// were written to `out`, or -1 where they do not follow one another. Without branches: which holes are empty cannot be predicted.
std::int32_t holes_in_a_row(const Interval& within, const Word* from, const Word* to, std::int32_t begin, std::int32_t end, Word tolerance, Hole* out) {
  std::int32_t count = 0;
  bool bad = false;
  Word reached = kMin;
  for (std::int32_t c = begin; c < end; ++c) {
    const Word start = std::max(reached, within.start), stop = std::min(from[c], within.end);
    out[count] = {start, stop, c - 1 - begin, c - begin};
    count += (stop > start) & (stop - start > tolerance);
    bad |= (from[c] < reached) | (from[c] >= to[c]);
    reached = to[c];
  }
  const Word start = std::max(reached, within.start);
  out[count] = {start, within.end, end - 1 - begin, JIANLU_FAULT(last_gap_has_a_next, -1, end - 1 - begin)};
  count += (within.end > start) & (within.end - start > tolerance);
  return bad ? -1 : count;
}

}  // namespace

void derive_rows(Frame& frame, DomainId id) {
  const plan::Domain& d = frame.run.plan.domains[static_cast<std::size_t>(id)];
  const plan::Derivation& g = frame.run.plan.derivations[static_cast<std::size_t>(d.derivation)];
  const Rows& parents = frame.rows_of(d.parent);
  const Rows& covering = frame.rows_of(g.covering);
  const std::int32_t n = parents.size;
  const Ends start(frame.of(g.start)), end(frame.of(g.end));
  const Byte* closed = frame.truths(g.closed, n);
  const Column &froms = frame.of(g.covering_start), &tos = frame.of(g.covering_end);
  const Ends from(froms), to(tos);
  const bool exact = !froms.hi && !froms.bytes && !froms.splat && !tos.hi && !tos.bytes && !tos.splat;
  static constexpr Word nothing[] = {0};
  const Column tolerance_column = g.tolerance == kNone ? Column{nullptr, nothing, nullptr, true} : frame.of(g.tolerance);
  const Ends tolerance(tolerance_column);
  const Ends clock(g.covering_clock == kNone ? Column{nullptr, nothing, nullptr, true} : frame.of(g.covering_clock));
  const SetColumn* excused = g.excused == kNone ? nullptr : &frame.set_of(g.excused);
  const bool by_row = frame.node(d.reference).kernel == Kernel::row;
  Column owners;
  if (!by_row) owners = frame.of(d.reference);
  const auto has_owner = [&](std::int32_t i) {
    if (by_row) return !parents.missing;
    return !owners.bytes || owners.bytes[owners.splat ? 0 : i] == kValue;
  };

  const auto tolerated_by = [&](std::int32_t i) { return JIANLU_FAULT(gaps_tolerate_nothing, tolerance.given(i) ? tolerance.lo(i) : 0, 0); };
  const auto outer_of = [&](std::int32_t i) { return Interval{start.given(i) ? start.lo(i) : kMin, end.given(i) ? end.hi(i) : kMax}; };

  auto* owners_found = frame.arena.take<std::int32_t>(static_cast<std::size_t>(n) + 1);
  std::int32_t left = n;
  if (exact && covering.offsets && !covering.orphans) {
    const Within within{frame.full(frame.of(g.start), n), frame.full(frame.of(g.end), n), frame.full(tolerance_column, n)};
    left = owners_left(within, covering.offsets, covering.base, froms.lo, tos.lo, n, owners_found);
  } else {
    std::iota(owners_found, owners_found + n, 0);
  }

  GapColumns found(frame, left);
  auto* offsets = frame.arena.take<std::int32_t>(static_cast<std::size_t>(n) + 1);
  std::int32_t reached = 0;
  const auto reach = [&](std::int32_t owner) {
    while (reached <= owner) offsets[reached++] = found.size();
  };
  for (const std::int32_t i : std::span(owners_found, static_cast<std::size_t>(left))) {
    reach(i);
    if (!has_owner(i)) continue;
    const bool starts = start.given(i), ends = end.given(i);
    const bool certain = starts && ends && closed[i] == kTrue;
    const Word tolerated = tolerated_by(i), most = tolerance.given(i) ? tolerance.hi(i) : kMax;
    const Interval outer = outer_of(i);
    const std::int32_t first = covering.begin(i), last = covering.end(i);
    const auto neighbour = [&](std::int32_t index) { return index < 0 ? fact::kNoRow : covering.row(first + index); };
    std::int32_t holes = -1;
    if (exact) {
      if (frame.holes.size() < static_cast<std::size_t>(last - first) + 1) frame.holes.resize(static_cast<std::size_t>(last - first) + 1);
      holes = holes_in_a_row(outer, froms.lo, tos.lo, first, last, tolerated, frame.holes.data());
      if (holes == 0) continue;
    }
    const IntervalView none;
    const IntervalView excused_certainly = excused ? excused->definite_of(i) : none, excused_possibly = excused ? excused->possible_of(i) : none;
    // Where nothing is a bound and nothing is excused, what certainly and what possibly is missing are the same.
    const bool plain = exact && excused_certainly.empty() && (!certain || excused_possibly.empty());
    const bool same = certain && plain && tolerated == most && start.lo(i) == start.hi(i) && end.lo(i) == end.hi(i);
    if (holes > 0 && plain && (same || !certain)) {
      for (const Hole& hole : std::span(frame.holes.data(), static_cast<std::size_t>(holes))) {
        const Word length = hole.stop - hole.start;
        found.add(same ? Byte{kTrue} : Byte{kUndecided}, neighbour(hole.preceding), neighbour(hole.following), {hole.start, same ? hole.start : hole.stop},
                  {same ? hole.stop : hole.start, hole.stop}, {same ? length : 0, std::min(length, kMax)});
      }
      continue;
    }
    frame.recordings.clear();
    for (std::int32_t c = first; c < last; ++c) {
      const Byte state = kleene_and(from.state(c), to.state(c));
      if (state == kValue) {
        const bool clocked = g.covering_clock != kNone && clock.given(c);
        frame.recordings.push_back({{from.lo(c), from.hi(c)}, {to.lo(c), to.hi(c)}, clocked ? clock.lo(c) : calendar::own_clock});
      } else {
        frame.recordings.push_back(state == kNothing ? BoundedRecording::nowhere() : BoundedRecording::anywhere());
      }
    }
    calendar::find_gaps({outer.start, starts ? start.hi(i) : kMax}, {ends ? end.lo(i) : kMin, outer.end}, excused_certainly, excused_possibly,
                        frame.recordings, {tolerated, most}, certain, frame.gaps);
    for (const calendar::BoundedGap& gap : frame.gaps.gaps) {
      found.add(gap.certain ? Byte{kTrue} : Byte{kUndecided}, neighbour(gap.preceding), neighbour(gap.following), {gap.start.lo, gap.start.hi},
                {gap.end.lo, gap.end.hi}, {gap.missing.lo, std::min(gap.missing.hi, kMax)});
    }
  }
  Rows& out = frame.rows[static_cast<std::size_t>(id)];
  out = {};
  reach(n);
  out.size = found.size();
  out.offsets = offsets;
  out.gaps = found.rows();
}

}  // namespace jianlu::exec
