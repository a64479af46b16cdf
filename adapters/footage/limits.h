// What one file may cost. Every limit ends in Verdict::over_limit for that file only.
#pragma once

#include <cstdint>

namespace jianlu::footage {

struct Limits {
  std::int64_t memory = 768ll << 20;  // bytes of private memory of the worker
  int seconds = 30;                   // CPU time, and wall time beyond that of reading the file …
  std::int64_t slowest = 20ll << 20;  // … at this many bytes a second
  std::int64_t size = 1ll << 40;      // bytes of one file
  std::int64_t packets = 20'000'000;
  std::int64_t pixels = 8192ll * 8192;  // of one picture, as claimed
  int streams = 64;
};

// Decoding is slower: Limits::slowest at Depth::frames.
constexpr std::int64_t slowest_frames = 2ll << 20, slowest_every_frame = 128ll << 10;

// Seconds granted to a file of this size.
inline std::int64_t seconds_for(const Limits& limits, std::int64_t size) {
  return limits.seconds + size / limits.slowest;
}

}  // namespace jianlu::footage
