#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jianlu::statute {

// A paragraph's own words (item 0) or one item, put together from the lines of a printed text.
struct Unit {
  std::uint16_t article = 0;
  std::uint16_t paragraph = 0;
  std::uint16_t item = 0;
  std::u32string text;
};

struct Layout {
  std::u32string title;
  std::vector<Unit> units;
};

// Undoes the layout of a printed regulation; the rules are those of split() in regulation.h.
Layout read_layout(const std::u32string& text);

}  // namespace jianlu::statute
