// The gaps of one session: what no recording covers between arrival and end.
#pragma once

#include "bench/eval/by_hand_parts.h"
#include "engine/calendar/gaps.h"

namespace jianlu::bench {

constexpr Word kTolerated = 2 * calendar::second;

struct HandGap {
  Byte exists = kUndecided;
  bool previous = false, next = false;
  Word start_lo = 0, start_hi = 0, end_lo = 0, end_hi = 0, length_lo = 0, length_hi = 0;
};

class HandGaps {
 public:
  // [from, to) minus what is certainly or possibly excused; `certain`: every recording is there and the start is known.
  // `spans`, `maybe`: excused intervals, of which nothing is known beyond them where `open`.
  template <typename Recordings>
  const std::vector<HandGap>& find(Word from, Word to, bool certain, const Recordings& recordings, std::int32_t begin, std::int32_t end,
                                   const calendar::IntervalSet& definite, const calendar::IntervalSet& possible, bool open) {
    gaps_.clear();
    if (definite.empty() && possible.empty() && in_a_row(recordings, begin, end)) {
      Word covered = from;
      bool before = false;
      for (std::int32_t r = begin; r < end; ++r) {
        const Word start = recordings[at(r)].started, stop = recordings[at(r)].ended;
        if (start >= to) {
          add(covered, to, before, true, certain && !open);
          return gaps_;
        }
        add(covered, start, before, true, certain && !open);
        if (stop >= from) covered = std::max(covered, stop);
        before = true;
      }
      add(covered, to, before, false, certain && !open);
      return gaps_;
    }
    cover_.clear();
    for (std::int32_t r = begin; r < end; ++r) cover_.push_back({recordings[at(r)].started, recordings[at(r)].ended});
    const calendar::Interval within{from, to};
    calendar::find_gaps({&within, within.empty() ? std::size_t{0} : 1}, definite, cover_, kTolerated, outer_);
    inner_.gaps.clear();
    if (certain && !open) calendar::find_gaps({&within, within.empty() ? std::size_t{0} : 1}, possible, cover_, kTolerated, inner_);
    for (const calendar::Gap& g : outer_.gaps) {
      HandGap gap{kUndecided, g.preceding >= 0, g.following >= 0, g.interval.start, g.interval.end, g.interval.start, g.interval.end, 0,
                  std::min(g.missing, kMax)};
      for (const calendar::Gap& c : inner_.gaps) {
        if (c.preceding != g.preceding || c.following != g.following) continue;
        gap.exists = kTrue;
        gap.start_hi = c.interval.start;
        gap.end_lo = c.interval.end;
        gap.length_lo = c.missing;
        break;
      }
      gaps_.push_back(gap);
    }
    return gaps_;
  }

 private:
  template <typename Recordings>
  static bool in_a_row(const Recordings& recordings, std::int32_t begin, std::int32_t end) {
    bool good = true;
    for (std::int32_t r = begin; r < end; ++r) {
      good &= recordings[at(r)].started < recordings[at(r)].ended;
      if (r > begin) good &= recordings[at(r - 1)].ended <= recordings[at(r)].started;
    }
    return good;
  }
  void add(Word from, Word to, bool before, bool after, bool certain) {
    if (to - from <= kTolerated) return;
    HandGap gap{certain ? Byte{kTrue} : Byte{kUndecided}, before, after, from, from, to, to, to - from, std::min(to - from, kMax)};
    if (!certain) {
      gap.start_hi = to;
      gap.end_lo = from;
      gap.length_lo = 0;
    }
    gaps_.push_back(gap);
  }

  std::vector<HandGap> gaps_;
  calendar::IntervalSet cover_;
  calendar::Gaps outer_, inner_;
};

}  // namespace jianlu::bench
