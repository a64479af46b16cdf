#include "adapters/footage/scan/input.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace jianlu::footage {
namespace {
constexpr std::int64_t chunk = 256 * 1024;  // stays in the second-level cache between read and hash
}

Input::Input(int descriptor, std::int64_t size, const EVP_MD* sha256) : descriptor_(descriptor), size_(size) {
  if (!sha256) return;
  context_ = EVP_MD_CTX_new();
  if (!context_ || EVP_DigestInit_ex(context_, sha256, nullptr) != 1) failed_ = true;
  posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

Input::~Input() { EVP_MD_CTX_free(context_); }

std::int64_t Input::read_raw(std::int64_t offset, void* to, std::int64_t count) {
  count = std::min(count, size_ - offset);
  std::int64_t done = 0;
  while (done < count) {
    const auto n = pread(descriptor_, static_cast<char*>(to) + done, count - done, offset + done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      failed_ = true;
      break;
    }
    done += n;
  }
  return std::max<std::int64_t>(done, 0);
}

void Input::hash_until(std::int64_t offset) {
  offset = std::min(offset, size_);
  buffer_.resize(chunk);
  while (hashed_ < offset && !failed_) {
    const auto n = read_raw(hashed_, buffer_.data(), std::min(chunk, offset - hashed_));
    if (n <= 0) break;
    EVP_DigestUpdate(context_, buffer_.data(), n);
    hashed_ += n;
  }
}

std::int64_t Input::read(std::int64_t offset, void* to, std::int64_t count) {
  if (offset < 0 || offset >= size_ || count <= 0) return 0;
  if (context_ && offset > hashed_) hash_until(offset);
  const auto n = read_raw(offset, to, count);
  if (context_ && offset + n > hashed_ && !failed_) {
    EVP_DigestUpdate(context_, static_cast<char*>(to) + (hashed_ - offset), offset + n - hashed_);
    hashed_ = offset + n;
  }
  return n;
}

std::string Input::read_text(std::int64_t offset, std::int64_t count) {
  std::string text(std::max<std::int64_t>(0, std::min(count, size_ - offset)), '\0');
  text.resize(read(offset, text.data(), text.size()));
  return text;
}

std::optional<std::string> Input::digest() {
  if (!context_) return std::nullopt;
  hash_until(size_);
  if (failed_ || hashed_ != size_) return std::nullopt;
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  if (EVP_DigestFinal_ex(context_, bytes, &length) != 1) return std::nullopt;
  std::string hex;
  for (unsigned i = 0; i < length; ++i) {
    hex += "0123456789abcdef"[bytes[i] >> 4];
    hex += "0123456789abcdef"[bytes[i] & 15];
  }
  return hex;
}

}  // namespace jianlu::footage
