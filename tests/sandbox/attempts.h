// What a reader taken over by a hostile file might try, and how each must end.
#pragma once

#include <vector>

struct Attempt {
  const char* name;
  // 0 when it succeeded, else the error. Runs inside the sandbox; `outside` is the process that watches.
  long (*go)(int outside);
  int error;  // refused with this error; 0: the process is ended by SIGSYS
};

const std::vector<Attempt>& attempts();
