// Who has listened to a clip: a transcript beside it, or the recogniser that the user configured. What comes of it are
// rows of the speech ledger.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/gather/gather.h"
#include "adapters/transcript/transcript.h"

namespace jianlu::gather {

// A path without its extension: what a clip shares with its transcript and its satellite track.
std::string stem(const std::string& path);
// Transcripts that lie beside a clip, by its name: NAME.json, NAME.srt, NAME.vtt.
std::vector<std::string> transcripts_beside(const std::string& clip);
// Satellite tracks beside it: NAME.gpx, NAME.gps, NAME.nmea. Others are known by their content, where they are given.
std::vector<std::string> tracks_beside(const std::string& clip);
bool is_transcript(const std::string& path);
std::string lower_extension(const std::string& path);

class Listening {
 public:
  Listening(std::vector<Source>& sources, const model::Vocabulary& vocabulary, const Options& options)
      : sources_(sources), vocabulary_(vocabulary), options_(options) {}

  // A source that is a transcript.
  void take(std::size_t source, std::string_view bytes);
  // The recording that was made of a clip: adds rows to its transcript's source. Where not all of it was transcribed, the
  // recording says that rows of its session's speech ledger are missing. A recogniser's output becomes a source of its own.
  void listen(std::size_t clip, fact::Document& recording);
  // There is a transcript beside this clip.
  bool has(const std::string& clip) const { return read_.count(stem(clip)) != 0; }
  bool used(std::size_t source) const;
  // Says of each transcript that was not used why.
  void finish();

 private:
  struct Read {
    std::size_t source = 0;
    transcript::Transcript transcript;
    bool used = false;
  };

  Read* beside(std::size_t clip);
  Read* recognised(std::size_t clip);

  std::vector<Source>& sources_;
  const model::Vocabulary& vocabulary_;
  const Options& options_;
  std::map<std::string, std::vector<Read>> read_;   // by path without extension
};

}  // namespace jianlu::gather
