// The only way in which libavformat sees a file: an AVIOContext over Input.
#pragma once

#include <vector>

#include "adapters/footage/scan/input.h"
#include "adapters/footage/scan/structure.h"

struct AVIOContext;

namespace jianlu::footage {

class Source {
 public:
  // `indexed`: tables are read that lie here and there. Without `seekable` the demuxer gets one forward pass.
  Source(Input& input, bool indexed, bool seekable);
  ~Source();
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  AVIOContext* context() { return context_; }

  // From now on the bytes in these ranges are not fetched: reads there succeed and leave the buffer as it
  // was. For demuxers that place packets by an index, so that footage is touched by the hash alone. Sorted,
  // disjoint.
  void pass_over(std::vector<ByteRange> ranges) { passed_over_ = std::move(ranges); }

 private:
  static int read(void* self, unsigned char* to, int count);
  static std::int64_t seek(void* self, std::int64_t offset, int whence);

  Input& input_;
  std::int64_t at_ = 0;
  std::vector<ByteRange> passed_over_;
  AVIOContext* context_;
};

}  // namespace jianlu::footage
