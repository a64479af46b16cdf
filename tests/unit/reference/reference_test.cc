#include "engine/reference/reference.h"

#include <catch2/catch.hpp>

#include "tests/differential/build.h"

using namespace jianlu;
using namespace jianlu::differential;
using fact::kFalse, fact::kTrue, fact::kUndecided, fact::kMin, fact::kMax, fact::kNothing, fact::kUnknown;
using model::kNone;
using outcome::Outcome;

namespace {

constexpr std::int64_t kHour = calendar::hour;
const Type kTruth{TypeKind::truth}, kInstant{TypeKind::instant}, kNumber{TypeKind::number}, kDuration{TypeKind::duration},
    kSpan{TypeKind::interval};

// Sessions with recordings (owned) and work records (owned); gaps are derived.
struct World {
  model::Rulebook book;
  fact::Facts facts;
  Build build{book, facts};
  outcome::Context context{100 * kHour, nullptr};
  std::vector<calendar::Zone> zones{calendar::Zone::utc()};

  EntityId session = build.entity("session");
  FieldId start = build.field(session, "start", kInstant), end = build.field(session, "end", kInstant);
  FieldId secret = build.field(session, "secret", kTruth), urgent = build.field(session, "urgent", kTruth);
  EntityId recording = build.entity("recording", session);
  FieldId span = build.field(recording, "span", kSpan);
  EntityId record = build.entity("record", session);
  FieldId written = build.field(record, "written", kInstant), signed_off = build.field(record, "signed", kTruth);
  EntityId gap = build.entity("gap", session);
  FieldId gap_start = build.field(gap, "start", kInstant), gap_end = build.field(gap, "end", kInstant);
  FieldId gap_length = build.field(gap, "length", kDuration);
  FieldId before = build.field(gap, "previous", {TypeKind::reference, recording});
  FieldId after = build.field(gap, "next", {TypeKind::reference, recording});
  FieldId recordings = book.vocabulary.entities[static_cast<std::size_t>(recording)].owner_list;
  FieldId records = book.vocabulary.entities[static_cast<std::size_t>(record)].owner_list;
  FieldId gaps = book.vocabulary.entities[static_cast<std::size_t>(gap)].owner_list;
  VarId s = build.var(session);

  World() {
    book.vocabulary.entities[static_cast<std::size_t>(session)].time = end;
    book.vocabulary.entities[static_cast<std::size_t>(gap)].derived = true;
    book.regulations.emplace_back();
    build.tables();
  }

  // One session from hour 0 to hour 10.
  Row one_session() {
    const Row row = build.row(session);
    build.set(session, row, start, 0);
    build.set(session, row, end, 10 * kHour);
    return row;
  }
  Row record_at(Row owner, std::int64_t hour) {
    const Row row = build.row(record, owner);
    build.set(record, row, written, hour * kHour);
    build.set(record, row, signed_off, kTrue);
    return row;
  }
  ExprId of_session(FieldId field) { return build.read(build.variable(s), field); }
  model::Norm duty() {
    model::Norm n;
    n.subject = s;
    return n;
  }
  ExprId any_record(ExprId horizon = kNone) {
    return build.quantify(Op::any, kTruth, of_session(records), build.var(record), kNone, kNone, horizon);
  }
  // A work record within 24 hours of the end.
  NormId write_record(bool strict = false) {
    model::Norm n = duty();
    const VarId w = build.var(record);
    n.performance = model::Performance{w, of_session(records), build.read(build.variable(w), signed_off),
                                       build.read(build.variable(w), written)};
    n.deadline = model::Deadline{build.make(Op::add, kInstant, {of_session(end), build.duration(24 * kHour)}), strict, {}};
    return build.norm(n);
  }
  outcome::Verdict judge(NormId norm, Row row = 0) {
    return reference::Reference(book, facts, context, zones).judge(norm, {row});
  }
  reference::Explanation explain(NormId norm, Row row = 0) {
    return reference::Reference(book, facts, context, zones).explain(norm, {row});
  }
};

}  // namespace

TEST_CASE("first_match is the table") {
  for (std::uint8_t a : {1, 2, 3}) {
    for (std::uint8_t u : {1, 2, 3}) {
      for (std::uint8_t b : {1, 2, 3}) {
        for (std::uint8_t m : {1, 2, 3}) {
          for (bool awaited : {false, true}) {
            CHECK(reference::first_match({a, u, b, m, awaited}) == outcome::decide({a, u, b, m, awaited}));
          }
        }
      }
    }
  }
}

TEST_CASE("a duty with a deadline tells in time, late, never, not yet and not known apart") {
  World w;
  const NormId norm = w.write_record();
  const Row row = w.one_session();
  SECTION("in time") {
    w.record_at(row, 34);
    w.build.link(kMin);
    CHECK(w.judge(norm) == outcome::Verdict{Outcome::satisfied, kMax, kMin});
  }
  SECTION("late, cured") {
    w.record_at(row, 36);
    w.record_at(row, 35);
    w.build.link(34 * kHour);
    CHECK(w.judge(norm) == outcome::Verdict{Outcome::breached, 34 * kHour, 35 * kHour});
  }
  SECTION("never, and the ledger is complete through the deadline") {
    w.build.link(34 * kHour);
    CHECK(w.judge(norm) == outcome::Verdict{Outcome::breached, 34 * kHour, kMin});
  }
  SECTION("never, but the ledger stops an instant before the deadline") {
    w.build.link(34 * kHour - 1);
    CHECK(w.judge(norm).outcome == Outcome::unknown);
  }
  SECTION("the deadline is the last instant that is in time") {
    w.build.link(kMax);
    w.context.as_of = 34 * kHour;
    CHECK(w.judge(norm) == outcome::Verdict{Outcome::pending, 34 * kHour, kMin});
    w.context.as_of += 1;
    CHECK(w.judge(norm).outcome == Outcome::breached);
  }
  SECTION("the session has not ended: woken by a fact") {
    w.build.set_state(w.session, row, w.end, kNothing);
    w.build.link(kMax);
    CHECK(w.judge(norm) == outcome::Verdict{Outcome::pending, kMax, kMin});
  }
  SECTION("when it ended is not known") {
    w.build.set_state(w.session, row, w.end, kUnknown);
    w.build.link(kMax);
    CHECK(w.judge(norm).outcome == Outcome::unknown);
  }
  SECTION("a record without a time has not been made, one with an unknown time may have been") {
    const Row record = w.record_at(row, 0);
    w.build.set_state(w.record, record, w.written, kNothing);
    w.build.link(kMax);
    CHECK(w.judge(norm).outcome == Outcome::breached);
    w.build.set_state(w.record, record, w.written, kUnknown);
    CHECK(w.judge(norm).outcome == Outcome::unknown);
  }
  SECTION("a bound on the time of the record") {
    const Row record = w.record_at(row, 0);
    w.build.link(kMax);
    w.build.set(w.record, record, w.written, 30 * kHour, 34 * kHour);
    CHECK(w.judge(norm).outcome == Outcome::satisfied);
    w.build.set(w.record, record, w.written, 30 * kHour, 34 * kHour + 1);
    CHECK(w.judge(norm).outcome == Outcome::unknown);
    w.build.set(w.record, record, w.written, 34 * kHour + 1, 36 * kHour);
    CHECK(w.judge(norm) == outcome::Verdict{Outcome::breached, 34 * kHour, 36 * kHour});
  }
}

TEST_CASE("a strict deadline excludes its instant") {
  World w;
  const NormId norm = w.write_record(true);
  w.record_at(w.one_session(), 34);
  w.build.link(kMax);
  CHECK(w.judge(norm) == outcome::Verdict{Outcome::breached, 34 * kHour, 34 * kHour});
}

TEST_CASE("a lawful exemption is pending until its record is due, then counts only with a complete ledger") {
  World w;
  model::Norm n = w.duty();
  n.must = w.build.quantify(Op::any, kTruth, w.of_session(w.recordings), w.build.var(w.recording), kNone, kNone);
  const ExprId due = w.build.make(Op::add, kInstant, {w.of_session(w.end), w.build.duration(24 * kHour)});
  n.unless.push_back({w.any_record(due), kNone, due, {}});
  const NormId norm = w.build.norm(n);
  const Row row = w.one_session();
  SECTION("no claim yet") {
    w.build.link(34 * kHour);
    w.context.as_of = 34 * kHour;
    CHECK(w.judge(norm) == outcome::Verdict{Outcome::pending, 34 * kHour, kMin});
    w.context.as_of += 1;
    CHECK(w.judge(norm).outcome == Outcome::breached);
  }
  SECTION("recordings are complete, work records are not") {
    w.build.link(34 * kHour);
    w.facts.tables[static_cast<std::size_t>(w.session)].lists[static_cast<std::size_t>(w.records)].through = {10 * kHour};
    CHECK(w.judge(norm).outcome == Outcome::unknown);
  }
  SECTION("claimed") {
    w.record_at(row, 11);
    w.build.link(34 * kHour);
    CHECK(w.judge(norm).outcome == Outcome::exempt);
  }
}

TEST_CASE("a duty that waits is pending, then decided or unknown") {
  World w;
  model::Norm n = w.duty();
  n.await = w.build.make(Op::add, kInstant, {w.of_session(w.end), w.build.duration(48 * kHour)});
  n.must = w.build.quantify(Op::any, kTruth, w.of_session(w.recordings), w.build.var(w.recording), kNone, kNone, n.await);
  const NormId norm = w.build.norm(n);
  w.one_session();
  w.build.link(58 * kHour - 1);
  w.context.as_of = 58 * kHour;
  CHECK(w.judge(norm) == outcome::Verdict{Outcome::pending, 58 * kHour, kMin});
  w.context.as_of += 1;
  CHECK(w.judge(norm).outcome == Outcome::unknown);
  w.build.link(58 * kHour);
  CHECK(w.judge(norm).outcome == Outcome::breached);
}

TEST_CASE("a ban on the same act makes a conflict, unless one of them is excused") {
  World w;
  model::Norm ban = w.duty();
  ban.modality = model::Modality::ban;
  ban.when = w.of_session(w.secret);
  ban.unless.push_back({w.of_session(w.urgent), kNone, kNone, {}});
  const NormId opposed = w.build.norm(ban);
  model::Norm n = w.duty();
  n.must = w.build.truth(true);
  n.opposing_bans = {opposed};
  const NormId norm = w.build.norm(n);
  const Row row = w.one_session();
  w.build.link(kMax);
  const auto outcome_with = [&](std::int64_t secret, std::int64_t urgent) {
    w.build.set(w.session, row, w.secret, secret);
    w.build.set(w.session, row, w.urgent, urgent);
    return w.judge(norm).outcome;
  };
  CHECK(outcome_with(kTrue, kFalse) == Outcome::conflict);
  CHECK(outcome_with(kTrue, kTrue) == Outcome::satisfied);
  CHECK(outcome_with(kFalse, kUndecided) == Outcome::satisfied);
  CHECK(outcome_with(kUndecided, kFalse) == Outcome::unknown);
  CHECK(outcome_with(kTrue, kUndecided) == Outcome::unknown);
}

TEST_CASE("a norm counts from its commencement until its repeal, by the governing time of the row") {
  World w;
  model::Norm n = w.duty();
  n.governing = w.of_session(w.end);
  n.must = w.build.truth(false);
  n.valid_from = 10 * kHour;
  n.valid_until = 20 * kHour;
  const NormId norm = w.build.norm(n);
  const Row row = w.one_session();
  w.build.link(kMax);
  const auto at = [&](std::int64_t lo, std::int64_t hi) {
    w.build.set(w.session, row, w.end, lo, hi);
    return w.judge(norm).outcome;
  };
  CHECK(at(10 * kHour, 10 * kHour) == Outcome::breached);
  CHECK(at(10 * kHour - 1, 10 * kHour - 1) == Outcome::not_applicable);
  CHECK(at(20 * kHour, 20 * kHour) == Outcome::not_applicable);
  CHECK(at(9 * kHour, 11 * kHour) == Outcome::unknown);
  w.book.regulations[0].in_force_from = 12 * kHour;
  CHECK(at(10 * kHour, 10 * kHour) == Outcome::not_applicable);
  w.build.set_state(w.session, row, w.end, kUnknown);
  CHECK(w.judge(norm).outcome == Outcome::unknown);
}

namespace {

// Gaps of more than two hours between recordings of the session; a norm per gap.
NormId derive_gaps(World& w, ExprId must_of_gap, VarId g) {
  model::Derivation d;
  d.entity = w.gap;
  d.subject = w.build.var(w.session);
  const ExprId subject = w.build.variable(d.subject);
  d.within = w.build.make(Op::make_interval, kSpan, {w.build.read(subject, w.start), w.build.read(subject, w.end)});
  d.covering_var = w.build.var(w.recording);
  d.covering_list = w.build.read(subject, w.recordings);
  d.covering_interval = w.build.read(w.build.variable(d.covering_var), w.span);
  d.tolerance = w.build.duration(2 * kHour);
  d.start = w.gap_start, d.end = w.gap_end, d.length = w.gap_length, d.previous = w.before, d.next = w.after;
  w.book.regulations[0].derivations.push_back(d);
  model::Norm n = w.duty();
  n.element = g;
  n.list = w.of_session(w.gaps);
  n.must = must_of_gap;
  return w.build.norm(n);
}

}  // namespace

TEST_CASE("gaps are told by their neighbours and exist for certain only once the recordings are delivered") {
  World w;
  const VarId g = w.build.var(w.gap);
  const ExprId length = w.build.read(w.build.variable(g), w.gap_length);
  const NormId norm = derive_gaps(w, w.build.make(Op::less_equal, kTruth, {length, w.build.duration(3 * kHour)}), g);
  const Row row = w.one_session();
  const Row first = w.build.row(w.recording, row), second = w.build.row(w.recording, row);
  w.build.set_interval(w.recording, first, w.span, 0, 3 * kHour);
  w.build.set_interval(w.recording, second, w.span, 6 * kHour, 8 * kHour);   // the last two hours are tolerated
  w.build.link(10 * kHour);
  const outcome::RowKey key{row, fact::kNoRow, first, second};
  const auto judged = [&] { return reference::Reference(w.book, w.facts, w.context, w.zones).judge(norm, key).outcome; };
  const auto rows = [&] { return reference::Reference(w.book, w.facts, w.context, w.zones).rows(norm); };
  CHECK(rows() == std::vector{key});
  CHECK(judged() == Outcome::satisfied);
  w.build.set_interval(w.recording, second, w.span, 7 * kHour, 9 * kHour);
  CHECK(judged() == Outcome::breached);
  SECTION("recordings still to come") {
    w.build.link(10 * kHour - 1);
    CHECK(judged() == Outcome::unknown);
  }
  SECTION("a clock that is not sure") {
    auto& column = w.facts.tables[static_cast<std::size_t>(w.recording)].columns[static_cast<std::size_t>(w.span)];
    column.lo[1] = 6 * kHour;   // missing between three and four hours
    CHECK(judged() == Outcome::unknown);
    column.hi[1] = 6 * kHour;
    CHECK(judged() == Outcome::satisfied);
    column.lo[1] = 5 * kHour - 1;   // perhaps within tolerance, never too long
    column.hi[1] = 5 * kHour + 1;
    CHECK(judged() == Outcome::satisfied);
  }
  SECTION("a recording of unknown time may fill it") {
    const Row third = w.build.row(w.recording, row);
    w.build.set_state(w.recording, third, w.span, kUnknown);
    w.build.link(10 * kHour);
    CHECK(judged() == Outcome::unknown);
  }
}

TEST_CASE("exceptions replace the default; two that differ leave the value unknown") {
  World w;
  model::Definition d;
  d.parameters = {w.build.var(w.session)};
  d.result = kNumber;
  const ExprId row_of = w.build.variable(d.parameters[0]);
  d.alternatives.resize(3);
  d.alternatives[0].value = w.build.number(1);
  d.alternatives[1].when = w.build.read(row_of, w.secret);
  d.alternatives[1].value = w.build.number(5);
  d.alternatives[2].when = w.build.read(row_of, w.urgent);
  d.alternatives[2].value = w.build.number(9);
  w.book.definitions.push_back(d);
  const NormId norm = w.build.norm(w.duty());
  const ExprId call = w.build.call(0, {w.build.variable(w.s)});
  const Row row = w.one_session();
  w.build.link(kMax);
  const auto value = [&](std::int64_t secret, std::int64_t urgent) {
    w.build.set(w.session, row, w.secret, secret);
    w.build.set(w.session, row, w.urgent, urgent);
    return reference::Reference(w.book, w.facts, w.context, w.zones).evaluate(call, norm, {row});
  };
  CHECK(value(kFalse, kFalse).bound == reference::Bound{1, 1});
  CHECK(value(kTrue, kFalse).bound == reference::Bound{5, 5});
  CHECK(value(kUndecided, kFalse).bound == reference::Bound{1, 5});
  CHECK(value(kUndecided, kUndecided).bound == reference::Bound{1, 9});
  CHECK(value(kTrue, kUndecided).bound == reference::Bound{5, 9});
  CHECK(value(kTrue, kTrue).state == kUnknown);
}

TEST_CASE("arithmetic keeps bounds, open sides, and says unknown rather than wrap around") {
  using namespace jianlu::reference;
  Bound out;
  REQUIRE(multiply({-2'000'000, 3'000'000}, {500'001, 1'500'000}, out));
  CHECK(out == Bound{-3'000'000, 4'500'000});
  REQUIRE(multiply({-1, -1}, {999'999, 999'999}, out));
  CHECK(out == Bound{0, 0});   // towards zero
  REQUIRE(divide({7'000'000, 7'000'000}, {2'000'000, kMax}, out));
  CHECK(out == Bound{0, 3'500'000});
  CHECK_FALSE(divide({1, 1}, {-1, 1}, out));
  CHECK_FALSE(multiply({kMax - 1, kMax - 1}, {2'000'000, 2'000'000}, out));
  CHECK_FALSE(add({kMax - 1, kMax - 1}, {1, 1}, out));
  REQUIRE(add({5, kMax}, {7, 7}, out));
  CHECK(out == Bound{12, kMax});
  CHECK(negated({kMin, 3}) == Bound{-3, kMax});
  REQUIRE(distance({1, 4}, {3, 9}, out));
  CHECK(out == Bound{0, 8});
}

TEST_CASE("support names the facts that would settle an outcome, in source order, and no others") {
  World w;
  model::Norm n = w.duty();
  const ExprId secret = w.of_session(w.secret), urgent = w.of_session(w.urgent);
  // secret or (urgent and secret): urgent never matters.
  const ExprId both = w.build.make(Op::logical_and, kTruth, {urgent, w.of_session(w.secret)});
  n.must = w.build.make(Op::logical_or, kTruth, {secret, both});
  n.unless.push_back({w.any_record(), kNone, kNone, {}});
  const NormId norm = w.build.norm(n);
  const Row row = w.one_session();
  w.build.link(kMin);
  const auto support = [&] {
    std::vector<std::tuple<bool, FieldId, std::string>> facts;
    for (const reference::Support& s : w.explain(norm).support) facts.emplace_back(s.leaf.ledger, s.leaf.field, s.supplier);
    return facts;
  };
  using Facts = std::vector<std::tuple<bool, FieldId, std::string>>;
  CHECK(w.judge(norm).outcome == Outcome::unknown);
  CHECK(support() == Facts{{false, w.secret, "supplier of session"}, {true, w.records, "supplier of record"}});
  w.build.set(w.session, row, w.secret, kFalse);
  CHECK(support() == Facts{{true, w.records, "supplier of record"}});
  w.build.set(w.session, row, w.secret, kTrue);
  CHECK(w.judge(norm).outcome == Outcome::satisfied);
  CHECK(support().empty());
}

TEST_CASE("a declared presumption: what nobody ruled on is not so, a ruling always counts, and asks for nothing") {
  World w;
  model::Definition d;   // default no; except where somebody ruled or there is a sign: as ruled
  d.parameters = {w.build.var(w.session)};
  d.result = kTruth;
  const ExprId row_of = w.build.variable(d.parameters[0]);
  const ExprId ruling = w.build.read(row_of, w.secret);
  d.alternatives.resize(2);
  d.alternatives[0].value = w.build.truth(false);
  d.alternatives[1].when = w.build.make(Op::logical_or, kTruth, {w.build.make(Op::is_ruled_on, kTruth, {ruling}), w.build.read(row_of, w.urgent)});
  d.alternatives[1].value = ruling;
  w.book.definitions.push_back(d);
  model::Norm ban = w.duty();
  ban.must = w.build.make(Op::logical_not, kTruth, {w.build.call(0, {w.build.variable(w.s)})});
  const NormId norm = w.build.norm(ban);
  const Row row = w.one_session();
  w.build.link(kMax);
  const auto outcome_with = [&](std::int64_t ruled, std::int64_t sign) {
    w.build.set(w.session, row, w.secret, ruled);
    w.build.set(w.session, row, w.urgent, sign);
    return w.judge(norm).outcome;
  };
  CHECK(outcome_with(kUndecided, kFalse) == Outcome::satisfied);
  CHECK(outcome_with(kTrue, kFalse) == Outcome::breached);
  CHECK(outcome_with(kFalse, kTrue) == Outcome::satisfied);
  CHECK(outcome_with(kTrue, kUndecided) == Outcome::breached);
  CHECK(outcome_with(kUndecided, kTrue) == Outcome::unknown);
  CHECK(outcome_with(kUndecided, kUndecided) == Outcome::unknown);
  const auto support = w.explain(norm).support;
  REQUIRE(support.size() == 2);   // the ruling itself and the sign; not the guard
  CHECK((support[0].leaf.field == w.secret && support[1].leaf.field == w.urgent));

  // As a condition of its own it is decided, and what hangs on it names no fact.
  model::Norm looked = w.duty();
  const ExprId guard = w.build.make(Op::is_ruled_on, kTruth, {w.of_session(w.secret)});
  looked.must = w.build.make(Op::logical_and, kTruth, {guard, w.any_record()});
  const NormId must_look = w.build.norm(looked);
  w.build.link(kMin);
  CHECK(w.judge(must_look).outcome == Outcome::breached);
  w.build.set(w.session, row, w.secret, kFalse);
  CHECK(w.judge(must_look).outcome == Outcome::unknown);
  for (const reference::Support& s : w.explain(must_look).support) CHECK(s.leaf.ledger);
}

TEST_CASE("an explanation reproduces the outcome and shows what did not fire") {
  World w;
  const NormId norm = w.write_record();
  w.book.norms[static_cast<std::size_t>(norm)].unless.push_back({w.of_session(w.urgent), kNone, kNone, {}});
  const Row row = w.one_session();
  for (int i = 0; i < 30; ++i) w.record_at(row, 40 + i);
  w.build.set(w.session, row, w.urgent, kFalse);
  w.build.link(kMax);
  const reference::Explanation e = w.explain(norm);
  CHECK(e.verdict == w.judge(norm));
  CHECK(reference::first_match(e.situation) == e.verdict.outcome);
  int unfired = 0, shown = 0, left_out = 0;
  for (const reference::Node& part : e.parts) {
    unfired += part.role == reference::Node::Role::unless && !part.fired;
    if (part.role != reference::Node::Role::performance) continue;
    left_out = part.left_out;
    for (const reference::Node& child : part.children) shown += child.role == reference::Node::Role::member;
  }
  CHECK(unfired == 1);
  CHECK(shown == reference::kMembersShown);
  CHECK(shown + left_out == 30);
}
