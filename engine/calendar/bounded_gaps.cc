#include "engine/calendar/bounded_gaps.h"

#include <algorithm>

namespace jianlu::calendar {
namespace {

// Beyond this an instant stands for an end that is not known, and does not move with a clock.
constexpr Instant far_away = end_of_time / 4;
constexpr bool open(Instant t) { return t <= -far_away || t >= far_away; }
constexpr Instant moved(Instant t, std::int64_t by) { return open(t) ? t : t + by; }
constexpr bool covers_nothing(const BoundedRecording& r) { return r.end.hi <= r.start.lo; }
constexpr bool clocked(const BoundedRecording& r) {
  return r.clock >= 0 && !open(r.start.lo) && !open(r.start.hi) && !open(r.end.lo) && !open(r.end.hi);
}

// By how much the clock of a clocked recording may be off.
std::int64_t width(const BoundedRecording& r) { return std::min(r.start.hi - r.start.lo, r.end.hi - r.end.lo); }

constexpr IntervalView view(const Interval& interval) { return {&interval, interval.empty() ? std::size_t{0} : 1}; }

class Finder {
 public:
  Finder(Bound start, Bound end, std::span<const BoundedRecording> recordings, BoundedGaps& out)
      : start_(start), end_(end), recordings_(recordings), out_(out), shift_(common_shift()) {}

  void operator()(IntervalView certainly_excused, IntervalView possibly_excused, Bound tolerance, bool settled) {
    out_.gaps.clear();
    // Moved by the shift, a stretch between two instants of ours looks longer than it is.
    const Interval whole{start_.lo, end_.hi};
    longest_ = total_length({&whole, 1});
    if (longest_ <= tolerance.lo) return;
    excuse(certainly_excused, possibly_excused);
    cover();
    const Interval outer{moved(start_.lo, -shift_), end_.hi};
    find_gaps(view(outer), out_.certainly_excused, out_.certain_cover, tolerance.lo, out_.possible);
    const bool same = settled && exact(tolerance);
    out_.certain.gaps.clear();
    if (settled && !same) {
      const Interval inner{start_.hi, moved(end_.lo, -shift_)};
      find_gaps(view(inner), out_.possibly_excused, out_.possible_cover, tolerance.hi, out_.certain);
    }
    for (const Gap& gap : out_.possible.gaps) {
      const std::int32_t preceding = gap.preceding < 0 ? -1 : out_.last[gap.preceding];
      const std::int32_t following = gap.following < 0 ? -1 : out_.first[gap.following];
      const Gap* certain = same ? &gap : nullptr;
      for (const Gap& found : out_.certain.gaps) {
        if (found.preceding == preceding && found.following == following) certain = &found;
      }
      add(gap, certain, preceding, following);
    }
  }

 private:
  // By how much the bounds of all recordings agree that their one clock may be off; 0: there is no such clock.
  std::int64_t common_shift() const {
    std::int64_t clock = own_clock, least = end_of_time;
    for (const BoundedRecording& r : recordings_) {
      if (covers_nothing(r)) continue;
      if (!clocked(r) || (clock != own_clock && clock != r.clock)) return 0;
      clock = r.clock;
      least = std::min(least, width(r));
    }
    return clock == own_clock ? 0 : least;
  }

  // Nothing hangs on a bound: what may be missing is missing.
  bool exact(Bound tolerance) const {
    return start_.exact() && end_.exact() && tolerance.exact() && out_.certainly_excused.empty() &&
           out_.possibly_excused.empty() && std::all_of(recordings_.begin(), recordings_.end(), [](const BoundedRecording& r) {
             return r.start.exact() && r.end.exact();
           });
  }

  // By the clock, what is excused whatever the shift is, and what may be.
  void excuse(IntervalView certainly, IntervalView possibly) {
    out_.certainly_excused.clear();
    out_.possibly_excused.clear();
    for (const Interval& i : certainly) {
      const Interval left{i.start, moved(i.end, -shift_)};
      if (!left.empty()) out_.certainly_excused.push_back(left);
    }
    for (const Interval& i : possibly) out_.possibly_excused.push_back({moved(i.start, -shift_), i.end});
    if (shift_ > 0) normalise(out_.possibly_excused);
  }

  void cover() {
    out_.certain_cover.clear();
    out_.possible_cover.clear();
    out_.first.clear();
    out_.last.clear();
    group();
    for (std::size_t i = 0; i < recordings_.size(); ++i) {
      const BoundedRecording& r = recordings_[i];
      const auto index = static_cast<std::int32_t>(i);
      out_.possible_cover.push_back({r.start.lo, moved(r.end.hi, -shift_)});
      if (out_.shift[i] == 0) certain({moved(r.start.hi, -shift_), r.end.lo}, index, index);
    }
    for (const auto& [from, to] : out_.groups) {
      const std::int64_t shift = out_.shift[out_.order[from]];
      if (shift > 0) run(std::span(out_.order).subspan(from, to - from), shift);
    }
  }

  void certain(Interval interval, std::int32_t first, std::int32_t last) {
    out_.certain_cover.push_back(interval);
    out_.first.push_back(first);
    out_.last.push_back(last);
  }

  std::int64_t clock(std::int32_t i) const { return recordings_[i].clock; }

  // Where several clocks ran: the recordings that have one, by clock, and by how much each clock may be off. 0: it has none.
  // How clocks are numbered decides nothing: the one of the first recording comes first.
  void group() {
    std::vector<std::int32_t>& order = out_.order;
    order.clear();
    out_.groups.clear();
    out_.shift.assign(recordings_.size(), 0);
    if (shift_ > 0) return;
    for (std::size_t i = 0; i < recordings_.size(); ++i) {
      if (clocked(recordings_[i]) && !covers_nothing(recordings_[i])) order.push_back(static_cast<std::int32_t>(i));
    }
    std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
      return clock(a) != clock(b) ? clock(a) < clock(b) : a < b;
    });
    for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
      std::int64_t shift = end_of_time;
      for (; to < order.size() && clock(order[to]) == clock(order[from]); ++to) shift = std::min(shift, width(recordings_[order[to]]));
      for (std::size_t i = from; i < to; ++i) out_.shift[order[i]] = shift;
      out_.groups.emplace_back(from, to);
    }
    std::sort(out_.groups.begin(), out_.groups.end(), [&](const auto& a, const auto& b) { return order[a.first] < order[b.first]; });
  }

  // Recordings of one clock, one after the other: by it, what they cover together is known before it is taken to our time.
  void run(std::span<std::int32_t> rows, std::int64_t shift) {
    const auto by_clock = [&](std::int32_t i) { return Interval{recordings_[i].start.hi - shift, recordings_[i].end.lo}; };
    std::sort(rows.begin(), rows.end(), [&](std::int32_t a, std::int32_t b) {
      const Interval x = by_clock(a), y = by_clock(b);
      if (x.start != y.start) return x.start < y.start;
      return x.end != y.end ? x.end < y.end : a < b;
    });
    for (std::size_t at = 0; at < rows.size();) {
      Interval all = by_clock(rows[at]);
      std::int32_t last = rows[at];
      const std::int32_t first = rows[at];
      if (all.empty()) {
        ++at;
        continue;
      }
      for (++at; at < rows.size() && by_clock(rows[at]).start <= all.end; ++at) {
        const Interval next = by_clock(rows[at]);
        if (next.empty() || next.end < all.end) continue;
        all.end = next.end;
        last = rows[at];
      }
      certain({all.start + shift, all.end}, first, last);
    }
  }

  void add(const Gap& possible, const Gap* certain, std::int32_t preceding, std::int32_t following) {
    const auto within = [&](Instant t) { return std::clamp(t, start_.lo, std::max(start_.lo, end_.hi)); };
    const auto bound = [&](Instant lo, Instant hi) { return Bound{within(lo), within(moved(hi, shift_))}; };
    BoundedGap gap;
    gap.certain = certain != nullptr;
    gap.start = bound(possible.interval.start, certain ? certain->interval.start : possible.interval.end);
    gap.end = bound(certain ? certain->interval.end : possible.interval.start, possible.interval.end);
    gap.missing = {certain ? certain->missing : 0, std::min(possible.missing, longest_)};
    gap.preceding = preceding;
    gap.following = following;
    out_.gaps.push_back(gap);
  }

  Bound start_, end_;
  std::span<const BoundedRecording> recordings_;
  BoundedGaps& out_;
  std::int64_t shift_;
  std::int64_t longest_ = 0;   // that can be missing
};

}  // namespace

void find_gaps(Bound start, Bound end, IntervalView certainly_excused, IntervalView possibly_excused,
               std::span<const BoundedRecording> recordings, Bound tolerance, bool settled, BoundedGaps& out) {
  Finder(start, end, recordings, out)(certainly_excused, possibly_excused, tolerance, settled);
}

}  // namespace jianlu::calendar
