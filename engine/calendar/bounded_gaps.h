// Gaps between recordings whose times are known up to bounds.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/calendar/gaps.h"

namespace jianlu::calendar {

inline constexpr std::int64_t own_clock = -1;

struct BoundedRecording {
  Bound start, end;
  // Recordings timed by one clock are off by one and the same amount: what their bounds have in common is one shift, not
  // an error of each. Not negative; own_clock: of this recording alone.
  std::int64_t clock = own_clock;

  static constexpr BoundedRecording nowhere() { return {}; }
  static constexpr BoundedRecording anywhere() {
    return {{beginning_of_time, end_of_time}, {beginning_of_time, end_of_time}, own_clock};
  }
};

struct BoundedGap {
  bool certain = false;         // missing in every case; otherwise in some
  Bound start, end;
  Bound missing;                // length of its pieces
  std::int32_t preceding = -1;  // indices of the recordings beside it, as in Gap
  std::int32_t following = -1;
  friend bool operator==(const BoundedGap&, const BoundedGap&) = default;
};

// Working storage and result; reuse one for many calls.
struct BoundedGaps {
  std::vector<BoundedGap> gaps;  // in time order

  Gaps certain, possible;
  IntervalSet certain_cover, possible_cover, certainly_excused, possibly_excused;
  std::vector<std::int32_t> first, last, order;
  std::vector<std::int64_t> shift;
  std::vector<std::pair<std::size_t, std::size_t>> groups;
};

// What may be missing of [start, end) and, unless `settled` is false, what certainly is: find_gaps with the least that is
// covered and excused, and with the most. A gap is certain that both find between the same recordings; those that one clock
// timed, and that follow each other without a hole by that clock, stand for one recording. Where one clock timed all
// recordings, both are done by that clock, so that the length of a gap between two of them is known as well as the clock runs.
void find_gaps(Bound start, Bound end, IntervalView certainly_excused, IntervalView possibly_excused,
               std::span<const BoundedRecording> recordings, Bound tolerance, bool settled, BoundedGaps& out);

}  // namespace jianlu::calendar
