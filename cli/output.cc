#include "cli/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>

namespace jianlu::cli {
namespace {

namespace files = std::filesystem;

// errno, 0: all was written.
int write_all(int to, std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = write(to, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return 0;
}

int write_to(const std::string& path, int flags, mode_t mode, std::string_view text, bool keep) {
  const int to = open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, mode);
  if (to < 0) return errno;
  int error = write_all(to, text);
  if (error == 0 && keep && fsync(to) != 0) error = errno;
  if (close(to) != 0 && error == 0) error = errno;
  return error;
}

int write_beside(const std::string& path, std::string_view text) {
  struct stat old{};
  const bool known = stat(path.c_str(), &old) == 0;
  if (known && !S_ISREG(old.st_mode)) return write_to(path, 0, 0, text, false);
  std::error_code failed;
  const files::path resolved = files::weakly_canonical(path, failed);   // a link goes on naming its file
  const std::string name = failed ? path : resolved.string();
  const std::string beside = fmt::format("{}.part-{}", name, getpid());
  int error = write_to(beside, O_CREAT | O_EXCL, 0666, text, true);
  if (error == 0 && known && chmod(beside.c_str(), old.st_mode & 07777) != 0) error = errno;
  if (error == 0 && rename(beside.c_str(), name.c_str()) != 0) error = errno;
  if (error != 0 && error != EEXIST) unlink(beside.c_str());
  return error;
}

}  // namespace

bool write_file(const std::string& path, std::string_view text, const Options& options) {
  const int error = write_beside(path, text);
  if (error == 0) return true;
  fmt::print(stderr, "jianlu: {}{}{}{}\n", options.say("写不了 ", "cannot write "), plain(path), options.say("：", ": "), std::strerror(error));
  return false;
}

bool printed(const Options& options) {
  errno = 0;
  const bool flushed = std::fflush(stdout) == 0 && std::cout.flush().good();
  const int error = errno;
  if (flushed && std::ferror(stdout) == 0) return true;
  fmt::print(stderr, "jianlu: {}{}\n", options.say("输出没有写完，不完整：", "the output was not written to its end: "),
             error == 0 ? options.say("写入失败", "writing failed") : std::string_view(std::strerror(error)));
  return false;
}

std::string plain(std::string_view text) {
  std::string out;
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned a = byte(i), b = byte(i + 1), c = byte(i + 2);
    unsigned code = 0, length = 0;
    if (a < 0x20 || a == 0x7F) code = a, length = 1;
    else if (a == 0xC2 && b >= 0x80 && b < 0xA0) code = b, length = 2;
    else if (a == 0xD8 && b == 0x9C) code = 0x61C, length = 2;
    else if (a == 0xE2 && (b == 0x80 || b == 0x81)) code = 0x2000 + (b - 0x80) * 64 + (c & 0x3F), length = 3;
    else if (a == 0xEF && b == 0xBB && c == 0xBF) code = 0xFEFF, length = 3;
    const bool hides = length == 1 || length == 2 || code == 0xFEFF || (code >= 0x200B && code <= 0x200F) ||
                       (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F);
    if (length == 0 || !hides) {
      out += text[i];
      continue;
    }
    out += fmt::format("[U+{:04X}]", code);
    i += length - 1;
  }
  return out;
}

}  // namespace jianlu::cli
