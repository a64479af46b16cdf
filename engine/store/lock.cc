#include "engine/store/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "engine/store/failure.h"

namespace jianlu::store {

namespace {

// The lines of a lock file: command, process, host.
std::array<std::string, 3> holder(std::string_view text) {
  std::array<std::string, 3> lines{"?", "?", "?"};
  for (std::string& line : lines) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) break;
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace

WriterLock::WriterLock(const std::string& store, const std::string& who) {
  const std::string path = store + ".lock";
  descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    const std::string why = std::strerror(errno);
    throw Failure({"打不开锁文件“" + path + "”：" + why, "cannot open the lock file `" + path + "`: " + why},
                  {"检查路径和权限", "check path and permissions"});
  }
  if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int why = errno;
    std::array<char, 200> text{};
    const ssize_t size = pread(descriptor_, text.data(), text.size(), 0);
    close(descriptor_);
    if (why != EWOULDBLOCK) {
      throw Failure({"锁不住“" + path + "”：" + std::strerror(why), "cannot lock `" + path + "`: " + std::strerror(why)}, {});
    }
    const auto [who_has_it, process, host] = holder({text.data(), size > 0 ? static_cast<std::size_t>(size) : 0});
    throw Failure({fmt::format("数据库“{}”正被 {}（进程 {}，主机 {}）写入", store, who_has_it, process, host),
                   fmt::format("the store `{}` is being written by {}, process {} on {}", store, who_has_it, process, host)},
                  {"等它结束后再运行", "wait until it has finished, then run again"});
  }
  std::array<char, 65> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  const std::string line = fmt::format("{}\n{}\n{}\n", who, getpid(), host.data());
  if (ftruncate(descriptor_, 0) != 0 || pwrite(descriptor_, line.data(), line.size(), 0) < 0) {
    // The lock holds all the same; only the words for others are missing.
  }
}

WriterLock::~WriterLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace jianlu::store
