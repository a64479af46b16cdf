// Owned rows in the order of their owners, those without an owner last. Rows nested in documents come that way already;
// only rows that came by themselves and named their owner by key have to be moved.
#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "engine/fact/builder.h"
#include "engine/fact/states.h"

namespace jianlu::fact {

using model::EntityId;
using model::FieldId;
using model::kNone;

// Columns end where the rows end.
void Builder::finish_columns(EntityId id) {
  Table& rows = table(id);
  const auto size = static_cast<std::size_t>(rows.size);
  moved_[id].clear();
  shapes_[id].capacity = rows.size;
  for (std::size_t f = 0; f < rows.columns.size(); ++f) {
    if (entity(id).fields[f].kind == model::FieldKind::list) continue;
    stretch(rows.columns[f], size, shapes_[id].interval[f] != 0);
    if (size == 0) empty(rows.columns[f]);
  }
  rows.origins.resize(size);
  for (const Child& child : shapes_[id].children) {
    std::vector<std::int32_t>& offsets = rows.lists[child.list].offsets;
    offsets.resize(size + 1);
    offsets.back() = table(child.entity).size;
  }
}

void Builder::attach(EntityId id) {
  Table& rows = table(id);
  const EntityId owner = entity(id).owner;
  rows.owned = 0;
  if (owner == kNone) return;
  if (!shapes_[id].loose && moved_[owner].empty()) {
    rows.owned = rows.size;
    return;
  }
  std::vector<Row> order = owner_order(id);
  if (entity(id).key != kNone) drop_repetitions(id, order);
  bool moved = order.size() != static_cast<std::size_t>(rows.size);
  for (std::size_t i = 0; i < order.size() && !moved; ++i) moved = order[i] != static_cast<Row>(i);
  if (moved) permute(id, order);

  const Column& owners = rows.columns[entity(id).owner_field];
  List& list = table(owner).lists[entity(id).owner_list];
  list.offsets.assign(static_cast<std::size_t>(table(owner).size) + 1, 0);
  for (Row row = 0; row < rows.size && owners.state[row] == kValue; ++row) {
    ++list.offsets[owners.lo[row] + 1];
    ++rows.owned;
  }
  std::partial_sum(list.offsets.begin(), list.offsets.end(), list.offsets.begin());
}

// Settles every row's owner, and gives the rows, by their present numbers, in owner order.
std::vector<Row> Builder::owner_order(EntityId id) {
  Table& rows = table(id);
  const EntityId owner = entity(id).owner;
  Column& owners = rows.columns[entity(id).owner_field];
  std::vector<Row> order;
  order.reserve(static_cast<std::size_t>(rows.size));
  for (Row row = 0; row < rows.size; ++row) {
    std::uint8_t& state = owners.state[row];
    std::int64_t& lo = owners.lo[row];
    if (state == kByKey) {
      const std::int64_t key = lo;
      lo = look_up(id, row, owner, key);
      state = lo >= 0 ? kValue : kUnknown;
      if (lo < 0) {
        const std::string text(facts_.texts[key]);
        report(id, row, Problem::Effect::noted,
               {"所属的" + entity(owner).name.zh + "“" + text + "”没有交付，本行暂无归属",
                "its " + entity(owner).name.en + " `" + text + "` was not delivered; the row has no owner for now"},
               {"交付“" + text + "”，或者改正标识", "deliver `" + text + "`, or correct the key"});
        lo = kNoRow;
      }
    } else if (state == kValue) {
      if (!moved_[owner].empty()) lo = moved_[owner][lo];
      if (lo == kNoRow) continue;  // the owner was dropped
    } else {
      state = state == kUnknown ? kUnknown : kNothing;
      lo = kNoRow;
    }
    order.push_back(row);
  }
  std::stable_sort(order.begin(), order.end(), [&](Row a, Row b) {
    return static_cast<std::uint64_t>(owners.lo[a]) < static_cast<std::uint64_t>(owners.lo[b]);
  });
  return order;
}

// A row that came by itself may repeat one that came inside its owner.
void Builder::drop_repetitions(EntityId id, std::vector<Row>& order) {
  const Column& owners = table(id).columns[entity(id).owner_field];
  const Column& keys = table(id).columns[entity(id).key];
  std::unordered_map<std::int64_t, Row> seen;
  std::int64_t owner = kNoRow;
  std::erase_if(order, [&](Row row) {
    if (owners.state[row] != kValue || keys.state[row] != kValue) return false;
    if (owners.lo[row] != owner) {
      owner = owners.lo[row];
      seen.clear();
    }
    const auto [at, fresh] = seen.emplace(keys.lo[row], row);
    if (fresh) return false;
    if (same(id, at->second, row)) return true;
    report_clash(id, row, at->second);
    lost_.push_back({entity(id).owner, entity(id).owner_list, static_cast<Row>(owner), true});
    doubt(id, -1);
    return true;
  });
}

void Builder::permute(EntityId id, const std::vector<Row>& order) {
  Table& rows = table(id);
  std::vector<Row>& moved = moved_[id];
  moved.assign(static_cast<std::size_t>(rows.size), kNoRow);
  for (std::size_t i = 0; i < order.size(); ++i) moved[order[i]] = static_cast<Row>(i);
  const auto pick = [&](auto& values) {
    if (values.empty()) return;
    std::remove_reference_t<decltype(values)> picked;
    picked.reserve(order.size());
    for (const Row row : order) picked.push_back(values[row]);
    values = std::move(picked);
  };
  for (Column& column : rows.columns) {
    pick(column.state);
    pick(column.lo);
    pick(column.hi);
    pick(column.end_lo);
    pick(column.end_hi);
  }
  pick(rows.origins);
  std::fill(shapes_[id].blank.begin(), shapes_[id].blank.end(), 0);
  rows.size = static_cast<std::int32_t>(order.size());
  for (Lost& lost : lost_) {
    if (lost.owner == id && !lost.settled) lost.row = moved[lost.row];
  }
  if (entity(id).key == kNone) return;
  const Column& keys = rows.columns[entity(id).key];
  by_key_[id].assign(facts_.texts.size(), kNoRow);
  for (Row row = 0; row < rows.size; ++row) {
    if (keys.state[row] == kValue) by_key_[id][keys.lo[row]] = row;
  }
}

}  // namespace jianlu::fact
