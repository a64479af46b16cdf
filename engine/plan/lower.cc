#include "engine/plan/lower.h"

#include "engine/plan/truth.h"

namespace jianlu::plan {

using model::ExprId;
using model::Op;
using model::TypeKind;

Lowering::Lowering(const model::Rulebook& book, Plan& plan)
    : builder(plan), book_(book), plan_(plan), env_(book.variables.size(), kNone) {}

void Lowering::enter(std::int32_t regulation) {
  regulation_ = regulation;
  // Regulations of one zone share their calendar work.
  zone_ = 0;
  while (zone_ < regulation && book_.regulations[zone_].zone != book_.regulations[regulation].zone) ++zone_;
}

NodeId Lowering::condition(ExprId id) { return id == kNone ? builder.truth(kTrue) : node(id); }

NodeId Lowering::binary(Kernel kernel, Kind kind, const model::Expr& e) {
  const NodeId a = node(e.operands[0]);
  return builder.make(kernel, kind, {a, node(e.operands[1])});
}

NodeId Lowering::zoned(Kernel kernel, Kind kind, std::vector<NodeId> operands, std::int32_t index) {
  Node n;
  n.kernel = kernel;
  n.kind = kind;
  for (const NodeId id : operands) n.domain = builder.deeper(n.domain, builder.domain_of(id));
  for (NodeId& id : operands) id = builder.at(id, n.domain);
  if (kernel == Kernel::same_day && operands[1] < operands[0]) std::swap(operands[0], operands[1]);
  n.operands = std::move(operands);
  n.index = index;
  n.zone = zone_;
  return builder.make(std::move(n));
}

NodeId Lowering::compare(const model::Expr& e) {
  const bool negated = e.op == Op::not_equal || e.op == Op::greater || e.op == Op::greater_equal;
  const TypeKind kind = book_.expr(e.operands[0]).type.kind;
  const Lowered a = lower(e.operands[0]), b = lower(e.operands[1]);
  NodeId result = kNone;
  switch (e.op) {
    case Op::equal:
    case Op::not_equal:
      if (kind == TypeKind::truth) {
        result = builder.make(Kernel::same_truth, Kind::truth, {a.node, b.node});
      } else if (kind == TypeKind::period) {
        result = builder.truth(truth_of(*a.period == *b.period));
      } else {
        result = builder.make(Kernel::equal, Kind::truth, {a.node, b.node});
        if (kind == TypeKind::interval) {
          result = builder.logical_and(result, builder.make(Kernel::equal, Kind::truth, {a.end, b.end}));
        }
      }
      break;
    case Op::less:
    case Op::greater_equal: result = builder.make(Kernel::less, Kind::truth, {a.node, b.node}); break;
    case Op::less_equal:
    case Op::greater: result = builder.make(Kernel::less_equal, Kind::truth, {a.node, b.node}); break;
    default: break;
  }
  return negated ? builder.logical_not(result) : result;
}

NodeId Lowering::add_period(const model::Expr& e) {
  const NodeId from = node(e.operands[0]);
  const calendar::Period period = *lower(e.operands[1]).period;
  if (!period.by_date()) return builder.make(Kernel::add, Kind::value, {from, builder.value(period.micros)});
  return zoned(Kernel::add_period, Kind::value, {from}, builder.period({period, e.rollover}));
}

Lowered Lowering::interval(const model::Expr& e) {
  const NodeId a = node(e.operands[0]), b = node(e.operands[1]);
  return {builder.make(Kernel::joined, Kind::value, {a, b}), builder.make(Kernel::joined, Kind::value, {b, a})};
}

NodeId Lowering::set_of_time(ExprId id) {
  const Lowered made = lower(id);
  if (book_.expr(id).type.kind == TypeKind::interval_set) return made.node;
  return builder.make(Kernel::one_interval, Kind::set, {made.node, made.end});
}

Lowered Lowering::lower(ExprId id) {
  const model::Expr& e = book_.expr(id);
  const auto operand = [&](std::size_t i) { return node(e.operands[i]); };
  switch (e.op) {
    case Op::truth: return {builder.truth(truth_of(e.integer != 0))};
    case Op::number:
    case Op::duration:
    case Op::instant:
    case Op::enum_value:
    case Op::enum_set: return {builder.value(e.integer)};
    case Op::text: return {builder.text(e.text)};
    case Op::period: return {kNone, kNone, &e.period};
    case Op::variable: return {env_[e.var]};
    case Op::as_of: {
      Node n;
      n.kernel = Kernel::as_of;
      return {builder.make(std::move(n))};
    }
    case Op::field: {
      const model::EntityId entity = book_.expr(e.operands[0]).type.of;
      const NodeId row = operand(0);
      const NodeId start = read(entity, row, e.field);
      const bool pair = book_.vocabulary.field(entity, e.field).type.kind == TypeKind::interval;
      return {start, pair ? read(entity, row, e.field, 1) : kNone};
    }
    case Op::list: return {};   // quantifiers look into it themselves
    case Op::interval_start: return {operand(0)};
    case Op::interval_end: return {lower(e.operands[0]).end};
    case Op::is_given: return {builder.is_given(operand(0))};
    case Op::is_ruled_on: {
      const NodeId cell = operand(0);
      return {builder.make(Kernel::is_ruled_on, Kind::truth, {cell, node(book_.expr(e.operands[0]).operands[0])})};
    }
    case Op::logical_not: return {builder.logical_not(operand(0))};
    case Op::logical_and:
    case Op::logical_or: {
      NodeId result = operand(0);
      for (std::size_t i = 1; i < e.operands.size(); ++i) {
        const NodeId next = operand(i);
        result = e.op == Op::logical_and ? builder.logical_and(result, next) : builder.logical_or(result, next);
      }
      return {result};
    }
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: return {compare(e)};
    case Op::negate: return {builder.make(Kernel::negate, Kind::value, {operand(0)})};
    case Op::add: return {binary(Kernel::add, Kind::value, e)};
    case Op::subtract: return {binary(Kernel::subtract, Kind::value, e)};
    case Op::multiply: return {binary(Kernel::multiply, Kind::value, e)};
    case Op::divide: return {binary(Kernel::divide, Kind::value, e)};
    case Op::later: return {binary(Kernel::later, Kind::value, e)};
    case Op::earlier: return {binary(Kernel::earlier, Kind::value, e)};
    case Op::distance: return {binary(Kernel::distance, Kind::value, e)};
    case Op::add_period: return {add_period(e)};
    case Op::end_of_day: return {zoned(Kernel::end_of_day, Kind::value, {operand(0)})};
    case Op::start_of_day: return {zoned(Kernel::start_of_day, Kind::value, {operand(0)})};
    case Op::same_day: {
      const NodeId a = operand(0);
      return {zoned(Kernel::same_day, Kind::truth, {a, operand(1)})};
    }
    case Op::is_in: return {binary(Kernel::is_in, Kind::truth, e)};
    case Op::has_any: return {binary(Kernel::has_any, Kind::truth, e)};
    case Op::has_all: return {binary(Kernel::has_all, Kind::truth, e)};
    case Op::set_union: return {binary(Kernel::set_union, Kind::value, e)};
    case Op::make_interval: return interval(e);
    case Op::covers: {
      const Lowered a = lower(e.operands[0]), b = lower(e.operands[1]);
      return {builder.logical_and(builder.make(Kernel::less_equal, Kind::truth, {a.node, b.node}),
                                  builder.make(Kernel::less_equal, Kind::truth, {b.end, a.end}))};
    }
    case Op::overlaps: {
      const Lowered a = lower(e.operands[0]), b = lower(e.operands[1]);
      return {builder.logical_and(builder.make(Kernel::less, Kind::truth, {a.node, b.end}),
                                  builder.make(Kernel::less, Kind::truth, {b.node, a.end}))};
    }
    case Op::set_covers: {
      const NodeId set = operand(0);
      const Lowered b = lower(e.operands[1]);
      return {builder.make(Kernel::set_covers, Kind::truth, {set, b.node, b.end})};
    }
    case Op::total_length: return {builder.make(Kernel::total_length, Kind::value, {operand(0)})};
    case Op::interval_union:
    case Op::interval_intersection:
    case Op::interval_difference: {
      const Kernel kernel = e.op == Op::interval_union          ? Kernel::interval_union
                            : e.op == Op::interval_intersection ? Kernel::interval_intersection
                                                                : Kernel::interval_difference;
      const NodeId a = set_of_time(e.operands[0]);
      return {builder.make(kernel, Kind::set, {a, set_of_time(e.operands[1])})};
    }
    case Op::contains:
    case Op::similarity: {
      const bool similar = e.op == Op::similarity;
      std::vector<NodeId> texts;
      for (std::size_t i = 0; i < e.operands.size(); ++i) texts.push_back(operand(i));
      return {builder.make(similar ? Kernel::similarity : Kernel::contains, similar ? Kind::value : Kind::truth, std::move(texts))};
    }
    case Op::any:
    case Op::every:
    case Op::count:
    case Op::sum:
    case Op::earliest:
    case Op::latest:
    case Op::merged: return quantifier(e);
    case Op::call: return call(e);
  }
  return {};
}

}  // namespace jianlu::plan
