// The rows of lists and derivations in a batch.
#include <algorithm>

#include "engine/exec/kernels.h"

namespace jianlu::exec {
namespace {

using calendar::Gap;
using calendar::Interval;
using calendar::IntervalView;
using Word = std::int64_t;
using Byte = std::uint8_t;

constexpr std::int32_t kNoOffsets[] = {0, 0};

template <typename T>
const T* keep(Frame& frame, const std::vector<T>& values) {
  T* out = frame.arena.take<T>(values.size());
  std::copy(values.begin(), values.end(), out);
  return out;
}

Column bounds(Frame& frame, const std::vector<Word>& lo, const std::vector<Word>& hi) {
  return {nullptr, keep(frame, lo), lo == hi ? nullptr : keep(frame, hi), false};
}

// Whether rows [begin, end), in order, leave nothing of `within` uncovered but stretches up to `tolerance`. A no may be wrong.
bool covered(const Interval& within, const Column& from, const Column& to, std::int32_t begin, std::int32_t end, Word tolerance) {
  Word reached = within.start;
  bool good = true;
  for (std::int32_t c = begin; c < end; ++c) {
    good = good && from.bytes[c] == kValue && to.bytes[c] == kValue && from.hi[c] < to.lo[c] && from.hi[c] <= reached + tolerance;
    reached = std::max(reached, to.lo[c]);
  }
  return good && within.end <= reached + tolerance;
}

// One end of a row's intervals: the value, or how far it may reach where there is none.
Interval widest(const Column& start, const Column& end, std::int32_t i) {
  return {start.bytes[i] == kValue ? start.lo[i] : kMin, end.bytes[i] == kValue ? end.hi[i] : kMax};
}

}  // namespace

void GapTable::clear() {
  for (auto* column : {&exists, &previous_state, &next_state}) column->clear();
  for (auto* column : {&start_lo, &start_hi, &end_lo, &end_hi, &length_lo, &length_hi, &previous, &next}) column->clear();
}

void GapTable::add(const Gap& gap, fact::Row before, fact::Row after) {
  exists.push_back(kUndecided);
  start_lo.push_back(gap.interval.start);
  start_hi.push_back(gap.interval.end);
  end_lo.push_back(gap.interval.start);
  end_hi.push_back(gap.interval.end);
  length_lo.push_back(0);
  length_hi.push_back(std::min(gap.missing, kMax));
  previous.push_back(before);
  next.push_back(after);
  previous_state.push_back(before == fact::kNoRow ? kNothing : kValue);
  next_state.push_back(after == fact::kNoRow ? kNothing : kValue);
}

void GapTable::confirm(const Gap& certain) {
  exists.back() = kTrue;
  start_hi.back() = certain.interval.start;
  end_lo.back() = certain.interval.end;
  length_lo.back() = certain.missing;
}

void list_rows(Frame& frame, DomainId id) {
  const plan::Domain& d = frame.run.plan.domains[static_cast<std::size_t>(id)];
  const Rows& parents = frame.rows[d.parent];
  Rows& out = frame.rows[id];
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
  const Column& owners = frame.of(d.reference);
  auto* offsets = frame.arena.take<std::int32_t>(static_cast<std::size_t>(parents.size) + 1);
  const auto row_of = [&](std::int32_t i) -> fact::Row {
    if (by_row) return parents.row(i);
    const std::int32_t at = owners.splat ? 0 : i;
    return owners.bytes && owners.bytes[at] != kValue ? fact::kNoRow : static_cast<fact::Row>(owners.lo[at]);
  };
  std::int32_t total = 0;
  for (std::int32_t i = 0; i < parents.size; ++i) {
    offsets[i] = total;
    if (const fact::Row row = row_of(i); row != fact::kNoRow) total += list.offsets[row + 1] - list.offsets[row];
  }
  offsets[parents.size] = total;
  auto* rows = frame.arena.take<fact::Row>(static_cast<std::size_t>(total));
  std::int32_t at = 0;
  for (std::int32_t i = 0; i < parents.size; ++i) {
    const fact::Row row = row_of(i);
    if (row == fact::kNoRow) continue;
    for (std::int32_t c = list.offsets[row]; c < list.offsets[row + 1]; ++c) rows[at++] = list.contiguous ? c : list.rows[c];
  }
  out.offsets = offsets;
  out.rows = rows;
  out.size = total;
}

void derive_rows(Frame& frame, DomainId id) {
  const plan::Domain& d = frame.run.plan.domains[static_cast<std::size_t>(id)];
  const plan::Derivation& g = frame.run.plan.derivations[static_cast<std::size_t>(d.derivation)];
  const Rows& parents = frame.rows[d.parent];
  const Rows& covering = frame.rows[g.covering];
  const std::int32_t n = parents.size;
  const auto full = [&](NodeId node, std::int32_t size) { return frame.full(frame.of(node), size); };
  const Column start = full(g.start, n), end = full(g.end, n), closed = full(g.closed, n);
  const Column from = full(g.covering_start, covering.size), to = full(g.covering_end, covering.size);
  const bool exact = !frame.of(g.covering_start).hi && !frame.of(g.covering_start).bytes && !frame.of(g.covering_end).hi && !frame.of(g.covering_end).bytes;
  Column tolerance;
  if (g.tolerance != kNone) tolerance = full(g.tolerance, n);
  const SetColumn* excused = g.excused == kNone ? nullptr : &frame.sets[static_cast<std::size_t>(g.excused)];
  const plan::Node& reference = frame.node(d.reference);
  const Column& owners = frame.of(d.reference);
  const auto has_owner = [&](std::int32_t i) {
    if (reference.kernel == Kernel::row) return !parents.missing;
    return !owners.bytes || owners.bytes[owners.splat ? 0 : i] == kValue;
  };

  GapTable& table = frame.gap_table;
  table.clear();
  auto* offsets = frame.arena.take<std::int32_t>(static_cast<std::size_t>(n) + 1);
  for (std::int32_t i = 0; i < n; ++i) {
    offsets[i] = static_cast<std::int32_t>(table.exists.size());
    if (!has_owner(i)) continue;
    const bool given = start.bytes[i] == kValue && end.bytes[i] == kValue;
    bool certain = given && closed.bytes[i] == kTrue;
    Word least = 0, most = 0;
    if (tolerance.bytes) {
      least = tolerance.bytes[i] == kValue ? tolerance.lo[i] : 0;
      most = tolerance.bytes[i] == kValue ? tolerance.hi[i] : kMax;
    }
    const Interval outer = widest(start, end, i);
    const std::int32_t first = covering.begin(i);
    if (covered(outer, from, to, first, covering.end(i), JIANLU_FAULT(gaps_tolerate_nothing, least, 0))) continue;
    frame.certain_cover.clear();
    frame.possible_cover.clear();
    for (std::int32_t c = first; c < covering.end(i); ++c) {
      const Byte state = kleene_and(from.bytes[c], to.bytes[c]);
      frame.certain_cover.push_back(state == kValue ? Interval{from.hi[c], to.lo[c]} : Interval{});
      frame.possible_cover.push_back(state == kValue ? Interval{from.lo[c], to.hi[c]}
                                     : state == kNothing ? Interval{} : Interval{kMin, kMax});
    }
    const IntervalView none;
    calendar::find_gaps({&outer, outer.empty() ? std::size_t{0} : 1}, excused ? excused->definite_of(i) : none,
                        frame.certain_cover, JIANLU_FAULT(gaps_tolerate_nothing, least, 0), frame.possible);
    // Where nothing is a bound and nothing is excused, what certainly and what possibly is missing are the same.
    const bool same = certain && exact && least == most && start.lo[i] == start.hi[i] && end.lo[i] == end.hi[i] &&
                      (!excused || (excused->definite_of(i).empty() && excused->possible_of(i).empty()));
    if (certain && !same) {
      const Interval inner{start.hi[i], end.lo[i]};
      calendar::find_gaps({&inner, inner.empty() ? std::size_t{0} : 1}, excused ? excused->possible_of(i) : none,
                          frame.possible_cover, most, frame.certain);
    }
    const auto neighbour = [&](std::int32_t index) { return index < 0 ? fact::kNoRow : covering.row(first + index); };
    for (const Gap& possible : frame.possible.gaps) {
      table.add(possible, neighbour(possible.preceding), neighbour(possible.following));
      if (same) table.confirm(possible);
      if (!certain || same) continue;
      for (const Gap& found : frame.certain.gaps) {
        if (found.preceding == possible.preceding && found.following == possible.following) {
          table.confirm(found);
          break;
        }
      }
    }
  }
  Rows& out = frame.rows[id];
  out = {};
  out.size = offsets[n] = static_cast<std::int32_t>(table.exists.size());
  out.offsets = offsets;
  out.gaps.exists = keep(frame, table.exists);
  out.gaps.start = bounds(frame, table.start_lo, table.start_hi);
  out.gaps.end = bounds(frame, table.end_lo, table.end_hi);
  out.gaps.length = bounds(frame, table.length_lo, table.length_hi);
  out.gaps.previous = {keep(frame, table.previous_state), keep(frame, table.previous), nullptr, false};
  out.gaps.next = {keep(frame, table.next_state), keep(frame, table.next), nullptr, false};
}

void copy_rows(Frame& frame, DomainId id) {
  const plan::Plan& plan = frame.run.plan;
  const plan::Domain& d = plan.domains[static_cast<std::size_t>(id)];
  const Rows& source = frame.rows[d.source];
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
  auto* offsets = frame.arena.take<std::int32_t>(static_cast<std::size_t>(n) + 1);
  std::int32_t total = 0;
  for (std::int32_t i = 0; i < n; ++i) {
    offsets[i] = total;
    total += source.end(up[i]) - source.begin(up[i]);
  }
  offsets[n] = total;
  // Lists are short: eight rows are written at once, and those too many are written over by the next.
  constexpr std::int32_t kAtOnce = 8;
  auto* picked = frame.arena.take<std::int32_t>(static_cast<std::size_t>(total) + kAtOnce);
  for (std::int32_t i = 0; i < n; ++i) {
    for (std::int32_t at = offsets[i], from = source.begin(up[i]); at < offsets[i + 1]; at += kAtOnce, from += kAtOnce) {
      for (std::int32_t k = 0; k < kAtOnce; ++k) picked[at + k] = from + k;
    }
  }
  Rows& out = frame.rows[id];
  out = {};
  out.size = total;
  out.offsets = offsets;
  out.picked = picked;
  out.first = source.first;
  if (source.gaps.exists || (!source.rows && !source.picked)) return;
  auto* rows = frame.arena.take<fact::Row>(static_cast<std::size_t>(total));
  for (std::int32_t i = 0; i < total; ++i) rows[i] = source.row(picked[i]);
  out.rows = rows;
}

}  // namespace jianlu::exec
