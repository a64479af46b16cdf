// Takes what sources say into a store, source by source. Resumable at any source: one that was broken off is read again,
// and what it had said already adds nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/instant.h"
#include "engine/fact/document.h"
#include "engine/fact/problem.h"
#include "engine/store/store.h"

namespace jianlu::store {

struct Source {
  std::string path;
  std::string kind;             // "manifest", "footage", …
  fact::Digest digest{};        // SHA-256 of its content
  std::int64_t bytes = 0;
  // What it says of rows without a key is all there is to say: those that its path said before and says no longer are
  // withdrawn, unless another such source says them (a transcript that was corrected).
  bool whole = false;
};

struct IntakeCounts {
  std::int64_t added = 0, same = 0, superseded = 0, deliveries = 0, set_aside = 0;
};

class Intake {
 public:
  // `at`: the instant that this ingest counts as; kept with each source.
  Intake(Store& store, calendar::Instant at);
  ~Intake();   // what was not finished is left to be read again

  // False: this content is known, under this path or another, and is what the path last said. Nothing needs to be read.
  bool begin(const Source& source);

  // What the source says, in any order; origin.line is kept, origin.source is this source. A document with the key of
  // one that is known supersedes it where it says something else (both digests are kept), whatever source it came
  // from: the later ingest counts. What a changed source no longer mentions stays as it was (but see Source::whole).
  // Within the source the first one with its key stands: a later one that says something else is kept aside, with the
  // problem returned and a doubt, both of which are kept as if they had been put.
  std::optional<fact::Problem> put(const fact::Document& document);
  void put(const fact::Delivery& delivery);
  void put(const fact::Doubt& doubt);
  void put(const fact::Problem& problem);
  // What a file of footage is, by its content: `facts` in the adapter's own form.
  void footage(std::string_view sha256, std::string_view verdict, std::string_view facts);
  // Its coded pictures by hash, in any order. The lowest 64 are kept: what is cut out of it holds as many of them as it is a part
  // of it, and all of its own are looked up.
  void pictures(std::string_view sha256, std::vector<std::uint64_t> hashes);
  // The footage is the recording `recording` of the row without an owner `key` of `entity`; `how` says why.
  void match(std::string_view sha256, model::EntityId entity, std::string_view key, std::string_view recording,
             std::string_view how);

  // Of the sources finished so far: StoredSource::id.
  const std::vector<std::int64_t>& finished() const;

  // The source was read to its end. `verdict`: what it turned out to be ("read", "truncated" …).
  IntakeCounts finish(std::string_view verdict);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jianlu::store
