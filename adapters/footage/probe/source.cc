#include "adapters/footage/probe/source.h"

extern "C" {
#include <libavformat/avio.h>
#include <libavutil/error.h>
#include <libavutil/mem.h>
}

#include <algorithm>
#include <cstdio>
#include <new>

namespace jianlu::footage {
namespace {
// Who seeks from table to table fills it anew each time.
constexpr int seeking_buffer = 16 * 1024, passing_buffer = 128 * 1024;
}

Source::Source(Input& input, bool indexed, bool seekable) : input_(input) {
  const int buffer_size = indexed ? seeking_buffer : passing_buffer;
  auto* buffer = static_cast<unsigned char*>(av_malloc(static_cast<std::size_t>(buffer_size)));
  if (!buffer) throw std::bad_alloc();
  context_ = avio_alloc_context(buffer, buffer_size, 0, this, &read, nullptr, seekable ? &seek : nullptr);
  if (!context_) throw std::bad_alloc();
}

Source::~Source() {
  av_freep(&context_->buffer);
  avio_context_free(&context_);
}

int Source::read(void* self, unsigned char* to, int count) {
  auto& s = *static_cast<Source*>(self);
  if (s.at_ >= s.input_.size()) return AVERROR_EOF;
  std::int64_t n = std::min<std::int64_t>(count, s.input_.size() - s.at_);
  const auto range = std::upper_bound(s.passed_over_.begin(), s.passed_over_.end(), s.at_,
                                      [](std::int64_t at, const ByteRange& r) { return at < r.to; });
  if (range != s.passed_over_.end()) {
    if (range->from <= s.at_) {
      n = std::min(n, range->to - s.at_);
      s.at_ += n;
      return static_cast<int>(n);
    }
    n = std::min(n, range->from - s.at_);
  }
  n = s.input_.read(s.at_, to, n);
  if (n <= 0) return s.input_.failed() ? AVERROR(EIO) : AVERROR_EOF;
  s.at_ += n;
  return static_cast<int>(n);
}

std::int64_t Source::seek(void* self, std::int64_t offset, int whence) {
  auto& s = *static_cast<Source*>(self);
  if (whence & AVSEEK_SIZE) return s.input_.size();
  switch (whence & ~AVSEEK_FORCE) {
    case SEEK_SET:
      break;
    case SEEK_CUR:
      offset += s.at_;
      break;
    case SEEK_END:
      offset += s.input_.size();
      break;
    default:
      return AVERROR(EINVAL);
  }
  if (offset < 0) return AVERROR(EINVAL);
  return s.at_ = offset;
}

}  // namespace jianlu::footage
