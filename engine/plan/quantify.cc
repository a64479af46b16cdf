// Quantifiers: the body becomes nodes over the rows of the list, reduced to the rows that the list belongs to.
#include "engine/plan/lower.h"
#include "engine/plan/truth.h"

namespace jianlu::plan {

using model::ExprId;
using model::Op;

DomainId Lowering::deepest(ExprId id) const {
  if (id == kNone) return 0;
  const model::Expr& e = book_.expr(id);
  DomainId domain = 0;
  if (e.op == Op::variable && env_[e.var] != kNone) domain = builder.domain_of(env_[e.var]);
  for (const ExprId operand : e.operands) domain = builder.deeper(domain, deepest(operand));
  return domain;
}

Lowered Lowering::quantifier(const model::Expr& e) {
  const auto operand = [&](std::size_t i) { return i < e.operands.size() ? e.operands[i] : kNone; };
  const ExprId list = operand(0), filter = operand(1), body = operand(2);
  const NodeId horizon = operand(3) != kNone ? node(operand(3)) : horizon_;
  const NodeId complete = closed(list, horizon);

  DomainId parent = builder.domain_of(complete);
  const NodeId owner = node(book_.expr(list).operands[0]);
  parent = builder.deeper(parent, builder.domain_of(owner));
  const NodeId shadowed = env_[e.var];
  env_[e.var] = kNone;
  for (const ExprId part : {filter, body}) parent = builder.deeper(parent, deepest(part));
  const DomainId rows = rows_of_list(list, parent);
  env_[e.var] = builder.row(rows);

  NodeId chosen = filter == kNone ? kNone : node(filter);
  if (const NodeId exists = existence(rows); exists != kNone) {
    chosen = chosen == kNone ? exists : builder.logical_and(exists, chosen);
  }
  const auto there = [&](NodeId id) { return id == kNone ? kNone : builder.at(id, rows); };
  Node n;
  n.domain = parent;
  n.over = rows;
  n.operands = {builder.at(complete, parent)};
  switch (e.op) {
    case Op::any:
    case Op::every: {
      n.kernel = e.op == Op::any ? Kernel::any : Kernel::every;
      n.kind = Kind::truth;
      NodeId holds = condition(body);
      if (chosen != kNone) {
        holds = e.op == Op::any ? builder.logical_and(chosen, holds)
                                : builder.logical_or(builder.logical_not(chosen), holds);
      }
      n.operands.push_back(there(holds));
      break;
    }
    case Op::count:
      n.kernel = Kernel::count;
      n.operands.push_back(there(chosen));
      break;
    case Op::merged: {
      n.kernel = Kernel::merged;
      n.kind = Kind::set;
      const Lowered interval = lower(body);
      n.operands.insert(n.operands.end(), {there(interval.node), there(interval.end), there(chosen)});
      break;
    }
    default:
      n.kernel = e.op == Op::sum ? Kernel::sum : e.op == Op::earliest ? Kernel::earliest : Kernel::latest;
      n.operands.push_back(there(node(body)));
      n.operands.push_back(there(chosen));
      break;
  }
  env_[e.var] = shadowed;
  return {builder.make(std::move(n))};
}

}  // namespace jianlu::plan
