// The line of a cue that says when it was said: "00:00:01,500 --> 00:00:04,000".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace jianlu::transcript {

struct Timing {
  std::optional<std::int64_t> start, end;   // microseconds; none: unreadable
  bool odd = false;                         // readable, but not as it should be written: another arrow, full-width signs
};

// None: this line states no times. A line that was meant to and does so wrongly is a Timing without start or end.
std::optional<Timing> timing(std::string_view line);

}  // namespace jianlu::transcript
