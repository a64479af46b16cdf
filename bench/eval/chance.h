// Chance from a seed: splitmix64.
#pragma once

#include <cstdint>

namespace jianlu::bench {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>((static_cast<unsigned __int128>(next()) * static_cast<std::uint64_t>(n)) >> 64); }
  std::int64_t between(std::int64_t lowest, std::int64_t highest) { return lowest + below(highest - lowest + 1); }
  bool percent(double share) { return static_cast<double>(next() >> 11) * 0x1.0p-53 * 100 < share; }

 private:
  std::uint64_t state_;
};

}  // namespace jianlu::bench
