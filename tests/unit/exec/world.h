// A session ledger with recordings, one row each unless a test adds more, and expressions judged as the duty of a norm.
#pragma once

#include <string>

#include "engine/exec/exec.h"
#include "tests/differential/build.h"

namespace jianlu::exec {

using namespace jianlu::differential;
using fact::kFalse, fact::kMax, fact::kMin, fact::kNothing, fact::kTrue, fact::kUndecided, fact::kUnknown;
using model::kNone;

constexpr std::int64_t kHour = calendar::hour;
constexpr Type kTruth{TypeKind::truth}, kInstant{TypeKind::instant}, kNumber{TypeKind::number}, kDuration{TypeKind::duration},
    kText{TypeKind::text}, kSpan{TypeKind::interval}, kSpans{TypeKind::interval_set}, kCode{TypeKind::enum_value, 0},
    kCodes{TypeKind::enum_set, 0};

struct World {
  model::Rulebook book;
  fact::Facts facts;
  Build build{book, facts};
  outcome::Context context{100 * kHour, nullptr};
  std::vector<calendar::Zone> zones{calendar::Zone::utc()};

  EntityId session = build.entity("session");
  FieldId ended = build.field(session, "ended", kInstant), other = build.field(session, "other", kInstant);
  FieldId flag = build.field(session, "flag", kTruth), amount = build.field(session, "amount", kNumber);
  FieldId words = build.field(session, "words", kText), code = build.field(session, "code", kCode);
  FieldId codes = build.field(session, "codes", kCodes), span = build.field(session, "span", kSpan);
  FieldId partner = build.field(session, "partner", {TypeKind::reference, session});
  EntityId recording = build.entity("recording", session);
  FieldId part = build.field(recording, "part", kSpan), good = build.field(recording, "good", kTruth);
  FieldId at = build.field(recording, "at", kInstant);
  FieldId recordings = book.vocabulary.entities[static_cast<std::size_t>(recording)].owner_list;
  VarId s = build.var(session), r = build.var(recording);

  World() {
    book.vocabulary.entities[static_cast<std::size_t>(session)].time = ended;
    book.regulations.emplace_back().zone = "UTC";
    build.tables();
  }

  Row add_session() {
    const Row row = build.row(session);
    build.set(session, row, ended, 10 * kHour);
    return row;
  }
  Row add_recording(Row owner, std::int64_t from, std::int64_t to) {
    const Row row = build.row(recording, owner);
    build.set_interval(recording, row, part, from * kHour, to * kHour);
    return row;
  }

  ExprId of(FieldId field) { return build.read(build.variable(s), field); }
  ExprId of_recording(FieldId field) { return build.read(build.variable(r), field); }
  ExprId list() { return of(recordings); }
  ExprId both(Op op, ExprId a, ExprId b, Type type = kTruth) { return build.make(op, type, {a, b}); }
  ExprId one(Op op, ExprId a, Type type = kTruth) { return build.make(op, type, {a}); }
  ExprId any(ExprId body, ExprId filter = kNone) { return build.quantify(Op::any, kTruth, list(), r, filter, body); }
  NormId duty(ExprId must) {
    model::Norm norm;
    norm.name = {"duty", "duty"};
    norm.subject = s;
    norm.must = must;
    return build.norm(norm);
  }

  std::vector<NormVerdicts> evaluate(const Options& options = {}) {
    const plan::Plan plan = plan::compile(book);
    return Evaluator(plan).evaluate(facts, context, zones, options);
  }
  // The truth of an expression for each session.
  std::vector<int> truths(ExprId must) {
    const NormId id = duty(must);
    std::vector<int> result;
    for (const NormVerdicts& v : evaluate()) {
      if (v.norm != id) continue;
      for (const std::uint8_t o : v.outcomes) {
        result.push_back(o == static_cast<int>(outcome::Outcome::satisfied)  ? kTrue
                         : o == static_cast<int>(outcome::Outcome::breached) ? kFalse
                                                                             : kUndecided);
      }
    }
    return result;
  }
  int truth(ExprId must) { return truths(must).at(0); }
};

}  // namespace jianlu::exec
