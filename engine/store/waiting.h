// What is named and was never delivered: a transfer of a session that nobody knows, a delivery for such a unit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/store/store.h"

namespace jianlu::store {

// Rows of one source that name the same row that is not there. They are kept, and count once it comes.
struct Waiting {
  model::EntityId awaited = model::kNone;
  std::string key;                               // of the row awaited
  model::EntityId ledger = model::kNone;         // whose rows name it
  bool delivery = false;                         // they are no rows, but deliveries of that ledger
  std::int64_t source = 0;                       // StoredSource::id
  std::string path;                              // of the source
  std::int32_t line = 0;                         // of the first
  std::int64_t rows = 0;
};
// By path and line: owners, units, and rows that list those who refer to them.
std::vector<Waiting> waiting(Store& store);

// Keys of rows that were delivered, about as long as `key`, at most `most`: one of them may have been meant.
std::vector<std::string> keys_like(Store& store, model::EntityId entity, const std::string& key, std::size_t most);

}  // namespace jianlu::store
