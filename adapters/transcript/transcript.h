// Transcripts beside a clip: SubRip (.srt) and WebVTT (.vtt). In: the text of a file. Out: what was said, and when,
// counted from the start of the clip. A damaged cue is reported and left out; the rest is read on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jianlu::transcript {

struct Cue {
  std::int64_t start = 0, end = 0;   // microseconds from the start of the clip; start <= end
  std::string text;                  // without markup; lines joined by a space
  int line = 0;                      // of the timing, 1-based
};

struct Fault {
  int line = 0;
  std::string zh, en;
};

struct Transcript {
  std::vector<Cue> cues;             // in the order of the file
  std::vector<Fault> faults;
};

// Both formats; which one is told from the text (WebVTT begins with "WEBVTT"). A byte order mark is skipped.
Transcript read(std::string_view text);

}  // namespace jianlu::transcript
