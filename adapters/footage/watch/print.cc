#include "adapters/footage/watch/print.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace jianlu::footage {
namespace {

constexpr std::size_t most_parts = 4000, most_lines = 6;
constexpr int softness = 60;      // levels on either side of the threshold between print and the rest
constexpr int print_level = 160;  // what is darker is print, not its soft edge
constexpr std::array<int, 6> thresholds{215, 190, 165, 140, 115, 235};

// Connected pixels of print: runs of each row joined with those they touch in the row above.
class Parts {
 public:
  Parts(const Plane& picture, int from, int to, Ink ink) {
    std::vector<Run> above, row;
    for (int y = from; y < to; ++y) {
      row.clear();
      const auto* p = picture.row(y);
      for (int x = 0; x < picture.width;) {
        if (!printed(p[x], ink)) {
          ++x;
          continue;
        }
        const int start = x;
        while (x < picture.width && printed(p[x], ink)) ++x;
        row.push_back({start, x, add({start, y, x - start, 1})});
      }
      join(above, row);
      std::swap(above, row);
    }
  }

  std::vector<Box> boxes() {
    std::vector<Box> out;
    for (std::size_t i = 0; i < boxes_.size(); ++i)
      if (parent_[i] == static_cast<int>(i)) out.push_back(boxes_[i]);
    return out;
  }

 private:
  struct Run {
    int from, to, part;
  };
  static bool printed(int value, Ink ink) { return (ink.bright ? value : 255 - value) >= ink.threshold; }

  int add(Box box) {
    boxes_.push_back(box);
    parent_.push_back(static_cast<int>(parent_.size()));
    return parent_.back();
  }
  int root(int i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(const std::vector<Run>& above, const std::vector<Run>& row) {
    std::size_t a = 0;
    for (const auto& run : row) {
      while (a < above.size() && above[a].to < run.from) ++a;
      for (std::size_t i = a; i < above.size() && above[i].from <= run.to; ++i) {
        const int p = root(above[i].part), q = root(run.part);
        if (p == q) continue;
        parent_[q] = p;
        boxes_[p] = around(boxes_[p], boxes_[q]);
      }
    }
  }

  std::vector<Box> boxes_;
  std::vector<int> parent_;
};

// Parts that stand above one another (the dots of a colon, strokes of a Chinese sign) make one cell.
std::vector<Box> cells_of(std::vector<Box> parts) {
  std::sort(parts.begin(), parts.end(), [](auto& a, auto& b) { return a.x < b.x; });
  std::vector<Box> cells;
  for (const auto& p : parts) {
    if (!cells.empty()) {
      auto& last = cells.back();
      const int overlap = std::min(last.right(), p.right()) - std::max(last.x, p.x);
      if (overlap * 2 > std::min(last.width, p.width)) {
        last = around(last, p);
        continue;
      }
    }
    cells.push_back(p);
  }
  return cells;
}

bool may_be_digit(const Box& cell, int height) {
  return cell.height * 100 >= height * 85 && cell.height * 100 <= height * 112 && cell.width * 8 >= height &&
         cell.width * 100 <= height * 85;
}

// Two dots: narrow, lower than a digit, between its top and bottom.
bool may_be_colon(const Box& cell, const Box& digit) {
  return cell.width * 100 <= digit.height * 40 && cell.height * 100 >= digit.height * 35 &&
         cell.height * 100 <= digit.height * 88 && cell.y > digit.y && cell.bottom() <= digit.bottom() + 1;
}

std::optional<std::size_t> time_in(const std::vector<Box>& cells, int height) {
  for (std::size_t i = 0; i + 8 <= cells.size(); ++i) {
    bool fits = true;
    for (std::size_t k = 0; k < 8 && fits; ++k)
      fits = k % 3 == 2 ? may_be_colon(cells[i + k], cells[i]) : may_be_digit(cells[i + k], height);
    // The three pairs are alike in extent and evenly spaced.
    if (fits) {
      const double first = cells[i + 3].middle() - cells[i].middle(),
                   second = cells[i + 6].middle() - cells[i + 3].middle();
      if (std::abs(first - second) <= 0.35 * height && first <= 3.2 * height) return i;
    }
  }
  return std::nullopt;
}

// Around the digits of the time: what else stands in the line, as words.
PrintedLine line_around(std::vector<Box> cells, std::size_t time, Ink ink, int height) {
  PrintedLine line{ink, {}, {}, {}, 0};
  std::size_t from = time, to = time + 8;
  const auto gap = [&](std::size_t i) { return cells[i].x - cells[i - 1].right(); };
  while (from > 0 && gap(from) <= 2 * height) --from;
  while (to < cells.size() && gap(to) <= 2 * height) ++to;
  line.cells.assign(cells.begin() + std::ptrdiff_t(from), cells.begin() + std::ptrdiff_t(to));
  line.time = time - from;
  std::array<int, 6> widths;
  for (std::size_t k = 0, n = 0; k < 8; ++k)
    if (k % 3 != 2) widths[n++] = cells[time + k].width;
  std::sort(widths.begin(), widths.end());
  const int wide = widths[4];
  const double advance = (cells[time + 6].middle() - cells[time + 3].middle()) / 3;
  int word = 0;
  for (std::size_t i = 0; i < line.cells.size(); ++i) {
    const auto& cell = line.cells[i];
    const bool digit = may_be_digit(cell, height) && cell.width * 100 <= wide * 125;
    const bool foreign = !digit && cell.height * 100 >= height * 70 && cell.width * 100 > height * 55;
    if (i > 0) {
      const auto& last = line.cells[i - 1];
      const bool digits = digit && line.digits[i - 1];
      if (digits ? cell.middle() - last.middle() > 1.32 * advance : cell.x - last.right() > advance) ++word;
    }
    if (foreign) ++word;
    line.digits.push_back(digit);
    line.words.push_back(foreign ? -1 : word);
    if (foreign) ++word;
  }
  return line;
}

void find_in(const Plane& picture, int from, int to, Ink ink, std::vector<PrintedLine>& out) {
  auto parts = Parts(picture, from, to, ink).boxes();
  std::erase_if(parts, [&](const Box& b) {
    return b.height > picture.height / 8 || b.width > b.height * 6 || b.width * b.height < 2;
  });
  if (parts.size() > most_parts) return;
  std::sort(parts.begin(), parts.end(), [](auto& a, auto& b) { return a.y != b.y ? a.y < b.y : a.x < b.x; });
  std::vector<int> tried;  // tops of lines
  for (const auto& seed : parts) {
    if (seed.height < 7 || !may_be_digit(seed, seed.height)) continue;
    const int height = seed.height;
    if (std::any_of(tried.begin(), tried.end(),
                    [&](int y) { return std::abs(y - (seed.y * 1024 + height)) < 1; }))
      continue;
    tried.push_back(seed.y * 1024 + height);
    std::vector<Box> row;
    for (const auto& p : parts)
      if (p.y + p.height / 2 >= seed.y && p.y + p.height / 2 < seed.bottom() && p.height * 10 <= height * 13)
        row.push_back(p);
    if (row.size() < 8) continue;
    const auto cells = cells_of(std::move(row));
    const auto time = time_in(cells, height);
    if (!time) continue;
    auto line = line_around(cells, *time, ink, height);
    const auto& first = line.cells[line.time];
    const bool known = std::any_of(out.begin(), out.end(), [&](const PrintedLine& l) {
      const auto& other = l.cells[l.time];
      return std::abs(other.x - first.x) < height && std::abs(other.y - first.y) < height &&
             l.cells.size() >= line.cells.size();
    });
    if (!known) out.push_back(std::move(line));
    if (out.size() >= most_lines) return;
  }
}

}  // namespace

Box around(const Box& a, const Box& b) {
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

std::vector<std::uint8_t> printed(const Plane& picture, const Box& part, Ink ink) {
  std::vector<std::uint8_t> out;
  out.reserve(static_cast<std::size_t>(part.width) * part.height);
  for (int y = part.y; y < part.bottom(); ++y)
    for (int x = part.x; x < part.right(); ++x) {
      const int luma = picture.row(y)[x], bright = ink.bright ? luma : 255 - luma;
      const int share = (bright - (ink.threshold - softness)) * 255 / (2 * softness);
      out.push_back(static_cast<std::uint8_t>(255 - std::clamp(share, 0, 255)));
    }
  if (!ink.outlined) return out;
  std::vector<int> reached;
  const auto reach = [&](int x, int y, int darkest) {
    if (x < 0 || y < 0 || x >= part.width || y >= part.height) return;
    auto& value = out[static_cast<std::size_t>(y) * part.width + x];
    if (value > darkest) return;
    value = 255;
    reached.push_back(y * part.width + x);
  };
  for (int x = 0; x < part.width; ++x) {
    reach(x, 0, 254);
    reach(x, part.height - 1, 254);
  }
  for (int y = 0; y < part.height; ++y) {
    reach(0, y, 254);
    reach(part.width - 1, y, 254);
  }
  while (!reached.empty()) {
    const int x = reached.back() % part.width, y = reached.back() / part.width;
    reached.pop_back();
    for (const auto& [dx, dy] : {std::pair(1, 0), std::pair(-1, 0), std::pair(0, 1), std::pair(0, -1)})
      reach(x + dx, y + dy, print_level);
  }
  return out;
}

std::vector<PrintedLine> find_times(const Plane& picture) {
  std::vector<PrintedLine> out;
  const int band = picture.height / 4;
  for (const bool bright : {true, false})
    for (const int threshold : thresholds)
      for (const auto& [from, to] : {std::pair(0, band), std::pair(picture.height - band, picture.height)})
        if (out.size() < most_lines) find_in(picture, from, to, {bright, threshold, false}, out);
  return out;
}

}  // namespace jianlu::footage
