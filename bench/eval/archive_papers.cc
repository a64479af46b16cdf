// Complaints, evidence, access, disclosures, case files: a few for every hundred sessions.
#include <algorithm>

#include "bench/eval/archive_parts.h"

namespace jianlu::bench {
namespace {

using calendar::Instant, calendar::hour, calendar::minute;

class Papers {
 public:
  explicit Papers(Setting& setting) : s(setting), t(setting.tables), c(setting.chance) {}

  void run() {
    cases(std::max(1, s.sessions / 10));
    complaints(s.sessions / 50);
    exports(s.sessions / 20);
    accesses(s.sessions / 20);
    disclosures(s.sessions / 100);
  }

 private:
  Instant some_time() { return s.begin + c.below(s.end - s.begin) / minute * minute; }
  std::int64_t some_text() { return s.texts.intern("批示" + std::to_string(c.below(100))); }

  void cases(std::int32_t n) {
    const auto id = t.entity("case_file");
    auto unit = t.cells(id, "unit"), opened = t.cells(id, "opened_at"), keep = t.cells(id, "keep_until"), leader = t.cells(id, "leader");
    for (std::int32_t i = 0; i < n; ++i) {
      const std::int64_t u = c.below(kUnits);
      const Instant at = some_time();
      const bool known = s.delivered(id, u, at);
      unit.add(u);
      opened.add(at);
      if (c.percent(60)) keep.add(at + c.between(300, 3000) * 24 * hour); else keep.absent(known);
      if (c.percent(80)) leader.add(s.officer(u)); else leader.absent(known);
    }
    t.table(id).size = n;
  }

  void complaints(std::int32_t n) {
    const auto id = t.entity("complaint"), kept = t.entity("collection");
    auto unit = t.cells(id, "unit"), session = t.cells(id, "session"), at = t.cells(id, "received_at"), about = t.cells(id, "about_enforcement");
    auto owner = t.cells(kept, "complaint"), collected = t.cells(kept, "collected_at");
    for (std::int32_t i = 0; i < n; ++i) {
      const Instant received = some_time();
      unit.add(c.below(kUnits));
      session.add(c.below(s.sessions));
      at.add(received);
      about.truth(c.percent(85));
      if (!c.percent(90)) continue;
      owner.add(i);
      collected.add(received + c.below(30) * hour);
    }
    t.table(id).size = n;
    t.table(kept).size = t.table(kept).owned = s.rows(kept, "complaint");
  }

  void exports(std::int32_t n) {
    const auto id = t.entity("evidence_export"), note = t.entity("evidence_note");
    auto unit = t.cells(id, "unit"), filed = t.cells(id, "filed_at"), disc = t.cells(id, "disc");
    auto owner = t.cells(note, "evidence_export"), made = t.cells(note, "made_at"), by = t.cells(note, "made_by");
    auto taken = t.cells(note, "extracted_by"), when = t.cells(note, "extracted_at");
    for (std::int32_t i = 0; i < n; ++i) {
      const std::int64_t u = c.below(kUnits);
      const Instant at = some_time();
      unit.add(u);
      filed.add(at);
      if (c.percent(93)) disc.add(some_text()); else disc.absent(s.delivered(id, u, at));
      if (!c.percent(95)) continue;
      const Instant written = at + c.between(-40, 5) * hour;
      const bool known = s.delivered(note, u, written);
      owner.add(i);
      made.add(written);
      for (auto* name : {&by, &taken}) {
        if (c.percent(97)) name->add(some_text()); else name->absent(known);
      }
      if (c.percent(97)) when.add(written - hour); else when.absent(known);
    }
    t.table(id).size = n;
    t.table(note).size = t.table(note).owned = s.rows(note, "evidence_export");
  }

  void accesses(std::int32_t n) {
    const auto id = t.entity("access"), step = t.entity("approval"), entry = t.entity("registration");
    auto unit = t.cells(id, "unit"), of = t.cells(id, "case_file"), at = t.cells(id, "accessed_at");
    auto owner = t.cells(step, "access"), stage = t.cells(step, "stage"), role = t.cells(step, "role"), who = t.cells(step, "approver");
    auto result = t.cells(step, "result"), when = t.cells(step, "at");
    auto e_owner = t.cells(entry, "access"), e_role = t.cells(entry, "registered_by"), e_reader = t.cells(entry, "reader");
    auto e_why = t.cells(entry, "grounds"), e_read = t.cells(entry, "reading_at"), e_at = t.cells(entry, "at");
    const std::int64_t review = t.value("approval_stage", "review"), decision = t.value("approval_stage", "decision");
    const std::int64_t director = t.value("role", "office_director"), leader = t.value("role", "leader_in_charge"), keeper = t.value("role", "custodian");
    const std::int64_t agreed = t.value("approval_result", "agreed"), refused = t.value("approval_result", "refused");
    const fact::Column& leaders = t.table(t.entity("case_file")).columns[static_cast<std::size_t>(t.vocabulary().field(t.entity("case_file"), "leader"))];
    for (std::int32_t i = 0; i < n; ++i) {
      const std::int64_t u = c.below(kUnits);
      const Instant read = some_time();
      unit.add(u);
      at.add(read);
      const std::int64_t file = c.percent(70) ? c.below(std::max(1, s.sessions / 10)) : -1;
      if (file >= 0) of.add(file); else of.absent(s.delivered(id, u, read));
      Instant time = read - c.between(3, 30) * hour;
      const bool ordered = c.percent(97);
      const auto approve = [&](std::int64_t which, std::int64_t by) {
        if (!c.percent(97)) return;
        time += (ordered ? 1 : -1) * c.between(10, 50) * minute;
        owner.add(i);
        stage.add(which);
        role.add(c.percent(98) ? by : keeper);
        const auto f = static_cast<std::size_t>(std::max<std::int64_t>(file, 0));
        if (file >= 0 && leaders.state[f] == fact::kValue && c.percent(90)) who.add(leaders.lo[f]);
        else if (c.percent(50)) who.add(s.officer(u)); else who.absent(s.delivered(step, u, time));
        result.add(c.percent(97) ? agreed : refused);
        when.add(time);
      };
      approve(review, director);
      approve(decision, leader);
      if (!c.percent(97)) continue;
      time += c.between(1, 30) * minute;
      const bool known = s.delivered(entry, u, time);
      e_owner.add(i);
      e_role.add(c.percent(97) ? keeper : director);
      for (auto* text : {&e_reader, &e_why}) {
        if (c.percent(98)) text->add(some_text()); else text->absent(known);
      }
      if (c.percent(98)) e_read.add(read); else e_read.absent(known);
      e_at.add(time);
    }
    t.table(id).size = n;
    for (const auto owned : {step, entry}) t.table(owned).size = t.table(owned).owned = s.rows(owned, "access");
  }

  void disclosures(std::int32_t n) {
    const auto id = t.entity("disclosure"), step = t.entity("disclosure_approval");
    auto unit = t.cells(id, "unit"), purpose = t.cells(id, "purpose"), at = t.cells(id, "disclosed_at");
    auto owner = t.cells(step, "disclosure"), result = t.cells(step, "result"), when = t.cells(step, "at");
    for (std::int32_t i = 0; i < n; ++i) {
      const Instant given = some_time();
      unit.add(c.below(kUnits));
      purpose.add(c.below(2));
      at.add(given);
      if (!c.percent(90)) continue;
      owner.add(i);
      result.add(c.percent(95) ? 0 : 1);
      when.add(given + c.between(-50, 3) * hour);
    }
    t.table(id).size = n;
    t.table(step).size = t.table(step).owned = s.rows(step, "disclosure");
  }

  Setting& s;
  Tables& t;
  Chance& c;
};

}  // namespace

void make_papers(Setting& setting) { Papers(setting).run(); }

}  // namespace jianlu::bench
