// Interval sets: what they certainly hold and what they may hold.
#include <algorithm>

#include "engine/exec/kernels.h"

namespace jianlu::exec {
namespace {

using calendar::Interval;
using calendar::IntervalSet;
using calendar::IntervalView;
using Word = std::int64_t;
using Byte = std::uint8_t;

IntervalView part(const IntervalSet& set, const std::vector<std::int32_t>& offsets, std::int32_t row) {
  const auto at = static_cast<std::size_t>(row);
  return IntervalView(set).subspan(static_cast<std::size_t>(offsets[at]), static_cast<std::size_t>(offsets[at + 1] - offsets[at]));
}

void append(IntervalSet& to, IntervalView set) { to.insert(to.end(), set.begin(), set.end()); }

Word length(IntervalView set) {
  if (!set.empty() && (set.front().start <= kMin || set.back().end >= kMax)) return kMax;
  return std::min(calendar::total_length(set), kMax);
}

SetColumn& target(Frame& frame, const plan::Node& n) {
  SetColumn& out = frame.sets[static_cast<std::size_t>(&n - frame.run.plan.nodes.data())];
  out.clear();
  return out;
}

// What is certain of the result comes of what is certain of both; with `crossed`, of what b may hold, and the other way round.
Column combine(Frame& frame, const plan::Node& n, void (*operation)(IntervalView, IntervalView, IntervalSet&), bool crossed) {
  const std::int32_t size = frame.size(n.domain);
  const SetColumn& a = frame.set_of(n.operands[0]);
  const SetColumn& b = frame.set_of(n.operands[1]);
  SetColumn& out = target(frame, n);
  for (std::int32_t i = 0; i < size; ++i) {
    const IntervalView certain = b.definite_of(i), most = b.possible_of(i);
    operation(a.definite_of(i), crossed ? most : certain, frame.scratch);
    append(out.definite, frame.scratch);
    operation(a.possible_of(i), crossed ? certain : most, frame.scratch);
    append(out.possible, frame.scratch);
    out.close_row();
  }
  return {};
}

}  // namespace

void SetColumn::clear() {
  definite_offsets.assign(1, 0);
  possible_offsets.assign(1, 0);
  definite.clear();
  possible.clear();
  source = nullptr;
  map = nullptr;
}

void SetColumn::reserve(std::int32_t rows) {
  definite_offsets.reserve(static_cast<std::size_t>(rows) + 1);
  possible_offsets.reserve(static_cast<std::size_t>(rows) + 1);
}

void SetColumn::close_rows(std::size_t count) {
  definite_offsets.insert(definite_offsets.end(), count, static_cast<std::int32_t>(definite.size()));
  possible_offsets.insert(possible_offsets.end(), count, static_cast<std::int32_t>(possible.size()));
}

IntervalView SetColumn::definite_of(std::int32_t row) const {
  return source ? part(source->definite, source->definite_offsets, map ? map[row] : 0) : part(definite, definite_offsets, row);
}
IntervalView SetColumn::possible_of(std::int32_t row) const {
  return source ? part(source->possible, source->possible_offsets, map ? map[row] : 0) : part(possible, possible_offsets, row);
}

Column merged(Frame& frame, const plan::Node& n) {
  const Rows& rows = frame.rows_of(n.over);
  const std::int32_t size = frame.size(n.domain);
  const Byte* closed = frame.truths(n.operands[0], size);
  const Column start = frame.full(frame.of(n.operands[1]), rows.size), end = frame.full(frame.of(n.operands[2]), rows.size);
  const Byte* filter = n.operands[3] == kNone ? nullptr : frame.truths(n.operands[3], rows.size);
  SetColumn& out = target(frame, n);
  IntervalSet& definite = frame.scratch;
  IntervalSet& possible = frame.scratch_possible;
  out.reserve(size);
  const bool orphaned = frame.rows_of(n.domain).missing;
  for (std::int32_t i = 0; i < size; ++i) {
    if (i + 8 <= size && !orphaned && rows.begin(i) == rows.end(i + 7) && all_are(closed + i, 8, kTrue)) {   // eight empty lists
      out.close_rows(8);
      i += 7;
      continue;
    }
    bool open = closed[i] != kTrue;
    // Rows without an owner are no rows of a common one.
    const std::int32_t listed_end = orphaned ? rows.begin(i) : rows.end(i);
    if (rows.begin(i) == listed_end) {
      if (open) out.possible.push_back({kMin, kMax});
      out.close_row();
      continue;
    }
    definite.clear();
    possible.clear();
    for (std::int32_t c = rows.begin(i); c < listed_end; ++c) {
      const Byte counts = filter ? filter[c] : Byte{kTrue};
      const Byte state = kleene_and(start.bytes[c], end.bytes[c]);
      if (counts == kFalse || state == kNothing) continue;
      if (state != kValue) {
        open = true;
        continue;
      }
      possible.push_back({start.lo[c], end.hi[c]});
      if (JIANLU_FAULT(merged_trusts_undecided, counts == kTrue, true)) definite.push_back({start.hi[c], end.lo[c]});
    }
    calendar::normalise(definite);
    if (open) possible.assign(1, {kMin, kMax});
    calendar::normalise(possible);
    append(out.definite, definite);
    append(out.possible, possible);
    out.close_row();
  }
  return {};
}

Column one_interval(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const Column start = frame.full(frame.of(n.operands[0]), size), end = frame.full(frame.of(n.operands[1]), size);
  SetColumn& out = target(frame, n);
  for (std::int32_t i = 0; i < size; ++i) {
    const Byte state = kleene_and(start.bytes[i], end.bytes[i]);
    if (state == kValue) {
      const Interval inner{start.hi[i], end.lo[i]}, outer{start.lo[i], end.hi[i]};
      if (!inner.empty()) out.definite.push_back(inner);
      if (!outer.empty()) out.possible.push_back(outer);
    } else if (JIANLU_FAULT(unknown_interval_is_none, state != kNothing, false)) {
      out.possible.push_back({kMin, kMax});
    }
    out.close_row();
  }
  return {};
}

Column interval_union(Frame& frame, const plan::Node& n) { return combine(frame, n, calendar::unite, false); }
Column interval_intersection(Frame& frame, const plan::Node& n) { return combine(frame, n, calendar::intersect, false); }
Column interval_difference(Frame& frame, const plan::Node& n) {
  return combine(frame, n, calendar::subtract, JIANLU_FAULT(difference_keeps_sides, true, false));
}

Column choose_set(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  SetColumn& out = target(frame, n);
  IntervalSet definite, possible, next;
  std::vector<const SetColumn*> values;
  std::vector<const Byte*> whens;
  for (std::size_t e = 0; e < n.operands.size(); e += 2) values.push_back(&frame.set_of(n.operands[e]));
  for (std::size_t e = 1; e < n.operands.size(); e += 2) whens.push_back(frame.truths(n.operands[e], size));
  for (std::int32_t i = 0; i < size; ++i) {
    bool certain = false, first = true;
    const auto allow = [&](const SetColumn& set) {
      const IntervalView d = set.definite_of(i), p = set.possible_of(i);
      if (first) {
        definite.assign(d.begin(), d.end());
        possible.assign(p.begin(), p.end());
      } else {
        calendar::intersect(definite, d, next);
        definite.swap(next);
        calendar::unite(possible, p, next);
        possible.swap(next);
      }
      first = false;
    };
    for (std::size_t e = 0; e < whens.size(); ++e) {
      if (!(whens[e][i] & kTrue)) continue;
      allow(*values[e + 1]);
      certain = certain || whens[e][i] == kTrue;
    }
    if (!certain) allow(*values[0]);
    append(out.definite, definite);
    append(out.possible, possible);
    out.close_row();
  }
  return {};
}

Column set_covers(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const SetColumn& set = frame.set_of(n.operands[0]);
  const Column start = frame.full(frame.of(n.operands[1]), size), end = frame.full(frame.of(n.operands[2]), size);
  Byte* out = frame.take_bytes(size);
  for (std::int32_t i = 0; i < size; ++i) {
    out[i] = kUndecided;
    if (start.bytes[i] != kValue || end.bytes[i] != kValue) continue;
    const Interval outer{start.lo[i], end.hi[i]}, inner{start.hi[i], end.lo[i]};
    if (outer.end < outer.start || calendar::covers(set.definite_of(i), {&outer, 1})) {
      out[i] = kTrue;
    } else if (inner.start <= inner.end && !calendar::covers(JIANLU_FAULT(set_covers_forgets_possible, set.possible_of(i), set.definite_of(i)), {&inner, 1})) {
      out[i] = kFalse;
    }
  }
  return {out, nullptr, nullptr, false};
}

Column total_length(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const SetColumn& set = frame.set_of(n.operands[0]);
  Word* lo = frame.take_words(size);
  Word* hi = frame.take_words(size);
  for (std::int32_t i = 0; i < size; ++i) {
    lo[i] = length(set.definite_of(i));
    hi[i] = length(set.possible_of(i));
  }
  return {nullptr, lo, hi, false};
}

}  // namespace jianlu::exec
