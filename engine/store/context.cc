#include "engine/store/context.h"

namespace jianlu::store {

std::vector<fact::Delivery> deliveries(Store::Impl& store) {
  std::vector<fact::Delivery> out;
  Statement rows(store.database,
                 "SELECT d.ledger, u.key, MAX(d.through), d.by, d.source, d.line FROM delivery d JOIN source s ON s.id=d.source JOIN unit u "
                 "ON u.id=d.unit WHERE s.current GROUP BY d.ledger, u.key ORDER BY d.ledger, u.key");
  while (rows.step()) {
    const model::EntityId ledger = store.entity(rows.integer(0));
    if (ledger == model::kNone) continue;
    out.push_back({ledger, std::string(rows.text(1)), rows.integer(2), std::string(rows.text(3)),
                   {static_cast<std::int32_t>(rows.integer(4)), static_cast<std::int32_t>(rows.integer(5))}});
  }
  return out;
}

std::vector<fact::Doubt> doubts(Store::Impl& store) {
  std::vector<fact::Doubt> out;
  Statement rows(store.database,
                 "SELECT DISTINCT d.ledger, d.unit, d.owner FROM doubt d JOIN source s ON s.id=d.source WHERE s.current "
                 "ORDER BY d.ledger, d.unit, d.owner");
  while (rows.step()) {
    out.push_back({rows.null(0) ? model::kNone : store.entity(rows.integer(0)), std::string(rows.text(1)), std::string(rows.text(2))});
  }
  return out;
}

}  // namespace jianlu::store
