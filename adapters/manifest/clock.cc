#include "adapters/manifest/clock.h"

#include <string_view>

#include "adapters/manifest/json_text.h"
#include "engine/calendar/text.h"

namespace jianlu::manifest {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

// Two digits below `limit`, else -1.
int two(const char* text, int limit) {
  if (!digit(text[0]) || !digit(text[1])) return -1;
  const int value = (text[0] - '0') * 10 + (text[1] - '0');
  return value < limit ? value : -1;
}

// "09:30:15" as microseconds of the day, all eight characters at once; -1 where it is no time.
std::int64_t time_of_day(const char* text) {
  // Each byte less what it must be at least: digits become 0 to 9, colons 0.
  const std::uint64_t digits = json::load(text) - 0x3030'3A30'303A'3030u;
  if (((digits | (digits + 0x7676'7F76'767F'7676u)) & 0x8080'8080'8080'8080u) != 0) return -1;
  const auto pair = [&](int shift) {
    return static_cast<std::int64_t>((digits >> shift & 0xFF) * 10 + (digits >> (shift + 8) & 0xFF));
  };
  const std::int64_t hour = pair(0), minute = pair(24), second = pair(48);
  if (hour > 23 || minute > 59 || second > 59) return -1;
  return ((hour * 60 + minute) * 60 + second) * calendar::second;
}

}  // namespace

const Clock::Day* Clock::day(const char* text) {
  const std::uint64_t head = json::load(text), tail = json::load(text + 2);
  Day& known = days_[(tail * 0x9E37'79B9'7F4A'7C15u) >> 58];
  if (known.head == head && known.tail == tail) return &known;
  const calendar::ParsedDay parsed = calendar::parse_day(std::string_view(text, 10));
  if (parsed.fault != calendar::TimeFault::none) return nullptr;
  known = {head, tail, std::int64_t{parsed.day} * calendar::hours_24};
  const calendar::Instant start = zone_.start_of_day(parsed.day), end = zone_.start_of_day(parsed.day + 1);
  known.offset = known.midnight - start;
  known.steady = end - start == calendar::hours_24 && zone_.offset_at(start) == known.offset && zone_.offset_at(end) == known.offset;
  return &known;
}

const char* Clock::read_any(const char* text, std::int64_t& instant) {
  const Day* const date = day(text);
  if (date == nullptr) return nullptr;
  last_ = *date;
  std::int64_t of_day = minute_of_day(text + 10);
  if (of_day >= 0) {
    instant = date->midnight + of_day - date->offset;
    return date->steady ? text + 17 : nullptr;
  }
  if (text[10] != 'T') return nullptr;
  const char* at = text + 16;
  if (*at == ':') {
    of_day = time_of_day(text + 11);
    if (of_day < 0) return nullptr;
    at += 3;
    // +08:00" and so on: seven characters, mostly the same ones.
    const std::uint64_t suffix = json::load(at) << 8;
    if (suffix == suffix_) {
      instant = date->midnight + of_day - suffix_offset_;
      return at + 7;
    }
    if (*at == '.') {
      if (!digit(*++at)) return nullptr;
      for (std::int64_t unit = 100'000; unit > 0 && digit(*at); unit /= 10) of_day += unit * (*at++ - '0');
      if (digit(*at)) return nullptr;
    }
  } else {
    const int hour = two(text + 11, 24), minute = two(text + 14, 60);
    if (hour < 0 || minute < 0 || text[13] != ':') return nullptr;
    of_day = hour * calendar::hour + minute * calendar::minute;
  }
  if (*at == '"') {
    if (!date->steady) return nullptr;
    instant = date->midnight + of_day - date->offset;
    return at + 1;
  }
  std::int64_t offset = 0;
  const char* const zone = at;
  if (*at == 'Z') {
    ++at;
  } else if (*at == '+' || *at == '-') {
    const int hours = two(at + 1, 15), minutes = two(at + 4, 60);
    if (hours < 0 || minutes < 0 || at[3] != ':') return nullptr;
    offset = (hours * calendar::hour + minutes * calendar::minute) * (*at == '-' ? -1 : 1);
    at += 6;
  }
  if (*at != '"') return nullptr;
  if (at == zone + 6) {
    suffix_ = json::load(zone) << 8;
    suffix_offset_ = offset;
  }
  instant = date->midnight + of_day - offset;
  return at + 1;
}

}  // namespace jianlu::manifest
