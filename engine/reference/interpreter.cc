#include "engine/reference/interpreter.h"

#include <algorithm>

#include "engine/text/normal.h"

namespace jianlu::reference {

using fact::kFalse, fact::kTrue, fact::kUndecided, fact::kMin, fact::kMax, fact::kNothing, fact::kUnknown, fact::kValue;
using model::ExprId;
using model::Op;
using model::TypeKind;

namespace {

Value coded(TypeKind kind, std::int64_t code) {
  Value v;
  v.kind = kind;
  v.state = kValue;
  v.code = code;
  return v;
}

Value result(TypeKind kind, bool in_range, Bound bound) { return in_range ? quantity(kind, bound) : unknown(kind); }

bool open_side(std::int64_t side) { return side <= kMin || side >= kMax; }

}  // namespace

const Value& Scope::of(model::VarId var) const {
  for (const auto& [bound, row] : rows) {
    if (bound == var) return row;
  }
  static const Value kUnbound = unknown(TypeKind::reference);
  return kUnbound;
}

Scope Scope::with(model::VarId var, Value row) const {
  Scope scope = *this;
  scope.rows.emplace_back(var, std::move(row));
  return scope;
}

const calendar::Zone& Interpreter::zone(const Scope& scope) const {
  static const calendar::Zone kUtc = calendar::Zone::utc();
  const auto index = static_cast<std::size_t>(scope.regulation);
  return scope.regulation >= 0 && index < zones_.size() ? zones_[index] : kUtc;
}

Value Interpreter::evaluate(ExprId id, const Scope& scope, Node* node) {
  const model::Expr& e = book_.expr(id);
  if (node) {
    node->expr = id;
    node->span = e.span;
  }
  const bool composed = e.op == Op::logical_not || e.op == Op::logical_and || e.op == Op::logical_or ||
                        e.op == Op::any || e.op == Op::every || e.op == Op::call || e.op == Op::field;
  Value v;
  if (e.type.kind == TypeKind::truth && !composed) {
    v = of_truth(atom(AtomKind::expression, id, scope, [&] { return compute(e, id, scope, node).state; }));
  } else {
    const bool watched = watch && !watch->inside && e.type.kind == TypeKind::truth;
    AtomKey key;
    if (watched) {
      key = key_of(AtomKind::composed, id, scope);
      // What the facts decide is not worked out again in each completion.
      if (const auto found = watch->settled.find(key); !node && found != watch->settled.end()) return of_truth(found->second);
    }
    const std::size_t before = watch ? watch->atoms.size() : 0;
    v = compute(e, id, scope, node);
    if (watched) {
      // What a decided connective left undecided below it settles nothing.
      if (v.state != kUndecided) watch->atoms.resize(before);
      decided(std::move(key), v.state);
    }
  }
  if (node) node->value = v;
  return v;
}

Truth Interpreter::condition(ExprId id, const Scope& scope, Node* node) {
  return id == model::kNone ? Truth{kTrue} : evaluate(id, scope, node).state;
}

Value Interpreter::compute(const model::Expr& e, ExprId id, const Scope& scope, Node* node) {
  const auto operand = [&](std::size_t i) {
    Node* child = node ? &node->children.emplace_back() : nullptr;
    return evaluate(e.operands[i], scope, child);
  };
  switch (e.op) {
    case Op::truth: return of_truth(truth(e.integer != 0));
    case Op::number:
    case Op::duration:
    case Op::instant: return quantity(e.type.kind, {e.integer, e.integer});
    case Op::as_of: return quantity(TypeKind::instant, {context_.as_of, context_.as_of});
    case Op::enum_value:
    case Op::enum_set: return coded(e.type.kind, e.integer);
    case Op::text: {
      Value v = coded(TypeKind::text, 0);
      v.text = e.text;
      return v;
    }
    case Op::period: {
      Value v = coded(TypeKind::period, 0);
      v.period = e.period;
      return v;
    }
    case Op::variable: return scope.of(e.var);
    case Op::field: {
      Value row = operand(0);
      row.row.entity = book_.expr(e.operands[0]).type.of;
      if (e.type.kind != TypeKind::truth) return read(row, e.field, e.span, scope, node);
      // One condition, wherever it is read.
      if (row.given()) {
        const auto look = [&] { return read(row, e.field, e.span, scope, node).state; };
        return of_truth(atom(AtomKind::cell, e.field, Scope{}.with(model::kNone, row), look));
      }
      return of_truth(atom(AtomKind::expression, id, scope, [&] {
        evaluate(e.operands[0], scope);
        return Truth{kUndecided};
      }));
    }
    case Op::list: return unknown(TypeKind::rows);   // only quantifiers and norms look into it, through rows()
    case Op::interval_start:
    case Op::interval_end: {
      const Value a = operand(0);
      return a.given() ? quantity(TypeKind::instant, e.op == Op::interval_start ? a.bound : a.end)
                       : absent(TypeKind::instant, a.state);
    }
    case Op::is_given: {
      const Value a = operand(0);
      // A truth value is never none: given, or not looked at yet.
      if (a.kind == TypeKind::truth) return of_truth(a.state == kUndecided ? kUndecided : kTrue);
      return of_truth(a.state);
    }
    case Op::is_ruled_on: {
      const model::Expr& cell = book_.expr(e.operands[0]);
      Node* child = node ? &node->children.emplace_back() : nullptr;
      Value row = evaluate(cell.operands[0], scope);
      if (!row.given()) return of_truth(row.state);
      row.row.entity = book_.expr(cell.operands[0]).type.of;
      // What was ruled is not asked here, so no fact is missing and none is settled.
      Watch* const outside = std::exchange(watch, nullptr);
      const Value found = read(row, cell.field, cell.span, scope, child);
      watch = outside;
      if (child) {
        child->expr = e.operands[0];
        child->span = cell.span;
        child->value = found;
      }
      return of_truth(truth(found.state != kUnknown));
    }
    case Op::logical_not: return of_truth(negate(operand(0).state));
    case Op::logical_and:
    case Op::logical_or: {
      Truth t = e.op == Op::logical_and ? kTrue : kFalse;
      for (std::size_t i = 0; i < e.operands.size(); ++i) {
        const Truth next = operand(i).state;
        t = e.op == Op::logical_and ? both(t, next) : either(t, next);
      }
      return of_truth(t);
    }
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::is_in:
    case Op::has_any:
    case Op::has_all:
    case Op::covers:
    case Op::overlaps:
    case Op::set_covers: {
      const Value a = operand(0);
      return compare(e, a, operand(1));
    }
    case Op::contains:
    case Op::similarity: {
      const Value a = operand(0);
      Value b = operand(1);   // with what fills its placeholders
      std::string filled(b.text);
      for (std::size_t i = 2; i < e.operands.size(); ++i) {
        const Value part = operand(i);
        b.state = both(b.state, part.state);
        filled += part.text;
      }
      b.text = filled;
      return e.op == Op::contains ? compare(e, a, b) : arithmetic(e, a, b);
    }
    case Op::negate:
    case Op::total_length: {
      const Value a = operand(0);
      return arithmetic(e, a, a);
    }
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::later:
    case Op::earlier:
    case Op::distance:
    case Op::set_union:
    case Op::make_interval: {
      const Value a = operand(0);
      return arithmetic(e, a, operand(1));
    }
    case Op::interval_union:
    case Op::interval_intersection:
    case Op::interval_difference: {
      const Value a = operand(0);
      return combined(e.op, a, operand(1));
    }
    case Op::end_of_day:
    case Op::start_of_day: {
      const Value a = operand(0);
      return calendar_value(e, a, a, scope);
    }
    case Op::add_period:
    case Op::same_day: {
      const Value a = operand(0);
      return calendar_value(e, a, operand(1), scope);
    }
    case Op::any:
    case Op::every:
    case Op::count:
    case Op::sum:
    case Op::earliest:
    case Op::latest:
    case Op::merged: return quantifier(e, id, scope, node);
    case Op::call: return call(e, scope, node);
  }
  return unknown(e.type.kind);
}

Value Interpreter::compare(const model::Expr& e, const Value& a, const Value& b) {
  if (e.op == Op::equal) return of_truth(equal(a, b));
  if (e.op == Op::not_equal) return of_truth(negate(equal(a, b)));
  if (!a.given() || !b.given()) return of_truth(kUndecided);
  switch (e.op) {
    case Op::less: return of_truth(less(a.bound, b.bound));
    case Op::less_equal: return of_truth(less_equal(a.bound, b.bound));
    case Op::greater: return of_truth(less(b.bound, a.bound));
    case Op::greater_equal: return of_truth(less_equal(b.bound, a.bound));
    case Op::is_in: return of_truth(truth((b.code >> a.code) & 1));
    case Op::has_any: return of_truth(truth((a.code & b.code) != 0));
    case Op::has_all: return of_truth(truth((a.code & b.code) == b.code));
    case Op::covers: return of_truth(both(less_equal(a.bound, b.bound), less_equal(b.end, a.end)));
    case Op::overlaps: return of_truth(both(less(a.bound, b.end), less(b.bound, a.end)));
    case Op::set_covers: {
      const calendar::Interval outer{b.bound.lo, b.end.hi}, inner{b.bound.hi, b.end.lo};
      if (outer.end < outer.start || calendar::covers(a.definite, {&outer, 1})) return of_truth(kTrue);
      if (inner.start <= inner.end && !calendar::covers(a.possible, {&inner, 1})) return of_truth(kFalse);
      return of_truth(kUndecided);
    }
    case Op::contains:
      return of_truth(truth(text::normalise(a.text).find(text::normalise(b.text)) != std::u32string::npos));
    default: return of_truth(kUndecided);
  }
}

Value Interpreter::arithmetic(const model::Expr& e, const Value& a, const Value& b) {
  const TypeKind kind = e.type.kind;
  const Truth state = both(a.state, b.state);   // none makes none, whatever else is unknown
  if (state != kValue) return absent(kind, state);
  Bound out;
  switch (e.op) {
    case Op::negate: return quantity(kind, negated(a.bound));
    case Op::add: return result(kind, add(a.bound, b.bound, out), out);
    case Op::subtract: return result(kind, subtract(a.bound, b.bound, out), out);
    case Op::multiply: return result(kind, multiply(a.bound, b.bound, out), out);
    case Op::divide: return result(kind, divide(a.bound, b.bound, out), out);
    case Op::distance: return result(kind, distance(a.bound, b.bound, out), out);
    case Op::later: return quantity(kind, larger(a.bound, b.bound));
    case Op::earlier: return quantity(kind, smaller(a.bound, b.bound));
    case Op::set_union: return coded(kind, a.code | b.code);
    case Op::make_interval: {
      Value v = quantity(kind, a.bound);
      v.end = b.bound;
      return v;
    }
    case Op::total_length: {
      const auto length = [](const calendar::IntervalSet& set) {
        const bool open = !set.empty() && (set.front().start <= kMin || set.back().end >= kMax);
        return open ? kMax : std::min(calendar::total_length(set), kMax);
      };
      return quantity(kind, {length(a.definite), length(a.possible)});
    }
    case Op::similarity: {
      const std::int64_t s = text::similarity(text::normalise(a.text), text::normalise(b.text));
      return quantity(kind, {s, s});
    }
    default: return unknown(kind);
  }
}

Value Interpreter::calendar_value(const model::Expr& e, const Value& a, const Value& b, const Scope& scope) {
  const Truth state = both(a.state, b.state);
  if (state != kValue) return absent(e.type.kind, state);
  const calendar::Zone& local = zone(scope);
  const auto day = [&](std::int64_t t) { return local.day_of(t); };
  const auto each_side = [&](auto move) {
    const auto side = [&](std::int64_t t) { return open_side(t) ? t : move(t); };
    return quantity(TypeKind::instant, {side(a.bound.lo), side(a.bound.hi)});
  };
  switch (e.op) {
    case Op::end_of_day: return each_side([&](std::int64_t t) { return local.end_of_day(day(t)); });
    case Op::start_of_day: return each_side([&](std::int64_t t) { return local.start_of_day(day(t)); });
    case Op::same_day: {
      if (day(a.bound.lo) == day(a.bound.hi) && day(b.bound.lo) == day(b.bound.hi)) {
        return of_truth(truth(day(a.bound.lo) == day(b.bound.lo)));
      }
      const bool apart = day(a.bound.hi) < day(b.bound.lo) || day(b.bound.hi) < day(a.bound.lo);
      return of_truth(apart ? kFalse : kUndecided);
    }
    case Op::add_period: {
      static const calendar::WorkingDays kNoNotices;
      const calendar::WorkingDays& working = context_.working_days ? *context_.working_days : kNoNotices;
      const auto end = [&](std::int64_t t) -> calendar::PeriodEnd {
        if (open_side(t)) return {{t, t}, 0};
        const calendar::PeriodEnd reached =
            calendar::add(t, b.period, local, working, e.rollover ? calendar::Rollover::move : calendar::Rollover::stay);
        if (reached.missing_notice != 0) missing_notices.insert(reached.missing_notice);
        return reached;
      };
      return quantity(TypeKind::instant,
                      {std::max(end(a.bound.lo).lo, kMin), std::min(end(a.bound.hi).hi, kMax)});
    }
    default: return unknown(e.type.kind);
  }
}

Value Interpreter::read(const Value& row, model::FieldId field, source::Span span, const Scope& scope, Node* node) {
  const model::Entity& entity = book_.vocabulary.entities[row.row.entity];
  const TypeKind kind = entity.fields[field].type.kind;
  if (!row.given()) return absent(kind, row.state);
  if (!entity.derived) return cell(row.row, field, span, node);

  const auto reference = [&](model::EntityId to, fact::Row index) {
    Value v = absent(TypeKind::reference, index == fact::kNoRow ? kNothing : kValue);
    v.row = {to, index};
    return v;
  };
  const model::Type type = entity.fields[field].type;
  if (field == entity.owner_field) return reference(entity.owner, row.row.row);
  const Gaps* derived = gaps(row.row.entity, row.row.row, scope.regulation);
  if (!derived) return unknown(kind);
  for (const model::Derivation& d : book_.regulations[static_cast<std::size_t>(scope.regulation)].derivations) {
    if (d.entity != row.row.entity) continue;
    if (field == d.previous) return reference(type.of, row.row.previous);
    if (field == d.next) return reference(type.of, row.row.next);
    for (const Gap& gap : derived->gaps) {
      if (gap.row != row.row) continue;
      const Bound* bound = field == d.start ? &gap.start : field == d.end ? &gap.end : field == d.length ? &gap.length : nullptr;
      if (!bound) break;
      if (!bound->exact()) {
        for (const Leaf& leaf : derived->leaves) note(leaf);
      }
      return quantity(kind, *bound);
    }
  }
  return unknown(kind);
}

Value Interpreter::cell(RowRef row, model::FieldId field, source::Span span, Node* node) {
  const fact::Table& table = facts_.tables[static_cast<std::size_t>(row.entity)];
  const model::Type type = book_.vocabulary.field(row.entity, field).type;
  const fact::Column& column = table.columns[static_cast<std::size_t>(field)];
  const auto at = static_cast<std::size_t>(row.row);
  const auto bound = [&](const std::vector<std::int64_t>& lo, const std::vector<std::int64_t>& hi) {
    return Bound{lo[at], hi.empty() ? lo[at] : hi[at]};
  };
  Leaf leaf{row, field, false, kMin, at < table.origins.size() ? table.origins[at] : fact::Origin{}, span};
  if (node) node->facts.push_back(leaf);

  if (type.kind == TypeKind::truth) {
    const auto t = static_cast<Truth>(column.lo[at]);
    if (t == kUndecided) note(leaf);
    return of_truth(t);
  }
  if (column.state[at] != kValue) {
    if (column.state[at] == kUnknown) note(leaf);
    Value v = absent(type.kind, column.state[at]);
    v.row.entity = type.of;
    return v;
  }
  Value v = coded(type.kind, column.lo[at]);
  switch (type.kind) {
    case TypeKind::text: v.text = facts_.texts[column.lo[at]]; break;
    case TypeKind::reference: v.row = {type.of, static_cast<fact::Row>(column.lo[at])}; break;
    case TypeKind::interval: v.end = bound(column.end_lo, column.end_hi); [[fallthrough]];
    case TypeKind::number:
    case TypeKind::instant:
    case TypeKind::duration:
      v.bound = bound(column.lo, column.hi);
      if (!v.bound.exact() || (type.kind == TypeKind::interval && !v.end.exact())) note(leaf);
      break;
    default: break;
  }
  return v;
}

Value Interpreter::governing_time(const Value& row) {
  if (!row.given()) return absent(TypeKind::instant, row.state);
  const model::Entity& entity = book_.vocabulary.entities[row.row.entity];
  const Scope nowhere;
  if (entity.time != model::kNone && !entity.derived) {
    const Value t = cell(row.row, entity.time, {}, nullptr);
    if (t.kind == TypeKind::instant || !t.given()) return t.given() ? t : absent(TypeKind::instant, t.state);
    return quantity(TypeKind::instant, t.end);
  }
  if (entity.owner_field == model::kNone) return unknown(TypeKind::instant);
  return governing_time(read(row, entity.owner_field, {}, nowhere));
}

}  // namespace jianlu::reference
