#include "engine/store/work.h"

#include <algorithm>
#include <map>

#include "engine/calendar/text.h"
#include "engine/fact/hex.h"
#include "engine/finding/subject.h"
#include "engine/store/context.h"
#include "engine/store/ledger.h"
#include "engine/store/neighbours.h"
#include "engine/store/touch.h"

namespace jianlu::store {

using finding::Event;
using finding::Standing;
using model::EntityId;
using model::kNone;

namespace {

// A calendar row brings its whole period: a batch takes no further one when it has this many bytes of documents. (2048
// rows of other ledgers stay below.)
constexpr std::size_t kPeriodBytes = 16u << 20;

// The instant after which a pending finding of a root can change; kMax: only facts can change one.
calendar::Instant wake(const std::vector<Standing>& standings) {
  calendar::Instant at = fact::kMax;
  for (const Standing& s : standings) {
    if (s.event != Event::closed && s.verdict.outcome == outcome::Outcome::pending) at = std::min(at, s.verdict.due);
  }
  return at;
}

void refuse_earlier(calendar::Instant as_of, calendar::Instant last, const calendar::Zone& zone) {
  if (as_of >= last) return;
  const std::string now = calendar::format_instant(as_of, zone), then = calendar::format_instant(last, zone);
  throw Failure({"审核时刻 " + now + " 早于上一次审核的时刻 " + then + "：已有的结论不能倒回去",
                 "the as-of " + now + " is earlier than the last audit's, " + then + ": what was found cannot go back in time"},
                {"用 --as-of 写不早于它的时刻；上一次的时刻写错了的，另建数据库重新采集",
                 "give an --as-of that is not earlier; if the last one was a slip, ingest into a new store"});
}

std::vector<Standing> after(const std::vector<Standing>& before, const std::vector<finding::Step>& steps) {
  std::vector<Standing> out;
  auto was = before.begin();
  for (const finding::Step& step : steps) {
    for (; was != before.end() && was->place() < step.now.place(); ++was) out.push_back(*was);
    if (was != before.end() && was->place() == step.now.place()) ++was;
    out.push_back(step.now);
  }
  out.insert(out.end(), was, before.end());
  return out;
}

}  // namespace

struct Work::State {
  explicit State(Store& given)
      : store(given.impl()),
        standings(store.database, "SELECT suffix, norm, event, outcome, due, cured_at, slice FROM finding WHERE root=?"),
        root(store.database,
             "SELECT r.key, EXISTS(SELECT 1 FROM document d WHERE d.root=r.id), EXISTS(SELECT 1 FROM document d WHERE d.root=r.owner) "
             "FROM root r WHERE r.id=?"),
        clean(store.database, "DELETE FROM dirty WHERE entity=? AND root=?"),
        sleep(store.database, "INSERT INTO wake(at, root) VALUES(?, ?)"),
        unsleep(store.database, "DELETE FROM wake WHERE at=? AND root=?"),
        depend(store.database, "INSERT OR IGNORE INTO depend(target, root) VALUES(?, ?)"),
        await(store.database, "INSERT INTO root(entity, key) VALUES(?, ?) ON CONFLICT(entity, key) DO NOTHING"),
        find(store.database, "SELECT id FROM root WHERE entity=? AND key=?"),
        tally(store.database,
              "INSERT INTO tally(run, what, detail, count) VALUES(?, ?, ?, ?) "
              "ON CONFLICT(run, what, detail) DO UPDATE SET count=count+excluded.count") {}

  void number_rules(const RunInputs& inputs);
  bool mark(const RunInputs& inputs, calendar::Instant as_of, bool clock_moved);
  void list_tasks(const RunInputs& inputs);

  Store::Impl& store;
  Run run;
  std::vector<std::string> norm_names;                 // by number, sorted
  std::vector<std::int64_t> norm_ids;                  // by number
  std::unordered_map<std::int64_t, std::int32_t> norm_numbers;
  std::vector<std::int32_t> number_of_norm, slices;
  std::unordered_map<std::int32_t, std::string> slice_names;
  std::vector<fact::Delivery> deliveries;
  std::vector<fact::Doubt> doubts;

  struct Queue {
    EntityId entity;
    std::vector<RootId> roots;
    std::unique_ptr<Neighbours> neighbours;
  };
  std::vector<Queue> queues;
  std::size_t queue = 0, next = 0;
  std::int64_t total = 0;

  Statement standings, root, clean, sleep, unsleep, depend, await, find, tally;
};

// Numbers norms by name; norms of earlier rules, known only to the ledger, are numbered with them.
void Work::State::number_rules(const RunInputs& inputs) {
  Database& db = store.database;
  // A name that is in use again, or that was judged under both, stays as it is.
  Statement known(db, "SELECT 1 FROM norm WHERE name=?");
  for (const auto& [earlier, name] : inputs.renamed) {
    if (std::find(inputs.norms.begin(), inputs.norms.end(), earlier) != inputs.norms.end()) continue;
    const bool taken = known.with(name).step();
    known.reset();
    if (taken) continue;
    Statement(db, "INSERT INTO renamed(norm, until, name) SELECT id, (SELECT COALESCE(MAX(seq), 0) FROM ledger), name "
                  "FROM norm WHERE name=?").run(earlier);
    Statement(db, "UPDATE norm SET name=? WHERE name=?").run(name, earlier);
  }
  Statement insert_norm(db, "INSERT INTO norm(name) VALUES(?) ON CONFLICT(name) DO NOTHING");
  for (const std::string& name : inputs.norms) insert_norm.run(name);
  Statement insert_slice(db, "INSERT INTO slice(hash) VALUES(?) ON CONFLICT(hash) DO NOTHING");
  for (const std::string& hash : inputs.slices) insert_slice.run(hash);

  std::unordered_map<std::string, std::int32_t> slice_ids, today;
  Statement all_slices(db, "SELECT id, hash FROM slice");
  while (all_slices.step()) {
    const auto id = static_cast<std::int32_t>(all_slices.integer(0));
    slice_names[id] = all_slices.text(1);
    slice_ids[std::string(all_slices.text(1))] = id;
  }
  for (std::size_t i = 0; i < inputs.norms.size(); ++i) today[inputs.norms[i]] = static_cast<std::int32_t>(i);
  number_of_norm.assign(inputs.norms.size(), 0);
  Statement all_norms(db, "SELECT id, name FROM norm ORDER BY name");
  while (all_norms.step()) {
    const auto number = static_cast<std::int32_t>(norm_names.size());
    norm_ids.push_back(all_norms.integer(0));
    norm_names.emplace_back(all_norms.text(1));
    norm_numbers[norm_ids.back()] = number;
    const auto found = today.find(norm_names.back());
    slices.push_back(found == today.end() ? -1 : slice_ids[inputs.slices[static_cast<std::size_t>(found->second)]]);
    if (found != today.end()) number_of_norm[static_cast<std::size_t>(found->second)] = number;
  }
}

// Marks what the rules, the calendar (part of a reader's rules) or the clock changed. Returns whether anything is to do.
bool Work::State::mark(const RunInputs& inputs, calendar::Instant as_of, bool clock_moved) {
  Database& db = store.database;
  std::map<EntityId, const Reader*> readers;
  for (const Reader& reader : inputs.readers) readers[reader.entity] = &reader;
  Statement known(db, "SELECT rules, as_of FROM judged WHERE entity=?");
  Statement everything(db, "INSERT OR IGNORE INTO dirty(entity, root) SELECT entity, id FROM root WHERE entity=? AND (time IS NOT NULL OR EXISTS(SELECT 1 FROM document d WHERE d.root=root.id))");
  Statement keep(db, "INSERT INTO judged(entity, rules, as_of) VALUES(?1, ?2, ?3) "
                     "ON CONFLICT(entity) DO UPDATE SET rules=?2, as_of=?3");
  for (EntityId id = 0; id < static_cast<EntityId>(store.vocabulary.entities.size()); ++id) {
    const auto found = readers.find(id);
    const bool before = known.with(store.stored(id)).step();
    const std::string rules = found == readers.end() ? std::string() : found->second->rules;
    const bool other_rules = before ? known.text(0) != rules : !rules.empty();
    const bool other_time = before && found != readers.end() && found->second->reads_as_of && known.integer(1) != as_of;
    known.reset();
    if (other_rules || other_time) everything.run(store.stored(id));
    if (before || !rules.empty()) {
      keep.run(store.stored(id), rules, as_of);
    } else {
      Statement(db, "DELETE FROM dirty WHERE entity=?").run(store.stored(id));
    }
  }
  if (clock_moved) {   // else they were marked then; one that could not be judged must not be tried twice
    Statement(db, "INSERT OR IGNORE INTO dirty(entity, root) SELECT r.entity, r.id FROM wake w JOIN root r ON r.id=w.root "
                  "WHERE w.at<?").run(as_of);
  }

  db.execute("DELETE FROM demand");
  Statement demand(db, "INSERT OR IGNORE INTO demand(reader, entity, field) VALUES(?, ?, ?)");
  for (const Reader& reader : inputs.readers) {
    for (const auto& [entity, field] : reader.reads) {
      demand.run(store.stored(reader.entity), store.vocabulary.entities[entity].name.en,
                 store.vocabulary.field(entity, field).name.en);
    }
  }
  return db.number("SELECT 1 FROM dirty LIMIT 1").has_value();
}

void Work::State::list_tasks(const RunInputs& inputs) {
  std::vector<EntityId> order;
  for (EntityId id = 0; id < static_cast<EntityId>(store.vocabulary.entities.size()); ++id) order.push_back(id);
  std::sort(order.begin(), order.end(), [&](EntityId a, EntityId b) {
    return store.vocabulary.entities[a].name.en < store.vocabulary.entities[b].name.en;
  });
  Statement rows(store.database, "SELECT d.root FROM dirty d JOIN root r ON r.id=d.root WHERE d.entity=? ORDER BY r.key");
  for (const EntityId id : order) {
    Queue queue_of{id, {}, nullptr};
    rows.with(store.stored(id));
    while (rows.step()) queue_of.roots.push_back(rows.integer(0));
    if (queue_of.roots.empty()) continue;
    const auto reader = std::find_if(inputs.readers.begin(), inputs.readers.end(), [&](const Reader& r) { return r.entity == id; });
    queue_of.neighbours = std::make_unique<Neighbours>(
        store, reader == inputs.readers.end() ? std::set<std::pair<EntityId, model::FieldId>>() : reader->reads);
    total += static_cast<std::int64_t>(queue_of.roots.size());
    queues.push_back(std::move(queue_of));
  }
}

Work::Work(Store& store) : state_(std::make_unique<State>(store)) {}
Work::~Work() = default;

Work::Run Work::begin(const RunInputs& inputs) {
  State& s = *state_;
  Database& db = s.store.database;
  Transaction start(db);
  Statement last(db, "SELECT r.id, r.as_of, r.inputs, p.run IS NOT NULL FROM run r LEFT JOIN receipt p ON p.run=r.id "
                     "ORDER BY r.id DESC LIMIT 1");
  s.run.as_of = inputs.as_of;
  bool same = false, clock_moved = true;
  if (last.step()) {
    const bool finished = last.integer(3) != 0;
    clock_moved = last.integer(1) != inputs.as_of;
    same = last.text(2) == inputs.files;
    if (!finished && same) {
      s.run = {last.integer(0), last.integer(1), true, false};
    } else {
      refuse_earlier(inputs.as_of, last.integer(1), s.store.zone);
      same = same && finished && last.integer(1) == inputs.as_of;
    }
  }
  last.reset();
  s.number_rules(inputs);
  const bool work = s.mark(inputs, s.run.as_of, clock_moved && !s.run.resumed);
  if (!s.run.resumed) {
    s.run.idle = same && !work && !inputs.other_sources;
    if (!s.run.idle) {
      Statement(db, "INSERT INTO run(as_of, inputs) VALUES(?, ?)").run(s.run.as_of, inputs.files);
      s.run.id = db.last_id();
    }
  }
  start.commit();
  s.list_tasks(inputs);
  s.deliveries = store::deliveries(s.store);
  s.doubts = store::doubts(s.store);
  return s.run;
}

const std::vector<fact::Delivery>& Work::deliveries() const { return state_->deliveries; }
const std::vector<fact::Doubt>& Work::doubts() const { return state_->doubts; }
const std::vector<std::int32_t>& Work::number_of_norm() const { return state_->number_of_norm; }
const std::vector<std::int32_t>& Work::slices() const { return state_->slices; }
std::int64_t Work::tasks() const { return state_->total; }

std::optional<Batch> Work::next(std::int32_t size) {
  State& s = *state_;
  if (s.queue == s.queues.size()) return std::nullopt;
  State::Queue& queue = s.queues[s.queue];
  Batch batch;
  batch.entity = queue.entity;
  const model::Entity& e = s.store.vocabulary.entities[batch.entity];
  const bool calendar_rows = e.calendar != model::Entity::Calendar::no;
  const std::size_t end = std::min(queue.roots.size(), s.next + static_cast<std::size_t>(size));
  queue.neighbours->clear();
  const Snapshot reading(s.store.database);
  for (; s.next < end && batch.bytes.size() < kPeriodBytes; ++s.next) {
    Task task;
    task.root = queue.roots[s.next];
    s.root.with(task.root).step();
    task.key = s.root.text(0);
    const bool in_other_tree = s.root.integer(2) != 0;
    task.present = (calendar_rows || s.root.integer(1) != 0) && !in_other_tree;
    s.root.reset();
    s.standings.with(task.root);
    while (s.standings.step()) {
      Standing standing;
      standing.suffix = s.standings.text(0);
      standing.norm = s.norm_numbers.at(s.standings.integer(1));
      standing.event = static_cast<Event>(s.standings.integer(2));
      standing.verdict = {static_cast<outcome::Outcome>(s.standings.integer(3)), s.standings.integer(4), s.standings.integer(5)};
      standing.slice = static_cast<std::int32_t>(s.standings.integer(6));
      task.before.push_back(std::move(standing));
    }
    std::sort(task.before.begin(), task.before.end(), [](const Standing& a, const Standing& b) { return a.place() < b.place(); });
    if (task.present) queue.neighbours->own(task, batch.entity, batch);
    if (calendar_rows) queue.neighbours->rest(task, batch);
    batch.tasks.push_back(std::move(task));
  }
  for (Task& task : batch.tasks) {
    if (task.present && !calendar_rows) queue.neighbours->rest(task, batch);
  }
  if (s.next == queue.roots.size()) {
    queue = {};
    ++s.queue;
    s.next = 0;
  }
  return batch;
}

void Work::commit(const Batch& batch, const Verdicts& verdicts) {
  State& s = *state_;
  Transaction piece(s.store.database);
  Ledger ledger(s.store);
  finding::Transition transition;
  transition.as_of = s.run.as_of;

  // By subject, then norm: subjects of different roots may interleave ("a", "a/x", "a.b").
  struct Entry {
    std::string subject;
    const Task* task;
    const finding::Step* step;
  };
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < batch.tasks.size(); ++i) {
    if (verdicts.steps[i].empty()) continue;
    const std::string root = finding::root_subject(s.store.vocabulary, batch.entity, batch.tasks[i].key);
    for (const finding::Step& step : verdicts.steps[i]) {
      entries.push_back({root + step.now.suffix, &batch.tasks[i], &step});
    }
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.subject, a.step->now.norm) < std::tie(b.subject, b.step->now.norm);
  });
  for (Entry& entry : entries) {
    const Standing& now = entry.step->now;
    transition.key.norm = s.norm_names[now.norm];
    transition.key.subject = std::move(entry.subject);
    transition.event = now.event;
    transition.verdict = now.verdict;
    transition.slice = s.slice_names.at(now.slice);
    transition.reason = entry.step->reason;
    ledger.append(transition, {s.run.id, entry.task->root, s.norm_ids[now.norm], now.slice}, now.suffix);
  }

  std::vector<std::pair<RootId, RootId>> depends;
  for (std::size_t i = 0; i < batch.tasks.size(); ++i) {
    const Task& task = batch.tasks[i];
    s.clean.run(s.store.stored(batch.entity), task.root);
    if (!verdicts.steps[i].empty()) {
      const calendar::Instant slept = wake(task.before), sleeps = wake(after(task.before, verdicts.steps[i]));
      if (slept != sleeps) {
        if (slept != fact::kMax) s.unsleep.run(slept, task.root);
        if (sleeps != fact::kMax) s.sleep.run(sleeps, task.root);
      }
    }
    for (const RootId read : task.read) depends.emplace_back(read, task.root);
    for (const auto& [entity, key] : task.awaited) {
      s.await.run(s.store.stored(entity), key);
      if (s.find.with(s.store.stored(entity), key).step()) {
        depends.emplace_back(s.find.integer(0), task.root);
        s.find.reset();
      }
    }
  }
  // In the order of the table: thousands of rows hang on one device.
  std::sort(depends.begin(), depends.end());
  for (const auto& [target, root] : depends) s.depend.run(target, root);
  for (const auto& [name, count] : verdicts.tallies) {
    const std::size_t tab = name.find('\t');
    s.tally.run(s.run.id, std::string_view(name).substr(0, tab),
                tab == std::string::npos ? std::string_view() : std::string_view(name).substr(tab + 1), count);
  }
  piece.commit();
}

std::vector<std::pair<std::string, std::int64_t>> Work::tallies() const {
  std::vector<std::pair<std::string, std::int64_t>> out;
  Statement rows(state_->store.database, "SELECT what, detail, count FROM tally WHERE run=? ORDER BY what, detail");
  rows.with(state_->run.id);
  while (rows.step()) out.emplace_back(std::string(rows.text(0)) + '\t' + std::string(rows.text(1)), rows.integer(2));
  return out;
}

std::vector<std::pair<std::string, std::int64_t>> Work::skipped() const {
  std::vector<std::pair<std::string, std::int64_t>> out;
  Statement rows(state_->store.database,
                 "SELECT 'set aside' AS what, CASE a.effect WHEN 0 THEN 'noted' WHEN 1 THEN 'row' ELSE 'file' END AS "
                 "detail, COUNT(*) FROM set_aside a JOIN source s ON s.id=a.source WHERE s.current GROUP BY detail "
                 "UNION ALL SELECT 'source', kind || ' ' || COALESCE(verdict, 'broken off'), COUNT(*) FROM source WHERE "
                 "current OR verdict IS NULL GROUP BY kind, verdict ORDER BY 1, 2");
  while (rows.step()) out.emplace_back(std::string(rows.text(0)) + '\t' + std::string(rows.text(1)), rows.integer(2));
  return out;
}

std::string Work::head() const { return fact::hex(Ledger(state_->store).head()); }
std::int64_t Work::entries() const { return Ledger(state_->store).entries(); }

// Receipts are chained as ledger entries are.
void Work::finish(std::string_view receipt) {
  State& s = *state_;
  Transaction last(s.store.database);
  Statement previous(s.store.database, "SELECT digest FROM receipt ORDER BY run DESC LIMIT 1");
  const fact::Digest before = previous.step() ? previous.digest(0) : fact::Digest{};
  previous.reset();
  std::string bytes(reinterpret_cast<const char*>(before.data()), before.size());
  bytes += receipt;
  Statement(s.store.database, "INSERT INTO receipt(run, body, digest) VALUES(?, ?, ?)")
      .run(s.run.id, receipt, fact::digest(bytes));
  last.commit();
}

std::string Work::last_receipt() const {
  Statement rows(state_->store.database, "SELECT body FROM receipt ORDER BY run DESC LIMIT 1");
  return rows.step() ? std::string(rows.text(0)) : std::string();
}

}  // namespace jianlu::store
