#include "adapters/gather/gather.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "adapters/devices/devices.h"
#include "adapters/gather/listed.h"
#include "adapters/gather/listening.h"
#include "adapters/gather/readings.h"
#include "adapters/ledger/ledger.h"
#include "adapters/manifest/manifest.h"
#include "adapters/track/track.h"

namespace jianlu::gather {
namespace {

namespace fs = std::filesystem;

Source::Kind kind_of(const std::string& path) {
  const std::string extension = lower_extension(path);
  if (extension == ".yaml" || extension == ".yml") return Source::Kind::manifest;
  if (extension == ".csv" || extension == ".tsv") return Source::Kind::table;
  if (is_transcript(path)) return Source::Kind::transcript;
  return Source::Kind::footage;
}

fact::Digest from_hex(const std::string& hex) {
  fact::Digest out{};
  const auto nibble = [](char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; };
  for (std::size_t i = 0; i + 1 < hex.size() && i / 2 < out.size(); i += 2) {
    out[i / 2] = static_cast<std::uint8_t>(nibble(hex[i]) * 16 + nibble(hex[i + 1]));
  }
  return out;
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

  std::optional<std::string> read(Source& source) {
    std::ifstream in(source.path, std::ios::binary);
    if (!in) {
      source.sound = false;
      source.verdict = {"打不开文件", "cannot open the file"};
      return std::nullopt;
    }
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    source.bytes = static_cast<std::int64_t>(text.size());
    source.digest = fact::digest(text);
    return text;
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
        if (source.kind == Source::Kind::manifest) manifest(source, static_cast<std::int32_t>(i), *text);
        else if (source.kind == Source::Kind::table) table(source, static_cast<std::int32_t>(i), *text);
        else listening_.take(i, *text);
      }
      advance(source);
    }
  }

  void manifest(Source& source, std::int32_t index, const std::string& text) {
    manifest::Manifest m = manifest::read_yaml(text, index, vocabulary_, zone_);
    source.documents = std::move(m.documents);
    source.deliveries = std::move(m.deliveries);
    source.doubts = std::move(m.doubts);
    source.problems = std::move(m.problems);
    source.sound = source.problems.empty();
    const std::string rows = std::to_string(source.documents.size()), bad = std::to_string(source.problems.size());
    source.verdict = source.sound ? diag::Words("清单，" + rows + " 行", "manifest, " + rows + " rows")
                                  : diag::Words("清单，" + rows + " 行，" + bad + " 处有误", "manifest, " + rows + " rows, " + bad + " faults");
  }

  void table(Source& source, std::int32_t index, const std::string& text) {
    if (!mappings_read_) {
      std::vector<ledger::MappingFault> faults;
      mappings_ = ledger::read_mappings(options_.mappings, vocabulary_, faults);
      given_ = ledger::read_mappings(options_.given, vocabulary_, faults);
      for (const ledger::MappingFault& f : faults) {
        const std::string at = f.file + ":" + std::to_string(f.line) + ": ";
        out_.faults.emplace_back(at + f.what.zh + (f.mend.zh.empty() ? "" : "；" + f.mend.zh), at + f.what.en + (f.mend.en.empty() ? "" : "; " + f.mend.en));
      }
      mappings_read_ = true;
    }
    ledger::Table t = ledger::read_table(text, index, mappings_, given_, vocabulary_, zone_);
    source.documents = std::move(t.manifest.documents);
    source.deliveries = std::move(t.manifest.deliveries);
    source.doubts = std::move(t.manifest.doubts);
    source.problems = std::move(t.manifest.problems);
    source.sound = source.problems.empty();
    const std::string rows = std::to_string(t.rows), left = std::to_string(t.left), bad = std::to_string(source.problems.size());
    source.verdict = {"表格（" + t.mapping + "，" + std::string(t.encoding) + "），" + rows + " 行", "table (" + t.mapping + ", " + std::string(t.encoding) + "), " + rows + " rows"};
    if (t.mapping.empty()) source.verdict = {"表格，没有读入", "table, not read"};
    if (t.left > 0) source.verdict = {source.verdict.zh + "，按对照略去 " + left + " 行", source.verdict.en + ", " + left + " left out as the mapping says"};
    if (!source.sound) source.verdict = {source.verdict.zh + "，" + bad + " 处有误", source.verdict.en + ", " + bad + " faults"};
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
    source.digest = from_hex(facts.sha256);
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

  // A text that is a satellite track, found among what was taken for footage.
  void tracks() {
    constexpr std::int64_t longest = 64 << 20;
    for (std::size_t i = 0; i < out_.sources.size(); ++i) {
      Source& source = out_.sources[i];
      if (source.kind != Source::Kind::footage || source.footage.verdict != footage::Verdict::text || source.bytes > longest) continue;
      const std::optional<std::string> text = read(source);
      if (!text) continue;
      track::Track t = track::read(*text);
      if (t.format.empty()) continue;
      source.kind = Source::Kind::track;
      for (const track::Fault& fault : t.faults) {
        fact::Problem problem;
        problem.origin.line = fault.line;
        problem.what = {fault.zh, fault.en};
        source.problems.push_back(std::move(problem));
      }
      source.sound = t.faults.empty();
      const std::string fixes = std::to_string(t.fixes.size()), refused = std::to_string(t.refused), corrupt = std::to_string(t.corrupt);
      const std::string at = t.fixes.empty() ? "" : track::place(t.fixes.front().latitude, t.fixes.front().longitude);
      source.verdict = {"卫星轨迹（" + t.format + "），定位 " + fixes + " 次" + (at.empty() ? "" : "，起于 " + at) + "；没有定位的 " + refused + "，校验不过的 " + corrupt,
                        "satellite track (" + t.format + "), " + fixes + " fixes" + (at.empty() ? "" : ", from " + at) + "; " + refused +
                            " without a fix, " + corrupt + " corrupt"};
      tracks_[stem(source.path)] = std::move(t);
    }
  }

  void earlier() {
    for (const Options::Known& known : options_.clips) {
      Source source;
      source.kind = Source::Kind::footage;
      source.path = known.path;
      source.digest = from_hex(known.facts.sha256);
      source.bytes = known.facts.size;
      source.footage = known.facts;
      source.verdict = {"先前读过", "read earlier"};
      const auto same = [&](const Source& s) { return s.kind == source.kind && s.digest == source.digest; };
      if (std::none_of(out_.sources.begin(), out_.sources.end(), same)) out_.sources.push_back(std::move(source));
    }
  }

  // Signs that take more than the file itself: its device's profile, and the other files.
  void compare(const devices::Profiles& profiles) {
    std::vector<footage::FootageFacts*> files;
    std::vector<std::string> names;
    for (Source& source : out_.sources) {
      if (source.kind != Source::Kind::footage) continue;
      profiles.compare(source.path, source.footage);
      files.push_back(&source.footage);
      names.push_back(source.path);
    }
    footage::add_shared_picture_signs(files, names);
  }

  void match() {
    devices::Profiles profiles;
    for (const std::string& path : options_.profiles) {
      std::error_code ignored;
      const auto errors = fs::is_directory(path, ignored) ? profiles.add_folder(path) : profiles.add_file(path);
      for (const devices::ProfileError& e : errors) {
        const std::string at = e.file + ":" + std::to_string(e.line) + " " + e.field + ": ";
        out_.faults.emplace_back(at + e.zh, at + e.en);
      }
    }
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
    compare(profiles);
    std::vector<match::Clip> clips;
    std::vector<std::size_t> index;
    for (std::size_t i = 0; i < out_.sources.size(); ++i) {
      Source& source = out_.sources[i];
      // A photo, a sidecar or a damaged file is no clip; it keeps its own verdict.
      if (source.kind != Source::Kind::footage) continue;
      match::Clip clip;
      clip.path = source.path;
      clip.facts = &source.footage;
      clip.name = profiles.match(source.path);
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
      if (fact::Document* row = in_manifest(key_of(document)); row != nullptr) {
        row->lost.insert(row->lost.end(), document.lost.begin(), document.lost.end());
      }
    }
    drop_empty();
    listening_.finish();
    for (const std::string& key : result.sessions_without_clip) {
      if (keys.count(key) != 0) out_.sessions_without_clip.push_back(key);
    }
  }

  // Recordings that tables list: the session of each, and a verdict of how many have none.
  void listed(const std::vector<match::Session>& sessions) {
    const model::EntityId recording = vocabulary_.entity("recording");
    for (std::size_t i = 0; i < out_.sources.size(); ++i) {
      Source& source = out_.sources[i];
      if (source.kind != Source::Kind::table) continue;
      std::size_t alone = 0;
      for (std::size_t d = 0; d < source.documents.size(); ++d) {
        if (source.documents[d].entity != recording) continue;
        const Fit fit = find_session(source.documents[d], sessions, vocabulary_, options_.slack);
        alone += fit == Fit::none || fit == Fit::several;
        listed_.emplace(key_of(source.documents[d]), std::pair(i, d));
      }
      if (alone == 0) continue;
      const std::string n = std::to_string(alone);
      source.verdict = {source.verdict.zh + "；" + n + " 段录像没有对上唯一的场次", source.verdict.en + "; " + n + " recordings fit no single session"};
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
    fact::Document& row = out_.sources[found->second.first].documents[found->second.second];
    add_listed(document, row);
    row = {};
    listed_.erase(found);
  }

  // The recording as a manifest read now lists it, by itself or inside its session.
  fact::Document* in_manifest(const std::string& id) {
    const model::EntityId recording = vocabulary_.entity("recording");
    const auto find = [&](const auto& self, std::vector<fact::Document>& rows) -> fact::Document* {
      for (fact::Document& row : rows) {
        if (row.entity == recording && key_of(row) == id) return &row;
        if (fact::Document* inner = self(self, row.rows)) return inner;
      }
      return nullptr;
    };
    for (Source& source : out_.sources) {
      if (source.kind != Source::Kind::manifest) continue;
      if (fact::Document* row = find(find, source.documents)) return row;
    }
    return nullptr;
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
  std::vector<ledger::Mapping> mappings_, given_;
  bool mappings_read_ = false;
  std::map<std::string, std::pair<std::size_t, std::size_t>> listed_;   // recordings of tables: source and document
  Listening listening_{out_.sources, vocabulary_, options_};
  std::map<std::string, track::Track> tracks_;
};

}  // namespace

Gathered gather(const std::vector<std::string>& files, const model::Vocabulary& vocabulary, const calendar::Zone& zone,
                const Options& options) {
  return Gatherer(files, vocabulary, zone, options)();
}

}  // namespace jianlu::gather
