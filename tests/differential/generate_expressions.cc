// Expressions; every function ends, because depth falls and what cannot be had becomes a literal.
#include "tests/differential/generator.h"

namespace jianlu::differential {

ExprId Generator::literal(Type type) {
  switch (type.kind) {
    case TypeKind::truth: return build_.truth(chance(50));
    case TypeKind::number: return build_.number(some_number());
    case TypeKind::duration: return build_.duration(some_duration());
    case TypeKind::instant: return build_.instant(some_instant());
    case TypeKind::text: return build_.text(some_text());
    case TypeKind::enum_value: return build_.literal(Op::enum_value, type, pick(kEnumValues));
    case TypeKind::enum_set: return build_.literal(Op::enum_set, type, pick(1 << kEnumValues));
    case TypeKind::interval: return build_.make(Op::make_interval, kInterval, {literal(kInstant), literal(kInstant)});
    case TypeKind::period: {
      model::Expr e;
      e.op = Op::period;
      e.type = kPeriod;
      e.period = some_period();
      return build_.make(std::move(e));
    }
    default: return kNone;
  }
}

ExprId Generator::reference(EntityId of, const Scope& scope, int depth) {
  std::vector<VarId> direct;
  for (const VarId v : scope) {
    if (entity_of(v) == of) direct.push_back(v);
  }
  if (!direct.empty() && !chance(depth > 0 ? 15 : 0)) return build_.variable(one_of(direct));
  std::vector<std::pair<VarId, FieldId>> reads;
  for (const VarId v : scope) {
    const auto& fields = entity(entity_of(v)).fields;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (fields[f].type == Type{TypeKind::reference, of}) reads.emplace_back(v, static_cast<FieldId>(f));
    }
  }
  if (depth > 0 && chance(25)) {
    if (const ExprId called = call({TypeKind::reference, of}, scope, depth - 1); called != kNone) return called;
  }
  if (reads.empty()) return direct.empty() ? kNone : build_.variable(one_of(direct));
  const auto [v, f] = one_of(reads);
  return build_.read(build_.variable(v), f);
}

ExprId Generator::any_row(const Scope& scope, int depth) {
  return reference(chance(80) ? entity_of(one_of(scope)) : one_of(stored_), scope, depth);
}

ExprId Generator::field(Type type, const Scope& scope, int depth) {
  for (int attempt = 0; attempt < 4; ++attempt) {
    const ExprId row = any_row(scope, depth);
    if (row == kNone) continue;
    const FieldId f = field_of(case_.book.expr(row).type.of, type);
    if (f != kNone) return build_.read(row, f);
  }
  return literal(type);
}

ExprId Generator::list(const Scope& scope, int depth, EntityId of) {
  for (int attempt = 0; attempt < 6; ++attempt) {
    const ExprId row = any_row(scope, depth);
    if (row == kNone) continue;
    std::vector<FieldId> lists;
    const auto& fields = entity(case_.book.expr(row).type.of).fields;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (fields[f].kind != model::FieldKind::list || (of != kNone && fields[f].list_of != of)) continue;
      if (fields[f].list_of == gap_ && no_gaps_) continue;   // no derivation may rest on itself
      lists.push_back(static_cast<FieldId>(f));
    }
    if (!lists.empty()) return build_.read(row, one_of(lists));
  }
  return kNone;
}

ExprId Generator::quantifier(Op op, Type type, Type body, const Scope& scope, int depth) {
  const ExprId rows = list(scope, depth);
  if (rows == kNone) return literal(type);
  const VarId v = build_.var(case_.book.expr(rows).type.of);
  Scope inside = scope;
  inside.push_back(v);
  const bool has_body = op != Op::count && !(op == Op::any && chance(30));
  const ExprId filter = chance(50) ? make(kTruth, inside, depth - 2) : kNone;
  const ExprId value = has_body ? make(body, inside, depth - 2) : kNone;
  const ExprId horizon = chance(40) ? make(kInstant, scope, std::min(depth - 2, 1)) : kNone;
  return build_.quantify(op, type, rows, v, filter, value, horizon);
}

ExprId Generator::call(Type type, const Scope& scope, int depth) {
  std::vector<DefId> fitting;
  for (DefId d = 0; d < definitions_; ++d) {
    if (no_gaps_ && rests_on_gaps_[static_cast<std::size_t>(d)]) continue;
    if (case_.book.definitions[static_cast<std::size_t>(d)].result == type) fitting.push_back(d);
  }
  if (fitting.empty()) return kNone;
  const DefId d = one_of(fitting);
  std::vector<ExprId> arguments;
  for (const VarId p : case_.book.definitions[static_cast<std::size_t>(d)].parameters) {
    arguments.push_back(reference(entity_of(p), scope, depth));
    if (arguments.back() == kNone) return kNone;
  }
  if (chance(30)) arguments.push_back(make(kInstant, scope, std::min(depth, 1)));
  uses_gaps_ = uses_gaps_ || rests_on_gaps_[static_cast<std::size_t>(d)];
  return build_.call(d, std::move(arguments));
}

ExprId Generator::make(Type type, const Scope& scope, int depth) {
  if (scope.empty()) return literal(type);
  if (depth <= 0) return leaf(type, scope);
  if (chance(15)) {
    if (const ExprId called = call(type, scope, depth - 1); called != kNone) return called;
  }
  if (chance(20)) return leaf(type, scope);
  const auto two = [&](Op op, Type operand) {
    const ExprId a = make(operand, scope, depth - 1);
    return build_.make(op, type, {a, make(operand, scope, depth - 1)});
  };
  const auto mixed = [&](Op op, Type a, Type b) {
    const ExprId first = make(a, scope, depth - 1);
    return build_.make(op, type, {first, make(b, scope, depth - 1)});
  };
  const auto one = [&](Op op, Type operand) { return build_.make(op, type, {make(operand, scope, depth - 1)}); };
  switch (type.kind) {
    case TypeKind::truth: return truth(scope, depth);
    case TypeKind::number:
      switch (pick(13)) {
        case 0: return one(Op::negate, kNumber);
        case 1: return two(Op::add, kNumber);
        case 2: return two(Op::subtract, kNumber);
        case 3: return two(Op::multiply, kNumber);
        case 4: return two(Op::divide, kNumber);
        case 5: return two(chance(50) ? Op::later : Op::earlier, kNumber);
        case 6: return two(Op::distance, kNumber);
        case 7: return compared(Op::similarity, type, scope, depth);
        case 8:
        case 9: return quantifier(Op::count, type, kTruth, scope, depth);
        case 10: return quantifier(Op::sum, type, kNumber, scope, depth);
        case 11: return quantifier(chance(50) ? Op::earliest : Op::latest, type, kNumber, scope, depth);
        default: return leaf(type, scope);
      }
    case TypeKind::duration:
      switch (pick(13)) {
        case 0: return one(Op::negate, kDuration);
        case 1: return two(Op::add, kDuration);
        case 2: return two(Op::subtract, kDuration);
        case 3: return two(Op::subtract, kInstant);
        case 4: return mixed(Op::multiply, kNumber, kDuration);
        case 5: return mixed(Op::multiply, kDuration, kNumber);
        case 6: return mixed(Op::divide, kDuration, kNumber);
        case 7: return two(chance(50) ? Op::later : Op::earlier, kDuration);
        case 8: return two(Op::distance, kInstant);
        case 9:
        case 10: return one(Op::total_length, kSet);
        case 11: return quantifier(Op::sum, type, kDuration, scope, depth);
        default: return quantifier(chance(50) ? Op::earliest : Op::latest, type, kDuration, scope, depth);
      }
    case TypeKind::instant:
      switch (pick(11)) {
        case 0: return one(Op::interval_start, kInterval);
        case 1: return one(Op::interval_end, kInterval);
        case 2: return mixed(Op::add, kInstant, kDuration);
        case 3: return mixed(Op::subtract, kInstant, kDuration);
        case 4: return two(chance(50) ? Op::later : Op::earlier, kInstant);
        case 5: return one(Op::end_of_day, kInstant);
        case 6: return one(Op::start_of_day, kInstant);
        case 7:
        case 8: {
          const ExprId sum = mixed(Op::add_period, kInstant, kPeriod);
          case_.book.exprs[static_cast<std::size_t>(sum)].rollover = chance(50);
          return sum;
        }
        case 9: return quantifier(Op::earliest, type, kInstant, scope, depth);
        default: return quantifier(Op::latest, type, kInstant, scope, depth);
      }
    case TypeKind::enum_set: return two(Op::set_union, type);
    case TypeKind::interval: return two(Op::make_interval, kInstant);
    case TypeKind::interval_set: return chance(50) ? merged(scope, depth) : set_of_time(scope, depth);
    default: return leaf(type, scope);
  }
}

ExprId Generator::set_of_time(const Scope& scope, int depth) {
  static const std::vector<Op> ops{Op::interval_union, Op::interval_intersection, Op::interval_difference};
  const auto side = [&] { return make(chance(35) ? kInterval : kSet, scope, depth - 1); };
  const ExprId a = side();
  return build_.make(one_of(ops), kSet, {a, side()});
}

ExprId Generator::merged(const Scope& scope, int depth) {
  const ExprId rows = list(scope, depth);
  if (rows != kNone) {
    const VarId v = build_.var(case_.book.expr(rows).type.of);
    Scope inside = scope;
    inside.push_back(v);
    const ExprId filter = chance(30) ? make(kTruth, inside, depth - 2) : kNone;
    return build_.quantify(Op::merged, kSet, rows, v, filter, make(kInterval, inside, std::min(depth - 1, 1)));
  }
  // Nothing to run over from here: through a reference that is never far.
  const ExprId session = reference(session_, scope, 0), unit = reference(unit_, scope, 0);
  const ExprId row = session != kNone ? session : unit != kNone ? unit : build_.variable(one_of(scope));
  return merged_of(row);
}

ExprId Generator::merged_of(ExprId row) {
  const auto& fields = entity(case_.book.expr(row).type.of).fields;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (fields[f].kind != model::FieldKind::list || fields[f].list_of == gap_) continue;
    const VarId v = build_.var(fields[f].list_of);
    const ExprId body = build_.read(build_.variable(v), field_of(fields[f].list_of, kInterval));
    return build_.quantify(Op::merged, kSet, build_.read(row, static_cast<FieldId>(f)), v, kNone, body);
  }
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (fields[f].type.kind == TypeKind::reference) return merged_of(build_.read(row, static_cast<FieldId>(f)));
  }
  return kNone;
}

ExprId Generator::leaf(Type type, const Scope& scope) {
  if (type.kind == TypeKind::interval_set) return merged(scope, 1);
  if (type.kind == TypeKind::period) return literal(type);
  if (type.kind == TypeKind::instant && chance(8)) return build_.make(Op::as_of, kInstant, {});
  if (type.kind == TypeKind::truth && chance(4)) return ruled_on(scope);
  if (type.kind == TypeKind::truth && chance(15)) {
    const Type of = given_type();
    return build_.make(Op::is_given, kTruth, {field(of, scope, 0)});
  }
  return chance(type.kind == TypeKind::truth ? 6 : 25) ? literal(type) : field(type, scope, 0);
}

ExprId Generator::compared(Op op, Type type, const Scope& scope, int depth) {
  std::vector<ExprId> texts;
  for (int n = chance(40) ? 3 + pick(2) : 2; n > 0; --n) texts.push_back(make(kText, scope, depth - 1));
  return build_.make(op, type, std::move(texts));
}

ExprId Generator::ruled_on(const Scope& scope) {
  const ExprId read = field(given_type(), scope, 1);
  return case_.book.expr(read).op == Op::field ? build_.make(Op::is_ruled_on, kTruth, {read}) : literal(kTruth);
}

Type Generator::given_type() {
  static const std::vector<Type> types{kNumber, kText, kInstant, kDuration, kInterval, {TypeKind::enum_value, 0}, {TypeKind::enum_set, 1}, kTruth};
  return one_of(types);
}

ExprId Generator::truth(const Scope& scope, int depth) {
  const auto node = [&](Op op, Type a, Type b) {
    const ExprId first = make(a, scope, depth - 1);
    return build_.make(op, kTruth, {first, make(b, scope, depth - 1)});
  };
  const Type value{TypeKind::enum_value, pick(2)}, set{TypeKind::enum_set, value.of};
  switch (pick(20)) {
    case 0: return build_.make(Op::logical_not, kTruth, {make(kTruth, scope, depth - 1)});
    case 1:
    case 2: {
      std::vector<ExprId> operands;
      for (int n = 2 + pick(2); n > 0; --n) operands.push_back(make(kTruth, scope, depth - 1));
      return build_.make(chance(50) ? Op::logical_and : Op::logical_or, kTruth, std::move(operands));
    }
    case 3: {
      static const std::vector<Type> types{kNumber, kInstant, kDuration, kText, kTruth, kInterval};
      const Type type = chance(20) ? value : one_of(types);
      return node(chance(50) ? Op::equal : Op::not_equal, type, type);
    }
    case 4: {
      const EntityId of = one_of(stored_);
      const ExprId a = reference(of, scope, depth), b = reference(of, scope, depth);
      if (a == kNone || b == kNone) return leaf(kTruth, scope);
      return build_.make(chance(50) ? Op::equal : Op::not_equal, kTruth, {a, b});
    }
    case 5:
    case 6:
    case 7: {
      static const std::vector<Type> types{kNumber, kInstant, kDuration};
      static const std::vector<Op> ops{Op::less, Op::less_equal, Op::greater, Op::greater_equal};
      const Type type = one_of(types);
      return node(one_of(ops), type, type);
    }
    case 8: return node(Op::is_in, value, set);
    case 9: return node(chance(50) ? Op::has_any : Op::has_all, set, set);
    case 10: return node(Op::covers, kInterval, kInterval);
    case 11: return node(Op::overlaps, kInterval, kInterval);
    case 12: return node(Op::set_covers, kSet, kInterval);
    case 13: return compared(Op::contains, kTruth, scope, depth);
    case 14: return node(Op::same_day, kInstant, kInstant);
    case 15: return build_.make(Op::is_given, kTruth, {make(given_type(), scope, depth - 1)});
    case 16:
    case 17: return quantifier(Op::any, kTruth, kTruth, scope, depth);
    case 18: return quantifier(Op::every, kTruth, kTruth, scope, depth);
    default: return node(Op::less, {TypeKind::number}, {TypeKind::number});
  }
}

}  // namespace jianlu::differential
