#include "adapters/speech/keeper.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace jianlu::speech {
namespace {

constexpr int kNap = 2, kNaps = 5000;  // milliseconds; how many until what cannot be killed is left alone

[[noreturn]] void give_up(int failed, int error) {
  if (write(failed, &error, sizeof error) < 0) _exit(126);
  _exit(127);
}

[[noreturn]] void become(char* const* arguments, const Recogniser& limits, pid_t keeper,
                         const KeeperEnds& ends) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != keeper) _exit(127);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const rlimit none{0, 0};
  const rlimit memory{static_cast<rlim_t>(limits.memory), static_cast<rlim_t>(limits.memory)};
  if (dup2(nothing, 0) == 0 && dup2(ends.out, 1) == 1 && dup2(ends.err, 2) == 2 &&
      setrlimit(RLIMIT_CORE, &none) == 0 && setrlimit(RLIMIT_AS, &memory) == 0) {
    sigset_t empty;
    sigemptyset(&empty);
    sigprocmask(SIG_SETMASK, &empty, nullptr);
    execvp(arguments[0], arguments);
  }
  give_up(ends.failed, errno);
}

// Neither the store nor the pipes of others may stay open here.
void close_all_but(int a, int b) {
  const auto first = static_cast<unsigned>(std::min(a, b)), second = static_cast<unsigned>(std::max(a, b));
  if (first > 3) close_range(3, first - 1, 0);
  if (second > first + 1) close_range(first + 1, second - 1, 0);
  close_range(second + 1, ~0u, 0);
}

// As many as are told at once; the others come with the next look.
void kill_children() {
  const int list = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
  char text[4096];
  pid_t pid = 0;
  for (ssize_t got = 0; (got = read(list, text, sizeof text)) > 0;) {
    for (ssize_t i = 0; i < got; ++i) {
      if (text[i] >= '0' && text[i] <= '9') {
        pid = pid * 10 + (text[i] - '0');
      } else if (pid > 1) {
        kill(pid, SIGKILL);
        pid = 0;
      }
    }
  }
  if (list >= 0) close(list);
}

// Whose parent dies becomes a child of ours, until there is none. How the recogniser itself ended.
int sweep(pid_t child) {
  int status = 0;
  kill(-child, SIGKILL);  // not reaped yet: the number of its group is its own
  for (int naps = 0; naps < kNaps; ++naps) {
    kill_children();
    for (;;) {
      int how = 0;
      const pid_t gone = waitpid(-1, &how, WNOHANG);
      if (gone < 0 && errno == ECHILD) return status;
      if (gone <= 0) break;
      if (gone == child) status = how;
    }
    poll(nullptr, 0, kNap);
  }
  return status;
}

}  // namespace

void keep(char* const* arguments, const Recogniser& limits, const KeeperEnds& ends) {
  setpgid(0, 0);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  const pid_t keeper = getpid(), child = fork();
  if (child < 0) give_up(ends.failed, errno);
  if (child == 0) become(arguments, limits, keeper, ends);
  setpgid(child, child);
  close_all_but(ends.control, ends.status);
  pollfd fds[] = {{ends.control, 0, 0}, {static_cast<int>(syscall(SYS_pidfd_open, child, 0)), POLLIN, 0}};
  while (poll(fds, 2, -1) < 0 && errno == EINTR) {
  }
  const bool ended = fds[1].revents != 0;
  const int status = sweep(child);
  if (ended && write(ends.status, &status, sizeof status) < 0) _exit(126);
  _exit(0);
}

}  // namespace jianlu::speech
