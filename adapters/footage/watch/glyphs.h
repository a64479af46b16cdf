// The shapes that a device prints its digits with: each device prints the same ones every time. Pictures are
// dark print on white.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/footage/watch/plane.h"

namespace jianlu::footage {

class Glyphs {
 public:
  // Cells are of one size; `slack`: how far, sideways, a sign may stand from where its cell says.
  void set(int width, int height, int slack);
  int width() const { return width_; }
  int height() const { return height_; }

  void learn(char sign, const Plane& picture, double middle, int top);

  // The sign at a place: the best match, and the best one of another sign. Scores up to 1.
  struct Match {
    char sign = 0;
    double score = 0, other = 0;
  };
  bool blank(const Plane& picture, double middle, int top) const { return cuts(picture, middle, top).empty(); }
  Match read(const Plane& picture, double middle, int top) const;
  // How well a given sign fits there; 0 when it was never learnt.
  double fit(char sign, const Plane& picture, double middle, int top) const;

  int slack() const { return slack_; }

 private:
  using Shape = std::vector<float>;  // of zero mean and length 1
  struct Known {
    char sign;
    Shape shape;
  };
  bool cut(const Plane& picture, int left, int top, Shape& to) const;
  std::vector<Shape> cuts(const Plane& picture, double middle, int top) const;

  int width_ = 0, height_ = 0, slack_ = 0;
  std::vector<Known> known_;
};

}  // namespace jianlu::footage
