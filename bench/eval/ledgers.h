// The facts as a program written by hand for 秦皇岛 alone would keep them: a plain struct per ledger, in an array of structs
// (Structs) or with every field in an array of its own (Columns). What is never absent has no state; `_state` is a
// fact::State, truths are fact::Truth. Ownership is an index of first rows, deliveries are kept per unit.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "bench/eval/archive.h"
#include "engine/model/vocabulary.h"

namespace jianlu::bench {

// clang-format off
#define LEDGER_SESSION(F) F(std::int64_t, started) F(std::int64_t, arrived) F(std::int64_t, ended) F(std::int64_t, returned) \
  F(std::int32_t, unit) F(std::int32_t, case_file) F(std::uint16_t, activities) F(std::uint8_t, arrived_state) \
  F(std::uint8_t, returned_state) F(std::uint8_t, grounds) F(std::uint8_t, grounds_state) F(std::uint8_t, case_state) \
  F(std::uint8_t, is_evidence) F(std::uint8_t, had_ground)
#define LEDGER_RECORDING(F) F(std::int64_t, started) F(std::int64_t, ended) F(std::int64_t, deleted_at) F(std::int32_t, device) \
  F(std::uint8_t, device_state) F(std::uint8_t, deleted_state) F(std::uint8_t, found_edited) F(std::uint8_t, found_unrelated)
#define LEDGER_SIGN(F) F(std::uint8_t, grade)
#define LEDGER_SPEECH(F) F(std::int64_t, at) F(std::int32_t, words) F(std::uint8_t, found_notice) F(std::uint8_t, found_explanation)
#define LEDGER_CHECK(F) F(std::int64_t, checked_at) F(std::int32_t, device) F(std::uint8_t, faultless) F(std::uint8_t, battery_full) \
  F(std::uint8_t, storage_free) F(std::uint8_t, clock_set)
#define LEDGER_CARRIAGE(F) F(std::int32_t, device) F(std::int32_t, carrier)
#define LEDGER_INTERRUPTION(F) F(std::int64_t, span) F(std::int64_t, span_end) F(std::uint8_t, reason)
#define LEDGER_REPORT(F) F(std::int64_t, at) F(std::uint8_t, to)
#define LEDGER_ACCOUNT(F) F(std::int64_t, made_at)
#define LEDGER_RECORD(F) F(std::int64_t, made_at) F(std::int64_t, span) F(std::int64_t, span_end) F(std::uint8_t, secrets) \
  F(std::uint8_t, secrets_state) F(std::uint8_t, urgent) F(std::uint8_t, impossible) F(std::uint8_t, cause_state) F(std::uint8_t, span_state) \
  F(std::uint8_t, reason_state) F(std::uint8_t, basis_state) F(std::uint8_t, to) F(std::uint8_t, to_state)
#define LEDGER_TRANSFER(F) F(std::int64_t, exported_at) F(std::uint8_t, received_by)
#define LEDGER_INSPECTION(F) F(std::int64_t, at) F(std::uint8_t, inspected_by)

#define LEDGERS(L) L(Session, SESSION) L(Recording, RECORDING) L(Sign, SIGN) L(Speech, SPEECH) L(Check, CHECK) L(Carriage, CARRIAGE) \
  L(Interruption, INTERRUPTION) L(Report, REPORT) L(Account, ACCOUNT) L(Record, RECORD) L(Transfer, TRANSFER) L(Inspection, INSPECTION)

#define FIELD(type, name) type name;
#define COLUMN(type, name) std::vector<type> name;
#define READ(type, name) name[i],
#define APPEND(type, name) name.push_back(row.name);
#define DECLARE(Name, NAME)                                                                   \
  struct Name { LEDGER_##NAME(FIELD) };                                                       \
  struct Name##Columns {                                                                      \
    LEDGER_##NAME(COLUMN)                                                                     \
    Name operator[](std::size_t i) const { return Name{LEDGER_##NAME(READ)}; }                \
    void push_back(const Name& row) { LEDGER_##NAME(APPEND) }                                 \
  };
LEDGERS(DECLARE)

struct Structs {
#define AS_STRUCTS(Name, NAME) using Name##s = std::vector<Name>;
  LEDGERS(AS_STRUCTS)
};
struct Columns {
#define AS_COLUMNS(Name, NAME) using Name##s = Name##Columns;
  LEDGERS(AS_COLUMNS)
};
// clang-format on

// Smaller ledgers, a few per cent of the sessions: the same in both forms.
struct Unit {
  bool enforces;
  std::uint8_t grade, reason_state;
  std::int64_t at;
  std::int32_t plans, first_device, devices, first_officer, officers;
};
struct Device {
  std::int32_t unit;
  std::uint8_t kind, state, keeper_state, careless, harm;
  std::int64_t at;
};
struct Complaint { std::int32_t unit; bool about; std::int64_t received; };
struct Export { std::int32_t unit; std::uint8_t disc_state; std::int64_t filed; };
struct Note { std::int64_t made; std::uint8_t by_state, taken_state, when_state; };
struct Access { std::int32_t unit, case_file; std::uint8_t case_state; std::int64_t at; };
struct Step { std::uint8_t stage, role, result, who_state; std::int32_t who; std::int64_t at; };
struct Entry { std::uint8_t role, reader_state, why_state, read_state; std::int64_t at; };
struct Disclosure { std::int32_t unit; std::uint8_t purpose; std::int64_t at; };
struct Consent { std::uint8_t result; std::int64_t at; };
struct CaseFile { std::int64_t keep; std::int32_t leader; std::uint8_t keep_state, leader_state; };
struct Month { std::int32_t unit; std::int64_t end; };

// Rows of owner i are [first[i], first[i + 1]).
using First = std::vector<std::int32_t>;
// Instants through which a ledger was delivered, by unit.
using Through = std::array<std::int64_t, kUnits>;

template <typename Layout>
struct Ledgers {
  typename Layout::Sessions sessions;
  typename Layout::Recordings recordings;      // those without a session come last
  typename Layout::Signs signs;
  typename Layout::Speechs speeches;
  typename Layout::Checks checks;
  typename Layout::Carriages carriages;
  typename Layout::Interruptions interruptions;
  typename Layout::Reports reports;
  typename Layout::Accounts accounts;
  typename Layout::Records records;
  typename Layout::Transfers transfers;
  typename Layout::Inspections inspections;
  First of_recordings, of_signs, of_speeches, of_checks, of_carriages, of_interruptions, of_reports, of_accounts, of_records, of_transfers,
      of_inspections;

  std::vector<Unit> units;
  std::vector<Device> devices;
  std::vector<std::uint8_t> on_duty;           // officers, by unit
  std::vector<std::uint8_t> issued_by, loan_agreed;
  std::vector<Complaint> complaints;
  std::vector<std::int64_t> collected;
  std::vector<Export> exports;
  std::vector<Note> notes;
  std::vector<Access> accesses;
  std::vector<Step> steps;
  std::vector<Entry> entries;
  std::vector<Disclosure> disclosures;
  std::vector<Consent> consents;
  std::vector<CaseFile> case_files;
  std::vector<Month> months;
  std::vector<std::int32_t> month_sessions;
  First of_issues, of_loans, of_collections, of_notes, of_steps, of_entries, of_consents, of_months;

  struct {
    Through session, recording, sign, speech, check, carriage, interruption, report, account, record, transfer, inspection, device, officer, plan,
        issue, loan, collection, note, step, entry, consent;
  } through;
  const fact::Texts* texts = nullptr;
  std::int64_t as_of = 0;
};

template <typename Layout>
Ledgers<Layout> ledgers(const Archive& archive, const model::Vocabulary& vocabulary);

}  // namespace jianlu::bench
