// How long the footage is that is there, against what the file says of itself.
#pragma once

#include "adapters/footage/footage.h"
#include "adapters/footage/probe/demux.h"
#include "adapters/footage/scan/sniff.h"
#include "adapters/footage/scan/structure.h"

namespace jianlu::footage {

// Where the end is missing: the verdict, why, and the lengths of what is there. False where nothing is
// missing.
bool judge_truncated(const Sniffed& sniffed, const Structure& structure, const DemuxResult& demuxed,
                     FootageFacts& facts);

}  // namespace jianlu::footage
