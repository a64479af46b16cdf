#include "adapters/footage/watch/picture.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace jianlu::footage {
namespace {

constexpr int block = 16;
// An encoder that refines a picture that stands still moves pixels by up to 3 levels at a time; a sensor's
// noise that survives coding moves some pixel of a block by 8 and more (measured on real and made clips).
constexpr int coding_alone = 4;

struct Block {
  std::uint32_t sum = 0;
  std::uint8_t most = 0;
};

// GCC's portable vectors: plain loops over 16 bytes are unrolled into something ten times slower.
using Bytes = std::uint8_t __attribute__((vector_size(block)));
using Words = std::uint16_t __attribute__((vector_size(block)));

Block compare(const std::uint8_t* a, int a_stride, const std::uint8_t* b, int b_stride) {
  Bytes most{};
  Words sums{};
  for (int y = 0; y < block; ++y, a += a_stride, b += b_stride) {
    Bytes p, q;
    std::memcpy(&p, a, block);
    std::memcpy(&q, b, block);
    const Bytes d = (p > q ? p : q) - (p > q ? q : p);
    most = most > d ? most : d;
    const auto words = std::bit_cast<Words>(d);
    sums += (words & 255) + (words >> 8);
  }
  Block out;
  for (int x = 0; x < block; ++x) out.most = std::max(out.most, most[x]);
  for (int x = 0; x < block / 2; ++x) out.sum += sums[x];
  return out;
}

}  // namespace

bool is_dark(const Plane& picture, double level, double share) {
  const double black = picture.full_range ? 0 : 16, white = picture.full_range ? 255 : 235;
  const auto limit = static_cast<std::uint8_t>(std::clamp(black + level * (white - black), 0.0, 255.0));
  // Every other line tells as much; most pictures are told by the first of them.
  const auto pixels = static_cast<std::int64_t>(picture.width) * ((picture.height + 1) / 2);
  const double most_bright = (1 - share) * static_cast<double>(pixels);
  std::int64_t bright = 0;
  for (int y = 0; y < picture.height; y += 2) {
    const auto* row = picture.row(y);
    // Blocks of bytes, so that their counts fit bytes.
    for (int x = 0; x < picture.width;) {
      std::uint8_t count = 0;
      for (const int to = std::min(picture.width, x + 255); x < to; ++x) count = static_cast<std::uint8_t>(count + (row[x] > limit));
      bright += count;
    }
    if (static_cast<double>(bright) > most_bright) return false;
  }
  return pixels > 0;
}

Difference difference(const Plane& a, const Plane& b) {
  const int columns = a.width / block, rows = a.height / block;
  if (a.width != b.width || a.height != b.height || columns == 0 || rows == 0) return {1, 1, 255};
  std::uint64_t sum = 0;
  int changed = 0, touched = 0;
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < columns; ++x) {
      const auto one =
          compare(a.row(y * block) + x * block, a.stride, b.row(y * block) + x * block, b.stride);
      sum += one.sum;
      changed += one.most > coding_alone;
      touched += one.most > 0;
    }
  const double blocks = static_cast<double>(columns) * rows;
  return {changed / blocks, touched / blocks, static_cast<double>(sum) / (blocks * block * block)};
}

}  // namespace jianlu::footage
