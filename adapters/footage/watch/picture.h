// Measures of one picture and of two.
#pragma once

#include "adapters/footage/watch/plane.h"

namespace jianlu::footage {

// Whether at least `share` of the pixels are not brighter than `level`, a share of the range from black to white.
bool is_dark(const Plane& picture, double level, double share);

struct Difference {
  double changed =
      0;  // share of blocks of 16 by 16 in which a pixel moved by more than coding alone moves it
  double touched = 0;  // share of blocks in which any pixel moved at all
  double mean = 0;     // mean absolute difference, levels of 255
};
// Of two pictures of the same size; of other sizes, everything differs.
Difference difference(const Plane& a, const Plane& b);

}  // namespace jianlu::footage
