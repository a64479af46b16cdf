// Streams, packets and tags of one file through libavformat; no other file can be opened.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/footage/footage.h"
#include "adapters/footage/probe/decoder.h"
#include "adapters/footage/probe/examine.h"
#include "adapters/footage/scan/input.h"
#include "adapters/footage/scan/packets.h"
#include "adapters/footage/scan/sniff.h"
#include "adapters/footage/scan/structure.h"
#include "adapters/footage/scan/timeline.h"

namespace jianlu::footage {

struct DemuxResult {
  bool opened = false;
  std::string error;         // FFmpeg's words, when it could not open the file
  std::string limit;         // the limit that was reached; empty when none
  bool tables_only = false;  // no packet was counted: the depth asks for none, and no table lists them
  bool all_packets = false;  // every one that is there was seen, or listed by a table
  std::vector<std::pair<int, DecodeErrors>> decode_errors;  // by stream, at the depth of frames
  bool cut = false;          // the last one is incomplete
  std::vector<std::optional<Extent>> extents;  // of the streams
  PacketLog packets;         // at the depth of packets; from the sample tables, where the container has them
};

// Fills depth, detection limits, duration, tags and streams of `out`.
DemuxResult demux(Input& input, const Sniffed& sniffed, const Structure& structure,
                  const Examination& examination, FootageFacts& out);

}  // namespace jianlu::footage
