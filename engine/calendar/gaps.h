#pragma once

#include <cstdint>

#include "engine/calendar/interval.h"

namespace jianlu::calendar {

// The time missing between two recordings. Its identity is the pair (preceding, following), which no other gap of the
// same call has: excused time in the middle leaves one gap of several pieces.
struct Gap {
  Interval interval;           // from the start of the first piece to the end of the last
  std::int64_t missing = 0;    // length of the pieces, in microseconds
  std::int32_t preceding = -1; // index of the recording before it in time, -1 if none
  std::int32_t following = -1; // index of the recording after it in time, -1 if none
  std::uint32_t first_piece = 0;
  std::uint32_t piece_count = 0;
  friend bool operator==(const Gap&, const Gap&) = default;
};

// Working storage and result of find_gaps; reuse one for many calls, so that it stops allocating.
struct Gaps {
  std::vector<Gap> gaps;    // in time order
  IntervalSet pieces;       // what is missing, an interval set; each gap's pieces are consecutive

  IntervalView pieces_of(const Gap& gap) const {
    return IntervalView(pieces).subspan(gap.first_piece, gap.piece_count);
  }

  std::vector<std::int32_t> order;  // of the recordings by time, when their rows are not
};

// What of `within` (a set) is neither in `excused` (a set) nor in any of `recordings` (rows in any order, which may
// overlap; empty ones count for nothing). Pieces of at most `tolerance` microseconds are dropped.
// The preceding recording is the one that ends last before the gap (then starts last, then has the lowest index), the
// following one is the one that starts first after it (then ends first, then has the lowest index).
void find_gaps(IntervalView within, IntervalView excused, IntervalView recordings, std::int64_t tolerance, Gaps& out);

}  // namespace jianlu::calendar
