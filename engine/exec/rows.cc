// The rows of lists and derivations in a batch.
#include <algorithm>
#include <span>

#include "engine/exec/kernels.h"

namespace jianlu::exec {
namespace {

using calendar::BoundedRecording;
using calendar::Interval;
using calendar::IntervalView;
using Word = std::int64_t;
using Byte = std::uint8_t;

constexpr std::int32_t kNoOffsets[] = {0, 0};

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

const Word* column_of(Frame& frame, const std::vector<GapRow>& gaps, Word GapRow::*part) {
  Word* out = frame.take_words(static_cast<std::int32_t>(gaps.size()));
  for (std::size_t i = 0; i < gaps.size(); ++i) out[i] = gaps[i].*part;
  return out;
}

Column bounds(Frame& frame, const std::vector<GapRow>& gaps, Word GapRow::*lo, Word GapRow::*hi) {
  bool exact = true;
  for (const GapRow& gap : gaps) exact = exact && gap.*lo == gap.*hi;
  return {nullptr, column_of(frame, gaps, lo), exact ? nullptr : column_of(frame, gaps, hi), false};
}

Column neighbours(Frame& frame, const std::vector<GapRow>& gaps, Word GapRow::*part) {
  Byte* states = frame.take_bytes(static_cast<std::int32_t>(gaps.size()));
  for (std::size_t i = 0; i < gaps.size(); ++i) states[i] = gaps[i].*part == fact::kNoRow ? Byte{kNothing} : Byte{kValue};
  return {states, column_of(frame, gaps, part), nullptr, false};
}

// Whether rows [begin, end), exact and in order, leave nothing of `within` uncovered but stretches up to `tolerance`. A no may be wrong.
bool covered(const Interval& within, const Word* from, const Word* to, std::int32_t begin, std::int32_t end, Word tolerance) {
  Word reached = within.start;
  bool bad = false;
  for (std::int32_t c = begin; c < end; ++c) {
    bad |= (from[c] >= to[c]) | (from[c] > reached + tolerance);
    reached = std::max(reached, to[c]);
  }
  return !bad && within.end <= reached + tolerance;
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

void list_rows(Frame& frame, DomainId id) {
  const plan::Domain& d = frame.run.plan.domains[static_cast<std::size_t>(id)];
  const Rows& parents = frame.rows_of(d.parent);
  Rows& out = frame.rows[static_cast<std::size_t>(id)];
  out = {};
  out.offsets = kNoOffsets;
  const fact::List& list = frame.run.facts->tables[static_cast<std::size_t>(d.owner_entity)].lists[static_cast<std::size_t>(d.field)];
  const plan::Node& reference = frame.node(d.reference);
  const bool by_row = reference.kernel == Kernel::row;
  if (by_row && parents.missing) return;
  if (by_row && parents.contiguous() && list.contiguous) {
    out.offsets = list.offsets.data() + parents.first;
    out.base = out.offsets[0];
    out.first = out.base;
    out.size = out.offsets[parents.size] - out.base;
    return;
  }
  Column owners;
  if (!by_row) owners = frame.of(d.reference);
  auto* offsets = frame.arena.take<std::int32_t>(static_cast<std::size_t>(parents.size) + 1);
  const auto row_of = [&](std::int32_t i) -> fact::Row {
    if (by_row) return parents.row(i);
    const std::int32_t at = owners.splat ? 0 : i;
    return owners.bytes && owners.bytes[at] != kValue ? fact::kNoRow : static_cast<fact::Row>(owners.lo[at]);
  };
  // The rows may be anywhere in the table: they are fetched ahead.
  constexpr std::int32_t kAhead = 16;
  auto* firsts = frame.arena.take<std::int32_t>(static_cast<std::size_t>(parents.size));
  std::int32_t total = 0;
  for (std::int32_t i = 0; i < parents.size; ++i) {
    if (i + kAhead < parents.size) {
      if (const fact::Row next = row_of(i + kAhead); next != fact::kNoRow) __builtin_prefetch(&list.offsets[static_cast<std::size_t>(next)]);
    }
    offsets[i] = total;
    firsts[i] = 0;
    if (const fact::Row row = row_of(i); row != fact::kNoRow) {
      firsts[i] = list.offsets[static_cast<std::size_t>(row)];
      total += list.offsets[static_cast<std::size_t>(row) + 1] - firsts[i];
    }
  }
  offsets[parents.size] = total;
  auto* rows = frame.arena.take<fact::Row>(static_cast<std::size_t>(total));
  for (std::int32_t i = 0; i < parents.size; ++i) {
    for (std::int32_t at = offsets[i], c = firsts[i]; at < offsets[i + 1]; ++at, ++c) rows[at] = list.contiguous ? c : list.rows[static_cast<std::size_t>(c)];
  }
  out.offsets = offsets;
  out.rows = rows;
  out.size = total;
}

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
  const Ends tolerance(g.tolerance == kNone ? Column{nullptr, nothing, nullptr, true} : frame.of(g.tolerance));
  const Ends clock(g.covering_clock == kNone ? Column{nullptr, nothing, nullptr, true} : frame.of(g.covering_clock));
  const SetColumn* excused = g.excused == kNone ? nullptr : &frame.set_of(g.excused);
  const bool by_row = frame.node(d.reference).kernel == Kernel::row;
  Column owners;
  if (!by_row) owners = frame.of(d.reference);
  const auto has_owner = [&](std::int32_t i) {
    if (by_row) return !parents.missing;
    return !owners.bytes || owners.bytes[owners.splat ? 0 : i] == kValue;
  };

  std::vector<GapRow>& found = frame.gap_rows;
  found.clear();
  auto* offsets = frame.arena.take<std::int32_t>(static_cast<std::size_t>(n) + 1);
  for (std::int32_t i = 0; i < n; ++i) {
    offsets[i] = static_cast<std::int32_t>(found.size());
    if (!has_owner(i)) continue;
    const bool starts = start.given(i), ends = end.given(i);
    const bool certain = starts && ends && closed[i] == kTrue;
    const Word least = tolerance.given(i) ? tolerance.lo(i) : 0, most = tolerance.given(i) ? tolerance.hi(i) : kMax;
    const Word tolerated = JIANLU_FAULT(gaps_tolerate_nothing, least, 0);
    const Interval outer{starts ? start.lo(i) : kMin, ends ? end.hi(i) : kMax};
    const std::int32_t first = covering.begin(i), last = covering.end(i);
    const auto neighbour = [&](std::int32_t index) { return index < 0 ? fact::kNoRow : covering.row(first + index); };
    std::int32_t holes = -1;
    if (exact) {
      if (covered(outer, froms.lo, tos.lo, first, last, tolerated)) continue;
      if (frame.holes.size() < static_cast<std::size_t>(last - first) + 1) frame.holes.resize(static_cast<std::size_t>(last - first) + 1);
      holes = holes_in_a_row(outer, froms.lo, tos.lo, first, last, tolerated, frame.holes.data());
      if (holes == 0) continue;
    }
    const IntervalView none;
    const IntervalView excused_certainly = excused ? excused->definite_of(i) : none, excused_possibly = excused ? excused->possible_of(i) : none;
    // Where nothing is a bound and nothing is excused, what certainly and what possibly is missing are the same.
    const bool plain = exact && excused_certainly.empty() && (!certain || excused_possibly.empty());
    const bool same = certain && plain && least == most && start.lo(i) == start.hi(i) && end.lo(i) == end.hi(i);
    if (holes > 0 && plain && (same || !certain)) {
      for (const Hole& hole : std::span(frame.holes.data(), static_cast<std::size_t>(holes))) {
        const Word length = hole.stop - hole.start;
        found.push_back({same ? Byte{kTrue} : Byte{kUndecided}, neighbour(hole.preceding), neighbour(hole.following), hole.start,
                         same ? hole.start : hole.stop, same ? hole.stop : hole.start, hole.stop, same ? length : 0, std::min(length, kMax)});
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
      found.push_back({gap.certain ? Byte{kTrue} : Byte{kUndecided}, neighbour(gap.preceding), neighbour(gap.following), gap.start.lo, gap.start.hi,
                       gap.end.lo, gap.end.hi, gap.missing.lo, std::min(gap.missing.hi, kMax)});
    }
  }
  Rows& out = frame.rows[static_cast<std::size_t>(id)];
  out = {};
  out.size = offsets[n] = static_cast<std::int32_t>(found.size());
  out.offsets = offsets;
  Byte* exists = frame.take_bytes(out.size);
  for (std::size_t i = 0; i < found.size(); ++i) exists[i] = found[i].exists;
  out.gaps.exists = exists;
  out.gaps.start = bounds(frame, found, &GapRow::start_lo, &GapRow::start_hi);
  out.gaps.end = bounds(frame, found, &GapRow::end_lo, &GapRow::end_hi);
  out.gaps.length = bounds(frame, found, &GapRow::length_lo, &GapRow::length_hi);
  out.gaps.previous = neighbours(frame, found, &GapRow::previous);
  out.gaps.next = neighbours(frame, found, &GapRow::next);
}

void copy_rows(Frame& frame, DomainId id) {
  const plan::Plan& plan = frame.run.plan;
  const plan::Domain& d = plan.domains[static_cast<std::size_t>(id)];
  const Rows& source = frame.rows_of(d.source);
  const DomainId ancestor = plan.domains[static_cast<std::size_t>(d.source)].parent;
  const std::int32_t n = frame.size(d.parent);
  // Row of the ancestor for each row of the parent, level by level.
  const std::int32_t* up = frame.parents_of(d.parent);
  for (DomainId level = plan.domains[static_cast<std::size_t>(d.parent)].parent; level != ancestor;
       level = plan.domains[static_cast<std::size_t>(level)].parent) {
    const std::int32_t* parents = frame.parents_of(level);
    auto* higher = frame.arena.take<std::int32_t>(static_cast<std::size_t>(n));
    for (std::int32_t i = 0; i < n; ++i) higher[i] = parents[up[i]];
    up = higher;
  }
  const std::int32_t* of_source = source.orphans ? kNoOffsets : source.offsets;
  const std::int32_t base = source.orphans ? 0 : source.base;
  std::int32_t total = 0;
  for (std::int32_t i = 0; i < n; ++i) total += of_source[up[i] + 1] - of_source[up[i]];
  // Lists are short: eight rows are written at once, and those too many are written over by the next.
  constexpr std::int32_t kAtOnce = 8;
  auto* offsets = frame.arena.take<std::int32_t>(static_cast<std::size_t>(n) + 1);
  auto* picked = frame.arena.take<std::int32_t>(static_cast<std::size_t>(total) + kAtOnce);
  auto* parents = frame.arena.take<std::int32_t>(static_cast<std::size_t>(total) + kAtOnce);
  std::int32_t next = 0;
  for (std::int32_t i = 0; i < n; ++i) {
    const std::int32_t first = of_source[up[i]], count = of_source[up[i] + 1] - first;
    std::int32_t from = first - base, at = offsets[i] = next;
    next += count;
    do {   // once even for none, rather than find out
      for (std::int32_t k = 0; k < kAtOnce; ++k) picked[at + k] = from + k;
      for (std::int32_t k = 0; k < kAtOnce; ++k) parents[at + k] = i;
      at += kAtOnce;
      from += kAtOnce;
    } while (at < next);
  }
  offsets[n] = total;
  Rows& out = frame.rows[static_cast<std::size_t>(id)];
  out = {};
  out.size = total;
  out.offsets = offsets;
  out.picked = picked;
  out.parents = parents;
  out.first = source.first;
  if (source.gaps.exists || (!source.rows && !source.picked)) return;
  auto* rows = frame.arena.take<fact::Row>(static_cast<std::size_t>(total));
  for (std::int32_t i = 0; i < total; ++i) rows[i] = source.row(picked[i]);
  out.rows = rows;
}

}  // namespace jianlu::exec
