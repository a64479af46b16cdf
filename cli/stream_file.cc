#include "cli/stream_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace jianlu::cli {
namespace {

std::atomic<int> came{0};

void note(int signal) {
  came = signal;
  StopRequest::requested = true;
}

}  // namespace

std::atomic<bool> StopRequest::requested{false};

StopRequest::StopRequest() {
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = static_cast<int>(SA_RESETHAND);   // no SA_RESTART: a read that waits for input returns
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

StopRequest::~StopRequest() {
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
}

void StopRequest::follow() {
  if (const int signal_number = came; signal_number != 0) {
    signal(signal_number, SIG_DFL);
    raise(signal_number);
  }
}

File File::reading(const std::string& path) {
  const int descriptor = path == "-" ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  return File(descriptor, descriptor < 0 ? errno : 0);
}

File File::writing(const std::string& path) {
  const int descriptor = path == "-" ? dup(STDOUT_FILENO) : open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  return File(descriptor, descriptor < 0 ? errno : 0);
}

File::File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), error_(other.error_) {}

File::~File() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::size_t File::size() const {
  struct stat info {};
  return fstat(descriptor_, &info) == 0 && S_ISREG(info.st_mode) ? static_cast<std::size_t>(info.st_size) : 0;
}

std::size_t File::read(char* to, std::size_t size) {
  while (!StopRequest::requested) {
    const ssize_t got = ::read(descriptor_, to, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno == EINTR) continue;
    error_ = errno;
    return 0;
  }
  return 0;
}

bool File::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(descriptor_, text.data(), text.size());
    if (put >= 0) {
      text.remove_prefix(static_cast<std::size_t>(put));
    } else if (errno != EINTR) {
      error_ = errno;
      return false;
    }
  }
  return true;
}

}  // namespace jianlu::cli
