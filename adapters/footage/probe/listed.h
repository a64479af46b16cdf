// The packets that a container's own tables list, without fetching them one by one, where its first ones show
// that libavformat reads them alike.
#pragma once

#include <optional>
#include <vector>

#include "adapters/footage/probe/coded_packet.h"
#include "adapters/footage/scan/input.h"
#include "adapters/footage/scan/structure.h"

struct AVFormatContext;

namespace jianlu::footage {

// All packets of each stream. `first` are those that libavformat gave so far: what they show of durations and
// of where time begins is used, and a single difference among them, or anything unclear in the file, gives
// nothing.
std::optional<std::vector<CodedPackets>> listed_in_fragments(Input& input, const Structure& structure,
                                                             const AVFormatContext& context,
                                                             const std::vector<CodedPackets>& first);
// Likewise of an AVI whose index lists every chunk that there is.
std::optional<std::vector<CodedPackets>> listed_in_chunks(Input& input, const AVFormatContext& context,
                                                          const std::vector<CodedPackets>& first);

}  // namespace jianlu::footage
