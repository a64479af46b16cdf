#include "adapters/footage/scan/input.h"

#include <openssl/evp.h>
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace jianlu::footage {
namespace {
constexpr std::int64_t step =
    128 * 1024;  // hashed at once, and still in the second-level cache for who asked
constexpr std::int64_t window = 4 * 1024 * 1024;  // fetched at once; a multiple of every page size
#ifndef MADV_POPULATE_READ
constexpr int MADV_POPULATE_READ = 22;
#endif
}  // namespace

Input::Input(std::string_view bytes, const EVP_MD* sha256) : bytes_(bytes) {
  if (!sha256) return;
  context_ = EVP_MD_CTX_new();
  if (!context_ || EVP_DigestInit_ex(context_, sha256, nullptr) != 1) failed_ = true;
}

Input::~Input() { EVP_MD_CTX_free(context_); }

// Maps pages by the window instead of one fault after the other, and learns of a bad disk or a file that
// shrank without dying of it. A kernel that does not know how is no failure.
void Input::fetch(std::int64_t offset) {
  while (fetched_ < offset && !failed_) {
    auto* from = const_cast<char*>(bytes_.data()) + fetched_;
    const auto length = std::min(window, size() - fetched_);
    if (madvise(from, static_cast<std::size_t>(length), MADV_POPULATE_READ) != 0)
      failed_ = errno == EFAULT || errno == EIO || errno == EHWPOISON;
    fetched_ += length;
  }
}

void Input::hash_until(std::int64_t offset) {
  while (hashed_ < offset && !failed_) {
    const auto length = std::min(step, size() - hashed_);
    fetch(hashed_ + length);
    if (failed_) return;
    EVP_DigestUpdate(context_, bytes_.data() + hashed_, static_cast<std::size_t>(length));
    hashed_ += length;
  }
}

std::string_view Input::view(std::int64_t offset, std::int64_t count) {
  if (offset < 0 || offset >= size() || count <= 0) return {};
  count = std::min(count, size() - offset);
  if (context_) hash_until(offset + count);
  if (failed_) return {};
  return bytes_.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(count));
}

std::int64_t Input::read(std::int64_t offset, void* to, std::int64_t count) {
  const auto bytes = view(offset, count);
  std::memcpy(to, bytes.data(), bytes.size());
  return static_cast<std::int64_t>(bytes.size());
}

std::optional<std::string> Input::digest() {
  if (!context_) return std::nullopt;
  hash_until(size());
  if (failed_) return std::nullopt;
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
