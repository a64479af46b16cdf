#include "engine/store/intake.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "engine/fact/hex.h"
#include "engine/fact/repeated.h"
#include "engine/store/impl.h"
#include "engine/store/touch.h"

namespace jianlu::store {

using model::EntityId;
using model::FieldId;
using model::kNone;

namespace {

constexpr int kPiece = 20'000;   // documents per transaction

// A reference field whose rows are gathered in a list of the row referred to.
struct Back {
  FieldId field;
  EntityId target;
  FieldId list;
};

// On which line of the open source a root was said, four bytes each: whole sources of millions of lines go through here.
class Lines {
 public:
  // 0: it was not said.
  std::int32_t& of(RootId root) {
    std::unique_ptr<Page>& page = pages_[root / kPage];
    if (page == nullptr) page = std::make_unique<Page>();
    return (*page)[static_cast<std::size_t>(root % kPage)];
  }
  void clear() { pages_.clear(); }

 private:
  static constexpr RootId kPage = 1024;
  using Page = std::array<std::int32_t, kPage>;
  std::unordered_map<RootId, std::unique_ptr<Page>> pages_;
};

using Link = std::tuple<RootId, EntityId, FieldId>;   // target, and its list

const fact::Cell* cell(const fact::Document& document, FieldId field) {
  if (field == kNone) return nullptr;
  for (const fact::Cell& c : document.cells) {
    if (c.field == field) return c.state == fact::kValue ? &c : nullptr;
  }
  return nullptr;
}

}  // namespace

struct Intake::State {
  State(Store& given, calendar::Instant instant);

  void begin_piece();
  void commit_piece();
  RootId root(EntityId entity, std::string_view key);
  std::int64_t unit(std::string_view key);
  std::optional<std::string_view> unit_key(const fact::Document& document) const;
  EntityId top(EntityId entity) const;
  void gather_links(const fact::Document& document, std::vector<Link>& links);
  void relink(RootId member, std::vector<Link> links, bool fresh);
  void find_deep_owners();
  void withdraw(std::int64_t previous);
  void settle_source(std::int64_t previous);
  fact::Problem clash(const fact::Document& document, std::string_view key, std::int32_t line) const;

  Store::Impl& store;
  const model::Vocabulary& vocabulary;
  calendar::Instant at;
  std::vector<std::vector<Back>> backs;    // by entity
  std::unordered_map<std::string, std::int64_t> units;
  std::unordered_map<std::string, RootId> targets;   // roots that others refer to, by entity and key

  std::optional<Transaction> piece;
  std::optional<Touch> touch;
  int in_piece = 0;
  std::int64_t source = 0;                 // 0: none is open
  std::vector<std::int64_t> finished;
  bool brought_owners = false, deep = false, whole = false;
  Lines lines;                             // of the open source
  IntakeCounts counts;
  std::string bytes;

  Statement find, insert_root, update_root, insert_document, update_document, supersede, old_bytes, old_links,
      insert_link, delete_link, insert_delivery, insert_doubt, insert_aside, insert_unit, find_unit, unit_name, orphans, say;
};

Intake::State::State(Store& given, calendar::Instant instant)
    : store(given.impl()), vocabulary(given.vocabulary()), at(instant) {
  Database& db = store.database;
  find = Statement(db, "SELECT r.id, d.digest, d.source, d.line, r.owner, r.unit, r.time FROM root r LEFT JOIN document d ON d.root=r.id "
                       "WHERE r.entity=? AND r.key=?");
  insert_root = Statement(db, "INSERT INTO root(entity, key, unit, time, owner) VALUES(?, ?, ?, ?, ?)");
  update_root = Statement(db, "UPDATE root SET unit=?2, time=?3, owner=?4 WHERE id=?1");
  insert_document = Statement(db, "INSERT INTO document(root, bytes, digest, source, line) VALUES(?, ?, ?, ?, ?)");
  update_document = Statement(db, "UPDATE document SET bytes=?2, digest=?3, source=?4, line=?5 WHERE root=?1");
  supersede = Statement(db, "INSERT INTO superseded(root, digest, source, line, by_digest, by_source) VALUES(?, ?, ?, ?, ?, ?)");
  old_bytes = Statement(db, "SELECT bytes FROM document WHERE root=?");
  old_links = Statement(db, "SELECT target, entity, field FROM link WHERE member=?");
  insert_link = Statement(db, "INSERT OR IGNORE INTO link(target, entity, field, member) VALUES(?, ?, ?, ?)");
  delete_link = Statement(db, "DELETE FROM link WHERE target=? AND entity=? AND field=? AND member=?");
  insert_delivery = Statement(db, "INSERT INTO delivery(ledger, unit, through, by, source, line) VALUES(?, ?, ?, ?, ?, ?)");
  insert_doubt = Statement(db, "INSERT INTO doubt(ledger, unit, source, owner) VALUES(?, ?, ?, ?)");
  insert_aside = Statement(db, "INSERT INTO set_aside VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  insert_unit = Statement(db, "INSERT INTO unit(key) VALUES(?)");
  find_unit = Statement(db, "SELECT id FROM unit WHERE key=?");
  unit_name = Statement(db, "SELECT key FROM unit WHERE id=?");
  orphans = Statement(db, "SELECT entity, id FROM root WHERE owner=?");
  say = Statement(db, "INSERT OR IGNORE INTO said(source, root) VALUES(?, ?)");
  backs.resize(vocabulary.entities.size());
  for (EntityId id = 0; id < static_cast<EntityId>(vocabulary.entities.size()); ++id) {
    const model::Entity& e = vocabulary.entities[id];
    for (FieldId f = 0; f < static_cast<FieldId>(e.fields.size()); ++f) {
      const model::Field& field = e.fields[f];
      if (field.list_of == kNone || field.back == kNone || vocabulary.entities[field.list_of].owner == id) continue;
      if (e.owner == kNone) backs[field.list_of].push_back({field.back, id, f});
    }
  }
}

void Intake::State::begin_piece() {
  piece.emplace(store.database);
  touch.emplace(store);
  in_piece = 0;
}

void Intake::State::commit_piece() {
  piece->commit();
  piece.reset();
}

EntityId Intake::State::top(EntityId entity) const {
  while (vocabulary.entities[entity].owner != kNone) entity = vocabulary.entities[entity].owner;
  return entity;
}

// The root of that key, made as one that is awaited where it is not known.
RootId Intake::State::root(EntityId entity, std::string_view key) {
  std::string name = std::to_string(entity) + '/';
  name += key;
  if (const auto found = targets.find(name); found != targets.end()) return found->second;
  RootId id = 0;
  if (find.with(store.stored(entity), key).step()) {
    id = find.integer(0);
    find.reset();
  } else {
    insert_root.run(store.stored(entity), key, nullptr, nullptr, nullptr);
    id = store.database.last_id();
  }
  if (targets.size() > 200'000) targets.clear();
  targets.emplace(std::move(name), id);
  return id;
}

std::int64_t Intake::State::unit(std::string_view key) {
  const auto [at_unit, fresh] = units.try_emplace(std::string(key), 0);
  if (fresh) {
    if (find_unit.with(key).step()) {
      at_unit->second = find_unit.integer(0);
      find_unit.reset();
    } else {
      insert_unit.run(key);
      at_unit->second = store.database.last_id();
    }
  }
  return at_unit->second;
}

// As fact::Builder finds it: the row's own key where it is a unit, else the key that its unit field names.
std::optional<std::string_view> Intake::State::unit_key(const fact::Document& document) const {
  const model::Entity& e = vocabulary.entities[document.entity];
  const bool is_unit = e.unit == kNone ? e.owner == kNone : e.unit == e.key;
  const fact::Cell* found = cell(document, is_unit ? e.key : e.unit);
  return found == nullptr ? std::nullopt : std::optional<std::string_view>(found->text);
}

void Intake::State::gather_links(const fact::Document& document, std::vector<Link>& links) {
  for (const Back& back : backs[document.entity]) {
    if (const fact::Cell* found = cell(document, back.field)) {
      links.emplace_back(root(back.target, found->text), back.target, back.list);
    }
  }
  for (const fact::Document& row : document.rows) gather_links(row, links);
}

void Intake::State::relink(RootId member, std::vector<Link> links, bool fresh) {
  std::sort(links.begin(), links.end());
  links.erase(std::unique(links.begin(), links.end()), links.end());
  std::vector<Link> before;
  if (!fresh) {
    old_links.with(member);
    while (old_links.step()) {
      before.emplace_back(old_links.integer(0), store.entity(old_links.integer(1)), static_cast<FieldId>(old_links.integer(2)));
    }
    std::sort(before.begin(), before.end());
  }
  std::vector<Link> changed;
  std::set_symmetric_difference(before.begin(), before.end(), links.begin(), links.end(), std::back_inserter(changed));
  for (const Link& link : changed) {
    const auto& [target, of, list] = link;
    if (std::binary_search(links.begin(), links.end(), link)) {
      insert_link.run(target, store.stored(of), list, member);
    } else {
      delete_link.run(target, store.stored(of), list, member);
    }
    touch->mark(of, target);
    const Changes changes{{of, list}};
    touch->mark_readers(target, &changes);
  }
}

Intake::Intake(Store& store, calendar::Instant at) : state_(std::make_unique<State>(store, at)) {}
Intake::~Intake() = default;

bool Intake::begin(const Source& given) {
  State& s = *state_;
  Database& db = s.store.database;
  Statement last(db, "SELECT digest FROM source WHERE path=? AND current=1");
  const bool known_path = last.with(given.path).step();
  if (known_path && last.digest(0) == given.digest) return false;
  last.reset();
  Statement elsewhere(db, "SELECT 1 FROM source WHERE digest=? AND current=1");
  if (!known_path && elsewhere.with(given.digest).step()) return false;
  elsewhere.reset();

  s.begin_piece();
  s.counts = {};
  s.lines.clear();
  s.brought_owners = s.deep = false;
  s.whole = given.whole;
  Statement broken(db, "SELECT id FROM source WHERE path=? AND digest=? AND verdict IS NULL ORDER BY id DESC LIMIT 1");
  if (broken.with(given.path, given.digest).step()) {
    s.source = broken.integer(0);
    broken.reset();
    for (const char* table : {"delivery", "doubt", "set_aside"}) {
      Statement(db, std::string("DELETE FROM ") + table + " WHERE source=?").run(s.source);
    }
  } else {
    Statement(db, "INSERT INTO source(path, kind, digest, bytes, at) VALUES(?, ?, ?, ?, ?)")
        .run(given.path, given.kind, given.digest, given.bytes, s.at);
    s.source = db.last_id();
  }
  return true;
}

fact::Problem Intake::State::clash(const fact::Document& document, std::string_view key, std::int32_t line) const {
  const model::Name& name = vocabulary.entities[document.entity].name;
  fact::Problem problem;
  problem.origin = document.origin;
  problem.path = {name.zh + " " + std::string(key), name.en + " " + std::string(key)};
  problem.what = fact::stated_already(key, line);
  problem.mend = fact::keep_one();
  return problem;
}

std::optional<fact::Problem> Intake::put(const fact::Document& document) {
  State& s = *state_;
  if (++s.in_piece > kPiece) {
    s.commit_piece();
    s.begin_piece();
  }
  const model::Entity& e = s.vocabulary.entities[document.entity];
  s.bytes.clear();
  fact::serialise(document, s.vocabulary, s.bytes);
  const fact::Digest digest = fact::digest(s.bytes);
  const fact::Cell* named = cell(document, e.key);
  const std::string key = named != nullptr ? named->text : '#' + fact::hex(digest).substr(0, 32);
  const auto unit_key = s.unit_key(document);
  std::optional<std::int64_t> unit, time;
  if (unit_key) unit = s.unit(*unit_key);
  const fact::Cell* when = cell(document, e.time);
  const bool interval = when != nullptr && e.fields[e.time].type.kind == model::TypeKind::interval;
  if (when != nullptr) time = interval ? when->end_hi : when->hi;
  std::optional<RootId> owner;
  if (const fact::Cell* up = cell(document, e.owner_field)) {
    if (s.vocabulary.entities[e.owner].owner == kNone) {
      owner = s.root(e.owner, up->text);
    } else {
      s.deep = true;
    }
  }

  const bool known = s.find.with(s.store.stored(document.entity), key).step();
  const RootId known_id = known ? s.find.integer(0) : 0;
  const bool stated = known && !s.find.null(1);
  const bool listed = s.whole && named == nullptr;
  const std::int32_t said = known ? s.lines.of(known_id) : 0;
  if (stated && s.find.digest(1) == digest) {
    s.find.reset();
    ++s.counts.same;
    if (said == 0) s.lines.of(known_id) = document.origin.line;
    if (listed) s.say.run(s.source, known_id);
    return std::nullopt;
  }
  if (said != 0) {
    s.find.reset();
    s.old_bytes.with(known_id).step();
    auto first = fact::deserialise(s.old_bytes.text(0), s.vocabulary, {0, said});
    s.old_bytes.reset();
    if (first) {
      fact::Document again = *first;
      again.lost = document.lost;
      if (fact::serialise(again, s.vocabulary) == s.bytes) {
        ++s.counts.same;
        return std::nullopt;
      }
    }
    fact::Problem problem = s.clash(document, key, said);
    put(problem);
    put(fact::Doubt{document.entity, std::string(unit_key.value_or(std::string_view()))});
    if (first) {
      // What it owned may belong to the first one: that this has none proves nothing.
      first->lost.insert(first->lost.end(), document.lost.begin(), document.lost.end());
      for (const fact::Document& owned : document.rows) first->lost.push_back(owned.entity);
      const IntakeCounts counts = s.counts;
      s.lines.of(known_id) = 0;
      put(*first);
      s.counts = counts;
    }
    return problem;
  }
  RootId id = known_id;
  std::optional<Changes> changes;
  if (stated) {
    const fact::Digest old = s.find.digest(1);
    const std::int64_t old_source = s.find.integer(2), old_line = s.find.integer(3);
    if (!owner && !s.find.null(4)) owner = s.find.integer(4);
    std::optional<std::int64_t> old_unit, old_time;
    if (!s.find.null(5)) old_unit = s.find.integer(5);
    if (!s.find.null(6)) old_time = s.find.integer(6);
    s.find.reset();
    s.supersede.run(id, old, old_source, old_line, digest, s.source);
    s.old_bytes.with(id).step();
    changes = compare(s.old_bytes.text(0), s.bytes, s.vocabulary);
    s.old_bytes.reset();
    if (old_unit && old_time && (old_unit != unit || old_time != time)) {
      s.unit_name.with(*old_unit).step();
      s.touch->mark_calendar(document.entity, *old_unit, s.unit_name.text(0), *old_time, &*changes);
      s.unit_name.reset();
    }
    s.update_root.run(id, unit, time, owner);
    s.update_document.run(id, as_blob(s.bytes), digest, s.source, document.origin.line);
    ++s.counts.superseded;
  } else {
    s.find.reset();
    if (known) {
      s.update_root.run(id, unit, time, owner);
    } else {
      s.insert_root.run(s.store.stored(document.entity), key, unit, time, owner);
      id = s.store.database.last_id();
    }
    s.insert_document.run(id, as_blob(s.bytes), digest, s.source, document.origin.line);
    ++s.counts.added;
  }
  s.lines.of(id) = document.origin.line;
  if (listed) s.say.run(s.source, id);
  s.brought_owners |= e.owner == kNone;

  s.touch->mark(document.entity, id);
  if (known) s.touch->mark_readers(id, changes ? &*changes : nullptr);
  if (known && !stated) {
    s.orphans.with(id);
    std::vector<std::pair<EntityId, RootId>> waiting;
    while (s.orphans.step()) waiting.emplace_back(s.store.entity(s.orphans.integer(0)), s.orphans.integer(1));
    for (const auto& [entity, root] : waiting) s.touch->mark(entity, root);
  }
  if (owner) {
    Changes brought = tree_of(document.entity, s.vocabulary);
    if (changes) brought.insert(changes->begin(), changes->end());
    for (const EntityId lost : document.lost) brought.merge(tree_of(lost, s.vocabulary));
    s.touch->mark(s.top(document.entity), *owner);
    s.touch->mark_readers(*owner, &brought);
  }
  if (unit && time) s.touch->mark_calendar(document.entity, *unit, *unit_key, *time, changes ? &*changes : nullptr);
  std::vector<Link> links;
  s.gather_links(document, links);
  if (known || !links.empty()) s.relink(id, std::move(links), !stated);
  return std::nullopt;
}

void Intake::put(const fact::Delivery& delivery) {
  State& s = *state_;
  s.insert_delivery.run(s.store.stored(delivery.ledger), s.unit(delivery.unit), delivery.through, delivery.by, s.source,
                        delivery.origin.line);
  ++s.counts.deliveries;
}

void Intake::put(const fact::Doubt& doubt) {
  State& s = *state_;
  const auto ledger = doubt.ledger == kNone ? std::nullopt : std::optional(s.store.stored(doubt.ledger));
  s.insert_doubt.run(ledger, doubt.unit, s.source, doubt.owner);
}

void Intake::put(const fact::Problem& problem) {
  State& s = *state_;
  s.insert_aside.run(s.source, static_cast<std::int32_t>(problem.effect), problem.origin.line, problem.column,
                     problem.path.zh, problem.path.en, problem.what.zh, problem.what.en, problem.mend.zh, problem.mend.en);
  ++s.counts.set_aside;
}

void Intake::footage(std::string_view sha256, std::string_view verdict, std::string_view facts) {
  Statement(state_->store.database,
            "INSERT INTO footage(sha256, source, verdict, facts) VALUES(?, ?, ?, ?) "
            "ON CONFLICT(sha256) DO UPDATE SET source=excluded.source, verdict=excluded.verdict, facts=excluded.facts")
      .run(sha256, state_->source, verdict, facts);
}

void Intake::pictures(std::string_view sha256, std::vector<std::uint64_t> hashes) {
  constexpr std::size_t kSketch = 64;
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  if (hashes.size() > kSketch) hashes.resize(kSketch);
  Statement insert(state_->store.database, "INSERT OR IGNORE INTO picture(hash, sha256) VALUES(?, ?)");
  for (const std::uint64_t hash : hashes) insert.run(static_cast<std::int64_t>(hash), sha256);
}

void Intake::match(std::string_view sha256, EntityId entity, std::string_view key, std::string_view recording,
                   std::string_view how) {
  State& s = *state_;
  Statement(s.store.database,
            "INSERT INTO footage_match(sha256, root, recording, how) VALUES(?, ?, ?, ?) "
            "ON CONFLICT(sha256, root, recording) DO UPDATE SET how=excluded.how")
      .run(sha256, s.root(entity, key), recording, how);
}

// Rows delivered on their own whose owner is itself owned (signs of a recording): the owner's key is looked for in the
// trees that could hold it. Found in two trees or in none, the row stays without an owner until a later source settles it.
void Intake::State::find_deep_owners() {
  if (!deep && !brought_owners) return;
  std::map<std::pair<EntityId, std::string>, std::vector<RootId>> wanted;
  std::map<EntityId, bool> tops;
  for (EntityId id = 0; id < static_cast<EntityId>(vocabulary.entities.size()); ++id) {
    const model::Entity& e = vocabulary.entities[id];
    if (e.owner == kNone || vocabulary.entities[e.owner].owner == kNone) continue;
    Statement rows(store.database, "SELECT r.id, d.bytes FROM root r JOIN document d ON d.root=r.id WHERE r.entity=? AND r.owner IS NULL");
    rows.with(store.stored(id));
    while (rows.step()) {
      const auto document = fact::deserialise(rows.text(1), vocabulary, {});
      const fact::Cell* up = document ? cell(*document, e.owner_field) : nullptr;
      if (up == nullptr) continue;
      wanted[{e.owner, up->text}].push_back(rows.integer(0));
      tops[top(id)] = true;
    }
  }
  if (wanted.empty()) return;
  std::map<std::pair<EntityId, std::string>, std::vector<RootId>> homes;
  for (const auto& [entity, _] : tops) {
    Statement rows(store.database, "SELECT d.root, d.bytes FROM root r JOIN document d ON d.root=r.id WHERE r.entity=?");
    rows.with(store.stored(entity));
    while (rows.step()) {
      const auto document = fact::deserialise(rows.text(1), vocabulary, {});
      if (!document) continue;
      const auto visit = [&](const auto& self, const fact::Document& row) -> void {
        if (const fact::Cell* key = cell(row, vocabulary.entities[row.entity].key)) {
          const std::pair name(row.entity, key->text);
          if (wanted.contains(name)) homes[name].push_back(rows.integer(0));
        }
        for (const fact::Document& owned : row.rows) self(self, owned);
      };
      visit(visit, *document);
    }
  }
  Statement adopt(store.database, "UPDATE root SET owner=? WHERE id=?");
  for (const auto& [name, found] : homes) {
    if (found.size() != 1) continue;
    for (const RootId id : wanted[name]) adopt.run(found.front(), id);
    touch->mark(top(name.first), found.front());
  }
}

// Rows without a key that `previous`, a whole source, said and no current one says.
void Intake::State::withdraw(std::int64_t previous) {
  Database& db = store.database;
  struct Gone {
    RootId root;
    EntityId entity;
    std::optional<RootId> owner;
  };
  std::vector<Gone> gone;
  Statement rows(db,
                 "SELECT r.id, r.entity, r.owner FROM said t JOIN root r ON r.id=t.root JOIN document d ON d.root=r.id WHERE t.source=?1 "
                 "AND d.source IN (SELECT source FROM said WHERE root=r.id) AND NOT EXISTS (SELECT 1 FROM said o JOIN source s "
                 "ON s.id=o.source WHERE o.root=t.root AND o.source<>?1 AND (s.current OR o.source=?2))");
  rows.with(previous, source);
  while (rows.step()) {
    Gone& row = gone.emplace_back(Gone{rows.integer(0), store.entity(rows.integer(1)), {}});
    if (!rows.null(2)) row.owner = rows.integer(2);
  }
  Statement keep(db, "INSERT INTO superseded(root, digest, source, line, by_digest, by_source) "
                     "SELECT root, digest, source, line, x'', ?2 FROM document WHERE root=?1");
  Statement remove(db, "DELETE FROM document WHERE root=?");
  for (const Gone& row : gone) {
    keep.run(row.root, source);
    remove.run(row.root);
    relink(row.root, {}, false);
    update_root.run(row.root, nullptr, nullptr, nullptr);
    if (row.owner) {
      const Changes lost = tree_of(row.entity, vocabulary);
      touch->mark(top(row.entity), *row.owner);
      touch->mark_readers(*row.owner, &lost);
    }
    ++counts.superseded;
  }
}

// The source takes the place of what its path said before: deliveries and doubts of the old version no longer count.
void Intake::State::settle_source(std::int64_t previous) {
  Database& db = store.database;
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> before;
  const auto delivered = [&](auto&& keep) {
    Statement rows(db,
                   "SELECT d.ledger, d.unit, MAX(CASE WHEN s.current THEN d.through END) FROM delivery d JOIN source s "
                   "ON s.id=d.source WHERE (d.ledger, d.unit) IN (SELECT ledger, unit FROM delivery WHERE source IN (?, ?)) "
                   "GROUP BY d.ledger, d.unit");
    rows.with(source, previous);
    while (rows.step()) keep(std::pair(rows.integer(0), rows.integer(1)), rows.null(2) ? fact::kMin : rows.integer(2));
  };
  delivered([&](const auto& place, std::int64_t through) { before[place] = through; });
  Statement(db, "UPDATE source SET current=0 WHERE id=?").run(previous);
  Statement(db, "UPDATE source SET current=1 WHERE id=?").run(source);
  std::map<std::int64_t, bool> changed;   // unit: whether less is delivered than before
  delivered([&](const auto& place, std::int64_t through) {
    if (through != before[place]) changed[place.second] |= through < before[place];
  });
  for (const auto& [unit_id, less] : changed) less ? touch->mark_unit(unit_id) : touch->mark_undecided(unit_id);

  Statement doubts(db,
                   "SELECT ledger, unit, owner FROM doubt WHERE source=?1 EXCEPT SELECT ledger, unit, owner FROM doubt WHERE source=?2");
  for (const auto& [mine, other] : {std::pair(source, previous), std::pair(previous, source)}) {
    std::vector<std::string> in_doubt;
    doubts.with(mine, other);
    while (doubts.step()) in_doubt.emplace_back(doubts.null(0) ? std::string_view() : doubts.text(1));
    for (const std::string& key : in_doubt) touch->mark_unit(key.empty() ? std::nullopt : std::optional(unit(key)));
  }
}

IntakeCounts Intake::finish(std::string_view verdict) {
  State& s = *state_;
  Database& db = s.store.database;
  Statement last(db, "SELECT id FROM source WHERE path=(SELECT path FROM source WHERE id=?) AND current=1");
  const std::int64_t previous = last.with(s.source).step() ? last.integer(0) : 0;
  last.reset();
  s.find_deep_owners();
  if (s.whole && previous != 0) s.withdraw(previous);
  s.settle_source(previous);
  Statement(db, "UPDATE source SET verdict=? WHERE id=?").run(verdict, s.source);
  s.commit_piece();
  s.finished.push_back(s.source);
  s.source = 0;
  return s.counts;
}

const std::vector<std::int64_t>& Intake::finished() const { return state_->finished; }

}  // namespace jianlu::store
