// The bytes of a file, mapped, gone through once in file order and hashed on the way.
//
// Whoever asks for bytes further on than anything read so far makes the hash catch up first, so the disk sees
// one forward pass; reading backwards meets pages that were just fetched.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct evp_md_ctx_st;
struct evp_md_st;

namespace jianlu::footage {

class Input {
 public:
  // The bytes stay the caller's. `sha256` is the algorithm, fetched once for many files; without it nothing
  // is hashed, and nothing is fetched that nobody asks for.
  Input(std::string_view bytes, const evp_md_st* sha256);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  std::int64_t size() const { return static_cast<std::int64_t>(bytes_.size()); }

  // The bytes themselves: fewer than `count` only at the end of the file or after a failure, see failed().
  std::string_view view(std::int64_t offset, std::int64_t count);
  std::int64_t read(std::int64_t offset, void* to, std::int64_t count);
  std::string read_text(std::int64_t offset, std::int64_t count) { return std::string(view(offset, count)); }

  // These bytes will be asked for shortly: the processor may fetch them from memory meanwhile. Only what was hashed is.
  void expect(std::int64_t offset, std::int64_t count) const {
    constexpr std::int64_t line = 64;
    if (offset < 0 || offset + count > hashed_) return;
    for (auto at = offset; at < offset + count + line - 1; at += line) __builtin_prefetch(bytes_.data() + std::min(at, offset + count - 1));
  }

  bool failed() const { return failed_; }  // I/O error, or the file shrank

  // Hashes what is left and gives the digest of the whole file; nothing after a failure, and without an
  // algorithm.
  std::optional<std::string> digest();

 private:
  void hash_until(std::int64_t offset);
  void fetch(std::int64_t offset);

  std::string_view bytes_;
  std::int64_t fetched_ = 0, hashed_ = 0;
  bool failed_ = false;
  evp_md_ctx_st* context_ = nullptr;
};

}  // namespace jianlu::footage
