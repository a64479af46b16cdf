#pragma once

#include <array>
#include <cstdint>

#include "engine/calendar/zone.h"

namespace jianlu::manifest {

// Reads instants that come by the million on few days.
class Clock {
 public:
  explicit Clock(calendar::Zone zone) : zone_(zone) {}
  void set_zone(calendar::Zone zone) {
    zone_ = zone;
    days_.fill({});
  }
  const calendar::Zone& zone() const { return zone_; }

  // An instant as in parse_instant, from `text` to a quotation mark; 40 bytes must be readable. Returns behind the mark,
  // or null where the instant is written in a rarer way or wrong: then the general reader decides.
  const char* read(const char* text, std::int64_t& instant);

 private:
  struct Day {
    std::uint64_t head = 0, tail = 0;  // the date as written: its first and last eight bytes
    std::int64_t midnight = 0;         // of that date, in UTC
    std::int64_t offset = 0;
    bool steady = false;               // whether the zone has one offset on that day
  };
  const Day* day(const char* text);

  calendar::Zone zone_;
  std::array<Day, 64> days_{};         // met last, each in its place
  std::uint64_t suffix_ = ~std::uint64_t{0};  // the last offset from UTC, as written with the closing quotation mark
  std::int64_t suffix_offset_ = 0;
};

}  // namespace jianlu::manifest
