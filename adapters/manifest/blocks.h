// An input in blocks of whole lines, and the lines of a block.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace jianlu::manifest {

inline constexpr std::size_t max_line = 16u << 20;

class Block {
 public:
  static constexpr std::size_t padding = 64;   // readable behind the text

  std::string_view text() const { return {bytes_.get(), size_}; }
  std::size_t first() const { return first_; }       // number of its first line, from 1
  std::size_t lines() const { return lines_; }
  bool too_long() const { return too_long_; }        // one line longer than allowed: the text is its beginning
  std::size_t readable() const { return capacity_ + padding; }
  void truncate(std::size_t size);                   // to whole lines

 private:
  friend class Blocks;
  void reserve(std::size_t capacity);                // keeps the text

  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0, size_ = 0, first_ = 1, lines_ = 0;
  bool too_long_ = false;
};

// Where the blocks end depends on the input alone, not on how it came in.
class Blocks {
 public:
  // Puts at most `size` bytes at `to` and says how many; 0: the end.
  using Read = std::function<std::size_t(char* to, std::size_t size)>;

  // `wanted`: bytes of a block that has no longer line.
  Blocks(Read read, std::size_t wanted) : read_(std::move(read)), wanted_(wanted) {}
  bool next(Block& block);                 // false at the end
  // What was read last comes again, from this many bytes and lines into the block on.
  void put_back(const Block& block, std::size_t bytes, std::size_t lines);
  void want(std::size_t size) { wanted_ = size; }
  std::size_t lines() const { return lines_; }
  std::size_t bytes() const { return bytes_; }

 private:
  std::size_t fill(char* to, std::size_t size);
  void unread(std::string_view text);
  bool skip_line(Block& block);

  Read read_;
  std::size_t wanted_;
  std::vector<char> carry_;                // what comes before what `read_` gives
  std::size_t carried_ = 0;                // of which this much is used up
  std::size_t lines_ = 0, bytes_ = 0;
  bool ended_ = false;
};

// Lines without their endings, one after the other.
class LineCursor {
 public:
  explicit LineCursor(const Block& block) : block_(block) {}
  bool next(std::string_view& line);
  std::size_t number() const { return number_; }     // of the line given last
  std::size_t offset() const { return at_; }         // of the line that comes next
  std::size_t readable(std::string_view line) const {  // bytes from its begin
    return block_.readable() - static_cast<std::size_t>(line.data() - block_.text().data());
  }

 private:
  const Block& block_;
  std::size_t at_ = 0, number_ = 0;
};

}  // namespace jianlu::manifest
