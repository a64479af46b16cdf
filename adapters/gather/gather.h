// Reads what a user points at: manifests, tables, clips, transcripts. Every file gets its own verdict; one that is broken costs
// nothing but itself.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/footage/client.h"
#include "adapters/match/match.h"
#include "adapters/speech/recogniser.h"
#include "engine/calendar/zone.h"
#include "engine/diag/diag.h"
#include "engine/fact/document.h"
#include "engine/fact/problem.h"
#include "engine/model/vocabulary.h"

namespace jianlu::gather {

struct Source {
  enum class Kind : std::uint8_t { manifest, table, footage, transcript, track, other } kind = Kind::other;
  std::string path;
  fact::Digest digest{};                 // SHA-256 of the bytes; zero where they could not be read
  std::int64_t bytes = 0;
  bool sound = true;                     // read to its end and without a fault
  diag::Words verdict;
  std::vector<fact::Document> documents; // origin.source is the index of this source
  std::vector<fact::Delivery> deliveries;
  std::vector<fact::Doubt> doubts;
  std::vector<fact::Problem> problems;
  footage::FootageFacts footage;         // footage and tracks
  match::Match match;                    // footage only
};

// Footage known from an earlier ingest. Its file is not read again, and need not be there any more.
struct Known {
  std::string path;
  footage::FootageFacts facts;
  match::Match match;                    // session, recording and how; no session: it fits none so far
  std::optional<fact::Document> recording;   // made of it; nothing where a manifest lists the recording
};

// Files are finished one by one, footage in the order in which it happens to be.
struct Progress {
  std::size_t files = 0, of_files = 0;
  std::int64_t bytes = 0, of_bytes = 0;
  std::size_t known = 0;                 // of the files: those that an earlier, broken off run had read
  std::int64_t known_bytes = 0;
  const std::string& path;
};

struct Options {
  std::vector<std::string> profiles;     // device profiles: files or folders
  std::vector<std::string> mappings;     // how tables become rows of ledgers: files or folders
  std::vector<std::string> given;        // the same, stated by the user: these go before
  footage::ProbeOptions probe;
  std::string readings;                  // see readings.h; empty: an earlier run counts for nothing
  std::int64_t slack = 60'000'000;       // how far outside a session a clip of it may lie, microseconds
  std::optional<speech::Recogniser> recogniser;   // for clips without a transcript beside them
  std::string transcripts;               // folder in which its output is kept, so that no clip is listened to twice
  // Sessions known from earlier, besides those of the manifests read now.
  std::vector<match::Session> sessions;
  // Footage that belongs to no session yet, and such as bears the name of a file given now: what fits now is added.
  std::vector<Known> clips;
  // Footage that holds the bytes of one of the clips read now, or enough of their coded pictures.
  std::function<std::vector<Known>(const std::vector<const footage::FootageFacts*>&)> alike;
  std::function<void(const Progress&)> progress;
};

struct Gathered {
  std::vector<Source> sources;           // in order of path; then known footage of which there is something new to say
  std::vector<std::string> sessions_without_clip;   // of the manifests read now
  std::vector<diag::Words> faults;       // of profiles and of the probe itself
};

Gathered gather(const std::vector<std::string>& files, const model::Vocabulary& vocabulary, const calendar::Zone& zone,
                const Options& options);

}  // namespace jianlu::gather
