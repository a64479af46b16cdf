#include "engine/store/waiting.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/store/impl.h"

namespace jianlu::store {
namespace {

using model::EntityId;
using model::kNone;

class Finder {
 public:
  explicit Finder(Store& given) : store_(given.impl()), vocabulary_(given.vocabulary()) {}

  std::vector<Waiting> operator()() {
    owners();
    for (EntityId id = 0; id < static_cast<EntityId>(vocabulary_.entities.size()); ++id) {
      const model::Entity& e = vocabulary_.entities[id];
      if (e.owner != kNone && vocabulary_.entities[e.owner].owner != kNone) deep_owners(id);
      if (e.key != kNone && e.unit == e.key) units(id);
    }
    std::sort(out_.begin(), out_.end(), [](const Waiting& a, const Waiting& b) {
      return std::tie(a.path, a.line, a.key, a.ledger) < std::tie(b.path, b.line, b.key, b.ledger);
    });
    return std::move(out_);
  }

 private:
  // Columns: entity awaited, its key, ledger, source, path, line, count.
  void take(Statement& rows, bool delivery = false) {
    while (rows.step()) {
      Waiting w;
      w.awaited = store_.entity(rows.integer(0));
      w.key = rows.text(1);
      w.ledger = store_.entity(rows.integer(2));
      w.delivery = delivery;
      w.source = rows.integer(3);
      w.path = rows.text(4);
      w.line = static_cast<std::int32_t>(rows.integer(5));
      w.rows = rows.integer(6);
      if (w.awaited != kNone && w.ledger != kNone) out_.push_back(std::move(w));
    }
  }

  void owners() {
    Statement owned(store_.database,
                    "SELECT o.entity, o.key, r.entity, s.id, s.path, MIN(d.line), COUNT(*) FROM root r JOIN document d ON d.root=r.id "
                    "JOIN root o ON o.id=r.owner JOIN source s ON s.id=d.source WHERE r.owner IS NOT NULL AND "
                    "NOT EXISTS(SELECT 1 FROM document x WHERE x.root=r.owner) GROUP BY r.owner, r.entity, s.id");
    take(owned);
    Statement listed(store_.database,
                     "SELECT o.entity, o.key, m.entity, s.id, s.path, MIN(d.line), COUNT(*) FROM (SELECT DISTINCT target FROM link) t "
                     "CROSS JOIN root o ON o.id=t.target JOIN link l ON l.target=o.id JOIN root m ON m.id=l.member JOIN document d ON d.root=m.id "
                     "JOIN source s ON s.id=d.source WHERE NOT EXISTS(SELECT 1 FROM document x WHERE x.root=t.target) "
                     "AND m.unit IS NOT (SELECT u.id FROM unit u WHERE u.key=o.key) GROUP BY o.id, m.entity, s.id");
    take(listed);
  }

  // Rows whose owner is itself owned name it by key, and only their document says which.
  void deep_owners(EntityId id) {
    const model::Entity& e = vocabulary_.entities[id];
    Statement rows(store_.database,
                   "SELECT d.bytes, s.id, s.path, d.line FROM root r JOIN document d ON d.root=r.id JOIN source s ON s.id=d.source "
                   "WHERE r.entity=? AND r.owner IS NULL ORDER BY s.path, d.line");
    rows.with(store_.stored(id));
    std::map<std::pair<std::int64_t, std::string>, Waiting> found;
    while (rows.step()) {
      const auto document = fact::deserialise(rows.text(0), vocabulary_, {});
      if (!document) continue;
      const auto up = std::find_if(document->cells.begin(), document->cells.end(), [&](const fact::Cell& c) { return c.field == e.owner_field; });
      if (up == document->cells.end() || up->state != fact::kValue) continue;
      Waiting& w = found[{rows.integer(1), up->text}];
      if (w.rows++ == 0) w = {e.owner, up->text, id, false, rows.integer(1), std::string(rows.text(2)), static_cast<std::int32_t>(rows.integer(3)), 1};
    }
    for (auto& [name, w] : found) out_.push_back(std::move(w));
  }

  void units(EntityId unit) {
    const std::string unknown = "NOT EXISTS(SELECT 1 FROM root k JOIN document x ON x.root=k.id WHERE k.entity=?1 AND k.key=u.key)";
    Statement rows(store_.database,
                   "SELECT ?1, u.key, r.entity, s.id, s.path, MIN(d.line), COUNT(*) FROM unit u CROSS JOIN root r ON r.unit=u.id "
                   "JOIN document d ON d.root=r.id JOIN source s ON s.id=d.source WHERE " + unknown + " GROUP BY u.id, r.entity, s.id");
    rows.with(store_.stored(unit));
    take(rows);
    Statement deliveries(store_.database,
                         "SELECT ?1, u.key, d.ledger, s.id, s.path, MIN(d.line), COUNT(*) FROM unit u CROSS JOIN delivery d ON d.unit=u.id "
                         "JOIN source s ON s.id=d.source WHERE s.current AND " + unknown + " GROUP BY u.id, s.id");
    deliveries.with(store_.stored(unit));
    take(deliveries, true);
  }

  Store::Impl& store_;
  const model::Vocabulary& vocabulary_;
  std::vector<Waiting> out_;
};

}  // namespace

std::vector<Waiting> waiting(Store& store) { return Finder(store)(); }

std::vector<std::string> keys_like(Store& given, EntityId entity, const std::string& key, std::size_t most) {
  Store::Impl& store = given.impl();
  std::vector<std::string> out;
  Statement rows(store.database,
                 "SELECT r.key FROM root r JOIN document d ON d.root=r.id WHERE r.entity=?1 AND ABS(LENGTH(r.key)-LENGTH(?2))*3<=LENGTH(?2)+3 "
                 "ORDER BY r.key LIMIT ?3");
  rows.with(store.stored(entity), key, static_cast<std::int64_t>(most));
  while (rows.step()) out.emplace_back(rows.text(0));
  return out;
}

}  // namespace jianlu::store
