// Whole norms: outcomes, deadlines, pairs, rows without an owner, batches and threads.
#include <catch2/catch.hpp>

#include "tests/unit/exec/world.h"

using namespace jianlu;
using namespace jianlu::exec;
using outcome::Outcome;

namespace {

// Each session must have a recording whose `at` is not after `ended` + 5 hours.
NormId add_performance(World& w) {
  model::Norm norm;
  norm.name = {"hand_over", "hand_over"};
  norm.subject = w.s;
  norm.performance = model::Performance{w.r, w.list(), kNone, w.of_recording(w.at)};
  norm.deadline = model::Deadline{w.both(Op::add, w.of(w.ended), w.build.duration(5 * kHour), kInstant), false, {}};
  return w.build.norm(norm);
}

}  // namespace

TEST_CASE("a performance is in time, late, awaited, or never came") {
  World w;
  const Row in_time = w.add_session(), late = w.add_session();
  w.add_session();
  w.build.set(w.recording, w.add_recording(in_time, 0, 1), w.at, 15 * kHour);
  w.build.set(w.recording, w.add_recording(late, 0, 1), w.at, 16 * kHour);
  w.build.link(50 * kHour);
  add_performance(w);
  const auto after = w.evaluate().at(0);
  CHECK(after.verdict(0) == outcome::Verdict{Outcome::satisfied});
  CHECK(after.verdict(1) == outcome::Verdict{Outcome::breached, 15 * kHour, 16 * kHour});
  CHECK(after.verdict(2) == outcome::Verdict{Outcome::breached, 15 * kHour, kMin});
  w.context.as_of = 15 * kHour;
  CHECK(w.evaluate().at(0).verdict(2) == outcome::Verdict{Outcome::pending, 15 * kHour});
  w.context.as_of = 100 * kHour;
  w.build.link(12 * kHour);   // delivered through the session, not through the deadline
  CHECK(w.evaluate().at(0).verdict(2) == outcome::Verdict{Outcome::unknown});
}

TEST_CASE("a deadline whose start has not happened waits for a fact; one that is unknown waits for nothing") {
  World w;
  const Row row = w.add_session();
  w.build.link(50 * kHour);
  add_performance(w);
  w.build.set_state(w.session, row, w.ended, kNothing);
  CHECK(w.evaluate().at(0).verdict(0) == outcome::Verdict{Outcome::pending, kMax});
  w.build.set_state(w.session, row, w.ended, kUnknown);
  CHECK(w.evaluate().at(0).verdict(0) == outcome::Verdict{Outcome::unknown});
}

TEST_CASE("an end without limit is awaited until it may have come, then not known") {
  World w;
  const Row row = w.add_session();
  w.build.link(50 * kHour);
  add_performance(w);
  w.book.norms.back().deadline->instant = w.of(w.ended);
  w.build.set(w.session, row, w.ended, 10 * kHour, kMax);
  w.context.as_of = 10 * kHour;
  CHECK(w.evaluate().at(0).verdict(0) == outcome::Verdict{Outcome::pending, 10 * kHour});
  w.context.as_of = 10 * kHour + 1;
  CHECK(w.evaluate().at(0).verdict(0) == outcome::Verdict{Outcome::unknown});

  model::Norm& norm = w.book.norms.back();   // what is certainly not so can still become so
  norm.await = norm.deadline->instant;
  norm.deadline.reset();
  norm.performance.reset();
  norm.must = w.build.truth(false);
  CHECK(w.evaluate().at(0).verdict(0) == outcome::Verdict{Outcome::unknown});
  w.context.as_of = 10 * kHour;
  CHECK(w.evaluate().at(0).verdict(0) == outcome::Verdict{Outcome::pending, 10 * kHour});
}

TEST_CASE("owned rows are judged with their owner's facts, rows without an owner without them") {
  World w;
  const Row row = w.add_session();
  w.build.set(w.session, row, w.flag, kTrue);
  w.add_recording(row, 0, 1);
  w.add_recording(fact::kNoRow, 0, 1);
  w.build.link(50 * kHour);
  model::Norm norm;
  norm.subject = w.r;
  norm.name = {"owned", "owned"};
  const FieldId owner = w.book.vocabulary.entities[static_cast<std::size_t>(w.recording)].owner_field;
  norm.must = w.build.read(w.of_recording(owner), w.flag);
  w.build.norm(norm);
  norm.must = w.one(Op::is_given, w.of_recording(owner));
  w.build.norm(norm);
  const auto verdicts = w.evaluate();
  REQUIRE(verdicts.at(0).size() == 2);
  CHECK(verdicts[0].verdict(0).outcome == Outcome::satisfied);
  CHECK(verdicts[0].verdict(1).outcome == Outcome::unknown);
  CHECK(verdicts[0].key(1) == outcome::RowKey{.subject = 1});
  CHECK(verdicts[1].verdict(1).outcome == Outcome::breached);
}

TEST_CASE("a row without an owner is in no list of the owner that it does not have") {
  World w;
  w.add_recording(fact::kNoRow, 0, 1);
  w.build.link(50 * kHour);
  const FieldId owner = w.book.vocabulary.entities[static_cast<std::size_t>(w.recording)].owner_field;
  const VarId other = w.build.var(w.recording);
  const ExprId of_owner = w.build.read(w.of_recording(owner), w.recordings);
  model::Norm norm;
  norm.subject = w.r;
  norm.must = w.build.quantify(Op::any, kTruth, of_owner, other, kNone, kNone);
  w.build.norm(norm);
  const auto verdicts = w.evaluate();
  REQUIRE(verdicts.at(0).size() == 1);
  CHECK(verdicts[0].verdict(0).outcome == Outcome::unknown);
}

TEST_CASE("batches, threads and ranges do not change a verdict") {
  World w;
  for (int i = 0; i < 300; ++i) {
    const Row row = w.add_session();
    w.build.set(w.session, row, w.amount, i * 1'000'000);
    for (int c = 0; c < i % 4; ++c) {
      const Row recording = w.add_recording(row, c, c + 1);
      w.build.set(w.recording, recording, w.at, (i % 20) * kHour);
    }
  }
  w.build.link(50 * kHour);
  add_performance(w);
  w.duty(w.both(Op::less, w.of(w.amount), w.build.number(150'000'000)));
  model::Norm pair;
  pair.subject = w.s;
  pair.element = w.r;
  pair.list = w.list();
  pair.must = w.both(Op::less, w.of_recording(w.at), w.build.instant(7 * kHour));
  w.build.norm(pair);
  const auto whole = w.evaluate();
  REQUIRE(whole.at(2).size() == 450);
  for (const unsigned threads : {1U, 3U}) {
    for (const std::int32_t rows : {1, 7, 64}) {
      const auto cut = w.evaluate({.threads = threads, .batch_rows = rows, .ranges = {}});
      const auto bare = w.evaluate({.threads = threads, .batch_rows = rows, .details = false, .ranges = {}});
      for (std::size_t n = 0; n < whole.size(); ++n) {
        CHECK(cut[n].outcomes == whole[n].outcomes);
        CHECK(cut[n].keys == whole[n].keys);
        CHECK(cut[n].details == whole[n].details);
        CHECK(bare[n].outcomes == whole[n].outcomes);
        CHECK(bare[n].details.empty());
      }
    }
  }
  const auto some = w.evaluate({.ranges = {{w.session, 10, 12}, {w.session, 200, 203}}});
  REQUIRE(some.at(1).size() == 5);
  CHECK(some[1].key(2) == outcome::RowKey{.subject = 200});
  CHECK(some[1].verdict(1) == whole[1].verdict(11));
  CHECK(some[1].verdict(4) == whole[1].verdict(202));
  CHECK(some[2].size() == 2 + 3 + 0 + 1 + 2);
}
