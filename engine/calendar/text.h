#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/calendar/date.h"
#include "engine/calendar/instant.h"
#include "engine/calendar/zone.h"

namespace jianlu::calendar {

// Why a text is no date or no instant.
enum class TimeFault : std::uint8_t {
  none,
  shape,         // not YYYY-MM-DD, or not a time after it
  no_such_date,  // 2023-02-29
  no_such_time,  // 25:00, 24:00 (write the next day's 00:00), a leap second, or a local time that the clock skipped
  bad_offset     // neither Z nor +08:00
};

// One clause without a full stop.
std::string_view describe_zh(TimeFault fault);
std::string_view describe_en(TimeFault fault);

struct ParsedDay {
  Day day = 0;
  TimeFault fault = TimeFault::none;
  std::size_t at = 0;  // byte at which the fault begins
};

struct ParsedInstant {
  Instant instant = 0;
  TimeFault fault = TimeFault::none;
  std::size_t at = 0;
};

// "2024-01-01", nothing before or after it.
ParsedDay parse_day(std::string_view text);

// "2024-01-01T08:00", with seconds and up to nine decimals (cut to microseconds) if wanted, a space instead of T
// accepted; then "Z", "+08:00" or "+0800", or nothing: the time of `zone`, the first of two when the clock was set back.
ParsedInstant parse_instant(std::string_view text, const Zone& zone);

// "2024-01-01".
std::string format_day(Day day);
// "2024-01-01T08:00:00+08:00" in `zone`, with six decimals where there is a fraction. parse_instant reads it back; only
// an offset with seconds (local mean time, before 1901 in China) is written as UTC, with Z.
std::string format_instant(Instant instant, const Zone& zone);

}  // namespace jianlu::calendar
