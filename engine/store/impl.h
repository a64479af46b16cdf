// What the parts of the store share. Only .cc files of this folder include it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/store/sqlite/database.h"
#include "engine/store/lock.h"
#include "engine/store/store.h"

namespace jianlu::store {

struct Store::Impl {
  Impl(const std::string& path, const model::Vocabulary& vocabulary, const calendar::Zone& zone, Access access,
       const std::string& who);
  ~Impl();

  // Numbers of entities in this store.
  std::int64_t stored(model::EntityId entity) const { return entities[entity]; }
  model::EntityId entity(std::int64_t stored) const;

  const model::Vocabulary& vocabulary;
  calendar::Zone zone;
  Access access;
  std::unique_ptr<WriterLock> lock;
  Database database;
  std::vector<std::int64_t> entities;                        // by EntityId
  std::unordered_map<std::int64_t, model::EntityId> by_stored;
};


// The period that a calendar row is of.
struct CalendarPeriod {
  std::string label;                    // as in the key: 2024-05
  calendar::Instant start = 0, next = 0;   // [start, next)
};
CalendarPeriod period_of(model::Entity::Calendar kind, calendar::Instant time, const calendar::Zone& zone);

}  // namespace jianlu::store
