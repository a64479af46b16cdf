#include "adapters/footage/open.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace jianlu::footage {

namespace {

FootageFacts unreadable(std::string en, std::string zh) {
  FootageFacts facts;
  facts.verdict = Verdict::unreadable;
  facts.reason = std::move(en);
  facts.reason_zh = std::move(zh);
  return facts;
}

}  // namespace

OpenedFile open_footage(const std::string& path) {
  OpenedFile out;
  out.descriptor = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (out.descriptor >= 0) return out;
  const int error = errno;
  out.failure = unreadable(std::string("cannot open: ") + std::strerror(error),
                           error == ENOENT   ? "无法打开：文件不存在"
                           : error == EACCES ? "无法打开：没有权限"
                                             : std::string("无法打开：") + std::strerror(error));
  return out;
}

OpenedFile take_footage(int descriptor) {
  OpenedFile out;
  struct stat status {};
  if (fstat(descriptor, &status) != 0) {
    out.failure = unreadable(std::strerror(errno), "读取文件信息失败");
  } else if (!S_ISREG(status.st_mode)) {
    const bool folder = S_ISDIR(status.st_mode);
    out.failure = unreadable(folder ? "a folder, not a file" : "not a regular file (pipe, socket or device)",
                             folder ? "是文件夹，不是文件" : "不是普通文件（管道、套接字或设备）");
  } else if ((fcntl(descriptor, F_GETFL) & O_ACCMODE) == O_RDONLY) {
    return {descriptor, status.st_size, {}};
  } else {
    out = open_footage("/proc/self/fd/" + std::to_string(descriptor));
    out.size = status.st_size;
  }
  if (descriptor >= 0) close(descriptor);
  return out;
}

}  // namespace jianlu::footage
