#include "adapters/manifest/blocks.h"

#include <algorithm>
#include <cstring>

namespace jianlu::manifest {
namespace {

constexpr std::size_t kShown = 64;   // of a line that is too long

std::size_t lines_of(std::string_view text) {
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size(); ++lines) at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return lines;
}

}  // namespace

void Block::reserve(std::size_t capacity) {
  if (capacity_ == capacity && bytes_ != nullptr) return;
  auto bytes = std::make_unique<char[]>(capacity + padding);
  if (size_ != 0) std::memcpy(bytes.get(), bytes_.get(), std::min(size_, capacity));
  bytes_ = std::move(bytes);
  capacity_ = capacity;
}

void Block::truncate(std::size_t size) {
  size_ = size;
  lines_ = lines_of(text());
}

// As many bytes as there are, up to `size`.
std::size_t Blocks::fill(char* to, std::size_t size) {
  std::size_t got = std::min(size, carry_.size() - carried_);
  if (got != 0) std::memcpy(to, carry_.data() + carried_, got);
  carried_ += got;
  if (carried_ == carry_.size()) {
    carry_.clear();
    carried_ = 0;
  }
  while (got < size && !ended_) {
    const std::size_t more = read_(to + got, size - got);
    got += more;
    bytes_ += more;
    ended_ = more == 0;
  }
  return got;
}

void Blocks::unread(std::string_view text) {
  if (text.size() > carried_) {
    carry_.insert(carry_.begin(), text.size() - carried_, '\0');
    carried_ = text.size();
  }
  carried_ -= text.size();
  std::copy(text.begin(), text.end(), carry_.begin() + static_cast<std::ptrdiff_t>(carried_));
}

bool Blocks::next(Block& block) {
  block.size_ = 0;
  block.too_long_ = false;
  block.first_ = lines_ + 1;
  block.reserve(wanted_);
  for (;;) {
    const std::size_t before = block.size_;
    block.size_ += fill(block.bytes_.get() + before, block.capacity_ - before);
    const bool last = block.size_ < block.capacity_;
    const void* const newline = memrchr(block.bytes_.get() + before, '\n', block.size_ - before);
    if (newline != nullptr || last) {
      const std::size_t end = last ? block.size_ : static_cast<std::size_t>(static_cast<const char*>(newline) - block.bytes_.get()) + 1;
      unread({block.bytes_.get() + end, block.size_ - end});
      block.size_ = end;
      break;
    }
    if (block.size_ > max_line + 1) return skip_line(block);
    block.reserve(std::min(block.capacity_ * 2, max_line + 2));
  }
  std::memset(block.bytes_.get() + block.size_, 0, Block::padding);
  block.lines_ = lines_of(block.text());
  lines_ += block.lines_;
  return block.size_ != 0;
}

// The rest of the line is read past, not kept.
bool Blocks::skip_line(Block& block) {
  std::vector<char> rest(64u << 10);
  for (;;) {
    const std::size_t got = fill(rest.data(), rest.size());
    const void* const newline = std::memchr(rest.data(), '\n', got);
    if (newline != nullptr) {
      const auto after = static_cast<std::size_t>(static_cast<const char*>(newline) - rest.data()) + 1;
      unread({rest.data() + after, got - after});
    }
    if (newline != nullptr || got < rest.size()) break;
  }
  block.size_ = kShown;
  block.reserve(wanted_);
  block.too_long_ = true;
  block.lines_ = 1;
  ++lines_;
  return true;
}

void Blocks::put_back(const Block& block, std::size_t bytes, std::size_t lines) {
  if (block.too_long()) unread("\n");
  unread(block.text().substr(bytes));
  lines_ -= block.lines() - lines;
}

bool LineCursor::next(std::string_view& line) {
  const std::string_view text = block_.text();
  if (at_ == text.size()) return false;
  const std::size_t newline = std::min(text.find('\n', at_), text.size());
  line = text.substr(at_, newline - at_);
  at_ = std::min(newline + 1, text.size());
  number_ = number_ == 0 ? block_.first() : number_ + 1;
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (number_ == 1 && line.substr(0, 3) == "\xEF\xBB\xBF") line.remove_prefix(3);
  return true;
}

}  // namespace jianlu::manifest
