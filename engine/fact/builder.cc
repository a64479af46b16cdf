#include "engine/fact/builder.h"

#include <algorithm>

#include "engine/fact/repeated.h"
#include "engine/fact/short_text.h"
#include "engine/fact/states.h"

namespace jianlu::fact {

using model::EntityId;
using model::FieldId;
using model::kNone;
using model::TypeKind;

Builder::Builder(const model::Vocabulary& vocabulary, calendar::Zone zone)
    : vocabulary_(vocabulary), zone_(zone) {
  const std::size_t count = vocabulary.entities.size();
  shapes_.resize(count);
  facts_.tables.resize(count);
  by_key_.resize(count);
  unique_.resize(count);
  unique_ready_.resize(count);
  deliveries_.resize(count);
  doubts_.resize(count);
  units_.resize(count);
  units_ready_.resize(count);
  times_.resize(count);
  missed_.resize(count);
  loose_doubts_.resize(count);
  moved_.resize(count);
  is_live_.resize(count, 1);
  for (EntityId id = 0; id < static_cast<EntityId>(count); ++id) {
    const model::Entity& e = entity(id);
    Shape& shape = shapes_[id];
    shape.key = e.key;
    shape.owner_field = e.owner_field;
    table(id).columns.resize(e.fields.size());
    table(id).lists.resize(e.fields.size());
    shape.interval.resize(e.fields.size());
    shape.cells.resize(e.fields.size());
    shape.blank.resize(e.fields.size());
    for (FieldId f = 0; f < static_cast<FieldId>(e.fields.size()); ++f) {
      const model::Field& field = e.fields[f];
      if (field.kind == model::FieldKind::list) {
        const bool owns = field.list_of != kNone && entity(field.list_of).owner == id &&
                          entity(field.list_of).owner_list == f;
        table(id).lists[f].contiguous = owns;
        if (owns) shape.children.push_back({f, field.list_of, &table(field.list_of).size});
        continue;
      }
      shape.interval[f] = field.type.kind == TypeKind::interval;
      if (field.kind != model::FieldKind::stored) continue;
      if (field.presence == model::Presence::required) shape.required.push_back(f);
      if (field.type.kind == TypeKind::reference) shape.references.push_back(f);
    }
  }
  std::vector<std::uint8_t> placed(count);
  for (bool more = true; more;) {
    more = false;
    for (EntityId id = 0; id < static_cast<EntityId>(count); ++id) {
      if (placed[id] || (entity(id).owner != kNone && !placed[entity(id).owner])) continue;
      placed[id] = 1;
      by_depth_.push_back(id);
      more = true;
    }
  }
  live_ = by_depth_;
}

std::int32_t Builder::source(std::string_view name) {
  const auto found = std::find(facts_.sources.begin(), facts_.sources.end(), name);
  if (found != facts_.sources.end()) return static_cast<std::int32_t>(found - facts_.sources.begin());
  facts_.sources.emplace_back(name);
  return static_cast<std::int32_t>(facts_.sources.size() - 1);
}

void Builder::add(const Document& document) {
  begin(document.entity, document.origin);
  for (const Cell& c : document.cells) {
    const TypeKind kind = vocabulary_.field(document.entity, c.field).type.kind;
    if (c.state != kValue) {
      put_state(c.field, c.state);
    } else if (kind == TypeKind::text || kind == TypeKind::reference) {
      put_text(c.field, c.text);
    } else if (kind == TypeKind::interval) {
      put_interval(c.field, {c.lo, c.hi}, {c.end_lo, c.end_hi});
    } else if (c.lo == c.hi) {
      put(c.field, c.lo);
    } else {
      put_bound(c.field, c.lo, c.hi);
    }
  }
  for (const EntityId id : document.lost) lose(id);
  for (const Document& row : document.rows) add(row);
  end();
}

void Builder::add(const Delivery& delivery) {
  const std::int64_t unit = facts_.texts.intern(delivery.unit);
  auto [at, fresh] = deliveries_[delivery.ledger].emplace(unit, delivery.through);
  if (!fresh) at->second = std::max(at->second, delivery.through);
}

void Builder::add(const Doubt& what) {
  if (what.ledger == kNone) {
    for (Doubts& doubts : doubts_) doubts.all = true;
    std::fill(loose_doubts_.begin(), loose_doubts_.end(), 1);
    return;
  }
  const EntityId owner = entity(what.ledger).owner;
  if (owner != kNone && !what.owner.empty()) owner_doubts_.emplace_back(what.ledger, facts_.texts.intern(what.owner));
  else if (owner != kNone) loose_doubts_[what.ledger] = 1;
  doubt(what.ledger, what.unit.empty() ? -1 : facts_.texts.intern(what.unit));
}

// What the row owned is lost with it, so every list of those rows that hangs on another row is in doubt as well.
// Lists of streamed rows are open anyway.
void Builder::doubt(EntityId id, std::int64_t unit) {
  if (streamed_ != kNone && is_live_[id]) return;
  if (unit < 0) {
    doubts_[id].all = true;
  } else {
    doubts_[id].units[unit] = true;
  }
  for (const Child& child : shapes_[id].children) doubt(child.entity, unit);
}

void Builder::begin(EntityId id, Origin origin) {
  Table& rows = table(id);
  Shape& shape = shapes_[id];
  if (rows.size == shape.capacity) grow(id);
  const Row row = rows.size;
  shape.begun = row + 1;
  rows.origins[row] = origin;
  for (const Child& child : shape.children) child.offsets[row] = *child.size;
  const bool root = open_.empty();
  if (root) {
    problems_before_ = problems_.size();
    spoilt_ = false;
  }
  const Row owner = row_;
  open_.push_back({id, lost_.size()});
  cells_ = shape.cells.data();
  owner_field_ = shape.owner_field;
  row_ = row;
  if (!root) put(shape.owner_field, owner);
}

void Builder::grow(EntityId id) {
  Shape& shape = shapes_[id];
  Table& rows = table(id);
  // A cleared table takes the room that it had.
  const std::size_t had = rows.origins.capacity();
  const std::size_t capacity = std::max({std::size_t{64}, static_cast<std::size_t>(shape.capacity) * 2, had});
  shape.capacity = static_cast<Row>(capacity);
  rows.origins.resize(capacity);
  for (Child& child : shape.children) {
    std::vector<std::int32_t>& offsets = rows.lists[child.list].offsets;
    offsets.resize(capacity + 1);
    child.offsets = offsets.data();
  }
  for (std::size_t f = 0; f < rows.columns.size(); ++f) {
    if (entity(id).fields[f].kind == model::FieldKind::list) continue;
    stretch(rows.columns[f], capacity, shape.interval[f] != 0);
    point(id, static_cast<FieldId>(f));
  }
}

void Builder::point(EntityId id, FieldId field) {
  Column& column = table(id).columns[field];
  const auto at = [](std::vector<std::int64_t>& values) { return values.empty() ? nullptr : values.data(); };
  shapes_[id].cells[field] = {column.state.data(), column.lo.data(), at(column.hi), at(column.end_lo), at(column.end_hi)};
}

// The first bound of a column: until here every value was exact.
void Builder::widen(FieldId field) {
  const EntityId id = open_.back().entity;
  Column& column = table(id).columns[field];
  column.hi = column.lo;
  point(id, field);
}

bool Builder::put_interval(FieldId field, calendar::Bound from, calendar::Bound to) {
  if (!put_bound(field, from.lo, from.hi)) return false;
  if (!to.exact() && cells_[field].end_hi == nullptr) {
    const EntityId id = open_.back().entity;
    table(id).columns[field].end_hi = table(id).columns[field].end_lo;
    point(id, field);
  }
  cells_[field].end_lo[row_] = to.lo;
  if (cells_[field].end_hi != nullptr) cells_[field].end_hi[row_] = to.hi;
  return true;
}

std::int64_t Builder::text_id(std::string_view text) {
  const std::size_t size = text.size();
  if (size == 0 || size > 8) return facts_.texts.intern(text);
  const std::uint64_t bytes = short_text(text);
  Recent& recent = recent_[bytes * 0x9E37'79B9'7F4A'7C15u >> 56];
  if (recent.bytes != bytes || recent.size != size) recent = {bytes, static_cast<std::uint32_t>(size), static_cast<std::int32_t>(facts_.texts.intern(text))};
  return recent.id;
}

bool Builder::put_text(FieldId field, std::string_view text) {
  if (has(field)) return false;
  const std::int64_t id = text_id(text);
  const Cells& cells = cells_[field];   // of a text: no bounds
  cells.state[row_] = kValue;
  cells.lo[row_] = id;
  if (field == owner_field_) {
    cells_[field].state[row_] = kByKey;
    shapes_[open_.back().entity].loose = true;
  }
  return true;
}

bool Builder::put_state(FieldId field, std::uint8_t state) {
  if (!put(field, 0)) return false;
  cells_[field].state[row_] = state;
  return true;
}

void Builder::lose(EntityId ledger) {
  const EntityId open = open_.back().entity;
  lost_.push_back({open, entity(ledger).owner_list, table(open).size, false, entity(ledger).owner != open});
  doubt(ledger, -1);
}

void Builder::end() {
  const EntityId id = open_.back().entity;
  Shape& shape = shapes_[id];
  for (const FieldId field : shape.required) {
    if (cells_[field].state[row_] == kValue) continue;
    const model::Name& name = entity(id).fields[field].name;
    report(id, row_, Problem::Effect::row_aside, missing(name), give(name));
    return abandon();
  }
  if (spoilt_ && streamed_ == id) return abandon();
  if (shape.key != kNone && repeated(id, row_)) return;
  ++table(id).size;
  if (open_.size() == 1) {
    ++documents_;
    if (entity(id).owner != kNone) shape.loose = true;
  }
  step_out();
}

// Back to the owner's row.
void Builder::step_out() {
  open_.pop_back();
  if (open_.empty()) {
    row_ = kNoRow;
    return;
  }
  const EntityId id = open_.back().entity;
  cells_ = shapes_[id].cells.data();
  owner_field_ = shapes_[id].owner_field;
  row_ = table(id).size;
}

void Builder::abandon() {
  const EntityId id = open_.back().entity;
  std::int64_t unit = -1;
  if (open_.size() == 1 && entity(id).unit != kNone) {
    const Cells& cells = cells_[entity(id).unit];
    if (cells.state[row_] == kValue) unit = cells.lo[row_];
  }
  lost_.resize(open_.back().lost);
  roll_back(id, row_);
  step_out();
  if (open_.empty()) {
    doubt(id, unit);
    if (entity(id).owner != kNone) loose_doubts_[id] = 1;
  } else {
    spoilt_ = true;
    lose(id);
  }
}

void Builder::undo() {
  if (open_.empty()) return;
  lost_.resize(open_.front().lost);
  problems_.resize(problems_before_);
  roll_back(open_.front().entity, table(open_.front().entity).size);
  open_.clear();
  row_ = kNoRow;
}

// Makes the rows from `size` on, with what they own, as if they had never begun.
void Builder::roll_back(EntityId id, Row size) {
  Shape& shape = shapes_[id];
  if (size >= shape.begun) return;
  Table& rows = table(id);
  for (const Child& child : shape.children) roll_back(child.entity, rows.lists[child.list].offsets[size]);
  for (const Cells& cells : shape.cells) {
    if (cells.state != nullptr) std::fill(cells.state + size, cells.state + shape.begun, kAbsent);
  }
  for (std::size_t& blank : shape.blank) blank = std::min(blank, static_cast<std::size_t>(size));
  shape.begun = size;
  rows.size = std::min(rows.size, size);
}

// Keys are unique in an entity, those of owned rows under one owner. Returns whether the open row was dropped.
bool Builder::repeated(EntityId id, Row row) {
  const Shape& shape = shapes_[id];
  const Cells& keys = cells_[shape.key];
  if (keys.state[row] != kValue) return false;
  const std::int64_t key = keys.lo[row];
  const Row other = known(id, key);
  bool clash = other != kNoRow;
  if (clash && shape.owner_field != kNone) {
    const Cells& owners = cells_[shape.owner_field];
    clash = owners.state[other] == owners.state[row] && (owners.state[row] == kAbsent || owners.lo[other] == owners.lo[row]);
  }
  if (!clash) {
    std::vector<Row>& rows = by_key_[id];
    if (key >= static_cast<std::int64_t>(rows.size())) rows.resize(std::max<std::size_t>(key + 1, rows.size() * 2), kNoRow);
    rows[key] = row;
    return false;
  }
  if (same(id, other, row)) {
    lost_.resize(open_.back().lost);
    roll_back(id, row);
    step_out();
    return true;
  }
  // What it owned may belong to the first one: that this has none proves nothing.
  std::vector<FieldId> lists;
  for (const Child& child : shape.children) {
    if (*child.size > child.offsets[row]) lists.push_back(child.list);
  }
  report_clash(id, row, other);
  abandon();
  for (const FieldId list : lists) lost_.push_back({id, list, other});
  return true;
}

void Builder::report_clash(EntityId id, Row row, Row other) {
  const Origin first = table(id).origins[other];
  const std::string place = (static_cast<std::size_t>(first.source) < facts_.sources.size() ? facts_.sources[first.source] + ":" : std::string()) + std::to_string(first.line);
  const std::string text(facts_.texts[table(id).columns[entity(id).key].lo[row]]);
  report(id, row, Problem::Effect::row_aside, stated_already(text, diag::Words(" " + place + " ", place)), keep_one());
}

bool Builder::same(EntityId id, Row a, Row b) const {
  const Table& rows = facts_.tables[id];
  for (std::size_t f = 0; f < rows.columns.size(); ++f) {
    if (static_cast<FieldId>(f) == entity(id).owner_field || rows.columns[f].state.empty()) continue;
    if (!same_cell(rows.columns[f], static_cast<std::size_t>(a), static_cast<std::size_t>(b))) return false;
  }
  for (const Child& child : shapes_[id].children) {
    const std::vector<std::int32_t>& offsets = rows.lists[child.list].offsets;
    const Table& owned = facts_.tables[child.entity];
    const auto range = [&](Row r) {
      const Row end = r + 1 < shapes_[id].begun ? offsets[r + 1] : owned.size;
      return std::pair<Row, Row>(offsets[r], end);
    };
    auto [i, i_end] = range(a);
    auto [j, j_end] = range(b);
    // Root rows of the owned entity may have come in between; they belong to neither.
    const Column& owners = owned.columns[entity(child.entity).owner_field];
    const auto skip = [&](Row& at, Row end, Row owner) {
      while (at < end && !(owners.state[at] == kValue && owners.lo[at] == owner)) ++at;
    };
    for (;; ++i, ++j) {
      skip(i, i_end, a);
      skip(j, j_end, b);
      if (i == i_end || j == j_end) break;
      if (!same(child.entity, i, j)) return false;
    }
    if (i != i_end || j != j_end) return false;
  }
  return true;
}

// Says which row it is by its key and those of its owners, as far as they are known.
void Builder::report(EntityId id, Row row, Problem::Effect effect, diag::Words what, diag::Words mend) {
  Problem problem;
  problem.effect = effect;
  problem.origin = table(id).origins[row];
  problem.what = std::move(what);
  problem.mend = std::move(mend);
  const auto name = [&](EntityId e, Row r) {
    diag::Words text(entity(e).name.zh, entity(e).name.en);
    if (const FieldId key = entity(e).key; key != kNone) {
      const Column& keys = facts_.tables[e].columns[key];
      if (keys.state[r] == kValue) {
        const std::string_view given = facts_.texts[keys.lo[r]];
        text.zh.append(" ").append(given);
        text.en.append(" ").append(given);
      }
    }
    return text;
  };
  for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
    const diag::Words owner = name(open_[i].entity, table(open_[i].entity).size);
    problem.path.zh += owner.zh + " / ";
    problem.path.en += owner.en + " / ";
  }
  const diag::Words own = name(id, row);
  problem.path.zh += own.zh;
  problem.path.en += own.en;
  problems_.push_back(std::move(problem));
}

const Facts& Builder::build() {
  if (built_) return facts_;
  built_ = true;
  for (const EntityId id : live_) finish_columns(id);
  for (const EntityId id : live_) attach(id);
  std::fill(unique_ready_.begin(), unique_ready_.end(), 0);
  for (const EntityId id : live_) units_ready_[id] = 0;
  for (const EntityId id : live_) resolve(id);
  for (const Waiting& w : waiting_) {
    Column& column = table(w.entity).columns[w.field];
    const Row row = known(streamed_, w.key);
    column.state[w.row] = row == kNoRow ? kUnknown : kValue;
    column.lo[w.row] = row;
  }
  for (const EntityId id : live_) find_units(id);
  for (const EntityId id : live_) forget_unresolved(id);
  for (const EntityId id : live_) find_times(id);
  for (const EntityId id : live_) settle(id);
  for (EntityId id = 0; id < static_cast<EntityId>(facts_.tables.size()); ++id) {
    if (entity(id).calendar != model::Entity::Calendar::no) make_calendar_rows(id);
  }
  for (EntityId id = 0; id < static_cast<EntityId>(facts_.tables.size()); ++id) {
    for (FieldId f = 0; f < static_cast<FieldId>(entity(id).fields.size()); ++f) {
      const model::Field& field = entity(id).fields[f];
      if (field.kind == model::FieldKind::list && !table(id).lists[f].contiguous) list_back(id, f);
    }
  }
  for (const EntityId id : live_) {
    for (const Child& child : shapes_[id].children) list_through(id, child.list);
  }
  open_lost_lists();
  return facts_;
}

Facts Builder::take() { return std::move(facts_); }

bool Builder::keep(EntityId streamed) {
  std::vector<EntityId> live;
  for (const EntityId id : by_depth_) {
    bool under = id == streamed;
    for (EntityId owner = entity(id).owner; owner != kNone; owner = entity(owner).owner) under |= owner == streamed;
    if (under) live.push_back(id);
  }
  for (const EntityId id : live) {
    if (table(id).size != 0) return false;
  }
  streamed_ = streamed;
  kept_texts_ = facts_.texts.size();
  build();
  live_ = std::move(live);
  std::fill(is_live_.begin(), is_live_.end(), 0);
  for (const EntityId id : live_) is_live_[id] = 1;
  kept_texts_ = facts_.texts.size();
  clear();
  return true;
}

void Builder::clear() {
  built_ = false;
  for (const EntityId id : live_) {
    Table& rows = table(id);
    // `lo` stays: each row of it is written anew, or still blank.
    for (Column& column : rows.columns) {
      column.state.clear();
      for (std::vector<std::int64_t>* values : {&column.hi, &column.end_lo, &column.end_hi}) values->clear();
    }
    for (List& list : rows.lists) list.offsets.clear();
    rows.origins.clear();
    rows.size = rows.owned = 0;
    std::fill(shapes_[id].cells.begin(), shapes_[id].cells.end(), Cells{});
    shapes_[id].capacity = shapes_[id].begun = 0;
  }
  for (auto& missed : missed_) missed.clear();
  lost_.clear();
  facts_.texts.truncate(kept_texts_);
  recent_.fill({});
  for (const EntityId id : live_) by_key_[id].clear();
}

}  // namespace jianlu::fact
