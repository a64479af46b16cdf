// The brightness of one picture, one byte a pixel.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jianlu::footage {

struct Plane {
  const std::uint8_t* data = nullptr;
  int stride = 0, width = 0, height = 0;
  bool full_range = false;  // black is 0, else 16

  const std::uint8_t* row(int y) const { return data + static_cast<std::ptrdiff_t>(y) * stride; }
};

}  // namespace jianlu::footage
