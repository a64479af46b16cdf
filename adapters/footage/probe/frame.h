// A decoded picture, kept.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/footage/watch/plane.h"

struct AVFrame;
struct AVRational;

namespace jianlu::footage {

class Frame {
 public:
  Frame() = default;
  Frame(const AVFrame& frame, AVRational time_base);

  Frame copy() const;  // of the same picture, which is not copied where it has 8 bits

  explicit operator bool() const { return plane_.data != nullptr; }
  const Plane& plane() const { return plane_; }  // without data when brightness cannot be had
  std::int64_t time() const { return time_; }
  bool key() const { return key_; }

  // As JPEG, scaled down to at most `most` pixels a side; empty when it cannot be written.
  std::string jpeg(int most) const;

 private:
  struct Free {
    void operator()(AVFrame* frame) const;
  };
  std::unique_ptr<AVFrame, Free> frame_;
  std::vector<std::uint8_t> reduced_;  // brightness of more than 8 bits, brought down to 8
  Plane plane_;
  std::int64_t time_ = 0;
  bool key_ = false;
};

}  // namespace jianlu::footage
