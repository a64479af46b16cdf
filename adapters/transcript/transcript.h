// What was said in a clip, and when: SubRip (.srt), WebVTT (.vtt) and the JSON of speech recognisers. In: the bytes of a
// file, or what a recogniser printed. Out: cues, counted from the start of the clip. A damaged cue is reported and left
// out; so is a line that belongs to no cue; the rest is read on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
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
  std::vector<Fault> faults;         // what was left out
  std::vector<Fault> notes;          // what was read, though it is not written as it should be
  std::optional<std::int64_t> covers;   // how much of the clip was listened to, where the recogniser says so
};

inline constexpr std::size_t max_bytes = 16u << 20;
inline constexpr std::size_t max_faults = 100;   // after these, one more says how many follow

// The format is told from the text: JSON begins with a bracket, WebVTT with "WEBVTT"; anything else is SubRip. JSON may be
// of Whisper and its relatives ("segments"; whisper.cpp: "transcription"), of FunASR ("sentence_info") or of Vosk
// ("result"); several values may follow each other. UTF-8 or GB18030.
Transcript read(std::string_view bytes);

}  // namespace jianlu::transcript
