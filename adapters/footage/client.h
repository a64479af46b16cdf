// Facts about many files, from jianlu-probe. This side links no FFmpeg and reads no footage: it opens each
// file and passes the descriptor on.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/footage/footage.h"
#include "adapters/footage/open.h"
#include "adapters/footage/watching.h"

namespace jianlu::footage {

struct ProbeOptions {
  std::string program;  // path of jianlu-probe; empty: beside the running program, else on PATH
  int jobs = 1;
  std::int64_t gap_threshold = 1'000'000;  // microseconds; an interpretation, given by the rules
  Depth depth = Depth::packets;
  bool every_frame = false;        // at Depth::frames: decode all of it, not samples
  Watching watching;               // at Depth::frames: what to look for
  bool hash = true;                // the whole file is read for its digest
  bool unsafe_no_sandbox = false;  // read files even where no sandbox can be made
};

struct ProbeError {
  std::string zh, en;  // what failed and how to mend it
};

// Called once per file, as each is finished; `index` is that of the path.
using OnFacts = std::function<void(std::size_t index, FootageFacts&& facts)>;

// Every path is answered exactly once, whatever is wrong with it, unless an error is returned: the program
// could not be started, or ended early; then the paths answered so far stay valid. Not for use from two
// threads at once.
std::optional<ProbeError> probe_files(const std::vector<std::string>& paths, const ProbeOptions& options,
                                      const OnFacts& on_facts);

// The same for files that the caller opens: `open` is called once per index, in their order, when there is
// room for another.
using Open = std::function<OpenedFile(std::size_t index)>;
std::optional<ProbeError> probe_opened(std::size_t count, const Open& open, const ProbeOptions& options,
                                       const OnFacts& on_facts);

}  // namespace jianlu::footage
