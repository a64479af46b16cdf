#include "bench/eval/ledgers.h"

namespace jianlu::bench {
namespace {

class Reader {
 public:
  Reader(const Archive& archive, const model::Vocabulary& vocabulary, const char* entity)
      : vocabulary_(vocabulary), id_(vocabulary.entity(entity)), table_(archive.facts.tables[static_cast<std::size_t>(id_)]) {}

  const fact::Column& operator()(const char* name) const {
    return table_.columns[static_cast<std::size_t>(vocabulary_.field(id_, name))];
  }
  // Rows of list `name` by row, of a ledger whose rows lie in that order.
  First first(const char* name) const { return list(name).offsets; }
  const fact::List& list(const char* name) const { return table_.lists[static_cast<std::size_t>(vocabulary_.field(id_, name))]; }
  std::int32_t size() const { return table_.size; }

 private:
  const model::Vocabulary& vocabulary_;
  model::EntityId id_;
  const fact::Table& table_;
};

// A cell as the narrowest type that holds it.
struct Cell {
  const fact::Column& column;
  template <typename T>
  T as(std::size_t row) const { return static_cast<T>(column.lo[row]); }
  std::uint8_t state(std::size_t row) const { return column.state[row]; }
};

template <typename Use>
void each(const Reader& from, Use use) {
  for (std::int32_t row = 0; row < from.size(); ++row) use(static_cast<std::size_t>(row));
}

template <typename L>
void sessions(const Archive& a, const model::Vocabulary& v, Ledgers<L>& out) {
  const Reader from(a, v, "session");
  const Cell started{from("started")}, arrived{from("arrived")}, ended{from("ended")}, returned{from("returned")}, unit{from("unit")},
      file{from("case_file")}, activities{from("activities")}, grounds{from("late_hand_over_grounds")}, evidence{from("is_evidence")},
      ground{from("had_ground_not_to_record")};
  using B = std::uint8_t;
  each(from, [&](std::size_t i) {
    out.sessions.push_back({started.as<std::int64_t>(i), arrived.as<std::int64_t>(i), ended.as<std::int64_t>(i), returned.as<std::int64_t>(i),
                            unit.as<std::int32_t>(i), file.as<std::int32_t>(i), activities.as<std::uint16_t>(i), arrived.state(i), returned.state(i),
                            grounds.as<B>(i), grounds.state(i), file.state(i), evidence.as<B>(i), ground.as<B>(i)});
  });
  out.of_recordings = from.first("recordings");
  out.of_speeches = from.first("speeches");
  out.of_checks = from.first("pre_checks");
  out.of_carriages = from.first("carriages");
  out.of_interruptions = from.first("interruptions");
  out.of_reports = from.first("reports");
  out.of_accounts = from.first("written_accounts");
  out.of_records = from.first("work_records");
  out.of_transfers = from.first("transfers");
  out.of_inspections = from.first("inspections");
  const Reader clips(a, v, "recording");
  out.of_signs = clips.first("edit_signs");
  const Cell start{clips("started")}, end{clips("ended")}, deleted{clips("deleted_at")}, device{clips("device")}, edited{clips("found_edited")},
      unrelated{clips("found_unrelated")};
  each(clips, [&](std::size_t i) {
    out.recordings.push_back({start.as<std::int64_t>(i), end.as<std::int64_t>(i), deleted.as<std::int64_t>(i), device.as<std::int32_t>(i),
                              device.state(i), deleted.state(i), edited.as<B>(i), unrelated.as<B>(i)});
  });
}

template <typename L>
void owned(const Archive& a, const model::Vocabulary& v, Ledgers<L>& out) {
  using B = std::uint8_t;
  using W = std::int64_t;
  const auto with = [&](const char* entity, auto use) {
    const Reader from(a, v, entity);
    use(from);
  };
  with("edit_sign", [&](const Reader& r) {
    const Cell grade{r("grade")};
    each(r, [&](std::size_t i) { out.signs.push_back({grade.as<B>(i)}); });
  });
  with("speech", [&](const Reader& r) {
    const Cell at{r("at")}, words{r("words")}, notice{r("found_notice")}, explains{r("found_explanation")};
    each(r, [&](std::size_t i) { out.speeches.push_back({at.as<W>(i), words.as<std::int32_t>(i), notice.as<B>(i), explains.as<B>(i)}); });
  });
  with("pre_check", [&](const Reader& r) {
    const Cell at{r("checked_at")}, device{r("device")}, faultless{r("faultless")}, full{r("battery_full")}, free{r("storage_free")}, clock{r("clock_set")};
    each(r, [&](std::size_t i) {
      out.checks.push_back({at.as<W>(i), device.as<std::int32_t>(i), faultless.as<B>(i), full.as<B>(i), free.as<B>(i), clock.as<B>(i)});
    });
  });
  with("carriage", [&](const Reader& r) {
    const Cell device{r("device")}, carrier{r("carrier")};
    each(r, [&](std::size_t i) { out.carriages.push_back({device.as<std::int32_t>(i), carrier.as<std::int32_t>(i)}); });
  });
  with("interruption", [&](const Reader& r) {
    const Cell span{r("span")}, reason{r("reason")};
    each(r, [&](std::size_t i) { out.interruptions.push_back({span.as<W>(i), span.column.end_lo[i], reason.as<B>(i)}); });
  });
  with("report", [&](const Reader& r) {
    const Cell at{r("at")}, to{r("to")};
    each(r, [&](std::size_t i) { out.reports.push_back({at.as<W>(i), to.as<B>(i)}); });
  });
  with("written_account", [&](const Reader& r) {
    const Cell made{r("made_at")};
    each(r, [&](std::size_t i) { out.accounts.push_back({made.as<W>(i)}); });
  });
  with("work_record", [&](const Reader& r) {
    const Cell made{r("made_at")}, span{r("span")}, secrets{r("secrets")}, urgent{r("urgent")}, impossible{r("impossible")}, cause{r("objective_cause")},
        reason{r("reason")}, basis{r("basis")}, to{r("reported_to")};
    each(r, [&](std::size_t i) {
      out.records.push_back({made.as<W>(i), span.as<W>(i), span.column.end_lo[i], secrets.as<B>(i), secrets.state(i), urgent.as<B>(i),
                             impossible.as<B>(i), cause.state(i), span.state(i), reason.state(i), basis.state(i), to.as<B>(i), to.state(i)});
    });
  });
  with("transfer", [&](const Reader& r) {
    const Cell at{r("exported_at")}, to{r("received_by")};
    each(r, [&](std::size_t i) { out.transfers.push_back({at.as<W>(i), to.as<B>(i)}); });
  });
  with("inspection", [&](const Reader& r) {
    const Cell at{r("at")}, by{r("inspected_by")};
    each(r, [&](std::size_t i) { out.inspections.push_back({at.as<W>(i), by.as<B>(i)}); });
  });
}

template <typename L>
void others(const Archive& a, const model::Vocabulary& v, Ledgers<L>& out) {
  using B = std::uint8_t;
  using R = std::int32_t;
  const Reader unit(a, v, "unit"), device(a, v, "device"), officer(a, v, "officer"), issue(a, v, "issue"), loan(a, v, "loan");
  // Devices and officers lie in the order of their units here.
  each(unit, [&](std::size_t i) {
    const auto range = [&](const char* name) {
      const fact::List& list = unit.list(name);
      const R begin = list.offsets[i], count = list.offsets[i + 1] - begin;
      return std::pair{count == 0 ? 0 : list.contiguous ? begin : list.rows[static_cast<std::size_t>(begin)], count};
    };
    const auto [first_device, devices] = range("devices");
    const auto [first_officer, officers] = range("officers");
    out.units.push_back({unit("enforces").lo[i] == fact::kTrue, static_cast<B>(unit("equipment_class").lo[i]), unit("reason_to_deviate").state[i],
                         unit("snapshot_at").lo[i], range("allocation_plans").second, first_device, devices, first_officer, officers});
  });
  each(device, [&](std::size_t i) {
    const Cell of{device("unit")}, kind{device("kind")}, state{device("state")}, careless{device("kept_carelessly")}, harm{device("caused_harm")};
    out.devices.push_back({of.as<R>(i), kind.as<B>(i), state.as<B>(i), device("keeper").state[i], careless.as<B>(i), harm.as<B>(i), device("snapshot_at").lo[i]});
  });
  each(officer, [&](std::size_t i) { out.on_duty.push_back(static_cast<B>(officer("on_duty").lo[i])); });
  each(issue, [&](std::size_t i) { out.issued_by.push_back(static_cast<B>(issue("issuing_department").lo[i])); });
  each(loan, [&](std::size_t i) { out.loan_agreed.push_back(static_cast<B>(loan("authorised").lo[i])); });
  out.of_issues = device.first("issues");
  out.of_loans = device.first("loans");

  const Reader complaint(a, v, "complaint"), collection(a, v, "collection"), paper(a, v, "evidence_export"), note(a, v, "evidence_note");
  each(complaint, [&](std::size_t i) {
    out.complaints.push_back({static_cast<R>(complaint("unit").lo[i]), complaint("about_enforcement").lo[i] == fact::kTrue, complaint("received_at").lo[i]});
  });
  each(collection, [&](std::size_t i) { out.collected.push_back(collection("collected_at").lo[i]); });
  out.of_collections = complaint.first("collections");
  each(paper, [&](std::size_t i) { out.exports.push_back({static_cast<R>(paper("unit").lo[i]), paper("disc").state[i], paper("filed_at").lo[i]}); });
  each(note, [&](std::size_t i) {
    out.notes.push_back({note("made_at").lo[i], note("made_by").state[i], note("extracted_by").state[i], note("extracted_at").state[i]});
  });
  out.of_notes = paper.first("notes");

  const Reader access(a, v, "access"), step(a, v, "approval"), entry(a, v, "registration"), given(a, v, "disclosure"), consent(a, v, "disclosure_approval");
  each(access, [&](std::size_t i) {
    out.accesses.push_back({static_cast<R>(access("unit").lo[i]), static_cast<R>(access("case_file").lo[i]), access("case_file").state[i], access("accessed_at").lo[i]});
  });
  each(step, [&](std::size_t i) {
    const Cell stage{step("stage")}, role{step("role")}, result{step("result")}, who{step("approver")};
    out.steps.push_back({stage.as<B>(i), role.as<B>(i), result.as<B>(i), who.state(i), who.as<R>(i), step("at").lo[i]});
  });
  each(entry, [&](std::size_t i) {
    out.entries.push_back({static_cast<B>(entry("registered_by").lo[i]), entry("reader").state[i], entry("grounds").state[i], entry("reading_at").state[i],
                           entry("at").lo[i]});
  });
  out.of_steps = access.first("approvals");
  out.of_entries = access.first("registrations");
  each(given, [&](std::size_t i) { out.disclosures.push_back({static_cast<R>(given("unit").lo[i]), static_cast<B>(given("purpose").lo[i]), given("disclosed_at").lo[i]}); });
  each(consent, [&](std::size_t i) { out.consents.push_back({static_cast<B>(consent("result").lo[i]), consent("at").lo[i]}); });
  out.of_consents = given.first("approvals");

  const Reader file(a, v, "case_file"), month(a, v, "unit_month");
  each(file, [&](std::size_t i) {
    out.case_files.push_back({file("keep_until").lo[i], static_cast<R>(file("leader").lo[i]), file("keep_until").state[i], file("leader").state[i]});
  });
  each(month, [&](std::size_t i) { out.months.push_back({static_cast<R>(month("unit").lo[i]), month("month_end").lo[i]}); });
  out.of_months = month.first("sessions");
  out.month_sessions = month.list("sessions").rows;
}

}  // namespace

template <typename Layout>
Ledgers<Layout> ledgers(const Archive& archive, const model::Vocabulary& vocabulary) {
  Ledgers<Layout> out;
  sessions(archive, vocabulary, out);
  owned(archive, vocabulary, out);
  others(archive, vocabulary, out);
  const auto deliver = [&](const char* ledger, Through& through) {
    for (std::size_t u = 0; u < kUnits; ++u) through[u] = archive.through[static_cast<std::size_t>(vocabulary.entity(ledger))][u];
  };
  auto& t = out.through;
  deliver("session", t.session), deliver("recording", t.recording), deliver("edit_sign", t.sign), deliver("speech", t.speech);
  deliver("pre_check", t.check), deliver("carriage", t.carriage), deliver("interruption", t.interruption), deliver("report", t.report);
  deliver("written_account", t.account), deliver("work_record", t.record), deliver("transfer", t.transfer), deliver("inspection", t.inspection);
  deliver("device", t.device), deliver("officer", t.officer), deliver("allocation_plan", t.plan), deliver("issue", t.issue), deliver("loan", t.loan);
  deliver("collection", t.collection), deliver("evidence_note", t.note), deliver("approval", t.step), deliver("registration", t.entry);
  deliver("disclosure_approval", t.consent);
  out.texts = &archive.facts.texts;
  out.as_of = archive.as_of;
  return out;
}

template Ledgers<Structs> ledgers<Structs>(const Archive&, const model::Vocabulary&);
template Ledgers<Columns> ledgers<Columns>(const Archive&, const model::Vocabulary&);

}  // namespace jianlu::bench
