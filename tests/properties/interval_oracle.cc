// Interval operations against bitmaps: an interval set over [0, 48) is a 64-bit word, and every operation is then one
// bitwise expression or one loop over bits.

#include <bit>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "engine/calendar/gaps.h"
#include "engine/calendar/interval.h"

using namespace jianlu::calendar;

namespace {

constexpr int width = 48;
constexpr int cases = 120'000;

std::uint64_t bits_of(IntervalView intervals) {
  std::uint64_t bits = 0;
  for (const Interval& interval : intervals) {
    for (Instant t = interval.start; t < interval.end; ++t) bits |= std::uint64_t{1} << t;
  }
  return bits;
}

IntervalSet set_of(std::uint64_t bits) {
  IntervalSet set;
  for (int t = 0; t < width; ++t) {
    if (!(bits >> t & 1)) continue;
    const int start = t;
    while (bits >> t & 1) ++t;
    set.push_back({start, t});
  }
  return set;
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }

  // Rows as people write them: any order, overlapping, touching, empty, sometimes reversed.
  std::vector<Interval> rows(int most) {
    std::vector<Interval> out;
    for (int i = below(most + 1); i > 0; --i) {
      const int start = below(width);
      out.push_back({start, std::min(width, start - 2 + below(16))});
    }
    return out;
  }
  IntervalSet set(int most) { return set_of(bits_of(rows(most))); }

 private:
  std::mt19937_64 engine_;
};

// The gap that instant t belongs to: the last recording to end before it and the first to start after it.
std::pair<int, int> neighbours(Instant t, const std::vector<Interval>& recordings) {
  int preceding = -1;
  int following = -1;
  for (int i = 0; i < static_cast<int>(recordings.size()); ++i) {
    const Interval& r = recordings[i];
    if (r.end <= r.start) continue;
    if (r.end <= t) {
      const bool later = preceding < 0 || r.end > recordings[preceding].end ||
                         (r.end == recordings[preceding].end && r.start > recordings[preceding].start);
      if (later) preceding = i;
    } else if (r.start > t) {
      const bool sooner = following < 0 || r.start < recordings[following].start ||
                          (r.start == recordings[following].start && r.end < recordings[following].end);
      if (sooner) following = i;
    }
  }
  return {preceding, following};
}

}  // namespace

TEST_CASE("set operations agree with bitmaps") {
  Random random(20240101);
  IntervalSet out;
  int covered = 0;
  for (int i = 0; i < cases; ++i) {
    std::vector<Interval> raw = random.rows(8);
    const std::uint64_t raw_bits = bits_of(raw);
    normalise(raw);
    if (raw != set_of(raw_bits) || !is_normal(raw)) FAIL("normalise, case " << i);

    const IntervalSet a = random.set(6);
    const IntervalSet b = random.set(6);
    const std::uint64_t x = bits_of(a);
    const std::uint64_t y = bits_of(b);
    unite(a, b, out);
    if (out != set_of(x | y)) FAIL("unite, case " << i);
    intersect(a, b, out);
    if (out != set_of(x & y)) FAIL("intersect, case " << i);
    subtract(a, b, out);
    if (out != set_of(x & ~y)) FAIL("subtract, case " << i);
    if (total_length(a) != std::popcount(x)) FAIL("total_length, case " << i);
    // A random pair seldom covers, so every other pair is made to.
    const IntervalSet inner = i % 2 ? b : set_of(x & (y | bits_of(random.set(3))));
    const bool expected = (bits_of(inner) & ~x) == 0;
    if (covers(a, inner) != expected) FAIL("covers, case " << i);
    covered += expected ? 1 : 0;
    const int t = random.below(width);
    if (contains(a, t) != ((x >> t & 1) != 0)) FAIL("contains, case " << i);
  }
  CHECK(covered > cases / 2);
  CHECK(covered < cases);
}

TEST_CASE("gaps agree with bitmaps, instant by instant") {
  Random random(20250228);
  Gaps found;
  std::map<std::size_t, int> gap_counts;
  int split = 0;
  for (int i = 0; i < cases; ++i) {
    const IntervalSet within = i % 3 ? IntervalSet{{random.below(12), 30 + random.below(18)}} : random.set(3);
    const IntervalSet excused = random.set(3);
    const std::vector<Interval> recordings = random.rows(6);
    const int tolerance = random.below(4);
    find_gaps(within, excused, recordings, tolerance, found);

    IntervalSet pieces = set_of(bits_of(within) & ~bits_of(excused) & ~bits_of(recordings));
    std::erase_if(pieces, [&](const Interval& piece) { return piece.length() <= tolerance; });
    if (found.pieces != pieces) FAIL("pieces, case " << i);

    std::vector<Gap> expected;
    std::map<std::pair<int, int>, std::size_t> index;
    for (std::size_t p = 0; p < pieces.size(); ++p) {
      const auto pair = neighbours(pieces[p].start, recordings);
      const auto [at, is_new] = index.try_emplace(pair, expected.size());
      if (is_new) {
        expected.push_back({pieces[p], 0, pair.first, pair.second, static_cast<std::uint32_t>(p), 0});
      }
      Gap& gap = expected[at->second];
      gap.interval.end = pieces[p].end;
      gap.missing += pieces[p].length();
      ++gap.piece_count;
    }
    if (found.gaps != expected) FAIL("gaps, case " << i);
    for (const Gap& gap : found.gaps) split += gap.piece_count > 1 ? 1 : 0;
    ++gap_counts[found.gaps.size()];
  }
  CHECK(split > 1'000);
  CHECK(gap_counts[0] > 1'000);
  CHECK(gap_counts[3] > 1'000);
}

TEST_CASE("intervals that reach to the sentinels do not overflow") {
  const IntervalSet all = {{beginning_of_time, end_of_time}};
  CHECK(total_length(all) == end_of_time);
  Gaps found;
  const IntervalSet hole = {{0, 10}};
  IntervalSet out;
  subtract(all, hole, out);
  CHECK(out == IntervalSet{{beginning_of_time, 0}, {10, end_of_time}});
  const IntervalSet around = out;
  unite(around, hole, out);
  CHECK(out == all);
  intersect(around, hole, out);
  CHECK(out.empty());
  subtract(hole, all, out);
  CHECK(out.empty());
  find_gaps(all, {}, hole, 5, found);
  REQUIRE(found.gaps.size() == 2);
  CHECK(found.gaps[0].following == 0);
  CHECK(found.gaps[1].preceding == 0);
}
