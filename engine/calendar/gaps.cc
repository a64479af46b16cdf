#include "engine/calendar/gaps.h"

#include <algorithm>
#include <tuple>

namespace jianlu::calendar {
namespace {

// No recording reaches into a piece, so each lies wholly before or wholly after it.
std::int32_t preceding_of(const Interval& piece, IntervalView recordings) {
  std::int32_t best = -1;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const Interval& candidate = recordings[i];
    if (candidate.empty() || candidate.end > piece.start) continue;
    if (best < 0 || std::tuple(candidate.end, candidate.start) >
                        std::tuple(recordings[best].end, recordings[best].start)) {
      best = static_cast<std::int32_t>(i);
    }
  }
  return best;
}

std::int32_t following_of(const Interval& piece, IntervalView recordings) {
  std::int32_t best = -1;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const Interval& candidate = recordings[i];
    if (candidate.empty() || candidate.start < piece.end) continue;
    if (best < 0 || std::tuple(candidate.start, candidate.end) <
                        std::tuple(recordings[best].start, recordings[best].end)) {
      best = static_cast<std::int32_t>(i);
    }
  }
  return best;
}

}  // namespace

void find_gaps(IntervalView within, IntervalView excused, IntervalView recordings, std::int64_t tolerance,
               Gaps& out) {
  out.gaps.clear();
  out.covered.assign(recordings.begin(), recordings.end());
  normalise(out.covered);
  subtract(within, out.covered, out.owed);
  subtract(out.owed, excused, out.pieces);
  std::erase_if(out.pieces, [&](const Interval& piece) { return total_length({&piece, 1}) <= tolerance; });
  for (std::size_t i = 0; i < out.pieces.size(); ++i) {
    const Interval& piece = out.pieces[i];
    const std::int32_t preceding = preceding_of(piece, recordings);
    const std::int32_t following = following_of(piece, recordings);
    if (out.gaps.empty() || out.gaps.back().preceding != preceding || out.gaps.back().following != following) {
      out.gaps.push_back({piece, 0, preceding, following, static_cast<std::uint32_t>(i), 0});
    }
    Gap& gap = out.gaps.back();
    gap.interval.end = piece.end;
    gap.missing = saturating_add(gap.missing, total_length({&piece, 1}));
    ++gap.piece_count;
  }
}

}  // namespace jianlu::calendar
