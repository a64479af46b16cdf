// Gaps between recordings with bounds, against every case that the bounds allow: what is said to be certain holds in each,
// and whatever is missing in one of them was said to be possible.
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <vector>

#include "engine/calendar/bounded_gaps.h"

using namespace jianlu::calendar;

namespace {

struct World {
  Bound start, end;
  IntervalSet surely_excused, maybe_excused;
  std::vector<BoundedRecording> recordings;
  Bound tolerance;
};

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }
  int between(Bound b) { return static_cast<int>(b.lo) + below(static_cast<int>(b.hi - b.lo) + 1); }
  bool chance(int percent) { return below(100) < percent; }
  Bound about(int at, int spread) { return {at, at + below(spread + 1)}; }

 private:
  std::mt19937_64 engine_;
};

World world(Random& random) {
  World w;
  w.start = random.about(random.below(10), random.chance(50) ? 4 : 0);
  w.end = random.about(40 + random.below(10), random.chance(50) ? 4 : 0);
  if (random.chance(40)) {
    const int from = random.below(40);
    w.maybe_excused = {{from, from + 2 + random.below(12)}};
    const Interval most = w.maybe_excused.front();
    const Interval least{most.start + random.below(2), most.end - random.below(2)};
    if (random.chance(50) && !least.empty()) w.surely_excused = {least};
  }
  // Either one device, or several, some of which nobody knows the clock of.
  const int clocks = random.chance(40) ? 1 : 3;
  std::vector<int> off(3);
  for (int& o : off) o = random.below(6);
  int at = random.below(14);
  for (int n = random.below(6); n > 0; --n) {
    const int clock = random.below(clocks), length = 1 + random.below(14);
    const int spread = off[static_cast<std::size_t>(clock)], more = random.chance(70) ? 0 : random.below(3);
    w.recordings.push_back({{at, at + spread + more}, {at + length, at + length + spread + more},
                            clocks == 3 && clock == 2 ? own_clock : clock});
    // The next one follows at once, after a pause, or overlaps.
    at = std::max(0, at + length + (random.chance(50) ? 0 : random.below(12) - 4));
  }
  w.tolerance = random.about(random.below(3), random.chance(30) ? 2 : 0);
  return w;
}

// One case: each clock off by one amount, each row by what is left of its bounds.
std::vector<Interval> one_case(const World& w, Random& random) {
  std::map<std::int64_t, std::int64_t> common, shift;
  for (const BoundedRecording& r : w.recordings) {
    const std::int64_t width = std::min(r.start.hi - r.start.lo, r.end.hi - r.end.lo);
    const auto [at, is_new] = common.try_emplace(r.clock, width);
    if (!is_new) at->second = std::min(at->second, width);
  }
  for (const auto& [clock, width] : common) shift[clock] = random.chance(50) ? (random.chance(50) ? width : 0) : random.below(static_cast<int>(width) + 1);
  std::vector<Interval> out;
  for (const BoundedRecording& r : w.recordings) {
    if (r.clock == own_clock) {
      out.push_back({random.between(r.start), random.between(r.end)});
      continue;
    }
    const std::int64_t c = common[r.clock], s = shift[r.clock];
    out.push_back({s + random.between({r.start.lo, r.start.hi - c}), s + random.between({r.end.lo, r.end.hi - c})});
  }
  return out;
}

}  // namespace

TEST_CASE("bounded gaps hold in every case that the bounds allow") {
  Random random(20260101);
  BoundedGaps found;
  Gaps real;
  int certain = 0, undecided = 0, touched = 0;
  for (int i = 0; i < 20'000; ++i) {
    const World w = world(random);
    find_gaps(w.start, w.end, w.surely_excused, w.maybe_excused, w.recordings, w.tolerance, true, found);
    for (const BoundedGap& g : found.gaps) (g.certain ? certain : undecided)++;
    for (int k = 0; k < 24; ++k) {
      const Interval within{random.between(w.start), random.between(w.end)};
      const IntervalSet& excused = random.chance(50) ? w.surely_excused : w.maybe_excused;
      const std::vector<Interval> recordings = one_case(w, random);
      find_gaps({&within, 1}, excused, recordings, random.between(w.tolerance), real);
      for (const BoundedGap& g : found.gaps) {
        if (!g.certain) continue;
        // Something is missing there, as long and as placed as was said.
        bool there = false;
        for (const Gap& r : real.gaps) {
          there = there || (g.start.lo <= r.interval.start && r.interval.end <= g.end.hi && r.missing >= g.missing.lo &&
                            r.interval.start <= g.start.hi && r.interval.end >= g.end.lo);
        }
        if (!there) FAIL("certain gap, world " << i << " case " << k);
      }
      for (const Gap& r : real.gaps) {
        for (std::uint32_t p = r.first_piece; p < r.first_piece + r.piece_count; ++p) {
          const Interval piece = real.pieces[p];
          std::int64_t said = 0;
          for (const BoundedGap& g : found.gaps) {
            said += std::max<std::int64_t>(0, std::min(piece.end, g.end.hi) - std::max(piece.start, g.start.lo));
          }
          if (said < piece.length()) FAIL("possible gap, world " << i << " case " << k);
          ++touched;
        }
      }
    }
  }
  CHECK(certain > 2'000);
  CHECK(undecided > 2'000);
  CHECK(touched > 100'000);
}

TEST_CASE("one clock: the length of a gap between its recordings is known as well as the clock runs") {
  BoundedGaps found;
  // Off by up to 6, but by the same for both: 5 are missing between them wherever that is.
  const std::vector<BoundedRecording> one{{{10, 16}, {20, 26}, 1}, {{25, 31}, {90, 96}, 1}};
  find_gaps({16, 16}, {90, 90}, {}, {}, one, {2, 2}, true, found);
  REQUIRE(found.gaps.size() == 1);
  CHECK(found.gaps[0] == BoundedGap{true, {20, 26}, {25, 31}, {5, 5}, 0, 1});
  // Two clocks: the gap may be none.
  std::vector<BoundedRecording> two = one;
  two[1].clock = 2;
  find_gaps({16, 16}, {90, 90}, {}, {}, two, {2, 2}, true, found);
  REQUIRE(found.gaps.size() == 1);
  CHECK(found.gaps[0] == BoundedGap{false, {20, 31}, {20, 31}, {0, 11}, 0, 1});
}

TEST_CASE("one clock: segments that follow each other leave no gap, another device beside them or not") {
  BoundedGaps found;
  std::vector<BoundedRecording> rows{{{10, 16}, {20, 26}, 1}, {{20, 26}, {30, 36}, 1}, {{30, 36}, {32, 38}, 1}};
  find_gaps({16, 16}, {32, 32}, {}, {}, rows, {0, 0}, true, found);
  CHECK(found.gaps.empty());
  rows.push_back({{40, 40}, {45, 45}, 2});
  find_gaps({16, 16}, {45, 45}, {}, {}, rows, {0, 0}, true, found);
  REQUIRE(found.gaps.size() == 1);
  CHECK(found.gaps[0] == BoundedGap{true, {32, 38}, {40, 40}, {2, 8}, 2, 3});
}
