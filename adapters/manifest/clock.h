#pragma once

#include <cstdint>

#include "engine/calendar/zone.h"

namespace jianlu::manifest {

// Reads instants that come by the million on few days.
class Clock {
 public:
  explicit Clock(calendar::Zone zone) : zone_(zone) {}
  void set_zone(calendar::Zone zone) {
    zone_ = zone;
    known_ = false;
  }
  const calendar::Zone& zone() const { return zone_; }

  // An instant as in parse_instant, from `text` to a quotation mark; 40 bytes must be readable. False where it is
  // written in a rarer way or wrong: then the general reader decides.
  bool read(const char* text, std::int64_t& instant);

 private:
  bool read_day(const char* text);

  calendar::Zone zone_;
  bool known_ = false;
  std::uint64_t day_head_ = 0, day_tail_ = 0;  // the date of `midnight_`, as written: its first and last eight bytes
  std::int64_t midnight_ = 0;       // of that date, in UTC
  bool steady_ = false;             // whether the zone has one offset on that day
  std::int64_t offset_ = 0;
  std::uint64_t suffix_ = 0;        // the last offset from UTC, as written with the closing quotation mark
  std::int64_t suffix_offset_ = 0;
};

}  // namespace jianlu::manifest
