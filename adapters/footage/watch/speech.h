// Where somebody seems to speak. No model: speech is voiced, in syllables, and its colour changes with them;
// a tone keeps its colour, noise has no voice, a hum neither swells nor fades.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/footage/footage.h"

namespace jianlu::footage {

class SpeechEvents {
 public:
  static constexpr std::int64_t shortest = 1'000'000;

  explicit SpeechEvents(int stream) : stream_(stream) {}

  // One channel, in order; `start` of the first sample.
  void add(std::int64_t start, const std::vector<float>& samples, int rate);
  void finish(std::vector<Observed>& out);

 private:
  static constexpr int bands = 8;
  struct Slice {  // of a fraction of a second
    float loudness = 0;
    bool voiced = false;
    float colour[bands] = {};  // of each band against the whole, dB
  };
  void slice();
  void weigh();

  int stream_;
  std::vector<float> pending_;
  std::int64_t pending_start_ = 0;
  double rate_ = 0;
  float held_ = 0;
  int held_count_ = 0;
  std::vector<Slice> window_;  // the slices of the last second
  std::int64_t window_start_ = 0;
  struct Span {
    std::int64_t start, end;
    double weight;
    int windows;
  };
  std::vector<Span> spans_;
};

}  // namespace jianlu::footage
