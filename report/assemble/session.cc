// Timelines: act, recordings, gaps, interruptions, excused time and speech of each session.
#include <algorithm>
#include <map>
#include <tuple>

#include "report/assemble/assembler.h"

namespace jianlu::report {

using model::EntityId;
using model::FieldId;
using model::kNone;

namespace {

struct Cell {
  const fact::Column* column = nullptr;
  std::size_t row = 0;
  bool given() const { return column != nullptr && column->state[row] == fact::kValue; }
  std::int64_t lo() const { return column->lo[row]; }
};

// The middle of what an instant can be, and how far it can be off. What is not known to the second is not shown finer than that.
struct About {
  std::int64_t at = 0, within = 0;
  About(std::int64_t lo, std::int64_t hi) : at(lo + (hi - lo) / 2), within((hi - lo + 1) / 2) {
    if (within >= calendar::second / 2) at = (at + calendar::second / 2) / calendar::second * calendar::second;
  }
};

// Reading facts by the stable ids of the vocabulary.
struct Reader {
  const model::Vocabulary& vocabulary;
  const fact::Facts& facts;

  Cell cell(EntityId entity, fact::Row row, std::string_view id) const {
    const FieldId field = vocabulary.field(entity, id);
    if (field == kNone || row < 0) return {};
    return {&facts.tables[entity].columns[field], static_cast<std::size_t>(row)};
  }
  std::string text(const Cell& cell) const { return cell.given() ? std::string(facts.texts[cell.lo()]) : ""; }

  // Rows of a list of `row`.
  std::vector<fact::Row> rows(EntityId entity, fact::Row row, std::string_view list) const {
    const FieldId field = vocabulary.field(entity, list);
    if (field == kNone || facts.tables[entity].lists.size() <= static_cast<std::size_t>(field)) return {};
    const fact::List& l = facts.tables[entity].lists[field];
    std::vector<fact::Row> out;
    if (l.offsets.empty()) return out;
    for (std::int32_t i = l.offsets[row]; i < l.offsets[row + 1]; ++i) out.push_back(l.contiguous ? i : l.rows[i]);
    return out;
  }
};

}  // namespace

Session Assembler::session(fact::Row row) {
  const auto margin = [&](std::int64_t start, std::int64_t end) -> std::string {
    if (start == 0 && end == 0) return "";
    if (start == end) return show_.say("起止各 ±", "either end ±") + show_.duration(start);
    return show_.say("起 ±", "start ±") + show_.duration(start) + show_.say("，止 ±", ", end ±") + show_.duration(end);
  };
  const auto joined = [&](const std::string& a, const std::string& b) {
    return a + (a.empty() || b.empty() ? "" : show_.say("；", "; ")) + b;
  };
  const model::Vocabulary& v = s_.book.vocabulary;
  const EntityId session = v.entity("session"), recording = v.entity("recording");
  const Reader read{v, s_.facts};
  Session out;
  out.key = show_.key(session, row);
  out.unit = unit_of(session, row);
  const FieldId activities = v.field(session, "activities");
  if (activities != kNone) out.activity = show_.cell({{session, row, fact::kNoRow, fact::kNoRow}, activities});

  std::map<std::string, Track> tracks;
  for (const fact::Row r : read.rows(session, row, "recordings")) {
    const Cell started = read.cell(recording, r, "started"), ended = read.cell(recording, r, "ended");
    if (!started.given() || !ended.given()) continue;
    const Cell device = read.cell(recording, r, "device");
    const std::string name = device.given() ? show_.key(v.entity("device"), static_cast<fact::Row>(device.lo())) : "";
    const fact::Column& s = *started.column;
    const fact::Column& e = *ended.column;
    const About from(s.lo[r], s.hi.empty() ? s.lo[r] : s.hi[r]), to(e.lo[r], e.hi.empty() ? e.lo[r] : e.hi[r]);
    Track& track = tracks[name];
    track.device = name;
    track.recordings.push_back({{from.at, to.at}, show_.key(recording, r),
                                joined(show_.origin(s_.facts.tables[recording].origins[r]), margin(from.within, to.within))});
  }
  for (auto& [name, track] : tracks) out.tracks.push_back(std::move(track));

  const EntityId interruption = v.entity("interruption"), speech = v.entity("speech");
  for (const fact::Row r : read.rows(session, row, "interruptions")) {
    const Cell span = read.cell(interruption, r, "span");
    if (!span.given()) continue;
    const FieldId reason = v.field(interruption, "reason");
    out.interruptions.push_back({{span.lo(), span.column->end_lo[r]}, show_.cell({{interruption, r, fact::kNoRow, fact::kNoRow}, reason}), ""});
  }
  // A cue that was also put together with those that follow is shown by itself: of rows that begin alike, the shortest.
  std::map<std::tuple<std::int32_t, std::int32_t, std::int64_t>, std::size_t> shown;
  for (const fact::Row r : read.rows(session, row, "speeches")) {
    const Cell at = read.cell(speech, r, "at"), words = read.cell(speech, r, "words");
    if (!at.given()) continue;
    const fact::Column& column = *at.column;
    const fact::Origin& origin = s_.facts.tables[speech].origins[r];
    const auto [place, fresh] = shown.try_emplace({origin.source, origin.line, column.lo[r]}, out.notices.size());
    if (!fresh && out.notices[place->second].label.size() <= read.text(words).size()) continue;
    if (fresh) out.notices.emplace_back();
    const About middle(column.lo[r], column.hi.empty() ? column.lo[r] : column.hi[r]);
    out.notices[place->second] = {middle.at, read.text(words), joined(show_.origin(origin), margin(middle.within, middle.within))};
  }

  // Act, excused time and gaps as the regulation derives them.
  reference::Value self;
  self.kind = model::TypeKind::reference;
  self.state = fact::kValue;
  self.row = {session, row, fact::kNoRow, fact::kNoRow};
  for (const model::Derivation& d : regulation().derivations) {
    if (s_.book.variables[d.subject].entity != session) continue;
    reference::Scope scope;
    scope.regulation = s_.regulation;
    scope.rows.emplace_back(d.subject, self);
    const reference::Value within = interpreter_.evaluate(d.within, scope);
    if (within.given()) out.act = {About(within.bound.lo, within.bound.hi).at, About(within.end.lo, within.end.hi).at};
    if (d.excused != kNone) {
      for (const calendar::Interval& i : interpreter_.evaluate(d.excused, scope).possible) {
        out.excused.push_back({{i.start, i.end}, show_.say("可以不记录", "excused"), ""});
      }
    }
  }
  for (const model::NormId id : regulation().norms) {
    const model::Norm& norm = s_.book.norms[id];
    if (norm.element == kNone || s_.book.variables[norm.subject].entity != session ||
        !v.entities[s_.book.variables[norm.element].entity].derived) {
      continue;
    }
    reference::Scope scope;
    scope.regulation = s_.regulation;
    scope.rows.emplace_back(norm.subject, self);
    const EntityId gap = s_.book.variables[norm.element].entity;
    for (const reference::Member& member : interpreter_.rows(norm.list, scope).members) {
      reference::Value element = self;
      element.row = member.row;
      const reference::Value from = interpreter_.read(element, v.field(gap, "from"), {}, scope);
      const reference::Value to = interpreter_.read(element, v.field(gap, "to"), {}, scope);
      if (!from.given() || !to.given()) continue;
      const bool certain = member.exists == fact::kTrue;
      const About start(from.bound.lo, from.bound.hi), end(to.bound.lo, to.bound.hi);
      std::string note = margin(start.within, end.within);
      // Both clips are timed by one clock: how long it was between them is known better than when.
      const FieldId length = v.field(gap, "length");
      const reference::Value lasted = length == kNone ? reference::Value() : interpreter_.read(element, length, {}, scope);
      if (lasted.given() && !lasted.bound.exact()) {
        note = joined(show_.say("时长 ", "lasting ") + show_.value(lasted, {model::TypeKind::duration}), note);
      }
      if (!certain) note = joined(note, show_.say("是否存在不明", "may not exist"));
      out.gaps.push_back({{start.at, end.at}, show_.row(member.row), note});
    }
    break;
  }
  return out;
}

void Assembler::sessions(Report& report) {
  const EntityId session = s_.book.vocabulary.entity("session");
  if (session == kNone) return;
  const fact::Table& table = s_.facts.tables[session];
  std::set<std::string> wanted;
  for (const Finding& f : report.findings) wanted.insert(f.session);
  const FieldId started = s_.book.vocabulary.field(session, "started"), ended = s_.book.vocabulary.field(session, "ended");
  const auto known = [&](FieldId field, fact::Row row) { return field != kNone && table.columns[field].state[row] == fact::kValue; };
  for (fact::Row row = 0; row < table.size; ++row) {
    if (known(started, row)) {
      const std::int64_t at = table.columns[started].lo[row];
      report.period.start = report.period.start == fact::kMin ? at : std::min(report.period.start, at);
    }
    if (known(ended, row)) {
      const std::int64_t at = table.columns[ended].lo[row];
      report.period.end = report.period.end == fact::kMax ? at : std::max(report.period.end, at);
    }
    if (wanted.count(show_.key(session, row)) != 0) report.sessions.push_back(this->session(row));
  }
}

}  // namespace jianlu::report
