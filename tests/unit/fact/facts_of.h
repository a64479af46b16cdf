#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/text.h"
#include "engine/fact/builder.h"
#include "tests/unit/support/small_vocabulary.h"

namespace jianlu::test {

inline calendar::Zone shanghai() { return *calendar::Zone::find("Asia/Shanghai"); }
inline std::int64_t at(std::string_view text) { return calendar::parse_instant(text, shanghai()).instant; }

// Documents by English names, values as they are in columns; everything of the same vocabulary.
struct Kit {
  model::Vocabulary vocabulary = small_vocabulary();

  model::EntityId e(std::string_view name) const { return vocabulary.entity(name); }
  model::FieldId f(std::string_view entity, std::string_view field) const { return vocabulary.field(e(entity), field); }

  fact::Cell cell(std::string_view entity, std::string_view field, std::int64_t lo) const {
    return bound(entity, field, lo, lo);
  }
  fact::Cell bound(std::string_view entity, std::string_view field, std::int64_t lo, std::int64_t hi) const {
    fact::Cell c;
    c.field = f(entity, field);
    c.lo = lo;
    c.hi = hi;
    return c;
  }
  fact::Cell text(std::string_view entity, std::string_view field, std::string value) const {
    fact::Cell c;
    c.field = f(entity, field);
    c.text = std::move(value);
    return c;
  }
  fact::Cell state(std::string_view entity, std::string_view field, std::uint8_t state) const {
    fact::Cell c;
    c.field = f(entity, field);
    c.state = state;
    return c;
  }
  fact::Document unit(std::string id) const {
    return {e("unit"), {0, 1}, {text("unit", "id", id), cell("unit", "enforces", fact::kTrue),
            cell("unit", "snapshot_at", at("2024-05-01T00:00"))}, {}, {}};
  }
  fact::Document device(std::string id, std::string unit) const {
    return {e("device"), {0, 2}, {text("device", "id", id), text("device", "unit", unit), cell("device", "kind", 1),
            cell("device", "snapshot_at", at("2024-05-01T00:00"))}, {}, {}};
  }
  fact::Document session(std::string id, std::string unit, std::string day = "2024-05-07") const {
    return {e("session"), {0, 3}, {text("session", "id", id), text("session", "unit", unit),
            cell("session", "activities", 1), cell("session", "started", at(day + "T09:00")),
            cell("session", "ended", at(day + "T10:00"))}, {}, {}};
  }
  fact::Document recording(std::string id, std::string day = "2024-05-07") const {
    return {e("recording"), {0, 4}, {text("recording", "id", id), cell("recording", "started", at(day + "T09:00")),
            cell("recording", "ended", at(day + "T09:30"))}, {}, {}};
  }
  fact::Document transfer(std::string_view when) const {
    return {e("transfer"), {0, 5}, {cell("transfer", "exported_at", at(when))}, {}, {}};
  }
  fact::Document complaint(std::string id, std::string unit, std::string session) const {
    return {e("complaint"), {0, 6}, {text("complaint", "id", id), text("complaint", "unit", unit),
            text("complaint", "session", session), cell("complaint", "received_at", at("2024-05-08T09:00"))}, {}, {}};
  }
  fact::Delivery delivery(std::string_view ledger, std::string unit, std::string_view through) const {
    return {e(ledger), std::move(unit), at(through), "办公室", {}};
  }
  const fact::Column& column(const fact::Facts& facts, std::string_view entity, std::string_view field) const {
    return facts.tables[e(entity)].columns[f(entity, field)];
  }
  const fact::List& list(const fact::Facts& facts, std::string_view entity, std::string_view field) const {
    return facts.tables[e(entity)].lists[f(entity, field)];
  }
};

}  // namespace jianlu::test
