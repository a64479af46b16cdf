// Where a device printed a time of day into the picture: dd:dd:dd by its shapes alone, before anything is
// read.
#pragma once

#include <optional>
#include <vector>

#include "adapters/footage/watch/plane.h"

namespace jianlu::footage {

struct Box {
  int x = 0, y = 0, width = 0, height = 0;
  int right() const { return x + width; }
  int bottom() const { return y + height; }
  double middle() const { return x + width / 2.0; }
};
Box around(const Box& a, const Box& b);

// How print stands out of a picture.
struct Ink {
  bool bright = true;  // brighter than what is around it, else darker
  int threshold = 0;   // between print and what is around it, after turning dark print bright
  // What is as bright as the print but reaches in from outside is not print: an outline keeps them apart.
  bool outlined = false;
};

// Cells of one line, from left to right: whether each may be a digit, and how they fall into words.
struct PrintedLine {
  Ink ink;
  std::vector<Box> cells;
  std::vector<bool> digits;
  std::vector<int> words;  // of each cell; -1: a sign that no reader of digits knows
  std::size_t time = 0;    // index of the first of the eight cells dd:dd:dd
};

// A part of a picture as dark print on white.
std::vector<std::uint8_t> printed(const Plane& picture, const Box& part, Ink ink);

// Looked for along the upper and the lower edge, most likely first.
std::vector<PrintedLine> find_times(const Plane& picture);

}  // namespace jianlu::footage
