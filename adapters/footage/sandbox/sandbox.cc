#include "adapters/footage/sandbox/sandbox.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "adapters/footage/sandbox/filter.h"
#include "adapters/footage/sandbox/landlock.h"

namespace jianlu::footage {
namespace {

bool limit(int resource, std::int64_t value) {
  const rlimit both{static_cast<rlim_t>(value), static_cast<rlim_t>(value)};
  return setrlimit(static_cast<__rlimit_resource>(resource), &both) == 0;
}

}  // namespace

Sandbox::~Sandbox() {
  if (landlock_ >= 0) close(landlock_);
}

Sandbox::Sandbox(Sandbox&& other) noexcept
    : filter_(std::move(other.filter_)),
      threads_(other.threads_),
      landlock_(std::exchange(other.landlock_, -1)) {}

std::optional<Sandbox> Sandbox::make(bool threads) {
  Sandbox sandbox;
  sandbox.threads_ = threads;
  const auto program = seccomp_program(threads);
  static_assert(sizeof(Instruction) == sizeof(sock_filter));
  sandbox.filter_.resize(program.size() / sizeof(Instruction));
  std::memcpy(sandbox.filter_.data(), program.data(), sandbox.filter_.size() * sizeof(Instruction));
  sandbox.landlock_ = landlock_ruleset();
  if (!sandbox.filter_.empty() && sandbox.works()) return sandbox;
  return std::nullopt;
}

bool Sandbox::works() const {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  const pid_t child = fork();
  if (child == 0) _exit(enter({ends[1], 10, 64 << 20}) ? 0 : 1);
  close(ends[0]);
  close(ends[1]);
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool Sandbox::enter(const Confines& confines) const {
  if (confines.answer != 1 && dup2(confines.answer, 1) < 0) return false;
  const bool limited = limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
                       (threads_ || limit(RLIMIT_NPROC, 0)) && limit(RLIMIT_CPU, confines.seconds) &&
                       limit(RLIMIT_DATA, confines.memory);
  if (!limited || prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  if (landlock_ >= 0 && !landlock_enter(landlock_)) return false;
  if (close_range(0, 0, 0) != 0 || close_range(2, ~0u, 0) != 0 || !limit(RLIMIT_NOFILE, 2)) return false;
  if (filter_.empty()) return true;
  const sock_fprog program{static_cast<unsigned short>(filter_.size()),
                           reinterpret_cast<sock_filter*>(const_cast<Instruction*>(filter_.data()))};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

}  // namespace jianlu::footage
