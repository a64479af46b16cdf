#include "adapters/gather/gather.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "adapters/devices/devices.h"
#include "adapters/gather/known.h"
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
      for (const std::vector<std::string>& beside : {transcripts_beside(path), tracks_beside(path)}) {
        for (const std::string& companion : beside) {
          if (given.count(companion) == 0) add(companion);
        }
      }
    }
  }

  Gathered operator()() {
    texts();
    clips();
    tracks();
    profiles();
    before_.compare(out_.sources, profiles_, options_);
    const std::size_t read = out_.sources.size();
    earlier();
    match();
    renew();
    listening_.finish();
    forget_idle(read);
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

  // Of what was added to the files given: only where there is something new to say of it.
  void forget_idle(std::size_t from) {
    std::size_t kept = from;
    for (std::size_t i = from; i < out_.sources.size(); ++i) {
      Source& source = out_.sources[i];
      if (source.kind == Source::Kind::transcript ? !listening_.used(i) : source.match.session.empty() && source.doubts.empty() && gained_.count(i) == 0) continue;
      for (fact::Document& document : source.documents) {
        document.origin.source = static_cast<std::int32_t>(kept);
        for (fact::Document& row : document.rows) row.origin.source = static_cast<std::int32_t>(kept);
      }
      for (fact::Problem& problem : source.problems) problem.origin.source = static_cast<std::int32_t>(kept);
      std::swap(out_.sources[kept++], source);
    }
    out_.sources.resize(kept);
  }

  // Satellite tracks are found among what was taken for footage.
  void tracks() {
    for (Source& source : out_.sources) {
      if (auto track = read_track(source)) tracks_[stem(source.path)] = std::move(*track);
    }
  }

  // Footage known from earlier that is matched anew, with what lies beside it now: it has no session, or its session lists the
  // recording and holds nothing that could be added to.
  void earlier() {
    for (const KnownFootage::Clip& known : before_.clips()) {
      const bool given = listening_.has(known.path);
      if (!known.match.session.empty() && (known.recording || !(given || known.gained))) continue;
      if (known.gained) gained_.insert(out_.sources.size());
      out_.sources.push_back(source_of(known));
      out_.sources.back().match = {};
      for (const std::string& path : transcripts_beside(known.path)) {
        if (!given) add_beside(path, Source::Kind::transcript);
      }
      for (const std::string& path : tracks_beside(known.path)) add_beside(path, Source::Kind::footage);
    }
  }

  void add_beside(const std::string& path, Source::Kind kind) {
    Source source;
    source.path = path;
    source.kind = kind;
    source.bytes = stamp_of(path).size;
    if (kind == Source::Kind::transcript) {
      const std::optional<std::string> text = read(source);
      if (!text) return;
      out_.sources.push_back(std::move(source));
      listening_.take(out_.sources.size() - 1, *text);
    } else {
      source.footage.verdict = footage::Verdict::text;
      if (auto track = read_track(source)) tracks_.emplace(stem(path), std::move(*track));
    }
  }

  // Footage that has its session: what was found of it now is added to what was said of it then.
  void renew() {
    const model::EntityId speech = vocabulary_.entity("speech");
    for (const KnownFootage::Clip& known : before_.clips()) {
      const bool heard = listening_.has(known.path);
      if (!known.recording || (!known.gained && !heard)) continue;
      const std::size_t index = out_.sources.size();
      out_.sources.push_back(source_of(known));
      fact::Document recording = *known.recording;
      recording.origin.source = static_cast<std::int32_t>(index);
      put_signs(recording, known.facts, vocabulary_);
      if (heard) {
        std::erase(recording.lost, speech);
        listening_.listen(index, recording);
      }
      out_.sources[index].documents.push_back(std::move(recording));
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
      const std::string name = std::filesystem::path(source.path).stem().string();
      clip.listed = stated_.count(name) != 0 || listed_.count(name) != 0;
      clip.source = static_cast<std::int32_t>(i);
      if (const auto found = tracks_.find(stem(source.path)); found != tracks_.end()) clip.track = &found->second;
      clips.push_back(std::move(clip));
      index.push_back(i);
    }
    match::Result result = match::match(clips, sessions, vocabulary_, zone_, options_.slack);
    for (match::Match& m : result.matches) {
      Source& source = out_.sources[index[m.clip]];
      source.match = std::move(m);
      for (const std::size_t s : source.match.in_doubt) doubt(source, "recording", sessions[s].unit, sessions[s].key);
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
      const auto source = static_cast<std::size_t>(document.origin.source);
      listening_.listen(source, document);
      if (document.lost.empty()) continue;
      const std::string& key = out_.sources[source].match.session;
      const auto session = std::find_if(sessions.begin(), sessions.end(), [&](const match::Session& s) { return s.key == key; });
      doubt(out_.sources[source], "speech", session == sessions.end() ? "" : session->unit, key);
    }
    drop_empty();
    for (const std::string& key : result.sessions_without_clip) {
      if (keys.count(key) != 0) out_.sessions_without_clip.push_back(key);
    }
  }

  void doubt(Source& source, const char* ledger, const std::string& unit, const std::string& owner) {
    if (const model::EntityId id = vocabulary_.entity(ledger); id != model::kNone) source.doubts.push_back({id, unit, owner});
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
      if (row.entity == recording) stated_.insert(key_of(row));
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
  std::set<std::string> stated_;                       // recordings of manifests, by id
  std::map<std::string, fact::Document*> listed_;      // recordings of tables, by id
  Listening listening_{out_.sources, vocabulary_, options_};
  KnownFootage before_{options_.clips};
  std::set<std::size_t> gained_;   // known footage without a session of which something new was found, by source
  std::map<std::string, track::Track> tracks_;
};

}  // namespace

Gathered gather(const std::vector<std::string>& files, const model::Vocabulary& vocabulary, const calendar::Zone& zone,
                const Options& options) {
  return Gatherer(files, vocabulary, zone, options)();
}

}  // namespace jianlu::gather
