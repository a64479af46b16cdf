// What decoding looks for, and from which thresholds on. The thresholds are interpretations: the caller gives
// them from the rules; those here hold where the rules say nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jianlu::footage {

struct Watching {
  bool pictures = true;  // black, frozen, scene cuts
  bool sound = true;     // silence, muted
  bool speech = true;    // needs every packet of sound
  bool clock = true;     // the burnt-in clock

  std::int64_t shortest = 2'000'000;  // events shorter than this are not reported, microseconds
  double black_level = 0.10;          // a pixel is dark up to this share of the range of luma …
  double black_share = 0.98;          // … and a picture from this share of dark pixels on
  double silence_db = -60;            // no sample louder than this, dB of full scale

  std::vector<std::int64_t> stills;  // times of the first picture track to keep a still of, microseconds
};

// "shortest=500000,speech=no,still=1000000": what differs from the above, as jianlu-probe --watch takes it.
std::string to_text(const Watching& watching);
// Changes `watching`; false when the text is not of that form.
bool read_watching(std::string_view text, Watching& watching);

}  // namespace jianlu::footage
