#include "adapters/footage/watch/glyphs.h"

#include <algorithm>
#include <cmath>

namespace jianlu::footage {
namespace {
constexpr std::size_t most_known = 60;
constexpr double alike = 0.96;  // a shape this close to a known one of the same sign adds nothing

double dot(const std::vector<float>& a, const std::vector<float>& b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}
}  // namespace

void Glyphs::set(int width, int height, int slack) {
  width_ = width;
  height_ = height;
  slack_ = slack;
  known_.clear();
}

bool Glyphs::cut(const Plane& picture, int left, int top, Shape& to) const {
  if (left < 0 || top < 0 || left + width_ > picture.width || top + height_ > picture.height) return false;
  to.resize(static_cast<std::size_t>(width_) * height_);
  float sum = 0;
  auto* out = to.data();
  for (int y = 0; y < height_; ++y) {
    const auto* row = picture.row(top + y) + left;
    for (int x = 0; x < width_; ++x) sum += * out++ = static_cast<float>(row[x]);
  }
  const float mean = sum / static_cast<float>(to.size());
  float length = 0;
  for (auto& v : to) {
    v -= mean;
    length += v * v;
  }
  length = std::sqrt(length);
  if (length < static_cast<float>(to.size())) return false;  // nothing stands out
  for (auto& v : to) v /= length;
  return true;
}

std::vector<Glyphs::Shape> Glyphs::cuts(const Plane& picture, double middle, int top) const {
  std::vector<Shape> out;
  const int left = static_cast<int>(std::lround(middle - width_ / 2.0));
  for (int shift = -slack_; shift <= slack_; ++shift)
    if (Shape shape; cut(picture, left + shift, top, shape)) out.push_back(std::move(shape));
  return out;
}

void Glyphs::learn(char sign, const Plane& picture, double middle, int top) {
  if (known_.size() >= most_known || fit(sign, picture, middle, top) >= alike) return;
  const int left = static_cast<int>(std::lround(middle - width_ / 2.0));
  if (Shape shape; cut(picture, left, top, shape)) known_.push_back({sign, std::move(shape)});
}

Glyphs::Match Glyphs::read(const Plane& picture, double middle, int top) const {
  Match match;
  const auto shapes = cuts(picture, middle, top);
  for (const auto& known : known_) {
    double score = 0;
    for (const auto& shape : shapes) score = std::max(score, dot(known.shape, shape));
    if (score > match.score) {
      if (known.sign != match.sign) match.other = match.score;
      match.sign = known.sign;
      match.score = score;
    } else if (known.sign != match.sign) {
      match.other = std::max(match.other, score);
    }
  }
  return match;
}

double Glyphs::fit(char sign, const Plane& picture, double middle, int top) const {
  double score = 0;
  for (const auto& shape : cuts(picture, middle, top))
    for (const auto& known : known_)
      if (known.sign == sign) score = std::max(score, dot(known.shape, shape));
  return score;
}

}  // namespace jianlu::footage
