#pragma once

#include <cstddef>
#include <istream>
#include <memory>
#include <string_view>

namespace jianlu::manifest {

// Lines of an input, each readable for `padding` bytes beyond its end. Memory is a buffer that grows to the longest line
// allowed.
class LineInput {
 public:
  static constexpr std::size_t padding = 64;
  enum class Got { line, too_long, end };

  LineInput(std::istream& in, std::size_t longest);
  // The next line, without its line ending; of a line that is too long the beginning. Valid until the next call.
  Got next(std::string_view& line);
  std::size_t capacity_after(std::string_view line) const;  // readable bytes from its begin
  std::size_t lines() const { return lines_; }
  std::size_t bytes() const { return bytes_; }

 private:
  bool fill();

  std::istream& in_;
  std::size_t longest_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0, begin_ = 0, end_ = 0, searched_ = 0;
  std::size_t lines_ = 0, bytes_ = 0;
  bool skipping_ = false, done_ = false;
};

}  // namespace jianlu::manifest
