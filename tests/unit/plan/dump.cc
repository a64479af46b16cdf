// Plans of small rulebooks, as text.
#include <catch2/catch.hpp>

#include "engine/plan/plan.h"
#include "tests/differential/build.h"

using namespace jianlu;
using namespace jianlu::differential;
using model::kNone;

namespace {

constexpr Type kTruth{TypeKind::truth}, kInstant{TypeKind::instant}, kNumber{TypeKind::number};

struct World {
  model::Rulebook book;
  fact::Facts facts;
  Build build{book, facts};
  EntityId session = build.entity("session");
  FieldId ended = build.field(session, "ended", kInstant), serious = build.field(session, "serious", kTruth);
  EntityId recording = build.entity("recording", session);
  FieldId good = build.field(recording, "good", kTruth);
  FieldId owner = book.vocabulary.entities[static_cast<std::size_t>(recording)].owner_field;
  FieldId recordings = book.vocabulary.entities[static_cast<std::size_t>(recording)].owner_list;
  VarId s = build.var(session), r = build.var(recording);

  World() {
    book.vocabulary.entities[static_cast<std::size_t>(session)].time = ended;
    book.regulations.emplace_back().zone = "Asia/Shanghai";
  }
  ExprId of(VarId var, FieldId field) { return build.read(build.variable(var), field); }
  ExprId any_good() { return build.quantify(Op::any, kTruth, of(s, recordings), r, kNone, of(r, good)); }
  void duty(VarId subject, ExprId when, ExprId must) {
    model::Norm norm;
    norm.subject = subject;
    norm.when = when;
    norm.must = must;
    build.norm(norm);
  }
  std::string dump() { return plan::dump(plan::compile(book), book); }
};

}  // namespace

TEST_CASE("a quantifier runs over the rows of the list, closed by the owner's governing time") {
  World w;
  w.duty(w.s, w.of(w.s, w.serious), w.any_good());
  CHECK(w.dump() == R"(d1 rows of session
d2 in d1: list session.recording_list of n0
n0 d1 row
n1 d1 load session.serious n0
n2 d0 constant truth 2
n3 d1 load session.ended n0
n4 d1 closed session.recording_list n0 n3
n5 d2 row
n6 d2 load recording.good n5
n7 d1 any over d2 n4 n6
norm norm0 d1 applies n1 unless n2 ban n2 must n7
)");
}

TEST_CASE("norms share what they have in common, and a norm over owned rows reads its owner once per owner") {
  World w;
  w.duty(w.s, w.any_good(), w.of(w.s, w.serious));
  w.duty(w.r, w.of(w.r, w.good), w.build.read(w.of(w.r, w.owner), w.serious));
  const std::string text = w.dump();
  CHECK(text == R"(d1 rows of session
d2 in d1: list session.recording_list of n0
n0 d1 row
n1 d1 load session.ended n0
n2 d1 closed session.recording_list n0 n1
n3 d2 row
n4 d2 load recording.good n3
n5 d1 any over d2 n2 n4
n6 d0 constant truth 2
n7 d1 load session.serious n0
n8 d2 broadcast n7
norm norm0 d1 applies n5 unless n6 ban n6 must n7
norm norm1 d2 applies n4 unless n6 ban n6 must n8
)");
}

TEST_CASE("definitions are inlined and constants folded, so that a reading chosen elsewhere costs nothing") {
  World w;
  model::Definition reading;
  reading.kind = model::DefKind::interpretation;
  reading.result = kNumber;
  reading.alternatives.emplace_back().value = w.build.number(2'000'000);
  w.book.definitions.push_back(reading);
  model::Definition serious;
  serious.kind = model::DefKind::ground;
  serious.result = kTruth;
  serious.parameters = {w.s};
  serious.alternatives.emplace_back().when = w.of(w.s, w.serious);
  w.book.definitions.push_back(serious);
  const auto reading_is = [&](std::int64_t n) {
    return w.build.make(Op::equal, kTruth, {w.build.call(0, {}), w.build.number(n)});
  };
  const ExprId call = w.build.call(1, {w.build.variable(w.s)});
  const ExprId left = w.build.make(Op::logical_and, kTruth, {reading_is(2'000'000), call});
  const ExprId right = w.build.make(Op::logical_and, kTruth, {reading_is(1'000'000), w.any_good()});
  w.duty(w.s, kNone, w.build.make(Op::logical_or, kTruth, {left, right}));
  const std::string text = w.dump();
  CHECK(text.substr(text.find("norm")) == "norm norm0 d1 applies n1 unless n2 ban n2 must n4\n");
  CHECK(text.find("n4 d1 load session.serious n0\n") != std::string::npos);
  CHECK(text.find("equal") == std::string::npos);
}

TEST_CASE("a double negation, a repeated condition and a swapped comparison are one node") {
  World w;
  const ExprId a = w.of(w.s, w.ended), b = w.build.instant(5);
  const auto make = [&](Op op, std::vector<ExprId> operands) { return w.build.make(op, kTruth, std::move(operands)); };
  const ExprId less = make(Op::less, {a, b});
  const ExprId greater = make(Op::logical_not, {make(Op::greater_equal, {a, b})});
  w.duty(w.s, less, make(Op::logical_and, {greater, make(Op::logical_not, {make(Op::logical_not, {less})})}));
  const std::string text = w.dump();
  CHECK(text.substr(text.find("norm")) == "norm norm0 d1 applies n3 unless n4 ban n4 must n3\n");
}
