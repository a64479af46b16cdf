#include "engine/store/touch.h"

#include <algorithm>

namespace jianlu::store {

using model::EntityId;
using model::FieldId;
using model::kNone;

namespace {

void add_tree(EntityId entity, const model::Vocabulary& vocabulary, Changes& changes) {
  changes.emplace(entity, kNone);
  if (const model::Entity& e = vocabulary.entities[entity]; e.owner != kNone) changes.emplace(e.owner, e.owner_list);
  for (const model::Field& field : vocabulary.entities[entity].fields) {
    if (field.list_of != kNone && vocabulary.entities[field.list_of].owner == entity &&
        !changes.contains({field.list_of, kNone})) {
      add_tree(field.list_of, vocabulary, changes);
    }
  }
}

std::vector<std::string> rows_of(const fact::Document& document, EntityId entity, const model::Vocabulary& vocabulary) {
  std::vector<std::string> out;
  for (const fact::Document& row : document.rows) {
    if (row.entity == entity) out.push_back(fact::serialise(row, vocabulary));
  }
  return out;
}

}  // namespace

Changes tree_of(EntityId entity, const model::Vocabulary& vocabulary) {
  Changes changes;
  add_tree(entity, vocabulary, changes);
  return changes;
}

Changes compare(std::string_view before, std::string_view after, const model::Vocabulary& vocabulary) {
  Changes changes;
  const auto a = fact::deserialise(before, vocabulary, {});
  const auto b = fact::deserialise(after, vocabulary, {});
  if (!a || !b) {
    if (b) add_tree(b->entity, vocabulary, changes);
    return changes;
  }
  const auto cell = [](const fact::Document& document, FieldId field) {
    const auto found = std::find_if(document.cells.begin(), document.cells.end(),
                                    [&](const fact::Cell& c) { return c.field == field; });
    return found == document.cells.end() ? nullptr : &*found;
  };
  const model::Entity& e = vocabulary.entities[b->entity];
  for (FieldId f = 0; f < static_cast<FieldId>(e.fields.size()); ++f) {
    const fact::Cell *x = cell(*a, f), *y = cell(*b, f);
    if ((x == nullptr) != (y == nullptr) || (x != nullptr && !(*x == *y))) changes.emplace(b->entity, f);
    const EntityId of = e.fields[f].list_of;
    if (of == kNone || vocabulary.entities[of].owner != b->entity) continue;
    if (rows_of(*a, of, vocabulary) != rows_of(*b, of, vocabulary) ||
        std::count(a->lost.begin(), a->lost.end(), of) != std::count(b->lost.begin(), b->lost.end(), of)) {
      add_tree(of, vocabulary, changes);
    }
  }
  // Rows missing beside it, in its owner's lists.
  for (const auto& [x, y] : {std::pair(&*a, &*b), std::pair(&*b, &*a)}) {
    for (const model::EntityId of : x->lost) {
      if (vocabulary.entities[of].owner != b->entity && std::count(y->lost.begin(), y->lost.end(), of) == 0) add_tree(of, vocabulary, changes);
    }
  }
  return changes;
}

Touch::Touch(Store::Impl& store)
    : store_(store),
      mark_(store.database, "INSERT OR IGNORE INTO dirty(entity, root) VALUES(?, ?)"),
      readers_(store.database, "SELECT d.root, r.entity FROM depend d JOIN root r ON r.id=d.root WHERE d.target=?"),
      make_root_(store.database,
                 "INSERT INTO root(entity, key, unit, time) VALUES(?, ?, ?, ?) ON CONFLICT(entity, key) DO NOTHING"),
      find_root_(store.database, "SELECT id FROM root WHERE entity=? AND key=?") {
  const model::Vocabulary& vocabulary = store.vocabulary;
  demand_.resize(vocabulary.entities.size());
  Statement rows(store.database, "SELECT reader, entity, field FROM demand");
  while (rows.step()) {
    const EntityId reader = store.entity(rows.integer(0)), entity = vocabulary.entity(rows.text(1));
    if (reader == kNone || entity == kNone) continue;
    demand_[reader].emplace(entity, vocabulary.field(entity, rows.text(2)));
  }
  calendars_.resize(vocabulary.entities.size());
  for (EntityId id = 0; id < static_cast<EntityId>(vocabulary.entities.size()); ++id) {
    const model::Entity& e = vocabulary.entities[id];
    if (e.calendar != model::Entity::Calendar::no) calendars_[e.calendar_of].push_back(id);
  }
}

void Touch::mark(EntityId entity, RootId root) { mark_.run(store_.stored(entity), root); }

void Touch::mark_unit(std::optional<std::int64_t> unit) {
  Statement(store_.database,
            "INSERT OR IGNORE INTO dirty(entity, root) SELECT entity, id FROM root WHERE ?1 IS NULL OR unit=?1")
      .run(unit);
}

void Touch::mark_undecided(std::int64_t unit) {
  Statement(store_.database,
            "INSERT OR IGNORE INTO dirty(entity, root) SELECT r.entity, r.id FROM finding f JOIN root r ON r.id=f.root "
            "WHERE f.outcome IN (4, 5) AND r.unit=?")
      .run(unit);
}

bool Touch::reads(EntityId reader, const Changes& changes) const {
  return std::any_of(changes.begin(), changes.end(), [&](const std::pair<EntityId, FieldId>& change) {
    if (change.second != kNone) return demand_[reader].contains(change);
    const auto first = demand_[reader].lower_bound({change.first, kNone});
    return first != demand_[reader].end() && first->first == change.first;
  });
}

void Touch::mark_readers(RootId root, const Changes* changes) {
  readers_.with(root);
  std::vector<std::pair<EntityId, RootId>> found;
  while (readers_.step()) {
    const EntityId reader = store_.entity(readers_.integer(1));
    if (reader == kNone) continue;
    if (changes == nullptr || reads(reader, *changes)) {
      found.emplace_back(reader, readers_.integer(0));
    }
  }
  for (const auto& [entity, id] : found) mark(entity, id);
}

void Touch::mark_calendar(EntityId entity, std::int64_t unit, std::string_view unit_key, calendar::Instant time,
                          const Changes* changes) {
  for (const EntityId id : calendars_[entity]) {
    const CalendarPeriod period = period_of(store_.vocabulary.entities[id].calendar, time, store_.zone);
    const std::string key = std::string(unit_key) + '/' + period.label;
    // The row is made whether or not anything reads it yet: other rules may.
    const auto [row, fresh] = calendar_rows_.emplace(std::to_string(id) + ' ' + key, false);
    if (fresh) make_root_.run(store_.stored(id), key, unit, period.start);
    if (row->second || (changes != nullptr && !reads(id, *changes))) continue;
    row->second = true;
    if (find_root_.with(store_.stored(id), key).step()) mark(id, find_root_.integer(0));
    find_root_.reset();
  }
}

}  // namespace jianlu::store
