#include "engine/statute/normal_form.h"

#include <fmt/format.h>
#include <openssl/sha.h>

namespace jianlu::statute {
namespace {

constexpr char32_t replacement = 0xFFFD;

// The code point at `at`, which moves behind it.
char32_t next(std::string_view utf8, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(utf8[at++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : -1;
  if (more < 0 || lead > 0xF4) return replacement;
  char32_t value = lead & (0x3Fu >> more);
  for (int i = 0; i < more; ++i) {
    if (at == utf8.size() || (static_cast<unsigned char>(utf8[at]) & 0xC0) != 0x80) return replacement;
    value = value << 6 | (static_cast<unsigned char>(utf8[at++]) & 0x3Fu);
  }
  constexpr char32_t smallest[] = {0, 0x80, 0x800, 0x10000};
  const bool valid = value >= smallest[more] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  return valid ? value : replacement;
}

char32_t fold(char32_t c) {
  if (c >= U'！' && c <= U'～') return c - U'！' + U'!';
  if (c == U'“' || c == U'”' || c == U'‘' || c == U'’' || c == U'「' || c == U'」' || c == U'『' || c == U'』') {
    return U'"';
  }
  return c;
}

}  // namespace

std::u32string decode(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size() / 2);
  for (std::size_t at = 0; at < utf8.size();) out += next(utf8, at);
  return out;
}

std::string encode(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (const char32_t c : text) {
    if (c < 0x80) {
      out += static_cast<char>(c);
      continue;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    constexpr unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
    out += static_cast<char>(leads[more] | c >> (6 * more));
    for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
  }
  return out;
}

bool is_space(char32_t c) {
  return c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 ||
         c == 0x3000 || c == 0xFEFF;
}

NormalText normalise(std::u32string_view text) {
  NormalText out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_space(text[i]) || text[i] == kCutMark) continue;
    out.text += fold(text[i]);
    out.origin.push_back(static_cast<std::uint32_t>(i));
  }
  constexpr std::u32string_view final_marks = U"。;,、:";
  while (!out.text.empty() && final_marks.find(out.text.back()) != std::u32string_view::npos) {
    out.text.pop_back();
    out.origin.pop_back();
  }
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  std::string hex;
  for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
  return hex;
}

}  // namespace jianlu::statute
