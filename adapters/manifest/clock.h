#pragma once

#include <array>
#include <cstdint>

#include "adapters/manifest/json_text.h"
#include "engine/calendar/instant.h"
#include "engine/calendar/zone.h"

namespace jianlu::manifest {

// Reads instants that come by the million on few days.
class Clock {
 public:
  explicit Clock(calendar::Zone zone) : zone_(zone) {}
  void set_zone(calendar::Zone zone) {
    zone_ = zone;
    last_ = {};
    days_.fill({});
  }
  const calendar::Zone& zone() const { return zone_; }

  // An instant as in parse_instant, from `text` to a quotation mark; 40 bytes must be readable. Returns behind the mark,
  // or null where the instant is written in a rarer way or wrong: then the general reader decides.
  const char* read(const char* text, std::int64_t& instant) {
    // Mostly a time by the minute, on the day of the one before.
    if (json::load(text) == last_.head && json::load(text + 2) == last_.tail && last_.steady) {
      const std::int64_t of_day = minute_of_day(text + 10);
      if (of_day >= 0) {
        instant = last_.midnight + of_day - last_.offset;
        return text + 17;
      }
    }
    return read_any(text, instant);
  }

 private:
  struct Day {
    std::uint64_t head = 0, tail = 0;  // the date as written: its first and last eight bytes
    std::int64_t midnight = 0;         // of that date, in UTC
    std::int64_t offset = 0;
    bool steady = false;               // whether the zone has one offset on that day
  };
  const char* read_any(const char* text, std::int64_t& instant);
  const Day* day(const char* text);

  // T09:30" as microseconds of the day, all characters at once; -1 where it is no such time.
  static std::int64_t minute_of_day(const char* text) {
    // Each byte less what it must be at least: digits become 0 to 9, the others 0.
    const std::uint64_t digits = (json::load(text) << 8) - 0x2230'303A'3030'5400u;
    if (((digits | (digits + 0x7F76'767F'7676'7F00u)) & 0x8080'8080'8080'8080u) != 0) return -1;
    const auto pair = [&](int shift) {
      return static_cast<std::int64_t>((digits >> shift & 0xFF) * 10 + (digits >> (shift + 8) & 0xFF));
    };
    const std::int64_t hour = pair(16), minute = pair(40);
    return hour > 23 || minute > 59 ? -1 : (hour * 60 + minute) * calendar::minute;
  }

  calendar::Zone zone_;
  Day last_;                           // met last
  std::array<Day, 64> days_{};         // and before, each in its place
  std::uint64_t suffix_ = ~std::uint64_t{0};  // the last offset from UTC, as written with the closing quotation mark
  std::int64_t suffix_offset_ = 0;
};

}  // namespace jianlu::manifest
