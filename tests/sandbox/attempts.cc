#include "tests/sandbox/attempts.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace {

template <typename... Arguments>
long call(long number, Arguments... arguments) {
  return syscall(number, arguments...) < 0 ? errno : 0;
}

constexpr const char* victim = "/etc/hostname";
char page[4096];
constexpr int killed = 0;

// The table of the 32-bit kernel entry, where the numbers mean other calls: 5 is open.
long old_entry(int) {
#ifdef __x86_64__
  long result = 5;
  asm volatile("int $0x80" : "+a"(result) : "b"(0), "c"(0), "d"(0) : "memory");
  return result < 0 ? -result : 0;
#else
  return call(SYS_kexec_load, 0, 0, nullptr, 0);
#endif
}

}  // namespace

const std::vector<Attempt>& attempts() {
  static const std::vector<Attempt> all{
      // files and their names
      {"open", [](int) { return call(SYS_open, victim, O_RDONLY); }, EPERM},
      {"open for writing",
       [](int) { return call(SYS_open, "/tmp/jianlu-escaped", O_WRONLY | O_CREAT, 0600); }, EPERM},
      {"openat", [](int) { return call(SYS_openat, AT_FDCWD, victim, O_RDONLY); }, EPERM},
      {"openat its own memory", [](int) { return call(SYS_openat, AT_FDCWD, "/proc/self/mem", O_RDWR); },
       EPERM},
      {"openat2", [](int) { return call(SYS_openat2, AT_FDCWD, victim, page, 24); }, killed},
      {"creat", [](int) { return call(SYS_creat, "/tmp/jianlu-escaped", 0600); }, killed},
      {"stat", [](int) { return call(SYS_stat, victim, page); }, EPERM},
      {"readlink", [](int) { return call(SYS_readlink, "/proc/self/exe", page, sizeof page); }, EPERM},
      {"truncate", [](int) { return call(SYS_truncate, victim, 0); }, killed},
      {"ftruncate the file", [](int) { return call(SYS_ftruncate, 0, 0); }, killed},
      {"unlink", [](int) { return call(SYS_unlink, victim); }, killed},
      {"unlinkat", [](int) { return call(SYS_unlinkat, AT_FDCWD, victim, 0); }, killed},
      {"rename", [](int) { return call(SYS_rename, victim, "/tmp/x"); }, killed},
      {"renameat2", [](int) { return call(SYS_renameat2, AT_FDCWD, victim, AT_FDCWD, "/tmp/x", 0); }, killed},
      {"mkdir", [](int) { return call(SYS_mkdir, "/tmp/jianlu-escaped", 0700); }, killed},
      {"link", [](int) { return call(SYS_link, victim, "/tmp/x"); }, killed},
      {"symlink", [](int) { return call(SYS_symlink, victim, "/tmp/x"); }, killed},
      {"mknod", [](int) { return call(SYS_mknod, "/tmp/x", 0600, 0); }, killed},
      {"chmod", [](int) { return call(SYS_chmod, victim, 0777); }, killed},
      {"fchmod the file", [](int) { return call(SYS_fchmod, 0, 0777); }, killed},
      {"chown", [](int) { return call(SYS_chown, victim, 0, 0); }, killed},
      {"setxattr", [](int) { return call(SYS_setxattr, victim, "user.x", "x", 1, 0); }, killed},
      {"open by handle", [](int) { return call(SYS_open_by_handle_at, 0, page, O_RDONLY); }, killed},
      {"watch files", [](int) { return call(SYS_inotify_init1, 0); }, killed},
      // the two descriptors
      {"write to the file", [](int) { return call(SYS_write, 0, page, 1); }, killed},
      {"pwrite to the file", [](int) { return call(SYS_pwrite64, 0, page, 1, 0); }, killed},
      {"sendfile", [](int) { return call(SYS_sendfile, 1, 0, nullptr, 1); }, killed},
      {"fcntl", [](int) { return call(SYS_fcntl, 0, F_SETFL, 0); }, EPERM},
      {"ioctl", [](int) { return call(SYS_ioctl, 0, 0x5412, page); }, EPERM},
      {"dup", [](int) { return call(SYS_dup, 0); }, killed},
      // the network
      {"socket", [](int) { return call(SYS_socket, AF_INET, SOCK_STREAM, 0); }, killed},
      {"socket to a neighbour", [](int) { return call(SYS_socket, AF_UNIX, SOCK_STREAM, 0); }, killed},
      {"connect", [](int) { return call(SYS_connect, 1, page, 16); }, killed},
      {"sendmsg", [](int) { return call(SYS_sendmsg, 1, page, 0); }, killed},
      {"recvmsg", [](int) { return call(SYS_recvmsg, 1, page, 0); }, killed},
      // processes
      {"fork", [](int) { return call(SYS_fork); }, killed},
      {"vfork", [](int) { return call(SYS_vfork); }, killed},
      {"clone a process", [](int) { return call(SYS_clone, SIGCHLD, 0, 0, 0, 0); }, killed},
      {"execve", [](int) { return call(SYS_execve, "/bin/true", nullptr, nullptr); }, killed},
      {"execveat the file", [](int) { return call(SYS_execveat, 0, "", nullptr, nullptr, AT_EMPTY_PATH); },
       killed},
      {"memfd to execute", [](int) { return call(SYS_memfd_create, "x", 0); }, killed},
      {"kill the parent", [](int parent) { return call(SYS_kill, parent, SIGKILL); }, killed},
      {"tgkill the parent", [](int parent) { return call(SYS_tgkill, parent, parent, SIGKILL); }, EPERM},
      {"signal the parent", [](int parent) { return call(SYS_rt_sigqueueinfo, parent, SIGUSR1, page); },
       killed},
      {"pidfd_open the parent", [](int parent) { return call(SYS_pidfd_open, parent, 0); }, killed},
      {"pidfd_getfd", [](int) { return call(SYS_pidfd_getfd, 0, 0, 0); }, killed},
      {"ptrace the parent", [](int parent) { return call(SYS_ptrace, PTRACE_ATTACH, parent, 0, 0); }, killed},
      {"read the parent's memory",
       [](int parent) { return call(SYS_process_vm_readv, parent, page, 1, page, 1, 0); }, killed},
      {"write the parent's memory",
       [](int parent) { return call(SYS_process_vm_writev, parent, page, 1, page, 1, 0); }, killed},
      {"limits of the parent", [](int parent) { return call(SYS_prlimit64, parent, 0, page, nullptr); },
       EPERM},
      {"raise its own limits", [](int) { return call(SYS_setrlimit, 0, page); }, killed},
      // code
      {"memory to execute",
       [](int) {
         return call(SYS_mmap, nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
       },
       killed},
      {"memory made executable", [](int) { return call(SYS_mprotect, page, 4096, PROT_READ | PROT_EXEC); },
       killed},
      {"the file as memory", [](int) { return call(SYS_mmap, nullptr, 4096, PROT_READ, MAP_PRIVATE, 0, 0); },
       killed},
      {"memory that no limit counts",
       [](int) { return call(SYS_mmap, nullptr, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0); },
       killed},
      {"32-bit entry", old_entry, killed},
      // the machine
      {"mount", [](int) { return call(SYS_mount, "none", "/tmp", "tmpfs", 0, nullptr); }, killed},
      {"chroot", [](int) { return call(SYS_chroot, "/tmp"); }, killed},
      {"pivot_root", [](int) { return call(SYS_pivot_root, "/tmp", "/tmp"); }, killed},
      {"unshare", [](int) { return call(SYS_unshare, CLONE_NEWUSER); }, killed},
      {"setns", [](int) { return call(SYS_setns, 0, 0); }, killed},
      {"setuid", [](int) { return call(SYS_setuid, 0); }, killed},
      {"capset", [](int) { return call(SYS_capset, page, page); }, killed},
      {"dumpable again", [](int) { return call(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0); }, killed},
      {"another filter", [](int) { return call(SYS_seccomp, 1, 0, page); }, killed},
      {"bpf", [](int) { return call(SYS_bpf, 0, page, 64); }, killed},
      {"io_uring", [](int) { return call(SYS_io_uring_setup, 1, page); }, killed},
      {"userfaultfd", [](int) { return call(SYS_userfaultfd, 0); }, killed},
      {"keyctl", [](int) { return call(SYS_keyctl, 0, 0, 0, 0, 0); }, killed},
      {"perf_event_open", [](int) { return call(SYS_perf_event_open, page, 0, -1, -1, 0); }, killed},
      {"shared memory", [](int) { return call(SYS_shmget, 0, 4096, 0600); }, killed},
      {"load a module", [](int) { return call(SYS_init_module, page, 0, ""); }, killed},
      {"reboot", [](int) { return call(SYS_reboot, 0, 0, 0, nullptr); }, killed},
      {"set the clock", [](int) { return call(SYS_clock_settime, 0, page); }, killed},
      {"name the host", [](int) { return call(SYS_sethostname, "x", 1); }, killed},
      {"personality", [](int) { return call(SYS_personality, 0); }, killed},
  };
  return all;
}
