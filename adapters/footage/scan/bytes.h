// Small readings of raw bytes that several containers share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jianlu::footage {

// Unsigned number of `count` bytes at `at`; the caller has checked the length.
inline std::uint64_t big_endian(std::string_view s, std::size_t at, std::size_t count) {
  std::uint64_t n = 0;
  for (std::size_t i = 0; i < count; ++i) n = n << 8 | static_cast<unsigned char>(s[at + i]);
  return n;
}

inline std::uint64_t little_endian(std::string_view s, std::size_t at, std::size_t count) {
  std::uint64_t n = 0;
  for (std::size_t i = count; i-- > 0;) n = n << 8 | static_cast<unsigned char>(s[at + i]);
  return n;
}

// Control and non-ASCII bytes as '?': for four-character codes.
std::string printable(std::string_view s);

// Without leading control bytes (length prefixes of old handlers) and white space at either end.
std::string trimmed(std::string_view s);

// The printable run around `at`, at most `limit` bytes.
std::string run_at(std::string_view s, std::size_t at, std::size_t limit);

// Names in order, runs of one name folded: "ftyp mdat*462 moov".
class Layout {
 public:
  void add(const std::string& name);
  std::string text();

 private:
  void flush();
  std::string out_, last_;
  int run_ = 0;
};

}  // namespace jianlu::footage
