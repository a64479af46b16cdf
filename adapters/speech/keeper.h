// The process between us and a recogniser: it starts the recogniser and, when that ends or we no longer want
// it, sees to it that nothing of it is left, whatever sessions and groups its processes have put themselves
// into.
#pragma once

#include "adapters/speech/recogniser.h"

namespace jianlu::speech {

struct KeeperEnds {
  int out, err;  // where the recogniser writes
  int failed;    // gets errno where it cannot be started, and is closed where it was
  int control;   // the recogniser is wanted until the other end is closed
  int status;    // gets how it ended, as of waitpid, where nobody had to stop it
};

// Called in a child of ours between fork and exit: allocates nothing.
[[noreturn]] void keep(char* const* arguments, const Recogniser& limits, const KeeperEnds& ends);

}  // namespace jianlu::speech
