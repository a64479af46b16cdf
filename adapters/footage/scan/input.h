// A file read once, in file order, and hashed on the way.
//
// Whoever asks for bytes further on than anything read so far makes the hash catch up first, so the disk sees
// one forward pass; reading backwards meets pages that were just fetched.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct evp_md_ctx_st;
struct evp_md_st;

namespace jianlu::footage {

class Input {
 public:
  // The descriptor stays the caller's. `sha256` is the algorithm, fetched once for many files; without it
  // nothing is hashed, and nothing is read that nobody asks for.
  Input(int descriptor, std::int64_t size, const evp_md_st* sha256);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  std::int64_t size() const { return size_; }

  // Bytes read: fewer than `count` only at the end of the file or after a failure, see failed().
  std::int64_t read(std::int64_t offset, void* to, std::int64_t count);
  std::string read_text(std::int64_t offset, std::int64_t count);

  bool failed() const { return failed_; }  // I/O error, or the file shrank

  // Hashes what is left and gives the digest of the whole file; nothing after a failure, and without an
  // algorithm.
  std::optional<std::string> digest();

 private:
  void hash_until(std::int64_t offset);
  std::int64_t read_raw(std::int64_t offset, void* to, std::int64_t count);

  int descriptor_;
  std::int64_t size_;
  std::int64_t hashed_ = 0;
  bool failed_ = false;
  evp_md_ctx_st* context_ = nullptr;
  std::vector<unsigned char> buffer_;
};

}  // namespace jianlu::footage
