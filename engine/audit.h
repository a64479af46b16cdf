// An audit: everything that changed since the last one is judged, and what follows is written to the ledger.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/working_days.h"
#include "engine/calendar/zone.h"
#include "engine/model/rulebook.h"
#include "engine/store/store.h"

namespace jianlu {

inline constexpr std::string_view kEngineVersion = "jianlu 0.1.0";

// A file that outcomes hang on.
struct InputFile {
  std::string kind;     // "rules", "vocabulary", "calendar"
  std::string path;     // as the receipt shows it: relative to the rules' folder
  std::string sha256;   // of its content, hex
};

struct AuditRules {
  const model::Rulebook& book;
  std::vector<std::string> slices;         // SHA-256, hex, of the slice of rules that judges each norm; by NormId
  std::vector<calendar::Zone> zones;       // by regulation
  const calendar::WorkingDays* working_days = nullptr;
  std::vector<InputFile> files;
};

// Whether the last audit covers what a store holds, judged by these rules: only then does judging it again, as of that audit,
// give the findings of the ledger.
enum class Covered {
  all,
  never,        // there was no audit
  broken_off,   // it was not finished, or is under way
  rules,        // it was made by other rules or by another version of the program
  sources,      // something was taken in since
};
Covered covered(store::Store& store, const AuditRules& rules);

struct AuditOptions {
  calendar::Instant as_of = 0;             // a run that was broken off keeps its own
  unsigned threads = 1;                    // changes no byte of what is written
  std::int32_t batch_rows = 2048;          // rows without an owner that are judged at once; one transaction each
  std::function<void(std::int64_t done, std::int64_t of)> progress;   // after each batch; may be empty
};

struct AuditResult {
  calendar::Instant as_of = 0;
  bool resumed = false;                    // went on with a run that was broken off
  bool idle = false;                       // nothing is new: nothing was written, the receipt is the last one's
  std::int64_t judged = 0;                 // rows without an owner, in this call
  std::int64_t transitions = 0;            // appended by this call
  // JSON. "missing_ledgers" names each ledger that was not delivered for a unit through a month, with the norms that it
  // keeps undecided.
  std::string receipt;
};

// Judges what changed: new or changed facts, rules or calendar, and what waited for an instant that has come. Compares
// with the findings, appends transitions in one transaction per batch, and ends with a receipt. Broken off anywhere, the
// next call ends up with the same bytes. The store must be open for writing. Throws store::Failure.
AuditResult audit(store::Store& store, const AuditRules& rules, const AuditOptions& options);

}  // namespace jianlu
