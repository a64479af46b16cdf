#include "engine/store/schema.h"

#include <array>

#include "engine/store/failure.h"

namespace jianlu::store {
namespace {

// Step i makes version i + 1. A step that was released is never changed.
//
// root       every row without an owner that was delivered, or that others name and that is still awaited (no document);
//            rows of owned ledgers delivered on their own (`owner`: the root whose tree they belong to); calendar rows
//            (unit-month), which have no document. `time`: latest possible governing time; calendar rows: start.
// document   what the latest source said of a root: canonical bytes (fact::serialise)
// superseded what was said before; an empty `by_digest`: withdrawn, and nothing took its place
// link       rows gathered in a list that is not one of owned rows: the list's root, field, and the member's root
// dirty      the work of the next audit
// depend     whose documents, beyond its own, judging a root has read
// demand     which fields of other roots' trees the norms over an entity read, by English names
// finding    derived from the ledger: `event` is the latest that is no review, `review` the latest review after it
// said       roots without a key that a whole source (Source::whole) says
// wake       instants after which a pending finding of a root can change
// picture    some of the coded pictures of footage, by hash: the lowest kSketch of each file
// renamed    what a norm was called in the ledger's entries through `until`; norm.name is what it is called now
constexpr std::array<const char*, kSchemaVersion> kSteps{{
    R"sql(
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE entity(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE unit(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE source(
  id INTEGER PRIMARY KEY, path TEXT NOT NULL, kind TEXT NOT NULL, digest BLOB NOT NULL, bytes INTEGER NOT NULL,
  at INTEGER NOT NULL, verdict TEXT, current INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX source_path ON source(path);
CREATE INDEX source_digest ON source(digest);

CREATE TABLE root(
  id INTEGER PRIMARY KEY, entity INTEGER NOT NULL REFERENCES entity, key TEXT NOT NULL, unit INTEGER REFERENCES unit,
  time INTEGER, owner INTEGER REFERENCES root, UNIQUE(entity, key)) STRICT;
CREATE INDEX root_unit ON root(unit, entity, time) WHERE unit IS NOT NULL;
CREATE INDEX root_owner ON root(owner) WHERE owner IS NOT NULL;
CREATE TABLE document(
  root INTEGER PRIMARY KEY REFERENCES root, bytes BLOB NOT NULL, digest BLOB NOT NULL,
  source INTEGER NOT NULL REFERENCES source, line INTEGER NOT NULL) STRICT;
CREATE TABLE superseded(
  root INTEGER NOT NULL REFERENCES root, digest BLOB NOT NULL, source INTEGER NOT NULL REFERENCES source,
  line INTEGER NOT NULL, by_digest BLOB NOT NULL, by_source INTEGER NOT NULL REFERENCES source) STRICT;
CREATE INDEX superseded_root ON superseded(root);
CREATE TABLE link(
  target INTEGER NOT NULL REFERENCES root, entity INTEGER NOT NULL, field INTEGER NOT NULL,
  member INTEGER NOT NULL REFERENCES root, PRIMARY KEY(target, entity, field, member)) STRICT, WITHOUT ROWID;
CREATE INDEX link_member ON link(member);
CREATE TABLE delivery(
  ledger INTEGER NOT NULL REFERENCES entity, unit INTEGER NOT NULL REFERENCES unit, through INTEGER NOT NULL,
  by TEXT NOT NULL, source INTEGER NOT NULL REFERENCES source, line INTEGER NOT NULL) STRICT;
CREATE TABLE doubt(
  ledger INTEGER REFERENCES entity, unit TEXT NOT NULL, source INTEGER NOT NULL REFERENCES source) STRICT;
CREATE TABLE set_aside(
  source INTEGER NOT NULL REFERENCES source, effect INTEGER NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL,
  path_zh TEXT NOT NULL, path_en TEXT NOT NULL, what_zh TEXT NOT NULL, what_en TEXT NOT NULL, mend_zh TEXT NOT NULL,
  mend_en TEXT NOT NULL) STRICT;
CREATE TABLE footage(
  sha256 TEXT PRIMARY KEY, source INTEGER NOT NULL REFERENCES source, verdict TEXT NOT NULL, facts TEXT NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TABLE footage_match(
  sha256 TEXT NOT NULL REFERENCES footage, root INTEGER NOT NULL REFERENCES root, recording TEXT NOT NULL,
  how TEXT NOT NULL, PRIMARY KEY(sha256, root, recording)) STRICT, WITHOUT ROWID;

CREATE TABLE dirty(
  entity INTEGER NOT NULL, root INTEGER NOT NULL REFERENCES root, PRIMARY KEY(entity, root)) STRICT, WITHOUT ROWID;
CREATE TABLE depend(
  target INTEGER NOT NULL REFERENCES root, root INTEGER NOT NULL REFERENCES root, PRIMARY KEY(target, root))
  STRICT, WITHOUT ROWID;
CREATE TABLE demand(
  reader INTEGER NOT NULL REFERENCES entity, entity TEXT NOT NULL, field TEXT NOT NULL,
  PRIMARY KEY(reader, entity, field)) STRICT, WITHOUT ROWID;
CREATE TABLE judged(
  entity INTEGER PRIMARY KEY REFERENCES entity, rules TEXT NOT NULL, as_of INTEGER NOT NULL) STRICT;

CREATE TABLE norm(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE slice(id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE run(id INTEGER PRIMARY KEY, as_of INTEGER NOT NULL, inputs TEXT NOT NULL) STRICT;
CREATE TABLE tally(
  run INTEGER NOT NULL REFERENCES run, what TEXT NOT NULL, detail TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY(run, what, detail)) STRICT, WITHOUT ROWID;
CREATE TABLE receipt(run INTEGER PRIMARY KEY REFERENCES run, body TEXT NOT NULL, digest BLOB NOT NULL) STRICT;
CREATE TABLE ledger(
  seq INTEGER PRIMARY KEY, run INTEGER REFERENCES run, root INTEGER NOT NULL REFERENCES root, suffix TEXT NOT NULL,
  norm INTEGER NOT NULL REFERENCES norm, event INTEGER NOT NULL, outcome INTEGER NOT NULL, due INTEGER NOT NULL,
  cured_at INTEGER NOT NULL, as_of INTEGER NOT NULL, slice INTEGER NOT NULL REFERENCES slice, person TEXT NOT NULL,
  reason TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE finding(
  root INTEGER NOT NULL REFERENCES root, suffix TEXT NOT NULL, norm INTEGER NOT NULL REFERENCES norm,
  event INTEGER NOT NULL, outcome INTEGER NOT NULL, due INTEGER NOT NULL, cured_at INTEGER NOT NULL,
  slice INTEGER NOT NULL, review INTEGER, opened INTEGER NOT NULL, seq INTEGER NOT NULL REFERENCES ledger,
  PRIMARY KEY(root, suffix, norm)) STRICT, WITHOUT ROWID;
CREATE INDEX finding_undecided ON finding(root) WHERE outcome IN (4, 5);
CREATE TABLE wake(
  at INTEGER NOT NULL, root INTEGER NOT NULL REFERENCES root, PRIMARY KEY(at, root)) STRICT, WITHOUT ROWID;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER run_no_update BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'runs are append-only'); END;
CREATE TRIGGER run_no_delete BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'runs are append-only'); END;
CREATE TRIGGER receipt_no_update BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
CREATE TRIGGER superseded_no_update BEFORE UPDATE ON superseded BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER superseded_no_delete BEFORE DELETE ON superseded BEGIN SELECT RAISE(ABORT, 'append-only'); END;
)sql",
    R"sql(
CREATE TABLE renamed(
  norm INTEGER NOT NULL REFERENCES norm, until INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY(norm, until))
  STRICT, WITHOUT ROWID;
)sql",
    R"sql(
CREATE TABLE said(
  source INTEGER NOT NULL REFERENCES source, root INTEGER NOT NULL REFERENCES root, PRIMARY KEY(source, root))
  STRICT, WITHOUT ROWID;
CREATE INDEX said_root ON said(root);
)sql",
    R"sql(
CREATE TABLE picture(
  hash INTEGER NOT NULL, sha256 TEXT NOT NULL REFERENCES footage, PRIMARY KEY(hash, sha256)) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
ALTER TABLE doubt ADD COLUMN owner TEXT NOT NULL DEFAULT '';
)sql",
}};

std::int64_t version_of(Database& database) {
  const std::int64_t found = database.number("PRAGMA user_version").value_or(0);
  if (found > kSchemaVersion) {
    throw Failure({"数据库“" + database.path() + "”由更新的版本建立", "the store `" + database.path() + "` was made by a later version"},
                  {"使用较新的 jianlu", "use a later jianlu"});
  }
  return found;
}

}  // namespace

void migrate(Database& database) {
  for (std::int64_t version = version_of(database); version < kSchemaVersion; ++version) {
    Transaction step(database);
    database.execute(kSteps[static_cast<std::size_t>(version)]);
    database.execute("PRAGMA user_version=" + std::to_string(version + 1));
    step.commit();
  }
}

void require_current(Database& database) {
  if (version_of(database) == kSchemaVersion) return;
  throw Failure({"数据库“" + database.path() + "”由较早的版本建立", "the store `" + database.path() + "` was made by an earlier version"},
                {"先运行一次 jianlu audit，数据库随之更新", "run `jianlu audit` once, which brings it up to date"});
}

}  // namespace jianlu::store
