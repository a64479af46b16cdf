#include "adapters/footage/open.h"

#include <fcntl.h>

#include <cerrno>
#include <cstring>

namespace jianlu::footage {

OpenedFile open_footage(const std::string& path) {
  OpenedFile out;
  out.descriptor = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (out.descriptor >= 0) return out;
  out.failure.verdict = Verdict::unreadable;
  out.failure.reason = std::string("cannot open: ") + std::strerror(errno);
  out.failure.reason_zh = errno == ENOENT   ? "无法打开：文件不存在"
                          : errno == EACCES ? "无法打开：没有权限"
                                            : std::string("无法打开：") + std::strerror(errno);
  return out;
}

}  // namespace jianlu::footage
