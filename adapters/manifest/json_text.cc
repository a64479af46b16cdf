#include "adapters/manifest/json_text.h"

#include "engine/source/screen.h"

namespace jianlu::manifest::json {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

// Four hexadecimal digits; null where there are fewer.
const char* hexadecimal(const char* at, char32_t& unit) {
  unit = 0;
  for (const char* const end = at + 4; at < end; ++at) {
    const char low = static_cast<char>(*at | 0x20);
    if (!digit(*at) && (low < 'a' || low > 'f')) return nullptr;
    unit = unit * 16 + static_cast<char32_t>(digit(*at) ? *at - '0' : low - 'a' + 10);
  }
  return at;
}

// What follows a backslash.
const char* escape(const char* at, std::string& room) {
  static constexpr std::string_view kWritten = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
  if (*at != 'u') {
    const std::size_t which = kWritten.find(*at);
    if (which == std::string_view::npos) return nullptr;
    room += kMeant[which];
    return at + 1;
  }
  char32_t unit = 0, low = 0;
  if ((at = hexadecimal(at + 1, unit)) == nullptr) return nullptr;
  if (unit >= 0xD800 && unit < 0xE000) {
    if (unit >= 0xDC00 || at[0] != '\\' || at[1] != 'u' || (at = hexadecimal(at + 2, low)) == nullptr || low < 0xDC00 || low >= 0xE000) return nullptr;
    unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
  }
  source::append_utf8(room, unit);
  return at;
}

}  // namespace

const char* escaped(const char* at, const char* from, std::string& room, std::string_view& text) {
  room.assign(at, from);
  for (const char* end = from; *end == '\\';) {
    at = escape(end + 1, room);
    if (at == nullptr) return nullptr;
    end = plain(at);
    room.append(at, end);
    at = end;
  }
  if (*at != '"') return nullptr;
  text = room;
  return at + 1;
}

const char* number(const char* at) {
  if (*at == '-') ++at;
  if (!digit(*at)) return nullptr;
  if (*at++ != '0') {
    while (digit(*at)) ++at;
  }
  if (*at != '.') return at;
  if (!digit(*++at)) return nullptr;
  while (digit(*at)) ++at;
  return at;
}

}  // namespace jianlu::manifest::json
