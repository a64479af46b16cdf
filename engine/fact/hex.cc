#include "engine/fact/hex.h"

#include <charconv>

namespace jianlu::fact {

std::string hex(const Digest& digest) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : digest) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::optional<Digest> digest_from_hex(std::string_view text) {
  Digest out{};
  if (text.size() != 2 * out.size()) return std::nullopt;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char* const from = text.data() + 2 * i;
    const auto [end, error] = std::from_chars(from, from + 2, out[i], 16);
    if (error != std::errc() || end != from + 2) return std::nullopt;
  }
  return out;
}

}  // namespace jianlu::fact
