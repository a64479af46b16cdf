// The printed clock of one stream: found once, then read at the same place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/footage/watch/clock_text.h"
#include "adapters/footage/watch/glyphs.h"
#include "adapters/footage/watch/print.h"
#include "adapters/footage/watch/text_reader.h"

namespace jianlu::footage {

class ClockFace {
 public:
  // Nothing when no clock is found that the reader can read to the last digit.
  static std::optional<ClockFace> find(const Plane& picture, TextReader& reader);

  struct Reading {
    std::int64_t local = 0;
    bool certain = false;  // every digit is a known shape, and no other comes near
  };
  const Box& place() const { return place_; }
  // That part of a picture, as dark print on white: empty when the picture is smaller.
  std::vector<std::uint8_t> window(const Plane& picture) const;
  // The others take it as a plane.
  Plane plane(const std::vector<std::uint8_t>& window) const;

  // By the known shapes.
  std::optional<Reading> compare(const Plane& window);
  // Whether the known shapes of this very time stand there.
  bool shows(const Plane& window, std::int64_t local) const;
  // A digit's cell in which nothing stands out: no reader makes a time of that.
  bool blotted(const Plane& window) const;
  // By the reader, where shapes are not certain.
  std::optional<std::int64_t> ask(const Plane& window, TextReader& reader) const;
  void learn(const Plane& window, std::int64_t local);

 private:
  struct Cell {
    double middle = 0;
    std::size_t group = 0;
  };
  struct Word {
    Box box;
    std::vector<std::size_t> digits;  // which of its cells are digits
    std::size_t size = 0;             // cells
  };
  static std::optional<ClockFace> read(PrintedLine line, const Plane& picture, TextReader& reader);
  std::optional<std::int64_t> lay_out(PrintedLine line, const Plane& window, TextReader& reader);
  void part_dates(PrintedLine& line, const Plane& window, TextReader& reader);
  bool take_groups(const PrintedLine& line);
  void take_words(const PrintedLine& line, const std::vector<std::size_t>& taken);
  bool take_half_day(const PrintedLine& line, const Plane& window, TextReader& reader);
  std::string print(const Plane& window, const Box& box, TextReader& reader) const;
  std::optional<std::string> digits(const Plane& window, TextReader& reader) const;
  std::optional<char> certain(const Plane& window, std::size_t cell) const;
  std::optional<std::int64_t> time_of(const std::string& signs) const;
  std::string signs_of(std::int64_t local) const;
  std::optional<Reading> by_glyphs(const Plane& window) const;
  bool unchanged(const Plane& window) const;

  ClockForm form_;
  std::vector<Cell> cells_;   // digits, and the A or P of the half day behind them
  std::vector<int> lengths_;  // digits in each group
  std::vector<Word> words_;
  std::optional<Box> half_;  // AM or PM
  bool half_days_ = false;
  int top_ = 0;
  Ink ink_;
  Box place_;
  Glyphs glyphs_;
  std::vector<std::uint8_t> compared_;  // the last window that was read by its shapes
  Reading last_;                        // … as this
};

}  // namespace jianlu::footage
