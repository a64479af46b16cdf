// One mapped file in, its facts out. Runs inside a worker: may run out of memory
// (std::bad_alloc) or be killed.
#pragma once

#include <string_view>

#include "adapters/footage/footage.h"
#include "adapters/footage/limits.h"
#include "adapters/footage/watch/text_reader.h"
#include "adapters/footage/watching.h"

struct evp_md_st;

namespace jianlu::footage {

struct Examination {
  Limits limits;
  std::int64_t gap_threshold = 1'000'000;
  Depth depth = Depth::packets;
  bool every_frame = false;           // at Depth::frames: decode all of it, not samples
  Watching watching;                  // at Depth::frames: what to look for
  TextReader* reader = nullptr;       // none: the burnt-in clock is not read
  const evp_md_st* sha256 = nullptr;  // none: the file is not hashed, and read no further than the depth asks
};

FootageFacts examine(std::string_view file, const Examination& examination);

// Size and digest only: for a file on which examine() failed.
void identify(std::string_view file, const Examination& examination, FootageFacts& facts);

}  // namespace jianlu::footage
