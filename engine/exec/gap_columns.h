// The gaps of a batch as columns, while they are found.
#pragma once

#include <algorithm>
#include <array>
#include <span>

#include "engine/exec/frame.h"

namespace jianlu::exec {

// A stretch of an owner that none of its rows covers.
struct Hole {
  std::int64_t start = 0, stop = 0;
  std::int32_t owner = 0;
  std::int32_t following = 0;   // the row after it, if there is one, in the order of the list
  bool general = false;         // no stretch: the owner's rows need a sweep
  bool certain = false;
};

class GapColumns {
 public:
  GapColumns(Frame& frame, std::int32_t capacity) : frame_(frame), capacity_(capacity) { take(); }

  std::int32_t size() const { return size_; }

  // `neighbour(hole, k)`: the row `k` before (-1) or after (0) the hole, or fact::kNoRow.
  template <typename Neighbour>
  void add(std::span<const Hole> holes, Neighbour neighbour) {
    const auto n = static_cast<std::int32_t>(holes.size());
    if (size_ + n > capacity_) grow(n);
    const auto [previous, next, start_lo, start_hi, end_lo, end_hi, length_lo, length_hi] = words_;
    const auto [exists, has_previous, has_next] = bytes_;
    std::int32_t at = size_;
    bool vague = false;
    for (const Hole& hole : holes) {
      const std::int64_t length = hole.stop - hole.start;
      const bool certain = hole.certain;
      previous[at] = neighbour(hole, -1);
      next[at] = neighbour(hole, 0);
      start_lo[at] = hole.start;
      start_hi[at] = certain ? hole.start : hole.stop;
      end_lo[at] = certain ? hole.stop : hole.start;
      end_hi[at] = hole.stop;
      length_lo[at] = certain ? length : 0;
      length_hi[at] = std::min(length, kMax);
      exists[at] = static_cast<std::uint8_t>(certain ? kTrue : kUndecided);
      has_previous[at] = given(previous[at]);
      has_next[at] = given(next[at]);
      vague |= !certain;
      ++at;
    }
    size_ = at;
    for (bool& bound : vague_) bound |= vague;
  }

  void add(const calendar::BoundedGap& gap, std::int64_t previous, std::int64_t next) {
    if (size_ == capacity_) grow(1);
    const std::int64_t row[kWords] = {previous,   next,       gap.start.lo,   gap.start.hi,
                                      gap.end.lo, gap.end.hi, gap.missing.lo, std::min(gap.missing.hi, kMax)};
    for (std::size_t k = 0; k < kWords; ++k) words_[k][size_] = row[k];
    for (std::size_t k = 0; k < vague_.size(); ++k) vague_[k] |= row[2 + 2 * k] != row[3 + 2 * k];
    bytes_[0][size_] = static_cast<std::uint8_t>(gap.certain ? kTrue : kUndecided);
    bytes_[1][size_] = given(previous);
    bytes_[2][size_] = given(next);
    ++size_;
  }

  GapRows rows() const {
    const auto bounds = [&](std::size_t which) {
      return Column{nullptr, words_[2 + 2 * which], vague_[which] ? words_[3 + 2 * which] : nullptr, false};
    };
    return {bytes_[0], bounds(0), bounds(1), bounds(2), {bytes_[1], words_[0], nullptr, false}, {bytes_[2], words_[1], nullptr, false}};
  }

 private:
  static constexpr std::size_t kWords = 8, kBytes = 3;

  static std::uint8_t given(std::int64_t row) { return static_cast<std::uint8_t>(row == fact::kNoRow ? kNothing : kValue); }
  void take() {
    for (std::uint8_t*& column : bytes_) column = frame_.take_bytes(capacity_);
    for (std::int64_t*& column : words_) column = frame_.take_words(capacity_);
  }
  void grow(std::int32_t by) {
    const auto bytes = bytes_;
    const auto words = words_;
    capacity_ = 2 * capacity_ + by + 64;
    take();
    for (std::size_t k = 0; k < kBytes; ++k) std::copy_n(bytes[k], size_, bytes_[k]);
    for (std::size_t k = 0; k < kWords; ++k) std::copy_n(words[k], size_, words_[k]);
  }

  Frame& frame_;
  std::int32_t size_ = 0, capacity_;
  std::array<std::uint8_t*, kBytes> bytes_{};
  std::array<std::int64_t*, kWords> words_{};
  std::array<bool, 3> vague_{};
};

}  // namespace jianlu::exec
