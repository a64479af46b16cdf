#pragma once

#include "engine/model/vocabulary.h"
#include "engine/store/sqlite/database.h"

namespace jianlu::store {

constexpr std::int64_t kSchemaVersion = 5;

// Creates the tables of a new store, or brings those of an earlier version up to date, one step per version, each in a
// transaction of its own. Throws Failure where the store is of a later version.
void migrate(Database& database);
// Throws Failure where the store is not of this version: what reads cannot bring it up to date.
void require_current(Database& database);

}  // namespace jianlu::store
