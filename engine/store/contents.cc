#include "engine/store/contents.h"

#include <map>
#include <set>

#include "engine/fact/hex.h"
#include "engine/store/chain.h"
#include "engine/store/context.h"
#include "engine/store/impl.h"

namespace jianlu::store {

std::vector<StoredSource> sources(Store& given) {
  std::vector<StoredSource> out;
  Statement rows(given.impl().database, "SELECT id, path, kind, verdict, digest, bytes FROM source WHERE current ORDER BY id");
  while (rows.step()) {
    StoredSource s;
    s.id = rows.integer(0);
    s.path = rows.text(1);
    s.kind = rows.text(2);
    s.verdict = rows.text(3);
    s.sha256 = fact::hex(rows.digest(4));
    s.bytes = rows.integer(5);
    out.push_back(std::move(s));
  }
  return out;
}

TakenIn taken_in(Store& given) {
  TakenIn out;
  fact::Digest digest{};
  Statement rows(given.impl().database,
                 "SELECT kind || char(9) || hex(digest) || char(9) || COALESCE(verdict, '') AS line FROM source "
                 "WHERE current OR verdict IS NULL ORDER BY line");
  for (; rows.step(); ++out.sources) digest = chained(digest, rows.text(0));
  out.digest = fact::hex(digest);
  return out;
}

void for_each_document(Store& given, model::EntityId entity, const std::function<void(const StoredDocument&)>& take) {
  Store::Impl& store = given.impl();
  Statement rows(store.database,
                 "SELECT r.entity, r.key, d.bytes, d.source, d.line FROM document d JOIN root r ON r.id=d.root "
                 "WHERE ?1 IS NULL OR r.entity=?1 ORDER BY r.entity, r.key");
  rows.with(entity == model::kNone ? std::nullopt : std::optional(store.stored(entity)));
  while (rows.step()) {
    take({store.entity(rows.integer(0)), rows.text(1), rows.text(2), rows.integer(3), static_cast<std::int32_t>(rows.integer(4))});
  }
}

std::optional<StoredRow> row(Store& given, model::EntityId entity, std::string_view key) {
  Store::Impl& store = given.impl();
  Statement rows(store.database,
                 "SELECT d.bytes, d.line, s.path FROM root r JOIN document d ON d.root=r.id JOIN source s ON s.id=d.source "
                 "WHERE r.entity=? AND r.key=?");
  if (!rows.with(store.stored(entity), key).step()) return std::nullopt;
  auto document = fact::deserialise(rows.text(0), given.vocabulary(), {-1, static_cast<std::int32_t>(rows.integer(1))});
  if (!document) return std::nullopt;
  return StoredRow{std::move(*document), std::string(rows.text(2))};
}

std::vector<fact::Delivery> all_deliveries(Store& store) { return deliveries(store.impl()); }
std::vector<fact::Doubt> all_doubts(Store& store) { return doubts(store.impl()); }

std::vector<StoredProblem> set_aside(Store& given) {
  std::vector<StoredProblem> out;
  Statement rows(given.impl().database,
                 "SELECT s.path, a.line, a.path_zh, a.path_en, a.what_zh, a.what_en, a.mend_zh, a.mend_en FROM set_aside a "
                 "JOIN source s ON s.id=a.source WHERE s.current ORDER BY s.path, a.line, a.column, a.what_en");
  const auto words = [&](int column) { return diag::Words(std::string(rows.text(column)), std::string(rows.text(column + 1))); };
  while (rows.step()) {
    out.push_back({std::string(rows.text(0)), static_cast<std::int32_t>(rows.integer(1)), words(2), words(4), words(6)});
  }
  return out;
}

namespace {

// `rest`: condition and order, with the parameters of the condition.
template <typename... Parameters>
std::vector<StoredFootage> select_footage(Store& given, const char* rest, const Parameters&... parameters) {
  Statement rows(given.impl().database,
                 std::string("SELECT f.sha256, s.path, f.verdict, f.facts, r.key, m.recording, m.how FROM footage f "
                             "JOIN source s ON s.id=f.source LEFT JOIN footage_match m ON m.sha256=f.sha256 "
                             "LEFT JOIN root r ON r.id=m.root ") + rest);
  rows.with(parameters...);
  std::vector<StoredFootage> out;
  while (rows.step()) {
    out.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)), std::string(rows.text(3)),
                   std::string(rows.text(4)), std::string(rows.text(5)), std::string(rows.text(6))});
  }
  return out;
}

}  // namespace

std::vector<StoredFootage> footage(Store& given) { return select_footage(given, "ORDER BY s.path, f.sha256, r.key"); }

std::vector<StoredFootage> footage_at(Store& given, std::string_view path) {
  return select_footage(given, "WHERE s.path=? ORDER BY f.sha256, r.key", path);
}

std::vector<StoredFootage> footage_with_bytes(Store& given, std::string_view sha256) {
  return select_footage(given, "WHERE f.sha256=? ORDER BY r.key, m.recording", sha256);
}

std::vector<StoredFootage> footage_with_pictures(Store& given, const std::vector<std::uint64_t>& hashes, std::size_t least) {
  Database& database = given.impl().database;
  std::map<std::string, std::size_t> shared;
  Statement holders(database, "SELECT sha256 FROM picture WHERE hash=?");
  for (const std::uint64_t hash : std::set(hashes.begin(), hashes.end())) {
    holders.with(static_cast<std::int64_t>(hash));
    while (holders.step()) ++shared[std::string(holders.text(0))];
  }
  std::vector<StoredFootage> out;
  for (const auto& [sha256, count] : shared) {
    if (count < least) continue;
    for (StoredFootage& f : footage_with_bytes(given, sha256)) out.push_back(std::move(f));
  }
  return out;
}

}  // namespace jianlu::store
