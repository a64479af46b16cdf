// Calls: definitions inlined, each pair of definition and arguments once.
#include "engine/model/trigger.h"
#include "engine/plan/lower.h"
#include "engine/plan/truth.h"

namespace jianlu::plan {

using model::DefKind;
using model::TypeKind;

template <class Make>
auto Lowering::bound(const model::Expr& e, Make make) {
  const model::Definition& definition = book_.definitions[e.definition];
  std::vector<NodeId> arguments;
  for (std::size_t i = 0; i < definition.parameters.size(); ++i) arguments.push_back(node(e.operands[i]));
  const NodeId outer_horizon = horizon_;
  if (e.operands.size() > arguments.size()) horizon_ = node(e.operands[arguments.size()]);

  std::vector<NodeId> shadowed;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    NodeId& slot = env_[definition.parameters[i]];
    shadowed.push_back(slot);
    slot = arguments[i];
  }
  const auto made = make(definition, arguments);
  for (std::size_t i = 0; i < arguments.size(); ++i) env_[definition.parameters[i]] = shadowed[i];
  horizon_ = outer_horizon;
  return made;
}

Lowered Lowering::call(const model::Expr& e) {
  return bound(e, [&](const model::Definition& definition, const std::vector<NodeId>& arguments) {
    const auto key = std::tuple(e.definition, regulation_, horizon_, arguments);
    auto found = calls_.find(key);
    if (found == calls_.end()) found = calls_.emplace(key, define(definition)).first;
    return found->second;
  });
}

NodeId Lowering::keeps(NodeId at, model::ExprId deadline, bool strict) {
  const model::Expr& e = book_.expr(deadline);
  if (e.op == model::Op::later) {
    return builder.logical_or(keeps(at, e.operands[0], strict), keeps(at, e.operands[1], strict));
  }
  if (e.op == model::Op::call && book_.definitions[e.definition].kind == DefKind::definition) {
    return bound(e, [&](const model::Definition& definition, const std::vector<NodeId>&) {
      std::vector<NodeId> whens;
      std::vector<Lowered> kept;
      for (const model::Alternative& alternative : definition.alternatives) {
        if (!kept.empty()) whens.push_back(condition(alternative.when));
        kept.push_back({keeps(at, alternative.value, strict)});
      }
      return choose(whens, kept, {TypeKind::truth}).node;
    });
  }
  const NodeId end = node(deadline);
  const NodeId in_time = builder.make(strict ? Kernel::less : Kernel::less_equal, Kind::truth, {at, end});
  if (!model::follows_its_trigger(book_, deadline)) return in_time;
  Node now;
  now.kernel = Kernel::as_of;
  const NodeId happened = builder.make(Kernel::less_equal, Kind::truth, {at, builder.make(std::move(now))});
  return builder.logical_or(in_time, builder.logical_and(builder.logical_not(builder.is_given(end)), happened));
}

Lowered Lowering::define(const model::Definition& definition) {
  if (definition.kind == DefKind::ground || definition.kind == DefKind::act || definition.kind == DefKind::exemption) {
    NodeId result = builder.truth(kFalse);
    for (const model::Alternative& item : definition.alternatives) {
      // An item without a condition is a person's ruling that nobody has made.
      const model::ExprId holds = item.when != kNone ? item.when : item.value;
      result = builder.logical_or(result, holds == kNone ? builder.truth(kUndecided) : node(holds));
    }
    return {result};
  }
  std::vector<NodeId> whens;
  std::vector<Lowered> values{lower(definition.alternatives.front().value)};
  for (std::size_t i = 1; i < definition.alternatives.size(); ++i) {
    const model::Alternative& exception = definition.alternatives[i];
    const NodeId when = condition(exception.when);
    if (builder.is_truth(when, kFalse)) continue;
    whens.push_back(when);
    values.push_back(lower(exception.value));
  }
  return choose(whens, values, definition.result);
}

Lowered Lowering::choose(const std::vector<NodeId>& whens, const std::vector<Lowered>& values,
                         const model::Type& type) {
  if (whens.empty()) return values.front();
  if (type.kind == TypeKind::period) {
    // Periods are literals: only an exception that is constant can choose one.
    for (std::size_t i = 0; i < whens.size(); ++i) {
      if (builder.is_truth(whens[i], kTrue)) return values[i + 1];
    }
    return values.front();
  }
  std::vector<NodeId> operands, ends;
  operands.push_back(values[0].node);
  ends.push_back(values[0].end);
  for (std::size_t i = 0; i < whens.size(); ++i) {
    for (auto* list : {&operands, &ends}) list->push_back(whens[i]);
    operands.push_back(values[i + 1].node);
    ends.push_back(values[i + 1].end);
  }
  const auto make = [&](std::vector<NodeId> parts) {
    Node n;
    const bool ordered = type.kind == TypeKind::number || type.kind == TypeKind::instant ||
                         type.kind == TypeKind::duration || type.kind == TypeKind::interval;
    n.kernel = type.kind == TypeKind::truth          ? Kernel::choose_truth
               : type.kind == TypeKind::interval_set ? Kernel::choose_set
                                                     : Kernel::choose;
    n.kind = type.kind == TypeKind::truth          ? Kind::truth
             : type.kind == TypeKind::interval_set ? Kind::set
                                                   : Kind::value;
    n.part = ordered;   // choose: whether the values have an order, and so a hull
    for (const NodeId id : parts) n.domain = builder.deeper(n.domain, builder.domain_of(id));
    for (NodeId& id : parts) id = builder.at(id, n.domain);
    n.operands = std::move(parts);
    return builder.make(std::move(n));
  };
  const NodeId start = make(operands);
  if (type.kind != TypeKind::interval) return {start};
  const NodeId end = make(ends);
  return {builder.make(Kernel::joined, Kind::value, {start, end}), builder.make(Kernel::joined, Kind::value, {end, start})};
}

}  // namespace jianlu::plan
