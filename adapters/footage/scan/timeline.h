// The packets of one stream as they go by: counts, extent, gaps. Memory does not grow with the stream.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <vector>

#include "adapters/footage/footage.h"

namespace jianlu::footage {

// What presented packets fill.
struct Extent {
  std::int64_t from = 0, to = 0;
};

class Timeline {
 public:
  static constexpr std::size_t max_gaps = 1000;

  // `frames`: step between presentations (video); otherwise from the end of one packet to the next.
  Timeline(bool frames, std::int64_t gap_threshold) : frames_(frames), threshold_(gap_threshold) {}

  struct Packet {
    std::optional<std::int64_t> pts;
    std::int64_t duration = 0;
    bool key = false, discarded = false, corrupt = false;
  };
  void add(const Packet& packet);

  std::optional<Extent> extent() const { return first_ ? std::optional(Extent{*first_, *end_}) : std::nullopt; }

  // Writes what was seen; a duration that the container does not state is measured.
  void finish(StreamFacts& out);

 private:
  struct Shown {
    std::int64_t pts, duration;
  };
  void present(const Shown& next);

  bool frames_;
  std::int64_t threshold_;
  // As presented. Coded order differs from that by at most 16 frames in H.264 and H.265.
  std::deque<Shown> reorder_;
  std::optional<Shown> before_;
  std::int64_t earliest_ = std::numeric_limits<std::int64_t>::min();
  std::int64_t packets_ = 0, key_frames_ = 0, discarded_ = 0, corrupt_ = 0, shown_ = 0;
  std::optional<std::int64_t> first_, last_, end_;
  std::int64_t longest_ = 0, gap_count_ = 0;
  std::vector<PtsGap> gaps_;
};

}  // namespace jianlu::footage
