#include "engine/calendar/gaps.h"

#include <algorithm>
#include <numeric>

namespace jianlu::calendar {
namespace {

bool earlier(const Interval& a, const Interval& b) {
  return a.start != b.start ? a.start < b.start : a.end < b.end;
}

// Goes through the holes between recordings in time order, and through `within` and `excused` beside them.
class Sweep {
 public:
  Sweep(IntervalView within, IntervalView excused, std::int64_t tolerance, Gaps& out)
      : within_(within), excused_(excused), tolerance_(tolerance), out_(out) {}

  // What is owed of the hole [start, end) becomes at most one gap.
  void hole(Instant start, Instant end, std::int32_t preceding, std::int32_t following) {
    const std::size_t first_piece = out_.pieces.size();
    while (within_at_ < within_.size() && within_[within_at_].end <= start) ++within_at_;
    for (std::size_t i = within_at_; i < within_.size() && within_[i].start < end; ++i) {
      owe({std::max(start, within_[i].start), std::min(end, within_[i].end)});
    }
    const std::size_t count = out_.pieces.size() - first_piece;
    if (count == 0) return;
    const IntervalView pieces = IntervalView(out_.pieces).subspan(first_piece);
    out_.gaps.push_back({{pieces.front().start, pieces.back().end}, total_length(pieces), preceding, following,
                         static_cast<std::uint32_t>(first_piece), static_cast<std::uint32_t>(count)});
  }

 private:
  void owe(Interval rest) {
    while (excused_at_ < excused_.size() && excused_[excused_at_].end <= rest.start) ++excused_at_;
    for (std::size_t i = excused_at_; i < excused_.size() && excused_[i].start < rest.end; ++i) {
      piece({rest.start, excused_[i].start});
      rest.start = excused_[i].end;
    }
    piece(rest);
  }

  void piece(const Interval& piece) {
    if (!piece.empty() && total_length({&piece, 1}) > tolerance_) out_.pieces.push_back(piece);
  }

  IntervalView within_;
  IntervalView excused_;
  std::int64_t tolerance_;
  Gaps& out_;
  std::size_t within_at_ = 0;
  std::size_t excused_at_ = 0;
};

}  // namespace

void find_gaps(IntervalView within, IntervalView excused, IntervalView recordings, std::int64_t tolerance,
               Gaps& out) {
  out.gaps.clear();
  out.pieces.clear();
  const bool in_order = std::is_sorted(recordings.begin(), recordings.end(), earlier);
  if (!in_order) {
    out.order.resize(recordings.size());
    std::iota(out.order.begin(), out.order.end(), 0);
    std::sort(out.order.begin(), out.order.end(), [&](std::int32_t a, std::int32_t b) {
      return earlier(recordings[a], recordings[b]) || (!earlier(recordings[b], recordings[a]) && a < b);
    });
  }
  Sweep sweep(within, excused, tolerance, out);
  std::int32_t preceding = -1;
  Instant covered_to = beginning_of_time;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const std::int32_t index = in_order ? static_cast<std::int32_t>(i) : out.order[i];
    const Interval& recording = recordings[index];
    if (recording.empty()) continue;
    if (recording.start > covered_to) sweep.hole(covered_to, recording.start, preceding, index);
    // Of two that end together the later one starts last; identical ones keep the first row.
    const bool ends_last = preceding < 0 || recording.end > covered_to ||
                           (recording.end == covered_to && recording.start > recordings[preceding].start);
    if (!ends_last) continue;
    preceding = index;
    covered_to = recording.end;
  }
  sweep.hole(covered_to, end_of_time, preceding, -1);
}

}  // namespace jianlu::calendar
