// Reading what was found, and what inspectors say of it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/finding/finding.h"
#include "engine/store/store.h"
#include "engine/store/work.h"

namespace jianlu::store {

// Where a finding stands.
struct Finding {
  finding::Key key;
  outcome::Verdict verdict;
  finding::Event event{};                        // the latest that is no review: opened, changed, closed, reopened
  std::optional<finding::Event> review;          // what an inspector said after it
  std::string slice;
  std::int64_t opened = 0, last = 0;             // entries of the ledger
  model::EntityId entity = model::kNone;         // of the row without an owner that it is about
  std::string root, unit;                        // keys; unit empty: not known
  std::optional<calendar::Instant> time;         // governing time of that row
};

struct Filter {
  bool closed = false;                           // closed ones too
  std::string norm, subject, unit;               // exactly these; empty: any
};
// By norm, then subject.
void for_each_finding(Store& store, const Filter& filter, const std::function<void(const Finding&)>& take);
std::optional<Finding> find_finding(Store& store, const finding::Key& key);

struct Entry {
  std::int64_t number = 0;                       // from 1
  finding::Transition transition;
  std::string norm_then;                         // what the norm was called when this was written
  std::string hash;                              // hex
};
// The life of one finding, or (no key) the whole ledger, from the first entry on.
void for_each_entry(Store& store, const std::optional<finding::Key>& key, const std::function<void(const Entry&)>& take);

struct Receipt {
  std::int64_t run = 0;
  calendar::Instant as_of = 0;
  std::string body, digest;                      // digest: hex, chained to the one before
};
std::vector<Receipt> receipts(Store& store);

// What audits have come to: the last run, and whether anything waits for the next one.
struct LastRun {
  calendar::Instant as_of = 0;
  std::string files;                             // RunInputs::files
  std::string receipt;                           // its body; empty: the run was not finished
  bool waiting = false;                          // rows that have to be judged again
};
std::optional<LastRun> last_run(Store& store);

// Adds what an inspector says: confirmed, dismissed (with a reason) or rectified. It holds until an audit changes, closes
// or reopens the finding. Needs a store opened for writing. What cannot be is said in words and not written.
std::optional<diag::Words> review(Store& store, const finding::Key& key, finding::Event event, std::string_view person,
                                  std::string_view reason, calendar::Instant as_of);

// A ledger that was not delivered for a unit through a period, and how many undecided findings may hang on it.
struct MissingLedger {
  model::EntityId ledger = model::kNone;
  std::string unit, period;                      // the month of the rows' governing time: 2024-05
  std::vector<std::string> norms;                // kept undecided, by name
  std::int64_t findings = 0;
};
// `ledgers_of` names the ledgers whose absence a norm counts. By unit, period and ledger.
std::vector<MissingLedger> missing_ledgers(
    Store& store, const std::function<std::vector<model::EntityId>(std::string_view norm)>& ledgers_of);

// The documents of a row without an owner and of all that judging it reads, to be explained. Nothing: not known.
struct Around {
  Batch batch;
  std::vector<fact::Delivery> deliveries;
  std::vector<fact::Doubt> doubts;
};
std::optional<Around> around(Store& store, model::EntityId entity, std::string_view key,
                             const std::set<std::pair<model::EntityId, model::FieldId>>& reads);
std::string source_path(Store& store, std::int64_t source);

}  // namespace jianlu::store
