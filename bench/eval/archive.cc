#include "bench/eval/archive.h"

#include "bench/eval/archive_parts.h"
#include "engine/calendar/date.h"

namespace jianlu::bench {

using calendar::hour, calendar::minute, calendar::second;

Setting::Setting(const model::Vocabulary& vocabulary, fact::Facts& facts, std::int32_t sessions_, std::uint64_t seed)
    : tables(vocabulary, facts), texts(facts.texts), chance(seed), sessions(sessions_) {
  begin = calendar::Instant{calendar::to_day({2025, 7, 1})} * 24 * hour - 8 * hour;
  end = begin + 365 * 24 * hour;
  as_of = end + 2 * hour;
  through.assign(vocabulary.entities.size(), std::vector<calendar::Instant>(kUnits, as_of));
  // One unit in twelve is behind with a ledger, one in forty never delivered one.
  for (auto& ledger : through) {
    for (calendar::Instant& instant : ledger) {
      if (chance.percent(1)) instant = as_of - chance.between(2, 40) * 24 * hour;
      if (chance.percent(0.3)) instant = fact::kMin;
    }
  }
}

namespace {

void units(Setting& s) {
  Tables& t = s.tables;
  const auto unit = t.entity("unit"), plan = t.entity("allocation_plan"), officer = t.entity("officer");
  auto title = t.cells(unit, "title"), grade = t.cells(unit, "equipment_class"), enforces = t.cells(unit, "enforces");
  auto reason = t.cells(unit, "reason_to_deviate"), at = t.cells(unit, "snapshot_at");
  auto plan_owner = t.cells(plan, "unit"), adopted = t.cells(plan, "adopted_at");
  auto of_unit = t.cells(officer, "unit"), on_duty = t.cells(officer, "on_duty"), officer_at = t.cells(officer, "snapshot_at");
  for (fact::Row u = 0; u < kUnits; ++u) {
    const bool known = s.delivered(unit, u, s.begin);
    title.add(s.texts.intern("单位" + std::to_string(u)));
    grade.add(s.chance.below(3));
    enforces.truth(s.chance.percent(90));
    if (s.chance.percent(5)) reason.add(s.texts.intern("人员变动")); else reason.absent(known);
    at.add(s.begin);
    if (s.chance.percent(90)) {
      plan_owner.add(u);
      adopted.add(s.begin);
    }
    for (int i = 0; i < Setting::kOfficers; ++i) {
      of_unit.add(u);
      on_duty.truth(s.chance.percent(92));
      officer_at.add(s.begin);
    }
  }
  t.table(unit).size = kUnits;
  t.table(plan).size = t.table(plan).owned = s.rows(plan, "unit");
  t.table(officer).size = kUnits * Setting::kOfficers;
}

void devices(Setting& s) {
  Tables& t = s.tables;
  const auto device = t.entity("device"), issue = t.entity("issue"), loan = t.entity("loan");
  auto unit = t.cells(device, "unit"), kind = t.cells(device, "kind"), state = t.cells(device, "state");
  auto at = t.cells(device, "snapshot_at"), keeper = t.cells(device, "keeper");
  auto careless = t.cells(device, "kept_carelessly"), harm = t.cells(device, "caused_harm");
  auto issue_owner = t.cells(issue, "device"), issued = t.cells(issue, "issued_at"), by = t.cells(issue, "issuing_department");
  auto loan_owner = t.cells(loan, "device"), lent = t.cells(loan, "lent_at"), agreed = t.cells(loan, "authorised");
  const std::int64_t camera = t.value("device_kind", "body_worn_camera"), computer = t.value("device_kind", "office_computer");
  const std::int64_t in_use = t.value("device_state", "in_use"), lost = t.value("device_state", "lost");
  const std::int64_t office = t.value("department", "general_office"), section = t.value("department", "operating_section");
  fact::Row row = 0;
  for (fact::Row u = 0; u < kUnits; ++u) {
    for (int i = 0; i < Setting::kDevices; ++i, ++row) {
      unit.add(u);
      kind.add(s.chance.percent(95) ? camera : computer);
      const bool gone = s.chance.percent(4);
      state.add(gone ? lost : in_use);
      at.add(s.begin);
      if (s.chance.percent(90)) keeper.add(s.officer(u)); else keeper.absent(s.delivered(device, u, s.begin));
      for (auto* ruling : {&careless, &harm}) {
        if (gone && s.chance.percent(60)) ruling->truth(s.chance.percent(50)); else ruling->undecided();
      }
      if (s.chance.percent(92)) {
        issue_owner.add(row);
        issued.add(s.begin);
        by.add(s.chance.percent(96) ? office : section);
      }
      if (s.chance.percent(3)) {
        loan_owner.add(row);
        lent.add(s.begin);
        if (s.chance.percent(50)) agreed.truth(s.chance.percent(60)); else agreed.undecided();
      }
    }
  }
  t.table(device).size = row;
  for (const auto owned : {issue, loan}) t.table(owned).size = t.table(owned).owned = s.rows(owned, "device");
}

// A row per unit and month that has sessions.
void months(Setting& s) {
  Tables& t = s.tables;
  const auto month = t.entity("unit_month"), session = t.entity("session");
  auto unit = t.cells(month, "unit"), last = t.cells(month, "month_end");
  const fact::Column& of = t.table(session).columns[static_cast<std::size_t>(t.vocabulary().field(session, "unit"))];
  const fact::Column& ended = t.table(session).columns[static_cast<std::size_t>(t.vocabulary().field(session, "ended"))];
  std::vector<std::vector<fact::Row>> gathered(static_cast<std::size_t>(kUnits * 13));
  const auto month_of = [&](calendar::Instant instant) {
    const calendar::Date date = calendar::to_date(static_cast<calendar::Day>((instant + 8 * hour) / (24 * hour)));
    return (date.year - 2025) * 12 + date.month - 7;
  };
  for (fact::Row row = 0; row < s.sessions; ++row) {
    const auto at = static_cast<std::size_t>(row);
    gathered[static_cast<std::size_t>(of.lo[at] * 13 + month_of(ended.lo[at]))].push_back(row);
  }
  fact::List& list = t.table(month).lists[static_cast<std::size_t>(t.vocabulary().field(month, "sessions"))];
  list.contiguous = false;
  list.offsets.assign(1, 0);
  for (std::size_t i = 0; i < gathered.size(); ++i) {
    if (gathered[i].empty()) continue;
    unit.add(static_cast<std::int64_t>(i / 13));
    const int after = static_cast<int>(i % 13) + 7;   // months since January 2025
    const calendar::Date next{2025 + after / 12, static_cast<std::uint8_t>(after % 12 + 1), 1};
    last.add(calendar::Instant{calendar::to_day(next)} * 24 * hour - 8 * hour - 1);
    list.rows.insert(list.rows.end(), gathered[i].begin(), gathered[i].end());
    list.offsets.push_back(static_cast<std::int32_t>(list.rows.size()));
    ++t.table(month).size;
  }
}

}  // namespace

Archive make_archive(const model::Vocabulary& vocabulary, std::int32_t sessions, std::uint64_t seed) {
  Archive out;
  Setting s(vocabulary, out.facts, sessions, seed);
  out.as_of = s.as_of;
  units(s);
  devices(s);
  make_sessions(s);
  make_papers(s);
  months(s);
  // The unit of a row: its own, or its owner's.
  const auto unit_of = [&](model::EntityId entity, fact::Row row) -> std::int64_t {
    for (;;) {
      const model::Entity& e = vocabulary.entities[static_cast<std::size_t>(entity)];
      if (e.name.en == "unit") return row;
      const bool owned = e.owner != model::kNone;
      const fact::Column& up = s.tables.table(entity).columns[static_cast<std::size_t>(owned ? e.owner_field : e.unit)];
      if (up.state[static_cast<std::size_t>(row)] != fact::kValue) return -1;
      row = static_cast<fact::Row>(up.lo[static_cast<std::size_t>(row)]);
      entity = owned ? e.owner : vocabulary.entity("unit");
    }
  };
  s.tables.link([&](model::EntityId ledger, model::EntityId owner, fact::Row row) {
    const std::int64_t unit = unit_of(owner, row);
    return unit < 0 ? fact::kMin : s.through[static_cast<std::size_t>(ledger)][static_cast<std::size_t>(unit)];
  });
  out.through = std::move(s.through);
  return out;
}

}  // namespace jianlu::bench
