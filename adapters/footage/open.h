// Opening a file that may be anything: never waits on a pipe, never follows into a terminal.
#pragma once

#include <string>

#include "adapters/footage/footage.h"

namespace jianlu::footage {

struct OpenedFile {
  int descriptor = -1;
  FootageFacts failure;  // when the descriptor is negative
};
OpenedFile open_footage(const std::string& path);

}  // namespace jianlu::footage
