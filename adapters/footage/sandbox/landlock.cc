#include "adapters/footage/sandbox/landlock.h"

#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace jianlu::footage {
namespace {

// As the newest kernels have it; older ones are told a shorter size.
struct RulesetOfLandlock {
  std::uint64_t files, network, scopes;
};

}  // namespace

int landlock_ruleset() {
  const auto version = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return -1;
  const int file_rights = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
  const RulesetOfLandlock all{(1ull << file_rights) - 1, version >= 4 ? 3u : 0u, version >= 6 ? 3u : 0u};
  const std::size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  return static_cast<int>(syscall(SYS_landlock_create_ruleset, &all, size, 0));
}

bool landlock_enter(int ruleset) { return syscall(SYS_landlock_restrict_self, ruleset, 0) == 0; }

}  // namespace jianlu::footage
