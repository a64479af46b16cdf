#pragma once

#include <cstdint>
#include <limits>

namespace jianlu::calendar {

// Microseconds since 1970-01-01T00:00:00Z. Leap seconds are not counted, as in POSIX.
using Instant = std::int64_t;

inline constexpr std::int64_t microsecond = 1;
inline constexpr std::int64_t millisecond = 1'000 * microsecond;
inline constexpr std::int64_t second = 1'000 * millisecond;
inline constexpr std::int64_t minute = 60 * second;
inline constexpr std::int64_t hour = 60 * minute;
// Twenty-four hours, a length. A calendar day is Period{.days = 1}.
inline constexpr std::int64_t hours_24 = 24 * hour;

// Sentinels for a side that is not bounded; arithmetic saturates at them.
inline constexpr Instant beginning_of_time = std::numeric_limits<Instant>::min();
inline constexpr Instant end_of_time = std::numeric_limits<Instant>::max();

// An instant known only to lie in [lo, hi], both ends included; lo <= hi.
struct Bound {
  Instant lo = 0;
  Instant hi = 0;

  constexpr bool exact() const { return lo == hi; }
  friend constexpr bool operator==(const Bound&, const Bound&) = default;
};

// a + b, stopping at the sentinels; an operand that is a sentinel stays what it is.
constexpr Instant saturating_add(Instant a, std::int64_t b) {
  if (a == beginning_of_time || a == end_of_time) return a;
  Instant sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return b < 0 ? beginning_of_time : end_of_time;
  return sum;
}

}  // namespace jianlu::calendar
