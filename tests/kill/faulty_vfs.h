// A layer below SQLite that counts what it writes and syncs, and kills the process at one of these steps.
#pragma once

#include <cstdint>

namespace jianlu::kill {

struct Counts {
  std::int64_t steps = 0;        // writes, syncs and truncations of any file
  std::int64_t main_steps = 0;   // of the database file itself: checkpoints
};

struct Plan {
  std::int64_t at_step = 0;        // 0: never
  std::int64_t at_main_step = 0;
  bool torn = false;               // half of the write reaches the file
};

// Makes it the file system of all databases opened from now on. `counts` may lie in shared memory. Write-ahead logs are
// written back every `pages` pages, whatever the store asks for, so that short runs see checkpoints too.
void install(Counts& counts, const Plan& plan, int pages);

}  // namespace jianlu::kill
