#include "adapters/footage/sandbox/filter.h"

#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <initializer_list>

namespace jianlu::footage {
namespace {

constexpr int answer = 1;

constexpr std::uint64_t thread_flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
constexpr std::uint64_t space_flags = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                                      CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_VFORK |
                                      CLONE_PTRACE | CLONE_PARENT;

class Program {
 public:
  Program() : context_(seccomp_init(SCMP_ACT_KILL_PROCESS)) {
    ok_ = context_ && seccomp_attr_set(context_, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
  }
  ~Program() { seccomp_release(context_); }

  void allow(std::initializer_list<int> calls) {
    for (const int call : calls) rule(SCMP_ACT_ALLOW, call, {});
  }
  void allow_if(int call, std::initializer_list<scmp_arg_cmp> tests) { rule(SCMP_ACT_ALLOW, call, tests); }
  void refuse(std::uint32_t error, std::initializer_list<int> calls) {
    for (const int call : calls) rule(SCMP_ACT_ERRNO(error), call, {});
  }

  std::string bytes() const {
    std::string out;
    int ends[2];
    if (!ok_ || pipe(ends) != 0) return out;
    // A few hundred instructions of eight bytes: a pipe holds them.
    const bool written = seccomp_export_bpf(context_, ends[1]) == 0;
    close(ends[1]);
    char buffer[4096];
    for (ssize_t n = 0; written && (n = read(ends[0], buffer, sizeof buffer)) > 0;)
      out.append(buffer, static_cast<std::size_t>(n));
    close(ends[0]);
    return out;
  }

 private:
  void rule(std::uint32_t action, int call, std::initializer_list<scmp_arg_cmp> tests) {
    ok_ = ok_ && seccomp_rule_add_array(context_, action, call, static_cast<unsigned>(tests.size()),
                                        tests.begin()) == 0;
  }

  scmp_filter_ctx context_;
  bool ok_ = false;
};

}  // namespace

std::string seccomp_program(bool threads) {
  Program p;
  // The file is in memory before the sandbox closes.
  p.allow_if(SCMP_SYS(write), {SCMP_A0(SCMP_CMP_EQ, answer)});
  // Memory: private, never executable, never a file.
  p.allow({SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise)});
  p.allow_if(SCMP_SYS(mmap), {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                              SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_SHARED | MAP_PRIVATE | MAP_ANONYMOUS,
                                      MAP_PRIVATE | MAP_ANONYMOUS)});
  p.allow_if(SCMP_SYS(mprotect), {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
  // Time, signals to itself as they return, what machine this is, the end.
  p.allow({SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(clock_nanosleep),
           SCMP_SYS(nanosleep), SCMP_SYS(restart_syscall), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
           SCMP_SYS(sigaltstack), SCMP_SYS(sysinfo), SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid),
           SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_yield), SCMP_SYS(futex), SCMP_SYS(exit),
           SCMP_SYS(exit_group)});
  p.allow_if(SCMP_SYS(prctl), {SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)});
  if (threads) {
    p.allow_if(SCMP_SYS(clone), {SCMP_A0(SCMP_CMP_MASKED_EQ, thread_flags | space_flags, thread_flags)});
    p.refuse(ENOSYS,
             {SCMP_SYS(clone3)});  // its flags lie in memory, where no filter sees them; glibc uses clone
    p.allow({SCMP_SYS(set_robust_list), SCMP_SYS(rseq)});
  }
  p.refuse(EPERM, {SCMP_SYS(open),
                   SCMP_SYS(openat),
                   SCMP_SYS(stat),
                   SCMP_SYS(lstat),
                   SCMP_SYS(fstat),
                   SCMP_SYS(newfstatat),
                   SCMP_SYS(statx),
                   SCMP_SYS(access),
                   SCMP_SYS(faccessat),
                   SCMP_SYS(faccessat2),
                   SCMP_SYS(readlink),
                   SCMP_SYS(getcwd),
                   SCMP_SYS(ioctl),
                   SCMP_SYS(fcntl),
                   SCMP_SYS(lseek),
                   SCMP_SYS(close),
                   SCMP_SYS(tgkill),
                   SCMP_SYS(rt_sigaction),
                   SCMP_SYS(sched_setaffinity),
                   SCMP_SYS(prlimit64),
                   SCMP_SYS(getrlimit),
                   SCMP_SYS(uname)});
  return p.bytes();
}

}  // namespace jianlu::footage
