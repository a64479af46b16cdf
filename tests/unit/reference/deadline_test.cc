// Performance and a deadline that hangs on facts still missing or still to come, against every completion of them.
#include <catch2/catch.hpp>
#include <optional>
#include <set>

#include "engine/model/trigger.h"
#include "engine/reference/reference.h"
#include "tests/differential/build.h"

using namespace jianlu;
using namespace jianlu::differential;
using fact::kFalse, fact::kTrue, fact::kUndecided, fact::kMin, fact::kMax, fact::kNothing, fact::kUnknown;
using model::kNone;
using outcome::Outcome;

namespace {

constexpr std::int64_t kHour = calendar::hour;
const Type kTruth{TypeKind::truth}, kInstant{TypeKind::instant};

// Sessions to hand over by hour 10; who works elsewhere, by the later of that and 24 hours from the return.
struct World {
  model::Rulebook book;
  fact::Facts facts;
  Build build{book, facts};
  outcome::Context context{0, nullptr};
  std::vector<calendar::Zone> zones{calendar::Zone::utc()};
  EntityId session = build.entity("session");
  FieldId elsewhere = build.field(session, "elsewhere", kTruth), returned = build.field(session, "returned", kInstant);
  EntityId transfer = build.entity("transfer", session);
  FieldId at = build.field(transfer, "at", kInstant);
  VarId s = build.var(session);
  NormId norm = kNone;
  ExprId plain = kNone, after_return = kNone;

  World() {
    book.regulations.emplace_back();
    model::Definition due;
    due.parameters = {build.var(session)};
    due.result = kInstant;
    const ExprId row = build.variable(due.parameters[0]);
    plain = build.instant(10 * kHour);
    after_return = build.make(Op::add, kInstant, {build.read(row, returned), build.duration(24 * kHour)});
    due.alternatives.resize(2);
    due.alternatives[0].value = plain;
    due.alternatives[1].when = build.read(row, elsewhere);
    due.alternatives[1].value = build.make(Op::later, kInstant, {plain, after_return});
    book.definitions.push_back(due);
    model::Norm n;
    n.subject = s;
    const VarId t = build.var(transfer);
    const FieldId transfers = book.vocabulary.entities[static_cast<std::size_t>(transfer)].owner_list;
    n.performance = model::Performance{t, build.read(build.variable(s), transfers), kNone, build.read(build.variable(t), at)};
    n.deadline = model::Deadline{build.call(0, {build.variable(s)}), false, {}};
    norm = build.norm(n);
    build.tables();
    build.row(session);
    build.row(transfer, 0);
  }
  outcome::Verdict judge() { return reference::Reference(book, facts, context, zones).judge(norm, {0}); }
};

// An instant in hours, none or unknown.
struct Moment {
  std::uint8_t state = fact::kValue;
  std::int64_t hour = 0;
};

// What it can turn out to be: none of a trigger is an event after the as-of instant, unknown anything.
std::vector<std::int64_t> triggers(const Moment& m, std::int64_t as_of) {
  std::vector<std::int64_t> hours;
  if (m.state == fact::kValue) return {m.hour};
  for (std::int64_t hour = m.state == kUnknown ? -30 : as_of + 1; hour <= as_of + 5; ++hour) hours.push_back(hour);
  return hours;
}

std::vector<std::optional<std::int64_t>> events(const Moment& m, bool complete, std::int64_t as_of) {
  std::vector<std::optional<std::int64_t>> hours;
  if (m.state == fact::kValue) return {m.hour};
  const bool open = m.state == kUnknown || !complete;   // the event may have happened at any hour, or not at all
  for (std::int64_t hour = 0; open && hour <= as_of; ++hour) hours.push_back(hour);
  hours.push_back(std::nullopt);
  return hours;
}

}  // namespace

TEST_CASE("no verdict on a deadline is contradicted by a completion, and a pass that all completions share is said") {
  World w;
  int passes = 0, breaches = 0, open_passes = 0;
  for (const std::int64_t as_of : {8, 12, 50, 90}) {
    for (const std::uint8_t elsewhere : {kTrue, kFalse, kUndecided}) {
      for (const Moment& returned : {Moment{fact::kValue, 5}, Moment{fact::kValue, 30}, Moment{kNothing}, Moment{kUnknown}}) {
        for (const Moment& event : {Moment{fact::kValue, 7}, Moment{fact::kValue, 10}, Moment{fact::kValue, 11}, Moment{fact::kValue, 29},
                                    Moment{fact::kValue, 40}, Moment{fact::kValue, 54}, Moment{fact::kValue, 55}, Moment{kNothing}, Moment{kUnknown}}) {
          for (const bool complete : {true, false}) {
            if (event.state == fact::kValue && event.hour > as_of) continue;
            if (returned.state == fact::kValue && returned.hour > as_of) continue;
            w.context.as_of = as_of * kHour;
            w.build.set(w.session, 0, w.elsewhere, elsewhere);
            w.build.set(w.session, 0, w.returned, returned.hour * kHour);
            w.build.set_state(w.session, 0, w.returned, returned.state);
            w.build.set(w.transfer, 0, w.at, event.hour * kHour);
            w.build.set_state(w.transfer, 0, w.at, event.state);
            w.build.link(complete ? kMax : kMin);
            const Outcome said = w.judge().outcome;

            std::set<Outcome> possible;
            for (const bool is_elsewhere : {true, false}) {
              if (elsewhere != kUndecided && is_elsewhere != (elsewhere == kTrue)) continue;
              for (const std::int64_t back : triggers(returned, as_of)) {
                const std::int64_t due = is_elsewhere ? std::max<std::int64_t>(10, back + 24) : 10;
                for (const auto& happened : events(event, complete, as_of)) {
                  possible.insert(happened && *happened <= due ? Outcome::satisfied : as_of <= due ? Outcome::pending : Outcome::breached);
                }
              }
            }
            CAPTURE(as_of, int{elsewhere}, int{returned.state}, returned.hour, int{event.state}, event.hour, complete, outcome::id(said));
            if (said == Outcome::satisfied || said == Outcome::breached) CHECK(possible == std::set{said});
            if (possible == std::set{Outcome::satisfied}) CHECK(said == Outcome::satisfied);
            passes += said == Outcome::satisfied;
            breaches += said == Outcome::breached;
            open_passes += said == Outcome::satisfied && elsewhere != kFalse && returned.state != fact::kValue;
          }
        }
      }
    }
  }
  CHECK(passes > 100);
  CHECK(breaches > 10);
  CHECK(open_passes > 40);
}

TEST_CASE("what was done before the deadline could start is in time; what is said to be done later is not decided") {
  World w;
  w.build.set(w.session, 0, w.elsewhere, kTrue);
  w.build.set_state(w.session, 0, w.returned, kNothing);
  w.build.set(w.transfer, 0, w.at, 60 * kHour);
  w.build.link(kMax);
  w.context.as_of = 60 * kHour;
  CHECK(w.judge().outcome == Outcome::satisfied);
  w.context.as_of = 60 * kHour - 1;   // the event lies ahead, as the deadline does
  CHECK(w.judge() == outcome::Verdict{Outcome::pending, kMax, kMin});
}

TEST_CASE("an end without limit is awaited until it may have come, then not known") {
  World w;
  w.build.set_state(w.transfer, 0, w.at, kNothing);
  w.build.set(w.session, 0, w.elsewhere, kTrue);
  w.build.set(w.session, 0, w.returned, 20 * kHour, kMax);
  w.book.definitions[0].alternatives[1].value = w.build.read(w.build.variable(w.book.definitions[0].parameters[0]), w.returned);
  w.build.link(kMax);
  w.context.as_of = 20 * kHour;
  CHECK(w.judge() == outcome::Verdict{Outcome::pending, 20 * kHour, kMin});
  w.context.as_of = 20 * kHour + 1;
  CHECK(w.judge() == outcome::Verdict{Outcome::unknown, kMax, kMin});

  model::Norm& norm = w.book.norms.back();   // what is certainly not so can still become so
  norm.await = norm.deadline->instant;
  norm.deadline.reset();
  norm.performance.reset();
  norm.must = w.build.truth(false);
  CHECK(w.judge() == outcome::Verdict{Outcome::unknown, kMax, kMin});
  w.context.as_of = 20 * kHour;
  CHECK(w.judge() == outcome::Verdict{Outcome::pending, 20 * kHour, kMin});
}

TEST_CASE("only an instant that cannot come before its trigger follows it") {
  World w;
  const ExprId returned = w.build.read(w.build.variable(w.s), w.returned);
  const auto plus = [&](Op op, ExprId length) { return w.build.make(op, kInstant, {returned, length}); };
  const auto one = [&](Op op) { return w.build.make(op, kInstant, {returned}); };
  CHECK(model::follows_its_trigger(w.book, returned));
  CHECK(model::follows_its_trigger(w.book, plus(Op::add, w.build.duration(0))));
  CHECK(model::follows_its_trigger(w.book, one(Op::end_of_day)));
  CHECK(model::follows_its_trigger(w.book, w.build.make(Op::later, kInstant, {w.plain, returned})));
  CHECK_FALSE(model::follows_its_trigger(w.book, one(Op::start_of_day)));
  CHECK_FALSE(model::follows_its_trigger(w.book, plus(Op::add, w.build.duration(-1))));
  CHECK_FALSE(model::follows_its_trigger(w.book, plus(Op::subtract, w.build.duration(1))));
  CHECK_FALSE(model::follows_its_trigger(w.book, w.build.make(Op::earlier, kInstant, {w.plain, returned})));
}
