// What a file claims to be, by its first bytes alone. This table is the whitelist: FFmpeg is only ever told
// which demuxer to use and never guesses, so no playlist, script or subtitle text reaches it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace jianlu::footage {

enum class Family { iso, avi, wav, stream, photo, text, unknown };

struct Sniffed {
  Family family = Family::unknown;
  std::string format;   // "mp4", "mpegts", "nmea", "jpeg" …
  std::string demuxer;  // FFmpeg's short name; empty for photo, text and unknown
};

// `head`: the first bytes of the file, 64 KiB or all of it.
// Length in bytes of the MPEG audio (layer III) or ADTS frame that starts here.
std::optional<std::size_t> audio_frame(std::string_view s, bool adts);

Sniffed sniff(std::string_view head);

}  // namespace jianlu::footage
