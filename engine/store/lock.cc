#include "engine/store/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "engine/store/failure.h"

namespace jianlu::store {

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
    std::string holder(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    while (!holder.empty() && holder.back() == '\n') holder.pop_back();
    if (why != EWOULDBLOCK) holder = std::strerror(why);
    throw Failure({"数据库“" + store + "”正被 " + holder + " 写入", "the store `" + store + "` is being written by " + holder},
                  {"等它结束后再运行", "wait until it has finished, then run again"});
  }
  std::array<char, 65> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  const std::string line = fmt::format("{}, process {} on {}\n", who, getpid(), host.data());
  if (ftruncate(descriptor_, 0) != 0 || pwrite(descriptor_, line.data(), line.size(), 0) < 0) {
    // The lock holds all the same; only the words for others are missing.
  }
}

WriterLock::~WriterLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace jianlu::store
