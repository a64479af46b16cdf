// The store's side of an audit: what has to be judged, the documents that judging it reads, and the keeping of what was
// found, one transaction per batch. A run that was broken off goes on where it stopped.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/fact/document.h"
#include "engine/finding/life.h"
#include "engine/store/store.h"

namespace jianlu::store {

// The norms that judge roots of one entity and the rows that those own.
struct Reader {
  model::EntityId entity = model::kNone;
  std::string rules;                      // changes whenever any of these norms could judge otherwise (a hash)
  bool reads_as_of = false;               // some outcome hangs on the as-of instant by itself, not through a deadline
  // Reference and list fields that the norms follow, by the entity that has them: what else must be loaded.
  std::set<std::pair<model::EntityId, model::FieldId>> reads;
};

struct RunInputs {
  calendar::Instant as_of = 0;
  std::string files;                      // of the receipt; another value cannot go on with a run that was broken off
  std::vector<std::string> norms;         // names, by NormId
  // What norms were called before, as pairs (earlier name, name): their findings and reviews go on under the new one.
  std::vector<std::pair<std::string, std::string>> renamed;
  std::vector<std::string> slices;        // hash of the slice of rules, by NormId
  std::vector<Reader> readers;
  bool other_sources = false;             // than the last receipt states: a new one is needed, even if nothing has to be judged
};

// A row without an owner that has to be judged. `reads` says what was found of it.
struct Task {
  RootId root = 0;
  std::string key;
  bool present = true;                    // false: it has become part of another root's tree, or is a calendar row
                                          // without rows; nothing is judged, what was found is closed
  std::vector<finding::Standing> before;  // its findings, by place
  std::vector<RootId> read;               // other roots that judging it may read
  std::vector<std::pair<model::EntityId, std::string>> awaited;   // named but not delivered
};

struct Batch {
  model::EntityId entity = model::kNone;
  std::vector<Task> tasks;                // by key
  struct Piece {
    std::size_t begin = 0, size = 0;      // of `bytes`
    std::int64_t source = 0;              // source_path names it
    std::int32_t line = 0;
  };
  std::vector<Piece> documents;           // those of the tasks come first, in order
  std::string bytes;
};

// What judging a batch came to.
struct Verdicts {
  std::vector<std::vector<finding::Step>> steps;      // by task
  std::vector<std::pair<std::string, std::int64_t>> tallies;   // "outcome\tnorm\tbreached" …: added to the run's
};

class Work {
 public:
  // Needs a store opened for writing.
  explicit Work(Store& store);
  ~Work();

  // Records the run, or takes up the one that was broken off: then `as_of` is that run's. Marks what the rules, the
  // calendar or the clock changed. Throws Failure where `as_of` is earlier than the last run's: no finding goes back in time.
  struct Run {
    std::int64_t id = 0;
    calendar::Instant as_of = 0;
    bool resumed = false;
    bool idle = false;                    // nothing is new since the last receipt: no run was recorded
  };
  Run begin(const RunInputs& inputs);

  // Ledgers delivered and rows in doubt, for the builder.
  const std::vector<fact::Delivery>& deliveries() const;
  const std::vector<fact::Doubt>& doubts() const;

  // Norms are numbered by name, those of earlier rules included: what Standing::norm counts.
  const std::vector<std::int32_t>& number_of_norm() const;      // by NormId
  const std::vector<std::int32_t>& slices() const;              // by number, as steps() wants them

  std::int64_t tasks() const;             // how many there are to judge, in all
  // The next `size` tasks of one entity, by entity and key; nothing when all have been handed out. Calendar rows bring
  // whole periods with them and come fewer at a time.
  std::optional<Batch> next(std::int32_t size);
  // Keeps what a batch came to. Batches are to be committed in the order in which they were handed out.
  void commit(const Batch& batch, const Verdicts& verdicts);

  // What the run counted, by what was counted; in order.
  std::vector<std::pair<std::string, std::int64_t>> tallies() const;
  // Rows kept aside and files with another verdict than "read", by verdict: "set aside\trow" …
  std::vector<std::pair<std::string, std::int64_t>> skipped() const;
  std::string head() const;               // of the ledger, hex; of an empty one: zeros
  std::int64_t entries() const;
  void finish(std::string_view receipt);
  // Of the last run that was finished; empty where there is none.
  std::string last_receipt() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jianlu::store
