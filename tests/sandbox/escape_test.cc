// Nothing that a worker tries beyond reading its file and answering comes to pass.
#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <thread>

#include "adapters/footage/sandbox/landlock.h"
#include "adapters/footage/sandbox/sandbox.h"
#include "tests/sandbox/attempts.h"
#include "tests/unit/footage/files.h"

using namespace jianlu::footage;

namespace {

constexpr std::int64_t memory = 256 << 20;

struct End {
  int status = 0;
  std::string answer;
};

// Forks, enters the sandbox, runs `inside` and takes its answer.
template <typename Inside>
End in_sandbox(const Sandbox& sandbox, Inside inside, std::int64_t seconds = 10) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (!sandbox.enter({ends[1], seconds, memory})) _exit(99);
    _exit(inside());
  }
  close(ends[1]);
  End end;
  char buffer[256];
  for (ssize_t n = 0; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
    end.answer.append(buffer, static_cast<std::size_t>(n));
  close(ends[0]);
  REQUIRE(waitpid(child, &end.status, 0) == child);
  return end;
}

bool by_signal(const End& end, int signal) {
  return WIFSIGNALED(end.status) && WTERMSIG(end.status) == signal;
}
bool by_exit(const End& end, int code) { return WIFEXITED(end.status) && WEXITSTATUS(end.status) == code; }

}  // namespace

TEST_CASE("every attempt to get out is refused") {
  for (const bool threads : {false, true}) {
    const auto sandbox = Sandbox::make(threads);
    REQUIRE(sandbox);
    CHECK(attempts().size() >= 40);
    const int outside = getpid();
    for (const auto& attempt : attempts()) {
      INFO(attempt.name);
      const auto end = in_sandbox(*sandbox, [&] { return static_cast<int>(attempt.go(outside)); });
      if (attempt.error == 0)
        CHECK(by_signal(end, SIGSYS));
      else
        CHECK(by_exit(end, attempt.error));
    }
  }
  CHECK(access("/tmp/jianlu-escaped", F_OK) != 0);
}

TEST_CASE("inside, memory is had and an answer given") {
  const auto sandbox = Sandbox::make(false);
  REQUIRE(sandbox);
  const auto end = in_sandbox(*sandbox, [] {
    std::string large(64 << 20, 'x');
    try {
      throw static_cast<int>(large.size());
    } catch (int) {
    }
    return write(1, "footage", 7) == 7 ? 0 : 2;
  });
  CHECK(by_exit(end, 0));
  CHECK(end.answer == "footage");
}

TEST_CASE("memory and time are bounded") {
  const auto sandbox = Sandbox::make(false);
  REQUIRE(sandbox);
  CHECK(by_exit(in_sandbox(*sandbox, [] { return malloc(2 * memory) == nullptr ? 7 : 0; }), 7));
  const auto busy = in_sandbox(
      *sandbox,
      [] {
        for (;;) getpid();
        return 0;
      },
      1);
  CHECK((by_signal(busy, SIGXCPU) || by_signal(busy, SIGKILL)));
}

TEST_CASE("threads where they are allowed, never processes") {
  const auto start = [] {
    int sum = 0;
    std::thread([&] { sum += 40; }).join();
    std::thread([&] { sum += 2; }).join();
    return sum;
  };
  const auto with = Sandbox::make(true), without = Sandbox::make(false);
  REQUIRE(with);
  REQUIRE(without);
  CHECK(by_exit(in_sandbox(*with, start), 42));
  CHECK(by_signal(in_sandbox(*without, start), SIGSYS));
}

TEST_CASE("Landlock alone refuses every path, where the kernel has it") {
  const int ruleset = landlock_ruleset();
  if (ruleset < 0) {
    WARN("this kernel has no Landlock");
    return;
  }
  const pid_t child = fork();
  if (child == 0) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !landlock_enter(ruleset)) _exit(99);
    _exit(open("/etc/hostname", O_RDONLY) < 0 && errno == EACCES ? 0 : 1);
  }
  close(ruleset);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}
