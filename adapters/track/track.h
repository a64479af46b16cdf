// Satellite tracks beside footage: NMEA 0183 (plain, or with the device's time before each sentence), GPX, and the pulse
// log that AudioMoth GPS.Sync writes. Text in, fixes out; nothing else is opened, and no entity is expanded.
//
// A fix is kept only where the receiver says that it has one: void sentences, broken checksums and 0/0 are refused and counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/instant.h"

namespace jianlu::track {

struct Fix {
  std::int64_t utc = 0;                 // by the satellites, microseconds
  double latitude = 0, longitude = 0;   // degrees, north and east positive
  std::optional<std::int64_t> device;   // what the device's own clock said, as it writes it
  int line = 0;
};

struct Fault {
  int line = 0;
  std::string zh, en;
};

struct Track {
  std::string format;                   // "nmea", "gpx", "pps-log"; empty: none of them
  std::vector<Fix> fixes;               // in the order of the file
  std::int64_t refused = 0;             // without a fix, or at 0/0
  std::int64_t corrupt = 0;             // checksum missing or wrong, or not to be read
  std::vector<Fault> faults;            // the file as a whole
};

// By content.
Track read(std::string_view text);

Track read_nmea(std::string_view text);
Track read_gpx(std::string_view text);
Track read_pps_log(std::string_view text);

// How far the device's clock was behind the satellites: UTC less device, over all fixes that state both. The device writes
// its time after the sentence that it has just received, so that a fix may be up to `latency` old.
std::optional<calendar::Bound> device_behind(const Track& track, std::int64_t latency = calendar::second);

// "41.8530N 12.4890E"
std::string place(double latitude, double longitude);
// Neither 0/0 nor out of range.
bool plausible(double latitude, double longitude);

}  // namespace jianlu::track
