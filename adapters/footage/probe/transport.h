// The packets of a transport stream without the demuxer, where its first ones show that both read it alike.
#pragma once

#include <optional>
#include <vector>

#include "adapters/footage/probe/coded_packet.h"
#include "adapters/footage/scan/input.h"

struct AVFormatContext;

namespace jianlu::footage {

// All packets of each stream. `first` are those that libavformat gave so far: what they show of durations is
// used, and a single difference among them, or anything unclear in the file, gives nothing.
std::optional<std::vector<CodedPackets>> walk_transport(Input& input, const AVFormatContext& context,
                                                        const std::vector<CodedPackets>& first);

}  // namespace jianlu::footage
