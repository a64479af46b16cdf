#include "adapters/manifest/clock.h"

#include <cstring>
#include <string_view>

#include "engine/calendar/text.h"

namespace jianlu::manifest {
namespace {

std::uint64_t load(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof word);
  return word;
}

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
  const std::uint64_t digits = load(text) - 0x3030'3A30'303A'3030u;
  if (((digits | (digits + 0x7676'7F76'767F'7676u)) & 0x8080'8080'8080'8080u) != 0) return -1;
  const auto pair = [&](int shift) {
    return static_cast<std::int64_t>((digits >> shift & 0xFF) * 10 + (digits >> (shift + 8) & 0xFF));
  };
  const std::int64_t hour = pair(0), minute = pair(24), second = pair(48);
  if (hour > 23 || minute > 59 || second > 59) return -1;
  return ((hour * 60 + minute) * 60 + second) * calendar::second;
}

}  // namespace

bool Clock::read_day(const char* text) {
  const calendar::ParsedDay day = calendar::parse_day(std::string_view(text, 10));
  if (day.fault != calendar::TimeFault::none) return false;
  midnight_ = std::int64_t{day.day} * calendar::hours_24;
  const calendar::Instant start = zone_.start_of_day(day.day), end = zone_.start_of_day(day.day + 1);
  offset_ = midnight_ - start;
  steady_ = end - start == calendar::hours_24 && zone_.offset_at(start) == offset_ && zone_.offset_at(end) == offset_;
  day_head_ = load(text);
  day_tail_ = load(text + 2);
  known_ = true;
  return true;
}

bool Clock::read(const char* text, std::int64_t& instant) {
  if ((!known_ || load(text) != day_head_ || load(text + 2) != day_tail_) && !read_day(text)) return false;
  if (text[10] != 'T') return false;
  const char* at = text + 16;
  std::int64_t of_day = 0;
  if (*at == ':') {
    of_day = time_of_day(text + 11);
    if (of_day < 0) return false;
    at += 3;
    // +08:00" and so on: seven characters, mostly the same ones.
    const std::uint64_t suffix = load(at) << 8;
    if (suffix == suffix_) {
      instant = midnight_ + of_day - suffix_offset_;
      return true;
    }
    if (*at == '.') {
      if (!digit(*++at)) return false;
      for (std::int64_t unit = 100'000; unit > 0 && digit(*at); unit /= 10) of_day += unit * (*at++ - '0');
      if (digit(*at)) return false;
    }
  } else {
    const int hour = two(text + 11, 24), minute = two(text + 14, 60);
    if (hour < 0 || minute < 0 || text[13] != ':') return false;
    of_day = hour * calendar::hour + minute * calendar::minute;
  }
  if (*at == '"') {
    if (!steady_) return false;
    instant = midnight_ + of_day - offset_;
    return true;
  }
  std::int64_t offset = 0;
  const char* const zone = at;
  if (*at == 'Z') {
    ++at;
  } else if (*at == '+' || *at == '-') {
    const int hours = two(at + 1, 15), minutes = two(at + 4, 60);
    if (hours < 0 || minutes < 0 || at[3] != ':') return false;
    offset = (hours * calendar::hour + minutes * calendar::minute) * (*at == '-' ? -1 : 1);
    at += 6;
  }
  if (*at != '"') return false;
  if (at == zone + 6) {
    suffix_ = load(zone) << 8;
    suffix_offset_ = offset;
  }
  instant = midnight_ + of_day - offset;
  return true;
}

}  // namespace jianlu::manifest
