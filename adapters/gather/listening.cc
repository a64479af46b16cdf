#include "adapters/gather/listening.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

#include "adapters/speech/recogniser.h"
#include "adapters/speech/speech.h"
#include "engine/fact/hex.h"
#include "engine/source/read.h"

namespace jianlu::gather {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kTranscripts{".json", ".srt", ".vtt"}, kTracks{".gpx", ".gps", ".nmea"};

std::vector<std::string> beside_of(const std::string& clip, const std::array<std::string_view, 3>& extensions) {
  std::vector<std::string> out;
  for (const std::string_view extension : extensions) {
    std::string path = stem(clip) + std::string(extension);
    std::error_code ignored;
    if (path != clip && fs::is_regular_file(path, ignored)) out.push_back(std::move(path));
  }
  return out;
}

// Where the output of this recogniser for this clip is kept: by the clip's bytes, not its name.
fs::path kept_at(const Options& options, const Source& clip) {
  std::string command;
  for (const std::string& word : options.recogniser->arguments) command += word + '\0';
  return fs::path(options.transcripts) / (fact::hex(clip.digest) + "-" + fact::hex(fact::digest(command)).substr(0, 8) + ".transcript");
}

// Whole or not at all. False: it could not be written.
bool keep(const fs::path& path, const std::string& bytes) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  const fs::path begun = path.string() + ".new";
  {
    std::ofstream out(begun, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) return false;
  }
  fs::rename(begun, path, error);
  return !error;
}

fact::Problem note(std::size_t clip, diag::Words what, diag::Words mend) {
  fact::Problem problem;
  problem.effect = fact::Problem::Effect::noted;
  problem.origin.source = static_cast<std::int32_t>(clip);
  problem.what = std::move(what);
  problem.mend = std::move(mend);
  return problem;
}

}  // namespace

std::string stem(const std::string& path) { return (fs::path(path).parent_path() / fs::path(path).stem()).string(); }

std::string lower_extension(const std::string& path) {
  std::string out = fs::path(path).extension().string();
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::vector<std::string> transcripts_beside(const std::string& clip) { return beside_of(clip, kTranscripts); }
std::vector<std::string> tracks_beside(const std::string& clip) { return beside_of(clip, kTracks); }

bool is_transcript(const std::string& path) {
  return std::find(kTranscripts.begin(), kTranscripts.end(), lower_extension(path)) != kTranscripts.end();
}

void Listening::take(std::size_t source, std::string_view bytes) {
  Source& s = sources_[source];
  Read read{source, transcript::read(bytes), false};
  using enum fact::Problem::Effect;
  const transcript::Transcript& t = read.transcript;
  const auto say = [&](const transcript::Fault& fault, fact::Problem::Effect effect) {
    fact::Problem problem;
    problem.effect = effect;
    problem.origin = {static_cast<std::int32_t>(source), fault.line};
    problem.what = {fault.zh, fault.en};
    s.problems.push_back(std::move(problem));
  };
  for (const transcript::Fault& note : t.notes) say(note, noted);
  for (const transcript::Fault& fault : t.faults) say(fault, t.cues.empty() ? file_aside : row_aside);
  s.sound = t.faults.empty();
  const std::string cues = std::to_string(t.cues.size());
  s.verdict = {"转写，" + cues + " 句", "transcript, " + cues + " cues"};
  if (t.cues.empty() && t.faults.empty() && !t.covers) {
    s.verdict.zh += "；没有说明听了多长，不能据此认为没有人说话";
    s.verdict.en += "; it does not state how much was listened to, so it does not show that nobody spoke";
  }
  read_[stem(s.path)].push_back(std::move(read));
}

// The first that is without fault, else the first.
Listening::Read* Listening::beside(std::size_t clip) {
  const auto found = read_.find(stem(sources_[clip].path));
  if (found == read_.end()) return nullptr;
  std::vector<Read>& all = found->second;
  const auto sound = std::find_if(all.begin(), all.end(), [&](const Read& r) { return sources_[r.source].sound; });
  return sound == all.end() ? &all.front() : &*sound;
}

Listening::Read* Listening::recognised(std::size_t clip) {
  const auto sounds = [](const footage::StreamFacts& s) { return s.kind == footage::StreamKind::audio; };
  const Source& source = sources_[clip];
  if (!options_.recogniser || std::none_of(source.footage.streams.begin(), source.footage.streams.end(), sounds)) return nullptr;
  const fs::path path = kept_at(options_, source);
  std::optional<std::string> output = source::read(path);
  const auto fail = [&](diag::Words what, diag::Words mend = {"这段录像按没有转写对待", "this clip counts as one without transcript"}) {
    sources_[clip].problems.push_back(note(clip, std::move(what), std::move(mend)));
    return nullptr;
  };
  if (!output) {
    speech::Recognised result = speech::recognise(*options_.recogniser, source.path);
    if (result.fault) return fail(*result.fault);
    const transcript::Transcript heard = transcript::read(result.output);
    if (!heard.faults.empty()) {
      const transcript::Fault& first = heard.faults.front();
      const std::string line = std::to_string(first.line);
      return fail({"语音识别的输出第 " + line + " 行读不懂：" + first.zh, "the recogniser's output cannot be read at line " + line + ": " + first.en});
    }
    if (!keep(path, result.output)) {
      return fail({"语音识别的结果存不到“" + path.string() + "”", "the transcript cannot be written to `" + path.string() + "`"},
                  {"检查文件夹的权限和剩余空间", "look at the folder's permissions and free space"});
    }
    output = std::move(result.output);
  }
  Source made;
  made.path = path.string();
  made.kind = Source::Kind::transcript;
  made.bytes = static_cast<std::int64_t>(output->size());
  made.digest = fact::digest(*output);
  sources_.push_back(std::move(made));
  take(sources_.size() - 1, *output);
  return &read_[stem(path.string())].back();
}

void Listening::listen(std::size_t clip, fact::Document& recording) {
  if (sources_[clip].match.session.empty()) return;
  Read* read = beside(clip);
  if (read == nullptr) read = recognised(clip);
  speech::Heard heard;
  heard.whole = sources_[clip].footage.verdict == footage::Verdict::readable;
  if (read != nullptr) {
    heard.transcript = &read->transcript;
    heard.source = static_cast<std::int32_t>(read->source);
    read->used = true;
  }
  speech::Speech said = speech::speech_of(recording, heard, vocabulary_);
  if (!said.complete) recording.lost.push_back(vocabulary_.entity("speech"));
  for (fact::Document& row : said.rows) sources_[static_cast<std::size_t>(row.origin.source)].documents.push_back(std::move(row));
}

bool Listening::used(std::size_t source) const {
  const auto found = read_.find(stem(sources_[source].path));
  return found != read_.end() && std::any_of(found->second.begin(), found->second.end(),
                                             [&](const Read& r) { return r.source == source && r.used; });
}

void Listening::finish() {
  for (auto& [name, all] : read_) {
    const auto used = std::find_if(all.begin(), all.end(), [](const Read& r) { return r.used; });
    for (const Read& read : all) {
      if (read.used) continue;
      diag::Words& verdict = sources_[read.source].verdict;
      if (used != all.end()) {
        const std::string& other = sources_[used->source].path;
        verdict.zh += "；没有采用，用的是“" + other + "”";
        verdict.en += "; not used: `" + other + "` is";
      } else {
        verdict.zh += "；没有采用：旁边没有同名、又对得上场次的录像";
        verdict.en += "; not used: no clip of that name beside it fits a session";
      }
    }
  }
}

}  // namespace jianlu::gather
