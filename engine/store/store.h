// The facts, findings and ledger of a bureau, kept on disk. One process at a time writes; any number read.
// Everything here speaks of facts and findings: what they are kept in is the business of the .cc files of this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/calendar/zone.h"
#include "engine/fact/document.h"
#include "engine/model/vocabulary.h"
#include "engine/store/failure.h"

namespace jianlu::store {

using RootId = std::int64_t;   // a root in this store: never shown, never part of what is chained

enum class Access { read, write };

class Store {
 public:
  // write: creates the store where there is none, brings an older one up to date, and holds the writer's lock until
  // destroyed; `who` tells others who holds it ("jianlu audit"). Throws Failure.
  // `zone` of the bureau: calendar rows count days in it. It is kept; a later other one is refused.
  // The vocabulary must outlive the store and be the one that the documents were written under.
  Store(const std::string& path, const model::Vocabulary& vocabulary, const calendar::Zone& zone, Access access,
        const std::string& who = "jianlu");
  ~Store();
  Store(Store&&) noexcept;

  const model::Vocabulary& vocabulary() const;
  const calendar::Zone& zone() const;
  // False: somebody wrote while it was read from where nothing can be written, so what was read cannot be relied on.
  bool steady() const;

  struct Impl;
  Impl& impl() { return *impl_; }   // for this folder

 private:
  std::unique_ptr<Impl> impl_;
};

// While it exists, all that is read is of one state of the store, whatever is written meanwhile.
class Reading {
 public:
  explicit Reading(Store& store);
  ~Reading();

 private:
  Store& store_;
};

}  // namespace jianlu::store
