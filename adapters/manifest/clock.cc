#include "adapters/manifest/clock.h"

#include <cstring>
#include <string_view>

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

}  // namespace

bool Clock::read_day(const char* text) {
  const calendar::ParsedDay day = calendar::parse_day(std::string_view(text, 10));
  if (day.fault != calendar::TimeFault::none) return false;
  midnight_ = std::int64_t{day.day} * calendar::hours_24;
  const calendar::Instant start = zone_.start_of_day(day.day), end = zone_.start_of_day(day.day + 1);
  offset_ = midnight_ - start;
  steady_ = end - start == calendar::hours_24 && zone_.offset_at(start) == offset_ && zone_.offset_at(end) == offset_;
  std::memcpy(day_, text, sizeof day_);
  known_ = true;
  return true;
}

bool Clock::read(const char* text, std::int64_t& instant) {
  if ((!known_ || std::memcmp(text, day_, sizeof day_) != 0) && !read_day(text)) return false;
  if (text[10] != 'T') return false;
  const int hour = two(text + 11, 24), minute = two(text + 14, 60);
  if (hour < 0 || minute < 0 || text[13] != ':') return false;
  std::int64_t of_day = hour * calendar::hour + minute * calendar::minute;
  const char* at = text + 16;
  if (*at == ':') {
    const int second = two(at + 1, 60);
    if (second < 0) return false;
    of_day += second * calendar::second;
    at += 3;
    if (*at == '.') {
      if (!digit(*++at)) return false;
      for (std::int64_t unit = 100'000; unit > 0 && digit(*at); unit /= 10) of_day += unit * (*at++ - '0');
      if (digit(*at)) return false;
    }
  }
  if (*at == '"') {
    if (!steady_) return false;
    instant = midnight_ + of_day - offset_;
    return true;
  }
  std::int64_t offset = 0;
  if (*at == 'Z') {
    ++at;
  } else if (*at == '+' || *at == '-') {
    const int hours = two(at + 1, 15), minutes = two(at + 4, 60);
    if (hours < 0 || minutes < 0 || at[3] != ':') return false;
    offset = (hours * calendar::hour + minutes * calendar::minute) * (*at == '-' ? -1 : 1);
    at += 6;
  }
  if (*at != '"') return false;
  instant = midnight_ + of_day - offset;
  return true;
}

}  // namespace jianlu::manifest
