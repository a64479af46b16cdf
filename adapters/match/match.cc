#include "adapters/match/match.h"

#include <algorithm>
#include <filesystem>

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

bool readable(footage::Verdict verdict) {
  return verdict == footage::Verdict::readable || verdict == footage::Verdict::truncated;
}

class Matcher {
 public:
  Matcher(const std::vector<Clip>& clips, const std::vector<Session>& sessions, const model::Vocabulary& vocabulary,
          std::int64_t slack)
      : clips_(clips), sessions_(sessions), ledgers_(vocabulary), slack_(slack) {}

  Result operator()() {
    std::vector<bool> seen(sessions_.size(), false);
    for (std::size_t i = 0; i < clips_.size(); ++i) out_.matches.push_back(one(i, seen));
    for (std::size_t i = 0; i < sessions_.size(); ++i) {
      if (!seen[i]) out_.sessions_without_clip.push_back(sessions_[i].key);
    }
    return std::move(out_);
  }

 private:
  Match one(std::size_t index, std::vector<bool>& seen) {
    const Clip& clip = clips_[index];
    Match match;
    match.clip = index;
    if (!readable(clip.facts->verdict)) {
      const footage::Wording verdict = footage::wording(clip.facts->verdict);
      match.how = {"不是可读的录像：" + std::string(verdict.zh), "no readable footage: " + std::string(verdict.en)};
      return match;
    }
    if (!clip.name || !clip.name->start) {
      match.how = {"文件名没有说明录制时间；请按采集站的命名，或者在清单里登记这段录像",
                   "the file's name states no time; name it as the docking station does, or list it in a manifest"};
      return match;
    }
    if (!clip.facts->duration) {
      match.how = {"读不出时长", "its length cannot be read"};
      return match;
    }
    const std::int64_t start = *clip.name->start, end = start + *clip.facts->duration;
    std::vector<std::size_t> fitting;
    bool by_device = false;   // a session that states the clip's device goes before those that state none
    for (std::size_t s = 0; s < sessions_.size(); ++s) {
      const Session& session = sessions_[s];
      if (end < session.started - slack_ || start > session.ended + slack_) continue;
      const bool stated = !session.devices.empty() && clip.name->device;
      if (stated && std::find(session.devices.begin(), session.devices.end(), *clip.name->device) == session.devices.end()) {
        continue;
      }
      if (stated && !by_device) {
        by_device = true;
        fitting.clear();
      }
      if (stated == by_device) fitting.push_back(s);
    }
    match.recording = std::filesystem::path(clip.path).stem().string();
    if (fitting.size() == 1) {
      seen[fitting[0]] = true;
      match.session = sessions_[fitting[0]].key;
      match.how = by_device ? diag::Words("设备和时间都对得上", "device and time fit")
                            : diag::Words("时间对得上，场次没有写明设备", "the time fits; the session states no device");
    } else if (fitting.empty()) {
      match.how = {"没有一个场次的时间和设备对得上", "no session fits its time and device"};
    } else {
      std::string keys;
      for (const std::size_t s : fitting) {
        keys += (keys.empty() ? "" : "、") + sessions_[s].key;
        seen[s] = true;
      }
      match.how = {"几个场次都对得上：" + keys + "；请在清单里写明", "more than one session fits: " + keys + "; say which in a manifest"};
    }
    recording(clip, match, start, end);
    return match;
  }

  void recording(const Clip& clip, const Match& match, std::int64_t start, std::int64_t end) {
    if (ledgers_.recording == model::kNone) return;
    const std::int64_t u = clip.name->clock_uncertainty;
    Document row;
    row.entity = ledgers_.recording;
    row.origin = {clip.source, 0};
    const auto field = [&](std::string_view id) { return ledgers_.field(ledgers_.recording, id); };
    put_text(row, ledgers_.vocabulary.entities[ledgers_.recording].owner_field, match.session);
    put_text(row, field("id"), match.recording);
    put(row, field("started"), start - u, start + u);
    put(row, field("ended"), end - u, end + u);
    if (clip.name->device) put_text(row, field("device"), *clip.name->device);
    for (const footage::Sign& sign : clip.facts->signs) {
      const auto graded_as = grade(sign, clip.facts->reading);
      if (!graded_as || ledgers_.sign == model::kNone) continue;
      Document mark;
      mark.entity = ledgers_.sign;
      mark.origin = {clip.source, 0};
      const FieldId graded = ledgers_.field(ledgers_.sign, "grade");
      put_text(mark, ledgers_.field(ledgers_.sign, "sign"),
               std::string(footage::wording(sign.kind).name.zh) + "：" + sign.evidence);
      if (graded != model::kNone) {
        const std::int32_t code = ledgers_.vocabulary.value(
            ledgers_.vocabulary.field(ledgers_.sign, graded).type.of, *graded_as);
        put(mark, graded, code, code);
      }
      row.rows.push_back(std::move(mark));
    }
    out_.documents.push_back(std::move(row));
  }

  const std::vector<Clip>& clips_;
  const std::vector<Session>& sessions_;
  Ledgers ledgers_;
  std::int64_t slack_;
  Result out_;
};

}  // namespace

std::optional<Session> session_of(const Document& document, const model::Vocabulary& vocabulary) {
  const Ledgers ledgers(vocabulary);
  if (document.entity != ledgers.session || document.entity == model::kNone) return std::nullopt;
  const auto field = [&](std::string_view id) { return cell(document, ledgers.field(ledgers.session, id)); };
  const Cell *key = field("id"), *unit = field("unit"), *started = field("started"), *ended = field("ended");
  if (key == nullptr || started == nullptr || ended == nullptr) return std::nullopt;
  Session session{key->text, unit == nullptr ? "" : unit->text, started->lo, ended->hi, {}};
  for (const Document& row : document.rows) {
    if (row.entity != ledgers.carriage) continue;
    if (const Cell* device = cell(row, ledgers.field(ledgers.carriage, "device"))) session.devices.push_back(device->text);
  }
  return session;
}

Result match(const std::vector<Clip>& clips, const std::vector<Session>& sessions, const model::Vocabulary& vocabulary,
             std::int64_t slack) {
  return Matcher(clips, sessions, vocabulary, slack)();
}

}  // namespace jianlu::match
