// References become row numbers, rows get their unit, and lists that are no rows of an owner are gathered.
#include <algorithm>
#include <numeric>

#include "engine/fact/builder.h"
#include "engine/fact/states.h"

namespace jianlu::fact {

using model::EntityId;
using model::FieldId;
using model::kNone;

// An owned row is looked for among the rows of the nearest common owner first, then among all.
Row Builder::look_up(EntityId from, Row row, EntityId target, std::int64_t key) {
  if (entity(target).key == kNone) return kNoRow;
  const Row likely = known(target, key);
  const EntityId owner = entity(target).owner;
  if (owner == kNone) return likely;
  const Column& keys = table(target).columns[entity(target).key];
  for (EntityId at = from; at != kNone && row != kNoRow;) {
    if (at == owner) {
      const std::vector<std::int32_t>& offsets = table(owner).lists[entity(target).owner_list].offsets;
      if (likely != kNoRow && likely >= offsets[row] && likely < offsets[row + 1]) return likely;
      for (Row i = offsets[row]; i < offsets[row + 1]; ++i) {
        if (keys.state[i] == kValue && keys.lo[i] == key) return i;
      }
    }
    const EntityId next = entity(at).owner;
    if (next != kNone) {
      const Column& owners = table(at).columns[entity(at).owner_field];
      row = owners.state[row] == kValue ? static_cast<Row>(owners.lo[row]) : kNoRow;
    }
    at = next;
  }
  if (!unique_ready_[target]) {
    unique_ready_[target] = 1;
    unique_[target].clear();
    for (Row i = 0; i < table(target).size; ++i) {
      if (keys.state[i] != kValue) continue;
      const auto [found, fresh] = unique_[target].emplace(keys.lo[i], i);
      if (!fresh) found->second = kAmbiguous;
    }
  }
  const auto found = unique_[target].find(key);
  return found == unique_[target].end() ? kNoRow : found->second;
}

void Builder::resolve(EntityId id) {
  for (const FieldId f : shapes_[id].references) {
    Column& column = table(id).columns[f];
    const EntityId target = entity(id).fields[f].type.of;
    const bool unowned = entity(target).owner == kNone && entity(target).key != kNone;
    for (Row row = 0; row < table(id).size; ++row) {
      if (column.state[row] != kValue) continue;
      const std::int64_t key = column.lo[row];
      const Row found = unowned ? known(target, key) : look_up(id, row, target, key);
      if (found >= 0) {
        column.lo[row] = found;
        continue;
      }
      column.state[row] = kUnknown;
      column.lo[row] = unresolved(key);
      if (target == streamed_ && !is_live_[id]) continue;
      if (target == streamed_ && is_live_[target] && live_.size() == by_depth_.size()) {
        waiting_.push_back({id, f, row, key});
        continue;
      }
      if (!missed_[target].emplace(key, 1).second) continue;
      const std::string text(facts_.texts[key]);
      const model::Name& name = entity(target).name;
      const model::Name& field = entity(id).fields[f].name;
      if (found == kAmbiguous) {
        report(id, row, Problem::Effect::noted,
               {"“" + field.zh + "”所指的" + name.zh + "“" + text + "”不止一条，按不明处理",
                "`" + field.en + "` names the " + name.en + " `" + text + "`, of which there are several; taken as unknown"},
               {"给每条不同的标识", "give each a key of its own"});
      } else {
        report(id, row, Problem::Effect::noted,
               {"“" + field.zh + "”所指的" + name.zh + "“" + text + "”没有交付，按不明处理",
                "`" + field.en + "` names the " + name.en + " `" + text + "`, which was not delivered; taken as unknown"},
               {"交付" + name.zh + "“" + text + "”，或者改正标识",
                "deliver the " + name.en + " `" + text + "`, or correct the key"});
      }
    }
  }
}

// A unit is known by its key, whether or not its own row was delivered.
void Builder::find_units(EntityId id) {
  if (units_ready_[id] != 0) return;
  units_ready_[id] = 1;
  const model::Entity& e = entity(id);
  std::vector<std::int64_t>& units = units_[id];
  units.assign(static_cast<std::size_t>(table(id).size), -1);
  const auto is_unit = [&](EntityId t) {
    return entity(t).unit == kNone ? entity(t).owner == kNone : entity(t).unit == entity(t).key;
  };
  const FieldId path = is_unit(id) ? e.key : e.unit != kNone ? e.unit : e.owner_field;
  if (path != kNone) {
    const Column& column = table(id).columns[path];
    const model::Type type = e.fields[path].type;
    if (type.kind == model::TypeKind::text) {
      for (Row row = 0; row < table(id).size; ++row) {
        if (column.state[row] == kValue) units[row] = column.lo[row];
      }
    } else if (type.kind == model::TypeKind::reference) {
      if (is_live_[type.of]) find_units(type.of);
      const std::vector<std::int64_t>& theirs = units_[type.of];
      const bool direct = is_unit(type.of);
      for (Row row = 0; row < table(id).size; ++row) {
        const std::int64_t lo = column.lo[row];
        if (column.state[row] == kValue) {
          if (lo < static_cast<std::int64_t>(theirs.size())) units[row] = theirs[lo];
        } else if (column.state[row] == kUnknown && direct && lo < kNoRow) {
          units[row] = key_of_unresolved(lo);
        }
      }
    }
  }
  units_ready_[id] = 2;
}

void Builder::forget_unresolved(EntityId id) {
  for (const FieldId f : shapes_[id].references) {
    Column& column = table(id).columns[f];
    for (Row row = 0; row < table(id).size; ++row) {
      if (column.state[row] == kUnknown) column.lo[row] = kNoRow;
    }
  }
}

void Builder::list_back(EntityId id, FieldId f) {
  const model::Field& field = entity(id).fields[f];
  if (field.list_of == kNone || field.back == kNone) return;
  const auto waits = [&](const Waiting& w) { return w.entity == field.list_of && w.field == field.back; };
  if (!is_live_[id] && !is_live_[field.list_of] && std::none_of(waiting_.begin(), waiting_.end(), waits)) return;
  const Table& from = table(field.list_of);
  const Column& column = from.columns[field.back];
  List& list = table(id).lists[f];
  list.offsets.assign(static_cast<std::size_t>(table(id).size) + 1, 0);
  for (Row row = 0; row < from.size; ++row) {
    if (column.state[row] == kValue) ++list.offsets[column.lo[row] + 1];
  }
  std::partial_sum(list.offsets.begin(), list.offsets.end(), list.offsets.begin());
  list.rows.resize(static_cast<std::size_t>(list.offsets.back()));
  for (Row row = from.size; row-- > 0;) {
    if (column.state[row] == kValue) list.rows[--list.offsets[column.lo[row] + 1]] = row;
  }
  // Each offset now stands where its row's indices begin; shift them back by one.
  std::rotate(list.offsets.begin(), list.offsets.begin() + 1, list.offsets.end());
  list.offsets.back() = static_cast<std::int32_t>(list.rows.size());
  list_through(id, f);
}

void Builder::list_through(EntityId id, FieldId f) {
  const EntityId of = entity(id).fields[f].list_of;
  List& list = table(id).lists[f];
  const std::vector<std::int64_t>& units = units_[id];
  list.through.assign(units.size(), kMin);
  if (list.contiguous ? loose_doubts_[of] != 0 : doubts_[of].all || (is_live_[of] && !is_live_[id])) return;
  if (deliveries_[of].empty()) return;
  Through through(*this, of);
  for (std::size_t row = 0; row < units.size(); ++row) {
    const bool doubted = !list.contiguous && !doubts_[of].units.empty() && doubts_[of].units.contains(units[row]);
    list.through[row] = doubted ? kMin : through.of(units[row]);
  }
}

// Lists of which rows are known to be missing are complete through no instant.
void Builder::open_lost_lists() {
  for (const Lost& lost : lost_) {
    if (lost.row == kNoRow) continue;
    EntityId id = lost.owner;
    std::int64_t row = lost.row;
    if (lost.beside) {
      const Column& owners = table(id).columns[entity(id).owner_field];
      if (owners.state[lost.row] != kValue) continue;
      row = owners.lo[lost.row];
      id = entity(id).owner;
    }
    table(id).lists[lost.list].through[static_cast<std::size_t>(row)] = kMin;
  }
  for (const auto& [ledger, key] : owner_doubts_) {
    const EntityId owner = entity(ledger).owner;
    if (const Row row = known(owner, key); row != kNoRow) {
      table(owner).lists[entity(ledger).owner_list].through[static_cast<std::size_t>(row)] = kMin;
    }
  }
}

}  // namespace jianlu::fact
