#include "adapters/encoding/encoding.h"

#include <iconv.h>
#include <simdjson.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <optional>

namespace jianlu::encoding {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

int line_of(std::string_view before) { return 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')); }

// Byte of `utf8` at which a character stands that no text of an office holds: a control, a private or a lost character.
// GB18030 explains nearly every pair of bytes, so that only these give away what was written in another encoding.
std::optional<std::size_t> odd(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) return i;
    if (c < 0xC2) continue;
    const auto next = [&](std::size_t n) { return static_cast<unsigned char>(utf8[i + n]) & 0x3Fu; };
    std::uint32_t point = 0;
    if (c < 0xE0) point = (c & 0x1Fu) << 6 | next(1);
    else if (c < 0xF0) point = (c & 0x0Fu) << 12 | next(1) << 6 | next(2);
    else point = (c & 0x07u) << 18 | next(1) << 12 | next(2) << 6 | next(3);
    if (point < 0xA0 || point == 0xFFFD || (point >= 0xE000 && point < 0xF900) || point >= 0xF0000) return i;
  }
  return std::nullopt;
}

struct Converted {
  std::string utf8;
  std::optional<std::size_t> failed_at;   // byte of the input
};

Converted convert(std::string_view bytes, const char* from) {
  Converted out;
  const iconv_t how = iconv_open("UTF-8", from);
  if (how == reinterpret_cast<iconv_t>(-1)) {
    out.failed_at = 0;
    return out;
  }
  char* in = const_cast<char*>(bytes.data());   // iconv's signature; it does not write there
  std::size_t left = bytes.size();
  char buffer[16 << 10];
  while (left > 0) {
    char* to = buffer;
    std::size_t room = sizeof buffer;
    const std::size_t result = iconv(how, &in, &left, &to, &room);
    out.utf8.append(buffer, static_cast<std::size_t>(to - buffer));
    if (result == static_cast<std::size_t>(-1) && errno != E2BIG) {
      out.failed_at = bytes.size() - left;
      break;
    }
  }
  iconv_close(how);
  return out;
}

Fault neither(int line) {
  return {line,
          {"这一行的文字编码既不是 UTF-8，也不是 GB18030", "the text of this line is neither UTF-8 nor GB18030"},
          {"用表格软件另存为“CSV UTF-8”后重新交付；文件也可能已经损坏", "save it as “CSV UTF-8” and hand it in again; it may also be damaged"}};
}

// Whether no character takes more than two bytes, and at least one takes two. Chinese in UTF-8 takes three; but a short
// text in GB18030 (路, 执) may happen to be such UTF-8.
bool only_pairs(std::string_view utf8) {
  bool pair = false;
  for (const char ch : utf8) {
    const auto c = static_cast<unsigned char>(ch);
    if (c >= 0xE0) return false;
    pair |= c >= 0x80;
  }
  return pair;
}

Fault either(std::string_view text) {
  const auto at = std::find_if(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
  return {line_of(text.substr(0, static_cast<std::size_t>(at - text.begin()))),
          {"文字既可能是 UTF-8，也可能是 GB18030，无法断定", "the text may be UTF-8 or GB18030; nothing in it decides"},
          {"用表格软件另存为“CSV UTF-8”后重新交付", "save it as “CSV UTF-8” and hand it in again"}};
}

}  // namespace

std::variant<Text, Fault> to_utf8(std::string_view bytes) {
  if (bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF") {
    const bool little = bytes[0] == '\xFF';
    const Converted text = convert(bytes.substr(2), little ? "UTF-16LE" : "UTF-16BE");
    if (text.failed_at) return neither(line_of(text.utf8));
    if (const auto at = odd(text.utf8)) return neither(line_of(std::string_view(text.utf8).substr(0, *at)));
    return Text{text.utf8, little ? "UTF-16LE" : "UTF-16BE"};
  }
  const bool marked = bytes.substr(0, kMark.size()) == kMark;
  const std::string_view plain = marked ? bytes.substr(kMark.size()) : bytes;
  if (simdjson::validate_utf8(plain.data(), plain.size())) {
    const std::size_t zero = plain.find('\0');
    if (zero != std::string_view::npos) return neither(line_of(plain.substr(0, zero)));
    if (!marked && only_pairs(plain) && !convert(plain, "GB18030").failed_at) return either(plain);
    return Text{std::string(plain), "UTF-8"};
  }
  if (marked) return neither(1);
  Converted text = convert(bytes, "GB18030");
  if (text.failed_at) return neither(line_of(bytes.substr(0, *text.failed_at)));
  if (const auto at = odd(text.utf8)) return neither(line_of(std::string_view(text.utf8).substr(0, *at)));
  return Text{std::move(text.utf8), "GB18030"};
}

}  // namespace jianlu::encoding
