#include "adapters/match/match.h"

#include <algorithm>
#include <filesystem>
#include <tuple>

namespace jianlu::match {
namespace {

using fact::Cell;
using fact::Document;
using model::EntityId;
using model::FieldId;

// The ledgers that footage speaks to, by their stable ids in the vocabulary.
struct Ledgers {
  explicit Ledgers(const model::Vocabulary& v)
      : vocabulary(v), session(v.entity("session")), recording(v.entity("recording")), sign(v.entity("edit_sign")),
        carriage(v.entity("carriage")) {}

  FieldId field(EntityId entity, std::string_view id) const { return vocabulary.field(entity, id); }

  const model::Vocabulary& vocabulary;
  EntityId session, recording, sign, carriage;
};

void put(Document& row, FieldId field, std::int64_t lo, std::int64_t hi) {
  if (field == model::kNone) return;
  Cell cell;
  cell.field = field;
  cell.lo = lo;
  cell.hi = hi;
  row.cells.push_back(std::move(cell));
}

void put_text(Document& row, FieldId field, std::string text) {
  if (field == model::kNone || text.empty()) return;
  Cell cell;
  cell.field = field;
  cell.text = std::move(text);
  row.cells.push_back(std::move(cell));
}

const Cell* cell(const Document& row, FieldId field) {
  const auto found = std::find_if(row.cells.begin(), row.cells.end(), [&](const Cell& c) { return c.field == field; });
  return found == row.cells.end() || found->state != fact::kValue ? nullptr : &*found;
}

// How much a sign says by itself; nothing for one that is no doubt. What honest devices write too is weak, however
// much it counts, unless the file as a whole reads as edited.
std::optional<std::string_view> grade(const footage::Sign& sign, footage::Reading reading) {
  switch (sign.weight) {
    case footage::Weight::strong:
    case footage::Weight::medium:
      return reading == footage::Reading::edited ? footage::wording(sign.weight).id : "weak";
    case footage::Weight::device:
      return std::nullopt;
    default:
      return "weak";
  }
}

Document sign_row(const Ledgers& ledgers, std::string text, std::string_view grade, fact::Origin origin) {
  Document mark;
  mark.entity = ledgers.sign;
  mark.origin = origin;
  put_text(mark, ledgers.field(ledgers.sign, "sign"), std::move(text));
  if (const FieldId graded = ledgers.field(ledgers.sign, "grade"); graded != model::kNone) {
    const std::int32_t code = ledgers.vocabulary.value(ledgers.vocabulary.field(ledgers.sign, graded).type.of, grade);
    put(mark, graded, code, code);
  }
  return mark;
}

bool readable(footage::Verdict verdict) {
  return verdict == footage::Verdict::readable || verdict == footage::Verdict::truncated;
}

// Something was recorded, whether or not it can be seen. An empty file with a fitting name is not that.
bool was_recorded(footage::Verdict verdict) {
  using enum footage::Verdict;
  return verdict == no_index || verdict == header_only || verdict == over_limit || verdict == crashed || verdict == forbidden;
}

class Matcher {
 public:
  Matcher(const std::vector<Clip>& clips, const std::vector<Session>& sessions, const model::Vocabulary& vocabulary,
          const calendar::Zone& zone, std::int64_t slack)
      : clips_(clips), sessions_(sessions), ledgers_(vocabulary), zone_(zone), slack_(slack) {
    for (std::size_t s = 0; s < sessions.size(); ++s) {
      for (const auto& [id, began] : sessions[s].recordings) listed_.emplace(id, s);
    }
  }

  Result operator()() {
    tell_times();
    seen_.assign(sessions_.size(), false);
    for (std::size_t i = 0; i < clips_.size(); ++i) find_session(i);
    own_errors();
    for (std::size_t i = 0; i < clips_.size(); ++i) {
      const Match& match = out_.matches[i];
      if (match.recording.empty()) continue;
      const bool listed = listed_.count(match.recording) != 0;
      if (ledgers_.recording != model::kNone) (listed ? out_.listed : out_.documents).push_back(recording(clips_[i], match));
      signs(clips_[i], match, listed);
    }
    for (std::size_t i = 0; i < sessions_.size(); ++i) {
      if (!seen_[i]) out_.sessions_without_clip.push_back(sessions_[i].key);
    }
    return std::move(out_);
  }

 private:
  // A name that tells device and time is that of one recording. Counters begin anew with each card, and two cameras count
  // alike: unless a manifest or a table lists the recording by it, such a name takes a part of the digest.
  std::string id_of(const Clip& clip) const {
    std::string stem = std::filesystem::path(clip.path).stem().string();
    const bool tells = clip.name && clip.name->device && clip.name->start;
    if (tells || clip.listed || listed_.count(stem) != 0 || clip.facts->sha256.empty()) return stem;
    return stem + "-" + clip.facts->sha256.substr(0, 8);
  }

  void tell_times() {
    std::vector<clock::Clip> told;
    for (const Clip& clip : clips_) {
      told.push_back(readings(clip, zone_));
      if (const auto listed = listed_.find(id_of(clip)); listed != listed_.end()) {
        told.back().readings.push_back({clock::Source::manifest, {sessions_[listed->second].recordings.at(listed->first)}, listed->first});
      }
    }
    for (const clock::Clip& clip : told) drift_.push_back(clip.drift_per_day);
    std::vector<clock::Time> times = clock::tell(told);
    for (std::size_t i = 0; i < clips_.size(); ++i) {
      Match match;
      match.clip = i;
      match.time = std::move(times[i]);
      out_.matches.push_back(std::move(match));
    }
  }

  void find_session(std::size_t index) {
    const Clip& clip = clips_[index];
    Match& match = out_.matches[index];
    if (!readable(clip.facts->verdict)) {
      const footage::Wording verdict = footage::wording(clip.facts->verdict);
      match.how = {"不是可读的录像：" + std::string(verdict.zh), "no readable footage: " + std::string(verdict.en)};
      if (was_recorded(clip.facts->verdict)) doubt(clip, match);
      return;
    }
    if (!match.time.start) {
      match.how = {"没有来源说明录制时间；请按采集站的命名，或者在清单里登记这段录像",
                   "nothing states when it was recorded; name it as the docking station does, or list it in a manifest"};
      return;
    }
    if (!clip.facts->duration) {
      match.how = {"读不出时长", "its length cannot be read"};
      doubt(clip, match);
      return;
    }
    match.recording = id_of(clip);
    if (const auto listed = listed_.find(match.recording); listed != listed_.end()) {
      seen_[listed->second] = true;
      match.session = sessions_[listed->second].key;
      match.how = {"清单写明了这段录像", "the manifest lists it"};
      return;
    }
    by_time(clip, match);
    if (clip.facts->verdict == footage::Verdict::truncated) doubt(clip, match);
  }

  // Footage that cannot be read, or to its end, may have shown what its name says: sessions in whose time that would fall.
  void doubt(const Clip& clip, Match& match) {
    constexpr std::int64_t least_rate = 12'500;   // bytes a second: recorders write more
    if (!match.time.start) return;
    const std::int64_t longest = std::min(clip.facts->size / least_rate, std::int64_t{86'400}) * calendar::second;
    match.in_doubt = fitting(clip, match.time.start->lo, std::max(match.time.end->hi, match.time.start->hi + longest)).sessions;
    for (const std::size_t s : match.in_doubt) seen_[s] = true;
    if (match.in_doubt.empty()) return;
    const std::string keys = keys_of(match.in_doubt);
    match.how.zh += "；场次 " + keys + " 是否还有这段录像，不能断定";
    match.how.en += "; whether session " + keys + " was recorded here too cannot be told";
  }

  struct Fitting {
    std::vector<std::size_t> sessions;
    bool by_device = false;   // a session that states the clip's device goes before those that state none
  };
  Fitting fitting(const Clip& clip, std::int64_t from, std::int64_t to) const {
    const std::string device = clip.name ? clip.name->device.value_or("") : "";
    Fitting out;
    for (std::size_t s = 0; s < sessions_.size(); ++s) {
      const Session& session = sessions_[s];
      if (to < session.started - slack_ || from > session.ended + slack_) continue;
      const bool stated = !session.devices.empty() && !device.empty();
      if (stated && std::find(session.devices.begin(), session.devices.end(), device) == session.devices.end()) continue;
      if (stated && !out.by_device) {
        out.by_device = true;
        out.sessions.clear();
      }
      if (stated == out.by_device) out.sessions.push_back(s);
    }
    return out;
  }

  std::string keys_of(const std::vector<std::size_t>& sessions) const {
    std::string keys;
    for (const std::size_t s : sessions) keys += (keys.empty() ? "" : "、") + sessions_[s].key;
    return keys;
  }

  void by_time(const Clip& clip, Match& match) {
    const auto [sessions, by_device] = fitting(clip, match.time.start->lo, match.time.end->hi);
    for (const std::size_t s : sessions) seen_[s] = true;
    if (sessions.size() == 1) {
      match.session = sessions_[sessions[0]].key;
      match.how = by_device ? diag::Words("设备和时间都对得上", "device and time fit")
                            : diag::Words("时间对得上，场次没有写明设备", "the time fits; the session states no device");
    } else if (sessions.empty()) {
      match.how = {"没有一个场次的时间和设备对得上", "no session fits its time and device"};
    } else {
      const std::string keys = keys_of(sessions);
      match.in_doubt = sessions;
      match.how = {"几个场次都对得上：" + keys + "；请在清单里写明", "more than one session fits: " + keys + "; say which in a manifest"};
    }
  }

  // Of one clock in one session, the recordings that are placed best stand for the clock. By how much it was read wrong
  // there, and what it may have moved by since, is added to the others as an error of their own. Segments without a pause
  // move together: the end of one stays the start of the next.
  void own_errors() {
    struct Placed {
      std::size_t run;
      std::int64_t width, start;
    };
    std::map<std::pair<std::string, std::string>, Placed> best;
    std::vector<std::size_t> run(clips_.size());
    const auto each = [&](const auto& take) {
      for (Match& m : out_.matches) {
        if (m.time.start && !m.time.clock.empty() && !m.session.empty()) take(m, std::pair(m.session, m.time.clock));
      }
    };
    each([&](const Match& m, const auto& key) {
      run[m.clip] = m.clip;
      while (out_.matches[run[m.clip]].time.continues) run[m.clip] = *out_.matches[run[m.clip]].time.continues;
      const clock::Time& head = out_.matches[run[m.clip]].time;
      const Placed placed{run[m.clip], head.start->hi - head.start->lo, head.start->lo};
      const auto [at, fresh] = best.try_emplace(key, placed);
      if (std::tie(placed.width, placed.start) < std::tie(at->second.width, at->second.start)) at->second = placed;
    });
    each([&](const Match& m, const auto& key) {
      const Placed& reference = best.at(key);
      if (run[m.clip] == reference.run) return;
      const std::int64_t apart = out_.matches[run[m.clip]].time.start->lo - reference.start;
      errors_.emplace_back(m.clip, out_.matches[reference.run].time.resolution + clock::drift(apart, drift_[m.clip]));
    });
    for (const auto& [clip, by] : errors_) {
      clock::Time& time = out_.matches[clip].time;
      time.start = calendar::Bound{time.start->lo - by, time.start->hi + by};
      time.end = calendar::Bound{time.end->lo - by, time.end->hi + by};
    }
  }

  Document recording(const Clip& clip, const Match& match) const {
    Document row;
    row.entity = ledgers_.recording;
    row.origin = {clip.source, 0};
    const auto field = [&](std::string_view id) { return ledgers_.field(ledgers_.recording, id); };
    put_text(row, ledgers_.vocabulary.entities[ledgers_.recording].owner_field, match.session);
    put_text(row, field("id"), match.recording);
    put(row, field("started"), match.time.start->lo, match.time.start->hi);
    put(row, field("ended"), match.time.end->lo, match.time.end->hi);
    if (clip.name && clip.name->device) put_text(row, field("device"), *clip.name->device);
    put_text(row, field("clock"), match.time.clock);
    if (clip.facts->place) {
      put_text(row, field("place"), track::place(clip.facts->place->latitude, clip.facts->place->longitude));
    } else if (clip.track != nullptr && !clip.track->fixes.empty()) {
      put_text(row, field("place"), track::place(clip.track->fixes.front().latitude, clip.track->fixes.front().longitude));
    }
    return row;
  }

  // Inside the recording that was made of the clip, or by themselves where a manifest lists the recording.
  void signs(const Clip& clip, const Match& match, bool listed) {
    if (ledgers_.sign == model::kNone) return;
    std::vector<Document> marks = sign_rows(*clip.facts, {clip.source, 0}, ledgers_.vocabulary);
    for (const clock::Disagreement& d : match.time.disagreements) {
      const std::int64_t by = (d.ahead.lo + d.ahead.hi) / 2 / calendar::second;
      marks.push_back(sign_row(ledgers_,
                               "时钟不一致：" + std::string(clock::wording(d.source).zh) + "“" + d.text + "”" + (by < 0 ? "早 " : "晚 ") +
                                   std::to_string(std::abs(by)) + " 秒",
                               "weak", {clip.source, 0}));
    }
    for (Document& mark : marks) {
      if (listed) put_text(mark, ledgers_.vocabulary.entities[ledgers_.sign].owner_field, match.recording);
      (listed ? out_.documents : out_.documents.back().rows).push_back(std::move(mark));
    }
  }

  const std::vector<Clip>& clips_;
  const std::vector<Session>& sessions_;
  Ledgers ledgers_;
  const calendar::Zone& zone_;
  std::int64_t slack_;
  std::map<std::string, std::size_t> listed_;   // recordings that a session lists
  std::vector<bool> seen_;                      // sessions with a clip
  std::vector<std::int64_t> drift_;             // a day, by clip
  std::vector<std::pair<std::size_t, std::int64_t>> errors_;   // clip, and what its bounds are widened by
  Result out_;
};

}  // namespace

std::optional<Session> session_of(const Document& document, const model::Vocabulary& vocabulary) {
  const Ledgers ledgers(vocabulary);
  if (document.entity != ledgers.session || document.entity == model::kNone) return std::nullopt;
  const auto field = [&](std::string_view id) { return cell(document, ledgers.field(ledgers.session, id)); };
  const Cell *key = field("id"), *unit = field("unit"), *started = field("started"), *ended = field("ended");
  if (key == nullptr || started == nullptr || ended == nullptr) return std::nullopt;
  Session session{key->text, unit == nullptr ? "" : unit->text, started->lo, ended->hi, {}, {}};
  for (const Document& row : document.rows) {
    if (row.entity == ledgers.recording && row.entity != model::kNone) {
      const Cell *id = cell(row, ledgers.field(row.entity, "id")), *began = cell(row, ledgers.field(row.entity, "started"));
      if (id != nullptr && began != nullptr) session.recordings.emplace(id->text, calendar::Bound{began->lo, began->hi});
    }
    if (row.entity != ledgers.carriage) continue;
    if (const Cell* device = cell(row, ledgers.field(ledgers.carriage, "device"))) session.devices.push_back(device->text);
  }
  return session;
}

std::vector<Document> sign_rows(const footage::FootageFacts& facts, fact::Origin origin, const model::Vocabulary& vocabulary) {
  const Ledgers ledgers(vocabulary);
  std::vector<Document> out;
  if (ledgers.sign == model::kNone) return out;
  for (const footage::Sign& sign : facts.signs) {
    if (const auto graded = grade(sign, facts.reading)) {
      out.push_back(sign_row(ledgers, std::string(footage::wording(sign.kind).name.zh) + "：" + sign.evidence.zh, *graded, origin));
    }
  }
  return out;
}

Result match(const std::vector<Clip>& clips, const std::vector<Session>& sessions, const model::Vocabulary& vocabulary,
             const calendar::Zone& zone, std::int64_t slack) {
  return Matcher(clips, sessions, vocabulary, zone, slack)();
}

}  // namespace jianlu::match
