#include "engine/store/neighbours.h"

#include <algorithm>

#include "engine/fact/bytes.h"

namespace jianlu::store {

using model::EntityId;
using model::FieldId;
using model::kNone;

namespace {

// Collects the keys that a document names in the fields followed.
struct Names {
  const std::vector<std::vector<std::uint8_t>>& followed;
  const model::Vocabulary& vocabulary;
  std::vector<EntityId> open;
  std::vector<std::pair<EntityId, std::string_view>> found;

  void begin(EntityId entity, fact::Origin) { open.push_back(entity); }
  void put_text(FieldId field, std::string_view text) {
    if (followed[open.back()][field]) found.emplace_back(vocabulary.field(open.back(), field).type.of, text);
  }
  void put(FieldId, std::int64_t) {}
  void put_bound(FieldId, std::int64_t, std::int64_t) {}
  void put_interval(FieldId, calendar::Bound, calendar::Bound) {}
  void put_state(FieldId, std::uint8_t) {}
  void lose(EntityId) {}
  void end() { open.pop_back(); }
};

}  // namespace

Neighbours::Neighbours(Store::Impl& store, const std::set<std::pair<EntityId, FieldId>>& reads)
    : store_(store),
      document_(store.database, "SELECT bytes, source, line FROM document WHERE root=?"),
      find_(store.database, "SELECT id FROM root WHERE entity=? AND key=?"),
      members_(store.database, "SELECT member FROM link WHERE target=? AND entity=? AND field=?"),
      loose_rows_(store.database, "SELECT id FROM root WHERE owner=?"),
      period_(store.database,
              "SELECT m.id FROM root c JOIN root m ON m.unit=c.unit AND m.entity=?2 AND m.time>=?3 AND m.time<?4 WHERE c.id=?1"),
      entity_of_(store.database, "SELECT entity, owner, time FROM root WHERE id=?") {
  const model::Vocabulary& vocabulary = store.vocabulary;
  followed_.resize(vocabulary.entities.size());
  lists_.resize(vocabulary.entities.size());
  for (EntityId id = 0; id < static_cast<EntityId>(vocabulary.entities.size()); ++id) {
    followed_[id].resize(vocabulary.entities[id].fields.size());
  }
  for (const auto& [entity, f] : reads) {
    const model::Field& field = vocabulary.field(entity, f);
    if (field.kind == model::FieldKind::list) {
      if (field.back != kNone && vocabulary.entities[field.list_of].owner != entity) lists_[entity].push_back(f);
    } else if (field.kind == model::FieldKind::stored && field.type.kind == model::TypeKind::reference &&
               vocabulary.entities[field.type.of].owner == kNone) {
      followed_[entity][f] = 1;
      follows_ = true;
    }
  }
  loose_ = store.database.number("SELECT 1 FROM root WHERE owner IS NOT NULL LIMIT 1").has_value();
}

void Neighbours::clear() {
  nodes_.clear();
  if (known_.size() > 500'000) known_.clear();
}

RootId Neighbours::find(EntityId entity, std::string_view key) {
  std::string name = std::to_string(entity) + '/';
  name += key;
  const auto [at, fresh] = known_.try_emplace(std::move(name), 0);
  if (fresh && find_.with(store_.stored(entity), key).step()) {
    at->second = find_.integer(0);
    find_.reset();
  }
  return at->second;
}

void Neighbours::follow(std::string_view bytes, Node& node) {
  if (!follows_) return;
  Names names{followed_, store_.vocabulary, {}, {}};
  fact::bytes::Cursor cursor(bytes);
  fact::bytes::walk(cursor, store_.vocabulary, kNone, {}, names);
  for (const auto& [entity, key] : names.found) {
    if (const RootId id = find(entity, key)) {
      node.next.push_back(id);
    } else {
      node.awaited.emplace_back(entity, std::string(key));
    }
  }
}

Neighbours::Node& Neighbours::visit(RootId root, EntityId entity, Batch& batch) {
  const auto [at, fresh] = nodes_.try_emplace(root);
  Node& node = at->second;
  if (!fresh) return node;
  if (document_.with(root).step()) {
    const std::string_view bytes = document_.text(0);
    batch.documents.push_back({batch.bytes.size(), bytes.size(), document_.integer(1), static_cast<std::int32_t>(document_.integer(2))});
    batch.bytes += bytes;
    follow(bytes, node);
    document_.reset();
  }
  const model::Vocabulary& vocabulary = store_.vocabulary;
  for (const FieldId list : lists_[entity]) {
    members_.with(root, store_.stored(entity), list);
    while (members_.step()) node.next.push_back(members_.integer(0));
  }
  if (loose_) {
    loose_rows_.with(root);
    while (loose_rows_.step()) node.next.push_back(loose_rows_.integer(0));
  }
  if (const model::Entity& e = vocabulary.entities[entity]; e.calendar != model::Entity::Calendar::no) {
    if (entity_of_.with(root).step() && !entity_of_.null(2)) {
      const CalendarPeriod period = period_of(e.calendar, entity_of_.integer(2), store_.zone);
      entity_of_.reset();
      period_.with(root, store_.stored(e.calendar_of), period.start, period.next);
      while (period_.step()) node.next.push_back(period_.integer(0));
    }
    entity_of_.reset();
  }
  std::sort(node.next.begin(), node.next.end());
  node.next.erase(std::unique(node.next.begin(), node.next.end()), node.next.end());
  return node;
}

void Neighbours::own(const Task& task, EntityId entity, Batch& batch) { visit(task.root, entity, batch); }

void Neighbours::rest(Task& task, Batch& batch) {
  if (nodes_[task.root].next.empty() && nodes_[task.root].awaited.empty()) return;
  std::set<RootId> seen{task.root};
  std::vector<RootId> open{task.root};
  while (!open.empty()) {
    const RootId at = open.back();
    open.pop_back();
    auto found = nodes_.find(at);
    if (found == nodes_.end()) {
      entity_of_.with(at).step();
      const EntityId entity = store_.entity(entity_of_.integer(0));
      const RootId owner = entity_of_.integer(1);   // 0: none
      entity_of_.reset();
      visit(at, entity, batch);
      found = nodes_.find(at);
      if (owner != 0) found->second.next.push_back(owner);   // a row of another tree: the whole tree counts
    }
    if (at != task.root) task.read.push_back(at);
    for (const auto& name : found->second.awaited) task.awaited.push_back(name);
    for (const RootId next : found->second.next) {
      if (seen.insert(next).second) open.push_back(next);
    }
  }
}

}  // namespace jianlu::store
