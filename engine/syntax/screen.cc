#include "engine/syntax/screen.h"

#include <cstdint>
#include <string>

#include "engine/syntax/parse.h"

namespace jianlu::syntax {
namespace {

// Length of the well-formed sequence at `i`, or 0; sets the code point (RFC 3629: no overlong forms, no surrogates).
std::size_t decode(std::string_view text, std::size_t i, char32_t& point) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned char lead = byte(i);
  if (lead < 0x80) {
    point = lead;
    return 1;
  }
  const std::size_t n = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 0;
  if (n == 0 || i + n > text.size()) return 0;
  point = lead & (0xFF >> (n + 1));
  for (std::size_t k = 1; k < n; ++k) {
    if ((byte(i + k) & 0xC0) != 0x80) return 0;
    point = (point << 6) | (byte(i + k) & 0x3F);
  }
  const char32_t smallest = n == 4 ? 0x10000 : n == 3 ? 0x800 : 0x80;
  if (point < smallest || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return 0;
  return n;
}

bool hides_text(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C ||
         (c >= 0x200B && c <= 0x200D) || c == 0x2060;
}

// Letters that look like ASCII ones: Greek, Cyrillic, Armenian, Cherokee, full-width and mathematical Latin.
bool looks_latin(char32_t c) {
  return (c >= 0x0370 && c <= 0x058F) || (c >= 0x13A0 && c <= 0x13FF) || (c >= 0x1D400 && c <= 0x1D7FF) ||
         (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
}

}  // namespace

bool screen(const source::Files& files, source::FileId id, diag::Diagnostics& diagnostics) {
  const std::string_view text = files[id].text();
  if (text.size() > kMaxBytes) {
    diagnostics.add(diag::Kind::file_too_large, {id, 0, 0}, {std::to_string(text.size()), std::to_string(kMaxBytes)});
    return false;
  }
  bool in_text = false, in_comment = false;
  for (std::size_t i = 0; i < text.size();) {
    char32_t point = 0;
    const std::size_t n = decode(text, i, point);
    const source::Span here{id, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + (n == 0 ? 1 : n))};
    if (n == 0) {
      diagnostics.add(diag::Kind::not_utf8, here);
      return false;
    }
    if (point == '\n') in_text = in_comment = false;
    else if (point == '"') in_text = !in_text;
    else if (!in_text && point == '/' && i + 1 < text.size() && text[i + 1] == '/') in_comment = true;
    if (hides_text(point)) diagnostics.add(diag::Kind::hidden_character, here);
    if (looks_latin(point) && !in_text && !in_comment) {
      diagnostics.add(diag::Kind::confusable_letter, here, {text.substr(i, n)});
    }
    i += n;
  }
  return true;
}

}  // namespace jianlu::syntax
