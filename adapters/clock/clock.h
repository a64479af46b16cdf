// When a clip was recorded: what each source says of it, weighed together. Nothing is read here.
//
// A device has one clock, which is off by an amount that lies within bounds and moves no faster than its drift. Its name,
// its burnt-in clock and its container are written by that clock; a satellite track and a person's statement are not.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/calendar/instant.h"
#include "engine/diag/diag.h"

namespace jianlu::clock {

// Most trusted first: of two that contradict each other, the earlier counts.
enum class Source : std::uint8_t { gps, manifest, burnt_in, file_name, container };
struct Wording {
  std::string_view id, zh, en;
};
Wording wording(Source source);

struct Reading {
  Source source{};
  // When the clip began, if this is right: in UTC for gps and manifest, else as the device's clock would have it once its
  // zone is taken off. A container that may mean UTC or local time has both; the others have one.
  std::vector<calendar::Bound> starts;
  std::string text;   // as it stands there
};

struct Clip {
  std::string device;                        // empty: not known, a clock of its own
  std::int64_t length = 0;
  std::int64_t clock_uncertainty = 0;        // how far its device's clock may be off, either way
  std::int64_t drift_per_day = 3 * calendar::second;   // GA/T 947.2, second-hand: docs/footage.md
  std::optional<std::int64_t> segment_gap;   // the device writes segments; the longest pause between two of them
  std::vector<Reading> readings;
};

struct Disagreement {
  Source source{};
  calendar::Bound ahead;   // by how much it is later than what counts
  std::string text;
};

struct Time {
  std::optional<calendar::Bound> start, end;   // UTC; absent: nothing states when it began
  std::string clock;                           // recordings with the same one share its error; empty: its own
  std::int64_t resolution = 0;                 // how exactly that clock was read; an error of this recording, not shared
  std::vector<Source> sources;                 // that agree, most trusted first
  std::vector<Disagreement> disagreements;     // signs, each for a person to look at
  std::optional<std::int64_t> written_in;      // the container writes local time as UTC: offset of that zone
  std::optional<std::size_t> continues;        // the clip that this one follows without a pause
};

// One per clip, in their order.
std::vector<Time> tell(std::span<const Clip> clips);

// What a clock may have moved by over `between`, at `per_day`.
std::int64_t drift(std::int64_t between, std::int64_t per_day);

// "按文件名，误差 2 秒以内；封装时间晚 7 秒" — how the time was told, for people.
diag::Words describe(const Time& time);

}  // namespace jianlu::clock
