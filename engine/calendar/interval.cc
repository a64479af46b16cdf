#include "engine/calendar/interval.h"

#include <algorithm>

namespace jianlu::calendar {
namespace {

// Adds an interval that begins no earlier than the last one of `out`.
void append(IntervalSet& out, const Interval& next) {
  if (next.empty()) return;
  if (!out.empty() && next.start <= out.back().end) {
    out.back().end = std::max(out.back().end, next.end);
  } else {
    out.push_back(next);
  }
}

}  // namespace

bool is_normal(IntervalView set) {
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (set[i].empty() || (i > 0 && set[i].start <= set[i - 1].end)) return false;
  }
  return true;
}

void normalise(IntervalSet& intervals) {
  std::sort(intervals.begin(), intervals.end(),
            [](const Interval& a, const Interval& b) { return a.start < b.start; });
  std::size_t kept = 0;
  for (const Interval& next : intervals) {
    if (next.empty()) continue;
    if (kept > 0 && next.start <= intervals[kept - 1].end) {
      intervals[kept - 1].end = std::max(intervals[kept - 1].end, next.end);
    } else {
      intervals[kept++] = next;
    }
  }
  intervals.resize(kept);
}

void unite(IntervalView a, IntervalView b, IntervalSet& out) {
  out.clear();
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    const bool from_a = j == b.size() || (i < a.size() && a[i].start <= b[j].start);
    append(out, from_a ? a[i++] : b[j++]);
  }
}

void intersect(IntervalView a, IntervalView b, IntervalSet& out) {
  out.clear();
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    append(out, {std::max(a[i].start, b[j].start), std::min(a[i].end, b[j].end)});
    if (a[i].end < b[j].end) {
      ++i;
    } else {
      ++j;
    }
  }
}

void subtract(IntervalView a, IntervalView b, IntervalSet& out) {
  out.clear();
  std::size_t j = 0;
  for (Interval rest : a) {
    while (j < b.size() && b[j].end <= rest.start) ++j;
    for (std::size_t k = j; k < b.size() && b[k].start < rest.end; ++k) {
      append(out, {rest.start, b[k].start});
      rest.start = b[k].end;
    }
    append(out, rest);
  }
}

bool covers(IntervalView outer, IntervalView inner) {
  std::size_t i = 0;
  for (const Interval& part : inner) {
    while (i < outer.size() && outer[i].end < part.end) ++i;
    if (i == outer.size() || outer[i].start > part.start) return false;
  }
  return true;
}

bool contains(IntervalView set, Instant instant) {
  return std::any_of(set.begin(), set.end(),
                     [&](const Interval& part) { return part.start <= instant && instant < part.end; });
}

std::int64_t total_length(IntervalView set) {
  std::int64_t sum = 0;
  for (const Interval& part : set) {
    std::int64_t length = 0;
    if (__builtin_sub_overflow(part.end, part.start, &length)) return end_of_time;
    sum = saturating_add(sum, length);
  }
  return sum;
}

}  // namespace jianlu::calendar
