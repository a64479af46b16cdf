// Files that may be anything, on their way to a worker.
#pragma once

#include <string>

#include "adapters/footage/footage.h"

namespace jianlu::footage {

struct OpenedFile {
  int descriptor = -1;
  std::int64_t size = 0;
  FootageFacts failure;  // when the descriptor is negative
};

// Never waits on a pipe, never follows into a terminal.
OpenedFile open_footage(const std::string& path);

// A descriptor from elsewhere, now owned here: closed and refused unless it is a regular file, and opened
// anew where it could be written to.
OpenedFile take_footage(int descriptor);

}  // namespace jianlu::footage
