// Definitions, derivations and norms.
#include "tests/differential/generator.h"

namespace jianlu::differential {

void Generator::definition() {
  model::Definition d;
  const DefId id = definitions_;
  static const std::vector<DefKind> kinds{DefKind::definition, DefKind::definition, DefKind::definition, DefKind::ground,
                                          DefKind::act, DefKind::interpretation, DefKind::exemption};
  d.kind = one_of(kinds);
  uses_gaps_ = false;
  no_gaps_ = chance(50);   // leaves definitions that derivations may call
  Scope scope;
  if (d.kind != DefKind::interpretation) {
    for (int n = chance(20) ? 2 : 1; n > 0; --n) {
      d.parameters.push_back(build_.var(chance(10) && !no_gaps_ ? gap_ : one_of(stored_)));
      if (entity_of(d.parameters.back()) == gap_) uses_gaps_ = true;
    }
    scope = d.parameters;
  }
  static const std::vector<Type> results{kTruth, kNumber, kText, kInstant, kDuration, kInterval, {TypeKind::enum_value, 0},
                                         {TypeKind::enum_set, 0}, {TypeKind::enum_set, 1}, kSet};
  static const std::vector<Type> constants{kNumber, kDuration, kPeriod, {TypeKind::enum_set, 1}, kTruth};
  const bool is_truth = d.kind == DefKind::ground || d.kind == DefKind::act || d.kind == DefKind::exemption;
  d.result = is_truth ? kTruth : d.kind == DefKind::interpretation ? one_of(constants) : one_of(results);
  if (d.kind == DefKind::definition && chance(10)) d.result = {TypeKind::reference, one_of(stored_)};
  const auto value = [&] {
    if (d.result.kind == TypeKind::reference) return reference(d.result.of, scope, 1);
    return make(d.result, scope, 2);
  };
  switch (d.kind) {
    case DefKind::definition: {
      const int exceptions = pick(4);
      for (int i = 0; i <= exceptions; ++i) {
        model::Alternative a;
        a.value = value();
        if (a.value == kNone) return;
        if (i > 0) a.when = make(kTruth, scope, 1);
        d.alternatives.push_back(a);
      }
      break;
    }
    case DefKind::ground:
      for (int n = 1 + pick(3); n > 0; --n) d.alternatives.push_back({{}, false, make(kTruth, scope, 2), kNone, {}});
      break;
    case DefKind::exemption: d.alternatives.push_back({{}, false, make(kTruth, scope, 2), kNone, {}}); break;
    default: d.alternatives.push_back({{}, false, kNone, value(), {}}); break;
  }
  no_gaps_ = false;
  d.name = {"d" + std::to_string(id), "d" + std::to_string(id)};
  case_.book.definitions.push_back(d);
  rests_on_gaps_.push_back(uses_gaps_ || reads_gaps(d));
  ++definitions_;
}

bool Generator::reads_gaps(const model::Definition& d) {
  for (const model::Alternative& a : d.alternatives) {
    if (reads_gaps(a.when) || reads_gaps(a.value)) return true;
  }
  return false;
}

bool Generator::reads_gaps(ExprId id) {
  if (id == kNone) return false;
  const model::Expr& e = case_.book.expr(id);
  if (e.op == Op::list && e.type.of == gap_) return true;
  if (e.op == Op::call && rests_on_gaps_[static_cast<std::size_t>(e.definition)]) return true;
  return std::any_of(e.operands.begin(), e.operands.end(), [&](ExprId o) { return reads_gaps(o); });
}

void Generator::derivation(int r) {
  no_gaps_ = true;
  model::Derivation d;
  d.entity = gap_;
  d.subject = build_.var(session_);
  const Scope scope{d.subject};
  d.within = chance(60) ? build_.read(build_.variable(d.subject), field_of(session_, kInterval)) : make(kInterval, scope, 2);
  if (chance(50)) d.excused = make(kSet, scope, 2);
  d.covering_var = build_.var(clip_);
  d.covering_list = build_.read(build_.variable(d.subject), entity(clip_).owner_list);
  const Scope covering{d.subject, d.covering_var};
  d.covering_interval =
      chance(80) ? build_.read(build_.variable(d.covering_var), field_of(clip_, kInterval)) : make(kInterval, covering, 1);
  if (chance(60)) d.covering_clock = build_.read(build_.variable(d.covering_var), field_of(clip_, chance(50) ? kText : Type{TypeKind::reference, unit_}));
  if (chance(40)) d.horizon = make(kInstant, scope, 1);
  if (chance(70)) d.tolerance = chance(80) ? build_.duration(pick(4) * 2 * hour) : make(kDuration, scope, 1);
  d.start = gap_fields_[0], d.end = gap_fields_[1], d.length = gap_fields_[2], d.previous = gap_fields_[3], d.next = gap_fields_[4];
  case_.book.regulations[static_cast<std::size_t>(r)].derivations.push_back(d);
  no_gaps_ = false;
}

model::Norm Generator::norm(EntityId subject, bool pair) {
  model::Norm n;
  n.subject = build_.var(subject);
  Scope scope{n.subject};
  if (pair) {
    const ExprId rows = subject == session_ && chance(60) ? build_.read(build_.variable(n.subject), entity(gap_).owner_list)
                                                         : stored_list(scope);
    if (rows != kNone) {
      n.list = rows;
      n.element = build_.var(case_.book.expr(rows).type.of);
      scope.push_back(n.element);
    }
  }
  n.governing = chance(70) ? field(kInstant, {n.subject}, 0) : make(kInstant, scope, 1);
  if (chance(70)) n.when = make(kTruth, scope, 1 + pick(2));
  if (chance(15)) n.valid_from = base_ + pick(30) * 2 * hour;
  if (chance(15)) n.valid_until = base_ + (20 + pick(30)) * 2 * hour;
  return n;
}

ExprId Generator::stored_list(const Scope& scope) {
  no_gaps_ = true;
  const ExprId rows = list(scope, 0);
  no_gaps_ = false;
  return rows;
}

Generator::Scope Generator::scope_of(const model::Norm& n) {
  Scope scope{n.subject};
  if (n.element != kNone) scope.push_back(n.element);
  return scope;
}

void Generator::add_unless(model::Norm& n) {
  for (int count = chance(40) ? 1 + pick(2) : 0; count > 0; --count) {
    model::Unless u;
    u.condition = make(kTruth, scope_of(n), 2);
    if (chance(50)) u.claim_deadline = make(kInstant, scope_of(n), 1);
    n.unless.push_back(u);
  }
}

void Generator::norms(int r) {
  static const std::vector<int> subjects{1, 1, 1, 2, 2, 0, 3, 4};
  const EntityId subject = stored_[static_cast<std::size_t>(one_of(subjects))];
  const bool pair = (subject == session_ || subject == unit_ || subject == clip_) && chance(40);
  model::Norm n = norm(subject, pair);
  std::vector<NormId> bans;
  if (chance(50)) {
    // On the rows of the duty, on its first row while it is about a pair, on its second, or the other way round.
    const bool second = n.element != kNone && entity_of(n.element) != gap_ && chance(30);
    const EntityId banned = second ? entity_of(n.element) : subject;
    const bool lists = banned == session_ || banned == unit_ || banned == clip_;
    model::Norm ban = norm(banned, lists && (n.element == kNone || chance(60)) && chance(60));
    ban.modality = model::Modality::ban;
    if (chance(70)) ban.when = make(kTruth, scope_of(ban), 1);
    add_unless(ban);
    ban.must = make(kTruth, scope_of(ban), 2);
    bans.push_back(build_.norm(ban, static_cast<std::size_t>(r)));
  }
  if (chance(8)) n.modality = model::Modality::permit;
  n.opposing_bans = bans;
  add_unless(n);
  const Scope scope = scope_of(n);
  if (chance(40)) {
    n.deadline = model::Deadline{chance(60) ? field(kInstant, scope, 0) : make(kInstant, scope, 2), chance(40), {}};
  }
  if (chance(25)) n.await = make(kInstant, scope, 1);
  const ExprId rows = n.deadline && chance(75) ? list(scope, 1) : kNone;
  if (rows != kNone) {
    model::Performance p;
    p.var = build_.var(case_.book.expr(rows).type.of);
    p.list = rows;
    Scope inside = scope;
    inside.push_back(p.var);
    if (chance(60)) p.where = make(kTruth, inside, 1);
    if (chance(45)) {   // plain and early, so that some are late
      n.when = kNone;
      p.where = kNone;
      n.deadline->instant = build_.instant(base_ + pick(8) * 2 * hour);
    }
    p.decisive = chance(80) ? field(kInstant, {p.var}, 0) : make(kInstant, inside, 1);
    n.performance = p;
  } else {
    n.must = make(kTruth, scope, 1 + pick(3));
  }
  build_.norm(n, static_cast<std::size_t>(r));
}

}  // namespace jianlu::differential
