// From the levels of one sound track to silence and muting.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "adapters/footage/footage.h"
#include "adapters/footage/watching.h"

namespace jianlu::footage {

// A short piece of sound, all channels together.
struct Level {
  std::int64_t start = 0, end = 0;
  float peak = 0;  // of full scale
};

class SoundEvents {
 public:
  SoundEvents(const Watching& watching, int stream);

  bool quiet(float peak) const { return peak < threshold_; }

  // A sample from somewhere in between.
  void sampled(float peak);

  // In order. Pieces that leave a gap were not decoded between: taken as sounding.
  void add(const Level& level);
  void finish(std::vector<Observed>& out);

 private:
  struct Run {
    std::int64_t start = 0, end = 0;
  };
  void close(std::optional<Run>& run, bool digital);

  const Watching& watching_;
  int stream_;
  float threshold_;
  std::optional<Run> quiet_, digital_;
  std::int64_t before_ = 0;
  bool heard_ = false;  // something that is not digital silence
  std::vector<Observed> found_;
};

}  // namespace jianlu::footage
