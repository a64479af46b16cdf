// Streams, packets and tags of one file through libavformat. Nothing is decoded; no other file can be opened.
#pragma once

#include <string>

#include "adapters/footage/footage.h"
#include "adapters/footage/limits.h"
#include "adapters/footage/scan/input.h"
#include "adapters/footage/scan/sniff.h"
#include "adapters/footage/scan/structure.h"

namespace jianlu::footage {

struct DemuxResult {
  bool opened = false;
  std::string error;  // FFmpeg's words, when it could not open the file
  std::string limit;  // the limit that was reached; empty when none
};

// Fills duration, tags and streams of `out`; gaps are steps above `gap_threshold` microseconds.
DemuxResult demux(Input& input, const Sniffed& sniffed, const Structure& structure, const Limits& limits,
                  std::int64_t gap_threshold, FootageFacts& out);

}  // namespace jianlu::footage
