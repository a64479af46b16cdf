#include <algorithm>

#include "adapters/footage/watch/clock_watch.h"

namespace jianlu::footage {
namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t slack = 80'000;
constexpr std::int64_t least_jump = 700'000;  // less is the tick's own jitter

// Readings in a row that one offset between clock and stream explains.
struct Count {
  std::size_t from, to;
  std::int64_t low, high;  // the offset
};

std::vector<Count> counts_of(const std::vector<ClockReading>& readings) {
  std::vector<Count> counts;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const auto low = readings[i].local - readings[i].time, high = low + second;
    if (!counts.empty() && low <= counts.back().high + slack && high >= counts.back().low - slack) {
      auto& c = counts.back();
      c.to = i + 1;
      c.low = std::max(c.low, low);
      c.high = std::max(c.low, std::min(c.high, high));
    } else {
      counts.push_back({i, i + 1, low, high});
    }
  }
  return counts;
}

// Two different times shown, a second apart as the stream goes on, or one that is beyond doubt.
bool holds(const Count& count, const std::vector<ClockReading>& readings) {
  const auto first = readings.begin() + std::ptrdiff_t(count.from),
             last = readings.begin() + std::ptrdiff_t(count.to);
  return std::any_of(first, last, [&](auto& r) { return r.confidence >= 1 || r.local != first->local; });
}

}  // namespace

std::vector<ClockStep> clock_steps(std::vector<ClockReading>& readings) {
  std::vector<ClockReading> kept;
  for (const auto& c : counts_of(readings))
    if (holds(c, readings))
      kept.insert(kept.end(), readings.begin() + std::ptrdiff_t(c.from),
                  readings.begin() + std::ptrdiff_t(c.to));
  readings = std::move(kept);
  const auto counts = counts_of(readings);
  std::vector<ClockStep> steps;
  for (std::size_t i = 1; i < counts.size(); ++i) {
    const auto &a = counts[i - 1], &b = counts[i];
    const auto jump = (b.low + b.high) / 2 - (a.low + a.high) / 2;
    const auto doubt = (b.high - b.low + a.high - a.low) / 2;
    if (std::abs(jump) >= least_jump)
      steps.push_back(
          {readings[a.to - 1].time, readings[b.from].time, jump, std::abs(jump) > doubt ? 0.95 : 0.7});
  }
  return steps;
}

}  // namespace jianlu::footage
