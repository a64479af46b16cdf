#include "engine/store/store.h"

#include <fmt/format.h>

#include "engine/fact/hex.h"
#include "engine/store/impl.h"
#include "engine/store/schema.h"

namespace jianlu::store {
namespace {

std::string setting(Database& database, std::string_view name) {
  Statement statement(database, "SELECT value FROM setting WHERE name=?");
  return statement.with(name).step() ? std::string(statement.text(0)) : std::string();
}

void keep(Database& database, std::string_view name, const std::string& value) {
  Statement(database, "INSERT INTO setting(name, value) VALUES(?, ?)").run(name, value);
}

}  // namespace

Store::Impl::Impl(const std::string& path, const model::Vocabulary& words, const calendar::Zone& where, Access how,
                  const std::string& who)
    : vocabulary(words),
      zone(where),
      access(how),
      lock(how == Access::write ? std::make_unique<WriterLock>(path, who) : nullptr),
      database(path, how == Access::write) {
  const std::string shape = fact::hex(fact::fingerprint(vocabulary));
  if (access == Access::write) {
    migrate(database);
    Transaction first(database);
    if (setting(database, "vocabulary").empty()) {
      keep(database, "vocabulary", shape);
      keep(database, "zone", std::string(zone.name()));
      Statement insert(database, "INSERT INTO entity(name) VALUES(?)");
      for (const model::Entity& e : vocabulary.entities) insert.run(e.name.en);
    }
    first.commit();
  } else {
    require_current(database);
  }
  if (setting(database, "vocabulary") != shape) {
    throw Failure({"数据库“" + path + "”是按另一份词汇写入的", "the store `" + path + "` was written under another vocabulary"},
                  {"换用当时的词汇，或者用新词汇另建数据库重新导入", "use that vocabulary, or ingest into a new store under this one"});
  }
  if (const std::string kept = setting(database, "zone"); kept != zone.name()) {
    throw Failure({"数据库“" + path + "”的时区是 " + kept, "the store `" + path + "` counts days in " + kept},
                  {"换用同一时区的规则", "use rules of that zone"});
  }
  entities.assign(vocabulary.entities.size(), 0);
  Statement rows(database, "SELECT id, name FROM entity");
  while (rows.step()) {
    const model::EntityId id = vocabulary.entity(rows.text(1));
    if (id == model::kNone) continue;
    entities[id] = rows.integer(0);
    by_stored[rows.integer(0)] = id;
  }
}

// The writer leaves no log behind that another process would have to write back.
Store::Impl::~Impl() {
  if (access == Access::write) {
    sqlite3_wal_checkpoint_v2(database.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  }
}

model::EntityId Store::Impl::entity(std::int64_t id) const {
  const auto found = by_stored.find(id);
  return found == by_stored.end() ? model::kNone : found->second;
}

Store::Store(const std::string& path, const model::Vocabulary& vocabulary, const calendar::Zone& zone, Access access,
             const std::string& who)
    : impl_(std::make_unique<Impl>(path, vocabulary, zone, access, who)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;

Reading::Reading(Store& store) : store_(store) { store_.impl().database.execute("BEGIN"); }
Reading::~Reading() { sqlite3_exec(store_.impl().database.handle(), "ROLLBACK", nullptr, nullptr, nullptr); }

const model::Vocabulary& Store::vocabulary() const { return impl_->vocabulary; }
const calendar::Zone& Store::zone() const { return impl_->zone; }
bool Store::steady() const { return impl_->database.steady(); }

}  // namespace jianlu::store
