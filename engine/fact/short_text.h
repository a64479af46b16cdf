#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace jianlu::fact {

template <typename Word>
std::uint64_t load(const char* bytes) {
  Word word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// All of a text of at most eight bytes, by reads that may overlap. With its size it says which text it is.
inline std::uint64_t short_text(std::string_view text) {
  const char* const bytes = text.data();
  const std::size_t size = text.size();
  if (size >= 4) return load<std::uint32_t>(bytes) | load<std::uint32_t>(bytes + size - 4) << 32;
  if (size == 0) return 0;
  return load<std::uint8_t>(bytes) | load<std::uint8_t>(bytes + size / 2) << 8 | load<std::uint8_t>(bytes + size - 1) << 16;
}

}  // namespace jianlu::fact
