#include "adapters/gather/gather.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "adapters/devices/devices.h"
#include "adapters/gather/listed.h"
#include "adapters/gather/listening.h"
#include "adapters/gather/readings.h"
#include "adapters/gather/texts.h"
#include "adapters/track/track.h"
#include "engine/fact/hex.h"

namespace jianlu::gather {
namespace {

Source::Kind kind_of(const std::string& path) {
  const std::string extension = lower_extension(path);
  if (extension == ".yaml" || extension == ".yml") return Source::Kind::manifest;
  if (extension == ".csv" || extension == ".tsv") return Source::Kind::table;
  if (is_transcript(path)) return Source::Kind::transcript;
  return Source::Kind::footage;
}

class Gatherer {
 public:
  Gatherer(const std::vector<std::string>& files, const model::Vocabulary& vocabulary, const calendar::Zone& zone,
           const Options& options)
      : vocabulary_(vocabulary), zone_(zone), options_(options) {
    const std::set<std::string> given(files.begin(), files.end());
    for (const std::string& path : files) {
      add(path);
      if (out_.sources.back().kind != Source::Kind::footage) continue;
      for (const std::string& beside : transcripts_beside(path)) {
        if (given.count(beside) == 0) add(beside);
      }
    }
  }

  Gathered operator()() {
    texts();
    clips();
    tracks();
    profiles();
    compare();
    const std::size_t read = out_.sources.size();
    earlier();
    match();
    forget_unmatched(read);
    return std::move(out_);
  }

 private:
  void add(const std::string& path) {
    Source source;
    source.path = path;
    source.kind = kind_of(path);
    stamps_.push_back(stamp_of(path));
    of_bytes_ += std::max<std::int64_t>(stamps_.back().size, 0);
    out_.sources.push_back(std::move(source));
  }

  void advance(const Source& source) {
    ++done_;
    bytes_ += std::max<std::int64_t>(stamps_[static_cast<std::size_t>(&source - out_.sources.data())].size, 0);
    if (options_.progress) options_.progress({done_, out_.sources.size(), bytes_, of_bytes_, known_, known_bytes_, source.path});
  }

  void texts() {
    for (std::size_t i = 0; i < out_.sources.size(); ++i) {
      Source& source = out_.sources[i];
      if (source.kind == Source::Kind::footage) continue;
      if (const std::optional<std::string> text = read(source)) {
        if (source.kind == Source::Kind::manifest) read_manifest(source, static_cast<std::int32_t>(i), *text, vocabulary_, zone_);
        else if (source.kind == Source::Kind::table) tables_.read(source, static_cast<std::int32_t>(i), *text);
        else listening_.take(i, *text);
      }
      advance(source);
    }
  }

  void clips() {
    const footage::ProbeOptions& probe = options_.probe;
    Readings readings(options_.readings, std::string(footage::wording(probe.depth).id) + (probe.every_frame ? "+every " : " ") +
                                             std::to_string(probe.gap_threshold));
    std::vector<std::string> paths;
    std::vector<std::size_t> index;
    for (std::size_t i = 0; i < out_.sources.size(); ++i) {
      Source& source = out_.sources[i];
      if (source.kind != Source::Kind::footage) continue;
      if (std::optional<footage::FootageFacts> facts = readings.find(source.path, stamps_[i])) {
        ++known_;
        known_bytes_ += stamps_[i].size;
        clip(source, std::move(*facts));
        continue;
      }
      paths.push_back(source.path);
      index.push_back(i);
    }
    if (paths.empty()) return;
    const auto error = footage::probe_files(paths, probe, [&](std::size_t n, footage::FootageFacts&& facts) {
      Source& source = out_.sources[index[n]];
      readings.add(source.path, stamps_[index[n]], facts);
      clip(source, std::move(facts));
    });
    if (error) out_.faults.emplace_back(error->zh, error->en);
  }

  void clip(Source& source, footage::FootageFacts&& facts) {
    const footage::Wording verdict = footage::wording(facts.verdict);
    source.verdict = {std::string(verdict.zh) + (facts.reason_zh.empty() ? "" : "：" + facts.reason_zh),
                      std::string(verdict.en) + (facts.reason.empty() ? "" : ": " + facts.reason)};
    source.sound = facts.verdict == footage::Verdict::readable || facts.verdict == footage::Verdict::photo ||
                   facts.verdict == footage::Verdict::text;
    source.digest = fact::digest_from_hex(facts.sha256).value_or(fact::Digest{});
    source.bytes = facts.size;
    source.footage = std::move(facts);
    advance(source);
  }

  // An earlier clip that is still without a session is known as it is.
  void forget_unmatched(std::size_t from) {
    std::size_t kept = from;
    for (std::size_t i = from; i < out_.sources.size(); ++i) {
      if (out_.sources[i].kind == Source::Kind::footage && out_.sources[i].match.session.empty()) continue;
      for (fact::Document& document : out_.sources[i].documents) {
        document.origin.source = static_cast<std::int32_t>(kept);
        for (fact::Document& row : document.rows) row.origin.source = static_cast<std::int32_t>(kept);
      }
      std::swap(out_.sources[kept++], out_.sources[i]);
    }
    out_.sources.resize(kept);
  }

  // Satellite tracks are found among what was taken for footage.
  void tracks() {
    for (Source& source : out_.sources) {
      if (auto track = read_track(source)) tracks_[stem(source.path)] = std::move(*track);
    }
  }

  void earlier() {
    std::set<fact::Digest> read;
    for (const Source& source : out_.sources) {
      if (source.kind == Source::Kind::footage) read.insert(source.digest);
    }
    for (const devices::Footage& known : options_.clips) {
      Source source;
      source.kind = Source::Kind::footage;
      source.path = known.path;
      source.digest = fact::digest_from_hex(known.facts.sha256).value_or(fact::Digest{});
      source.bytes = known.facts.size;
      source.footage = known.facts;
      source.verdict = {"先前读过", "read earlier"};
      if (read.insert(source.digest).second) out_.sources.push_back(std::move(source));
    }
  }

  void profiles() {
    for (const std::string& path : options_.profiles) {
      for (const devices::ProfileError& e : profiles_.add_from(path)) {
        const std::string at = e.file + ":" + std::to_string(e.line) + " " + e.field + ": ";
        out_.faults.emplace_back(at + e.zh, at + e.en);
      }
    }
  }

  // The clips read now; one that is known from earlier was compared when it was read.
  void compare() {
    std::vector<footage::FootageFacts*> files;
    std::vector<std::string> paths;
    std::vector<std::uint64_t> pictures;
    std::set<std::string> read;
    for (Source& source : out_.sources) {
      if (source.kind != Source::Kind::footage) continue;
      files.push_back(&source.footage);
      paths.push_back(source.path);
      read.insert(source.footage.sha256);
      for (const footage::Print& print : source.footage.prints) pictures.push_back(print.hash);
    }
    std::vector<devices::Footage> known;
    if (options_.sharing && !pictures.empty()) known = options_.sharing(pictures);
    std::erase_if(known, [&](const devices::Footage& f) { return read.count(f.facts.sha256) != 0; });
    devices::compare(profiles_, std::move(files), std::move(paths), std::move(known));
  }

  void match() {
    std::vector<match::Session> sessions;
    std::set<std::string> keys;
    for (const Source& source : out_.sources) {
      for (const fact::Document& document : source.documents) {
        auto session = match::session_of(document, vocabulary_);
        if (session && keys.insert(session->key).second) sessions.push_back(std::move(*session));
      }
    }
    // What is read now says more than what is known from earlier.
    for (const match::Session& session : options_.sessions) {
      if (keys.count(session.key) == 0) sessions.push_back(session);
    }
    listed(sessions);
    std::vector<match::Clip> clips;
    std::vector<std::size_t> index;
    for (std::size_t i = 0; i < out_.sources.size(); ++i) {
      Source& source = out_.sources[i];
      // A photo, a sidecar or a damaged file is no clip; it keeps its own verdict.
      if (source.kind != Source::Kind::footage) continue;
      match::Clip clip;
      clip.path = source.path;
      clip.facts = &source.footage;
      clip.name = profiles_.match(source.path);
      clip.source = static_cast<std::int32_t>(i);
      if (const auto found = tracks_.find(stem(source.path)); found != tracks_.end()) clip.track = &found->second;
      clips.push_back(std::move(clip));
      index.push_back(i);
    }
    match::Result result = match::match(clips, sessions, vocabulary_, zone_, options_.slack);
    for (match::Match& m : result.matches) {
      Source& source = out_.sources[index[m.clip]];
      source.match = std::move(m);
    }
    const model::EntityId recording = vocabulary_.entity("recording");
    for (fact::Document& document : result.documents) {
      const auto source = static_cast<std::size_t>(document.origin.source);
      if (document.entity == recording) {
        join_listed(document);
        listening_.listen(source, document);
      }
      out_.sources[source].documents.push_back(std::move(document));
    }
    for (fact::Document& document : result.listed) {
      listening_.listen(static_cast<std::size_t>(document.origin.source), document);
      if (const auto found = stated_.find(key_of(document)); found != stated_.end()) {
        std::vector<model::EntityId>& lost = found->second->lost;
        lost.insert(lost.end(), document.lost.begin(), document.lost.end());
      }
    }
    drop_empty();
    listening_.finish();
    for (const std::string& key : result.sessions_without_clip) {
      if (keys.count(key) != 0) out_.sessions_without_clip.push_back(key);
    }
  }

  // Recordings that manifests state, by themselves or inside their session, and that tables list: the session of each of
  // these, and a verdict of how many have none.
  void listed(const std::vector<match::Session>& sessions) {
    const model::EntityId recording = vocabulary_.entity("recording");
    for (Source& source : out_.sources) {
      if (source.kind == Source::Kind::manifest) state(source.documents, recording);
      if (source.kind != Source::Kind::table) continue;
      std::size_t alone = 0;
      for (fact::Document& row : source.documents) {
        if (row.entity != recording) continue;
        const Fit fit = find_session(row, sessions, vocabulary_, options_.slack);
        alone += fit == Fit::none || fit == Fit::several;
        listed_.emplace(key_of(row), &row);
      }
      if (alone == 0) continue;
      const std::string n = std::to_string(alone);
      source.verdict = {source.verdict.zh + "；" + n + " 段录像没有对上唯一的场次", source.verdict.en + "; " + n + " recordings fit no single session"};
    }
  }

  void state(std::vector<fact::Document>& rows, model::EntityId recording) {
    for (fact::Document& row : rows) {
      if (row.entity == recording) stated_.emplace(key_of(row), &row);
      state(row.rows, recording);
    }
  }

  std::string key_of(const fact::Document& row) const {
    const model::FieldId key = vocabulary_.entities[row.entity].key;
    const auto found = std::find_if(row.cells.begin(), row.cells.end(), [&](const fact::Cell& c) { return c.field == key; });
    return found == row.cells.end() ? std::string() : found->text;
  }

  // A clip's recording that a table lists too is one recording; the table's row is then empty.
  void join_listed(fact::Document& document) {
    const auto found = listed_.find(key_of(document));
    if (found == listed_.end()) return;
    add_listed(document, *found->second);
    *found->second = {};
    listed_.erase(found);
  }

  void drop_empty() {
    for (Source& source : out_.sources) {
      if (source.kind == Source::Kind::table) std::erase_if(source.documents, [](const fact::Document& d) { return d.entity == model::kNone; });
    }
  }

  const model::Vocabulary& vocabulary_;
  const calendar::Zone& zone_;
  const Options& options_;
  Gathered out_;
  std::vector<Stamp> stamps_;
  std::size_t done_ = 0, known_ = 0;
  std::int64_t bytes_ = 0, of_bytes_ = 0, known_bytes_ = 0;
  devices::Profiles profiles_;
  Tables tables_{options_, vocabulary_, zone_, out_.faults};
  std::map<std::string, fact::Document*> stated_, listed_;   // recordings of manifests and of tables, by id
  Listening listening_{out_.sources, vocabulary_, options_};
  std::map<std::string, track::Track> tracks_;
};

}  // namespace

Gathered gather(const std::vector<std::string>& files, const model::Vocabulary& vocabulary, const calendar::Zone& zone,
                const Options& options) {
  return Gatherer(files, vocabulary, zone, options)();
}

}  // namespace jianlu::gather
