#pragma once

#include <span>
#include <vector>

#include "engine/calendar/instant.h"

namespace jianlu::calendar {

// Half open: start belongs to it, end does not. Empty when end <= start.
struct Interval {
  Instant start = 0;
  Instant end = 0;

  constexpr bool empty() const { return end <= start; }
  constexpr std::int64_t length() const { return empty() ? 0 : end - start; }
  friend constexpr bool operator==(const Interval&, const Interval&) = default;
};

// An interval set is a sequence of non-empty intervals, sorted, with time between any two (neighbours that touch are one
// interval): every set of instants has exactly one such form. Functions below take sets in that form and write into
// `out`, which they clear first and which must not hold their arguments; they allocate nothing else.
using IntervalSet = std::vector<Interval>;
using IntervalView = std::span<const Interval>;

bool is_normal(IntervalView set);
// Any intervals, in any order, overlapping or empty, become a set.
void normalise(IntervalSet& intervals);

void unite(IntervalView a, IntervalView b, IntervalSet& out);
void intersect(IntervalView a, IntervalView b, IntervalSet& out);
void subtract(IntervalView a, IntervalView b, IntervalSet& out);

// Whether every instant of `inner` is in `outer`; of an interval without length, whether one of `outer` holds that instant,
// ends included.
bool covers(IntervalView outer, IntervalView inner);
bool contains(IntervalView set, Instant instant);
// In microseconds; saturates.
std::int64_t total_length(IntervalView set);

}  // namespace jianlu::calendar
