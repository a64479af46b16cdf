#include "engine/store/findings.h"

#include <map>
#include <tuple>

#include "engine/fact/hex.h"
#include "engine/finding/subject.h"
#include "engine/store/context.h"
#include "engine/store/ledger.h"
#include "engine/store/neighbours.h"

namespace jianlu::store {

using finding::Event;
using model::EntityId;
using model::kNone;

namespace {

constexpr const char* kFinding =
    "SELECT n.name, r.entity, r.key, f.suffix, f.event, f.outcome, f.due, f.cured_at, f.review, s.hash, f.opened, f.seq, "
    "u.key, r.time, f.root, f.norm, f.slice FROM finding f JOIN norm n ON n.id=f.norm JOIN root r ON r.id=f.root "
    "JOIN slice s ON s.id=f.slice LEFT JOIN unit u ON u.id=r.unit ";

std::string subject(const Store::Impl& store, std::int64_t entity, std::string_view key, std::string_view suffix) {
  return finding::root_subject(store.vocabulary, store.entity(entity), key) + std::string(suffix);
}

Finding read(const Store::Impl& store, const Statement& row) {
  Finding f;
  f.key = {std::string(row.text(0)), subject(store, row.integer(1), row.text(2), row.text(3))};
  f.event = static_cast<Event>(row.integer(4));
  f.verdict = {static_cast<outcome::Outcome>(row.integer(5)), row.integer(6), row.integer(7)};
  if (!row.null(8)) f.review = static_cast<Event>(row.integer(8));
  f.slice = row.text(9);
  f.opened = row.integer(10);
  f.last = row.integer(11);
  f.entity = store.entity(row.integer(1));
  f.root = row.text(2);
  f.unit = row.text(12);
  if (!row.null(13)) f.time = row.integer(13);
  return f;
}

}  // namespace

void for_each_finding(Store& given, const Filter& filter, const std::function<void(const Finding&)>& take) {
  Store::Impl& store = given.impl();
  const finding::Place at = finding::place(store.vocabulary, filter.subject);
  if (!filter.subject.empty() && at.entity == kNone) return;
  Statement rows(store.database, std::string(kFinding) +
                                     "WHERE (?1 OR f.event<>2) AND (?2='' OR n.name=?2) AND (?3='' OR u.key=?3) AND "
                                     "(?4 IS NULL OR (r.entity=?4 AND r.key=?5 AND f.suffix=?6)) "
                                     "ORDER BY n.name, r.entity, r.key, f.suffix");
  rows.with(static_cast<std::int32_t>(filter.closed), filter.norm, filter.unit,
            filter.subject.empty() ? std::nullopt : std::optional(store.stored(at.entity)), at.key, at.suffix);
  while (rows.step()) take(read(store, rows));
}

std::optional<Finding> find_finding(Store& store, const finding::Key& key) {
  std::optional<Finding> out;
  for_each_finding(store, {true, key.norm, key.subject, {}}, [&](const Finding& f) { out = f; });
  return out;
}

void for_each_entry(Store& given, const std::optional<finding::Key>& key, const std::function<void(const Entry&)>& take) {
  Store::Impl& store = given.impl();
  const finding::Place at = key ? finding::place(store.vocabulary, key->subject) : finding::Place{};
  if (key && at.entity == kNone) return;
  std::string sql =
      "SELECT l.seq, n.name, r.entity, r.key, l.suffix, l.event, l.outcome, l.due, l.cured_at, l.as_of, s.hash, l.person, "
      "l.reason, l.hash, COALESCE((SELECT x.name FROM renamed x WHERE x.norm=l.norm AND x.until>=l.seq ORDER BY x.until LIMIT 1), "
      "n.name) FROM ledger l JOIN norm n ON n.id=l.norm JOIN root r ON r.id=l.root JOIN slice s ON s.id=l.slice ";
  if (key) sql += "WHERE n.name=? AND r.entity=? AND r.key=? AND l.suffix=? ";
  Statement rows(store.database, sql + "ORDER BY l.seq");
  if (key) rows.with(key->norm, store.stored(at.entity), at.key, at.suffix);
  Entry entry;
  while (rows.step()) {
    finding::Transition& t = entry.transition;
    entry.number = rows.integer(0);
    t.key = {std::string(rows.text(1)), subject(store, rows.integer(2), rows.text(3), rows.text(4))};
    t.event = static_cast<Event>(rows.integer(5));
    t.verdict = {static_cast<outcome::Outcome>(rows.integer(6)), rows.integer(7), rows.integer(8)};
    t.as_of = rows.integer(9);
    t.slice = rows.text(10);
    t.person = rows.text(11);
    t.reason = rows.text(12);
    entry.hash = fact::hex(rows.digest(13));
    entry.norm_then = rows.text(14);
    take(entry);
  }
}

std::vector<Receipt> receipts(Store& store) {
  std::vector<Receipt> out;
  Statement rows(store.impl().database,
                 "SELECT p.run, r.as_of, p.body, p.digest FROM receipt p JOIN run r ON r.id=p.run ORDER BY p.run");
  while (rows.step()) out.push_back({rows.integer(0), rows.integer(1), std::string(rows.text(2)), fact::hex(rows.digest(3))});
  return out;
}

std::optional<LastRun> last_run(Store& given) {
  Database& db = given.impl().database;
  Statement row(db, "SELECT r.as_of, r.inputs, p.body FROM run r LEFT JOIN receipt p ON p.run=r.id ORDER BY r.id DESC LIMIT 1");
  if (!row.step()) return std::nullopt;
  return LastRun{row.integer(0), std::string(row.text(1)), std::string(row.text(2)), db.number("SELECT 1 FROM dirty LIMIT 1").has_value()};
}

std::optional<diag::Words> review(Store& given, const finding::Key& key, Event event, std::string_view person,
                                  std::string_view reason, calendar::Instant as_of) {
  Store::Impl& store = given.impl();
  if (!finding::is_review(event)) return diag::Words("这不是复核意见", "this is not a review");
  if (person.empty()) return diag::Words("要写明复核人", "a review names the person who made it");
  if (event == Event::dismissed && reason.empty()) return diag::Words("排除要写明理由", "a dismissal needs a reason");
  const finding::Place at = finding::place(store.vocabulary, key.subject);
  Transaction transaction(store.database);
  Statement row(store.database, std::string(kFinding) + "WHERE n.name=?1 AND r.entity=?2 AND r.key=?3 AND f.suffix=?4");
  if (at.entity == kNone || !row.with(key.norm, store.stored(at.entity), at.key, at.suffix).step()) {
    return diag::Words("没有这一条：" + key.norm + " " + key.subject, "there is no finding " + key.norm + " " + key.subject);
  }
  const Finding found = read(store, row);
  const Ledger::Numbers numbers{std::nullopt, row.integer(14), row.integer(15), row.integer(16)};
  row.reset();
  if (found.event == Event::closed) return diag::Words("这一条已经了结", "this finding is closed");
  finding::Transition t;
  t.key = key;
  t.event = event;
  t.verdict = found.verdict;
  t.as_of = as_of;
  t.slice = found.slice;
  t.person = person;
  t.reason = reason;
  Ledger(store).append(t, numbers, at.suffix);
  transaction.commit();
  return std::nullopt;
}

std::vector<MissingLedger> missing_ledgers(
    Store& given, const std::function<std::vector<EntityId>(std::string_view norm)>& ledgers_of) {
  Store::Impl& store = given.impl();
  std::map<std::pair<EntityId, std::string>, calendar::Instant> through;
  for (const fact::Delivery& d : deliveries(store)) through[{d.ledger, d.unit}] = d.through;
  std::map<std::string, std::vector<EntityId>, std::less<>> ledgers;
  std::map<std::tuple<std::string, std::string, EntityId>, std::pair<std::set<std::string>, std::int64_t>> found;
  Statement rows(store.database,
                 "SELECT n.name, u.key, r.time, COUNT(*) FROM finding f JOIN norm n ON n.id=f.norm JOIN root r ON "
                 "r.id=f.root JOIN unit u ON u.id=r.unit WHERE f.outcome IN (4, 5) AND f.event<>2 AND r.time IS NOT NULL "
                 "GROUP BY f.norm, r.unit, r.time");
  while (rows.step()) {
    const std::string norm(rows.text(0)), unit(rows.text(1));
    auto needed = ledgers.find(norm);
    if (needed == ledgers.end()) needed = ledgers.emplace(norm, ledgers_of(norm)).first;
    for (const EntityId ledger : needed->second) {
      const auto delivered = through.find({ledger, unit});
      if (delivered != through.end() && delivered->second >= rows.integer(2)) continue;
      auto& [norms, count] =
          found[{unit, period_of(model::Entity::Calendar::month, rows.integer(2), store.zone).label, ledger}];
      norms.insert(norm);
      count += rows.integer(3);
    }
  }
  std::vector<MissingLedger> out;
  for (const auto& [place_of, what] : found) {
    const auto& [unit, period, ledger] = place_of;
    out.push_back({ledger, unit, period, {what.first.begin(), what.first.end()}, what.second});
  }
  return out;
}

std::optional<Around> around(Store& given, EntityId entity, std::string_view key,
                             const std::set<std::pair<EntityId, model::FieldId>>& reads) {
  Store::Impl& store = given.impl();
  Statement find(store.database, "SELECT id FROM root WHERE entity=? AND key=?");
  if (!find.with(store.stored(entity), key).step()) return std::nullopt;
  Around out;
  out.batch.entity = entity;
  Task task;
  task.root = find.integer(0);
  task.key = key;
  find.reset();
  Neighbours neighbours(store, reads);
  neighbours.own(task, entity, out.batch);
  neighbours.rest(task, out.batch);
  out.batch.tasks.push_back(std::move(task));
  out.deliveries = deliveries(store);
  out.doubts = doubts(store);
  return out;
}

std::string source_path(Store& store, std::int64_t source) {
  Statement row(store.impl().database, "SELECT path FROM source WHERE id=?");
  return row.with(source).step() ? std::string(row.text(0)) : std::string();
}

}  // namespace jianlu::store
