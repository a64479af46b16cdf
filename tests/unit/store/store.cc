#include <sqlite3.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "engine/store/contents.h"
#include "engine/store/findings.h"
#include "engine/store/intake.h"
#include "engine/store/schema.h"
#include "engine/store/verify.h"
#include "engine/store/work.h"
#include "tests/unit/support/small_vocabulary.h"

using namespace jianlu;
using store::Access;
using store::Intake;
using store::Store;
namespace files = std::filesystem;

namespace {

struct Folder {
  files::path path;
  model::Vocabulary v = test::small_vocabulary();
  calendar::Zone zone = calendar::Zone::utc();

  Folder() {
    static int number = 0;
    path = files::temp_directory_path() / ("jianlu-store-" + std::to_string(getpid()) + "-" + std::to_string(++number));
    files::create_directories(path);
  }
  ~Folder() { files::remove_all(path); }
  std::string file() const { return (path / "store.db").string(); }
  Store open(Access access = Access::write) const { return Store(file(), v, zone, access, "jianlu test"); }

  fact::Document device(const std::string& key, std::int64_t price) const {
    fact::Document d;
    d.entity = v.entity("device");
    const auto cell = [&](const char* field, std::int64_t value, std::string text = {}) {
      fact::Cell& c = d.cells.emplace_back();
      c.field = v.field(d.entity, field);
      c.lo = c.hi = value;
      c.text = std::move(text);
    };
    cell("id", 0, key);
    cell("unit", 0, "U1");
    cell("kind", 1);
    cell("price", price);
    cell("snapshot_at", 100);
    return d;
  }

  // A row without a key, of the session's speech ledger.
  fact::Document spoken(const std::string& session, std::int64_t moment) const {
    fact::Document d;
    d.entity = v.entity("speech");
    fact::Cell& owner = d.cells.emplace_back();
    owner.field = v.entities[d.entity].owner_field;
    owner.text = session;
    fact::Cell& at = d.cells.emplace_back();
    at.field = v.field(d.entity, "at");
    at.lo = at.hi = moment;
    return d;
  }
};

// Something else has opened the file and writes to it.
int meddle(const std::string& file, const std::string& sql) {
  sqlite3* connection = nullptr;
  sqlite3_open(file.c_str(), &connection);
  const int result = sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(connection);
  return result;
}

std::int64_t ask(const std::string& file, const std::string& sql) {
  sqlite3* connection = nullptr;
  sqlite3_stmt* statement = nullptr;
  sqlite3_open(file.c_str(), &connection);
  sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr);
  const std::int64_t found = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
  sqlite3_finalize(statement);
  sqlite3_close(connection);
  return found;
}

store::Source source_of(const std::string& path, const std::string& content) {
  return {path, "manifest", fact::digest(content), static_cast<std::int64_t>(content.size())};
}

// A run with one finding, opened.
void find_something(Store& store, const std::string& key) {
  store::Work work(store);
  store::RunInputs inputs;
  inputs.as_of = 1000;
  inputs.files = "[]";
  inputs.norms = {"b/n"};
  inputs.slices = {std::string(64, 'a')};
  inputs.readers = {{store.vocabulary().entity("device"), "r" + key, false, {}}};
  const auto run = work.begin(inputs);
  REQUIRE_FALSE(run.idle);
  while (const auto batch = work.next(10)) {
    store::Verdicts verdicts;
    for (const store::Task& task : batch->tasks) {
      auto& steps = verdicts.steps.emplace_back();
      if (task.key != key || !task.before.empty()) continue;
      finding::Step step;
      step.now.verdict = {outcome::Outcome::pending, 2000, fact::kMin};
      step.now.slice = work.slices()[0];
      steps.push_back(step);
    }
    verdicts.tallies = {{"audited\tdevice", static_cast<std::int64_t>(batch->tasks.size())}};
    work.commit(*batch, verdicts);
  }
  work.finish("{\"ledger\": {\"entries\": " + std::to_string(work.entries()) + ", \"head\": \"" + work.head() + "\"}}");
}

}  // namespace

TEST_CASE("one writer at a time, who says who it is; readers any") {
  const Folder folder;
  const Store writer = folder.open();
  try {
    folder.open();
    FAIL("a second writer came in");
  } catch (const store::Failure& failure) {
    CHECK(failure.words().en.find("jianlu test, process " + std::to_string(getpid())) != std::string::npos);
    CHECK_FALSE(failure.mend().zh.empty());
  }
  const Store a = folder.open(Access::read), b = folder.open(Access::read);
}

TEST_CASE("a store is refused when it is none, comes from later, or counts otherwise") {
  Folder folder;
  CHECK_THROWS_AS(folder.open(Access::read), store::Failure);
  { const Store made = folder.open(); }
  SECTION("another zone") {
    folder.zone = *calendar::Zone::find("Asia/Shanghai");
    CHECK_THROWS_AS(folder.open(), store::Failure);
  }
  SECTION("another vocabulary") {
    folder.v.enums[0].values.push_back({"新", "new"});
    CHECK_THROWS_AS(folder.open(), store::Failure);
  }
  SECTION("a later version") {
    meddle(folder.file(), "PRAGMA user_version=" + std::to_string(store::kSchemaVersion + 1));
    CHECK_THROWS_AS(folder.open(), store::Failure);
    CHECK_THROWS_AS(folder.open(Access::read), store::Failure);
  }
  SECTION("no database") {
    std::ofstream(folder.file(), std::ios::trunc) << std::string(5000, 'x');
    CHECK_THROWS_AS(folder.open(), store::Failure);
  }
}

TEST_CASE("a source is taken in once; a changed one supersedes what it says otherwise") {
  const Folder folder;
  Store store = folder.open();
  Intake intake(store, 7);
  REQUIRE(intake.begin(source_of("a.yaml", "1")));
  intake.put(folder.device("D1", 5));
  intake.put(folder.device("D2", 5));
  auto counts = intake.finish("read");
  CHECK(counts.added == 2);
  CHECK_FALSE(intake.begin(source_of("a.yaml", "1")));
  CHECK_FALSE(intake.begin(source_of("copy of a.yaml", "1")));
  REQUIRE(intake.begin(source_of("a.yaml", "2")));
  intake.put(folder.device("D1", 6));
  intake.put(folder.device("D2", 5));
  counts = intake.finish("read");
  CHECK(counts.superseded == 1);
  CHECK(counts.same == 1);
  REQUIRE(intake.begin(source_of("a.yaml", "1")));   // changed back: no longer what the path last said
  intake.put(folder.device("D1", 5));
  CHECK(intake.finish("read").superseded == 1);
  CHECK(ask(folder.file(), "SELECT COUNT(*) FROM superseded") == 2);
  CHECK(ask(folder.file(), "SELECT COUNT(*) FROM superseded WHERE digest<>by_digest") == 2);
}

TEST_CASE("rows without a key go with the transcript that said them, unless another says them") {
  const Folder folder;
  Store store = folder.open();
  Intake intake(store, 7);
  const auto take = [&](const char* path, const char* content, bool whole, std::vector<std::int64_t> moments) {
    store::Source source = source_of(path, content);
    source.kind = whole ? "transcript" : "manifest";
    source.whole = whole;
    REQUIRE(intake.begin(source));
    for (const std::int64_t moment : moments) intake.put(folder.spoken("S1", moment));
    return intake.finish("read");
  };
  const std::string rows = "SELECT COUNT(*) FROM document", owned = "SELECT COUNT(*) FROM root WHERE key LIKE '#%' AND owner IS NOT NULL";
  take("a.srt", "1", true, {10, 20, 30});
  take("b.srt", "2", true, {30, 40});
  take("m.yaml", "3", false, {50});
  CHECK(ask(folder.file(), rows) == 5);
  CHECK(take("a.srt", "4", true, {10}).superseded == 1);      // 20 is gone, 30 is still said
  CHECK(ask(folder.file(), rows) == 4);
  CHECK(ask(folder.file(), owned) == 4);
  CHECK(ask(folder.file(), "SELECT COUNT(*) FROM superseded WHERE by_digest=x''") == 1);
  CHECK(take("m.yaml", "5", false, {60}).superseded == 0);    // a manifest may state only what is new
  CHECK(take("a.srt", "6", true, {10, 20}).added == 1);       // said again
  CHECK(ask(folder.file(), rows) == 6);
  CHECK(ask(folder.file(), owned) == 6);
  CHECK(take("b.srt", "7", true, {}).superseded == 2);
  CHECK(ask(folder.file(), rows) == 4);
}

TEST_CASE("a source that was broken off is read again and adds what is missing") {
  const Folder folder;
  {
    Store store = folder.open();
    Intake intake(store, 7);
    REQUIRE(intake.begin(source_of("a.yaml", "1")));
    for (int i = 0; i < 20'500; ++i) intake.put(folder.device("D" + std::to_string(i), 5));
    intake.put(fact::Delivery{folder.v.entity("device"), "U1", 500, "x", {}});
  }   // broken off: one piece was kept
  CHECK(ask(folder.file(), "SELECT COUNT(*) FROM document") == 20'000);
  Store store = folder.open();
  Intake intake(store, 8);
  REQUIRE(intake.begin(source_of("a.yaml", "1")));
  for (int i = 0; i < 20'500; ++i) intake.put(folder.device("D" + std::to_string(i), 5));
  intake.put(fact::Delivery{folder.v.entity("device"), "U1", 500, "x", {}});
  const auto counts = intake.finish("read");
  CHECK(counts.same == 20'000);
  CHECK(counts.added == 500);
  CHECK(ask(folder.file(), "SELECT COUNT(*) FROM source") == 1);
  CHECK(ask(folder.file(), "SELECT COUNT(*) FROM delivery") == 1);
}

TEST_CASE("ledger, runs and receipts only grow; what was tampered with shows") {
  const Folder folder;
  {
    Store store = folder.open();
    Intake intake(store, 7);
    REQUIRE(intake.begin(source_of("a.yaml", "1")));
    for (const char* key : {"D1", "D2", "D3"}) intake.put(folder.device(key, 5));
    intake.finish("read");
    find_something(store, "D1");
    find_something(store, "D2");
    CHECK_FALSE(store::review(store, {"b/n", "device/D1"}, finding::Event::confirmed, "王某", "", 1500));
  }
  const auto faults = [&](const std::string& expected = {}) {
    Store store = folder.open(Access::read);
    const auto found = store::verify(store, false, expected);
    return found.faults.size();
  };
  CHECK(faults() == 0);
  CHECK(faults(std::string(64, 'f')) == 1);
  for (const char* table : {"ledger", "receipt", "run"}) {
    CAPTURE(table);
    CHECK(meddle(folder.file(), std::string("DELETE FROM ") + table) == SQLITE_CONSTRAINT);
  }
  CHECK(meddle(folder.file(), "UPDATE ledger SET outcome=2") == SQLITE_CONSTRAINT);
  const std::string off = "DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete; DROP TRIGGER receipt_no_update;";
  SECTION("an entry changed") {
    meddle(folder.file(), off + "UPDATE ledger SET outcome=2 WHERE seq=1");
    CHECK(faults() >= 1);
  }
  SECTION("the last entry cut off, and the finding made to fit") {
    meddle(folder.file(), off + "UPDATE finding SET seq=1, review=NULL WHERE seq=3; DELETE FROM ledger WHERE seq=3");
    CHECK(faults() == 0);   // a local chain cannot see this: a head kept elsewhere can
    Store store = folder.open(Access::read);
    CHECK(store::verify(store, false, "00").faults.size() == 1);
  }
  SECTION("a receipt changed") {
    meddle(folder.file(), off + "UPDATE receipt SET body=body || ' ' WHERE run=1");
    CHECK(faults() >= 1);
  }
  SECTION("a finding changed") {
    meddle(folder.file(), "UPDATE finding SET outcome=3");
    CHECK(faults() >= 1);
    {
      Store store = folder.open();
      store::rebuild_findings(store);
    }
    CHECK(faults() == 0);
  }
  SECTION("what waits forgotten") {
    meddle(folder.file(), "DELETE FROM wake");
    CHECK(faults() == 1);
  }
}

TEST_CASE("a run that was broken off goes on with its own as-of, unless its rules are gone") {
  const Folder folder;
  Store store = folder.open();
  Intake intake(store, 7);
  REQUIRE(intake.begin(source_of("a.yaml", "1")));
  for (int i = 0; i < 5; ++i) intake.put(folder.device("D" + std::to_string(i), 5));
  intake.finish("read");
  store::RunInputs inputs;
  inputs.as_of = 1000;
  inputs.files = "[1]";
  inputs.norms = {"b/n"};
  inputs.slices = {std::string(64, 'a')};
  inputs.readers = {{folder.v.entity("device"), "r", false, {}}};
  {
    store::Work work(store);
    CHECK(work.begin(inputs).as_of == 1000);
    const auto batch = work.next(2);
    REQUIRE(batch);
    store::Verdicts verdicts;
    verdicts.steps.resize(2);
    work.commit(*batch, verdicts);
  }
  inputs.as_of = 2000;
  SECTION("same rules") {
    store::Work work(store);
    const auto run = work.begin(inputs);
    CHECK(run.resumed);
    CHECK(run.as_of == 1000);
    CHECK(work.tasks() == 3);
  }
  SECTION("other rules") {
    inputs.files = "[2]";
    inputs.readers[0].rules = "other";
    store::Work work(store);
    const auto run = work.begin(inputs);
    CHECK_FALSE(run.resumed);
    CHECK(run.as_of == 2000);
    CHECK(work.tasks() == 5);
  }
}

TEST_CASE("footage is checked against its hash") {
  const Folder folder;
  const files::path clip = folder.path / "a.mp4";
  std::ofstream(clip) << "footage";
  Store store = folder.open();
  Intake intake(store, 7);
  const std::string sha256 = "066d608d0c4d58f529cf925607900e9e0dd8f0da251e43028986149ce242d44b";
  // A source is told from others by more than its bytes (what was matched with it), so its digest is not the file's.
  store::Source said = source_of(clip.string(), "footage and what was matched with it");
  said.kind = "footage";
  REQUIRE(intake.begin(said));
  intake.footage(sha256, "readable", "{}");
  intake.match(sha256, folder.v.entity("session"), "S1", "R1", "device and time");
  intake.finish("readable");
  CHECK(store::verify(store, true).faults.empty());
  CHECK(store::verify(store, true).footage == 1);
  std::ofstream(clip) << "footagE";
  CHECK(store::verify(store, true).faults.size() == 1);
  files::remove(clip);
  CHECK(store::verify(store, true).faults.size() == 1);
}

TEST_CASE("Footage is found by the pictures that it shares") {
  const Folder folder;
  Store opened = folder.open();
  Intake intake(opened, 0);
  const auto take = [&](const std::string& name, std::uint64_t from, std::uint64_t to) {
    fact::Digest digest{};
    digest[0] = static_cast<std::uint8_t>(name[0]);
    REQUIRE(intake.begin({name, "footage", digest, 1, true}));
    std::vector<std::uint64_t> hashes;
    // Hashes use all 64 bits: both signs of SQLite's integers.
    for (std::uint64_t i = from; i < to; ++i) hashes.push_back(i * 0x9E3779B97F4A7C15U);
    intake.footage(name, "readable", "{}");
    intake.pictures(name, hashes);
    intake.finish("read");
  };
  take("a", 0, 1000);
  take("b", 5000, 5010);
  const auto found = [&](std::uint64_t from, std::uint64_t to, std::size_t least) {
    std::vector<std::uint64_t> hashes;
    for (std::uint64_t i = from; i < to; ++i) hashes.push_back(i * 0x9E3779B97F4A7C15U);
    std::vector<std::string> out;
    for (const store::StoredFootage& f : store::footage_with_pictures(opened, hashes, least)) out.push_back(f.sha256);
    return out;
  };
  CHECK(found(0, 1000, 64) == std::vector<std::string>{"a"});
  CHECK(found(0, 1000, 65).empty());
  // A tenth of a long file, which holds about a tenth of the pictures kept.
  CHECK(found(300, 400, 3) == std::vector<std::string>{"a"});
  CHECK(found(5000, 5003, 3) == std::vector<std::string>{"b"});
  CHECK(found(5000, 5002, 3).empty());
  CHECK(found(2000, 3000, 1).empty());
}
