#include "adapters/manifest/line_input.h"

#include <algorithm>
#include <cstring>

namespace jianlu::manifest {
namespace {
constexpr std::size_t kFirst = 256u << 10;
}

LineInput::LineInput(std::istream& in, std::size_t longest)
    : in_(in), longest_(longest), buffer_(std::make_unique<char[]>(kFirst + padding)), capacity_(kFirst) {}

// Moves what is left to the front and reads on; grows where a line fills the buffer. False at the end of the input.
bool LineInput::fill() {
  if (done_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    searched_ -= begin_;
    begin_ = 0;
  }
  if (end_ == capacity_) {
    const std::size_t capacity = std::min(capacity_ * 2, longest_ + 2);
    auto larger = std::make_unique<char[]>(capacity + padding);
    std::memcpy(larger.get(), buffer_.get(), end_);
    buffer_ = std::move(larger);
    capacity_ = capacity;
  }
  in_.read(buffer_.get() + end_, static_cast<std::streamsize>(capacity_ - end_));
  const auto got = static_cast<std::size_t>(in_.gcount());
  end_ += got;
  bytes_ += got;
  std::memset(buffer_.get() + end_, 0, padding);
  done_ = got == 0;
  return !done_;
}

LineInput::Got LineInput::next(std::string_view& line) {
  for (;;) {
    const void* const newline = std::memchr(buffer_.get() + searched_, '\n', end_ - searched_);
    if (newline != nullptr || (done_ && begin_ < end_)) {
      const std::size_t stop = newline == nullptr ? end_ : static_cast<std::size_t>(static_cast<const char*>(newline) - buffer_.get());
      line = std::string_view(buffer_.get() + begin_, stop - begin_);
      begin_ = searched_ = std::min(stop + 1, end_);
      if (skipping_) {
        skipping_ = false;
        continue;
      }
      ++lines_;
      if (line.size() > longest_) return Got::too_long;
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (lines_ == 1 && line.substr(0, 3) == "\xEF\xBB\xBF") line.remove_prefix(3);
      return Got::line;
    }
    searched_ = end_;
    if (done_) return Got::end;
    if (end_ - begin_ > longest_ || skipping_) {
      // The rest of the line is read past, not kept.
      line = std::string_view(buffer_.get() + begin_, std::min<std::size_t>(end_ - begin_, 64));
      const bool known = skipping_;
      skipping_ = true;
      begin_ = searched_ = end_;
      if (known) {
        fill();
        continue;
      }
      ++lines_;
      return Got::too_long;
    }
    fill();
  }
}

std::size_t LineInput::capacity_after(std::string_view line) const {
  return static_cast<std::size_t>(buffer_.get() + capacity_ + padding - line.data());
}

}  // namespace jianlu::manifest
