// Domains: the rows of entities, lists and derivations, and reading their fields.
#include <utility>

#include "engine/plan/lower.h"
#include "engine/plan/truth.h"

namespace jianlu::plan {

using model::EntityId;
using model::ExprId;
using model::FieldId;
using model::TypeKind;

DomainId Lowering::rows_of(EntityId entity) {
  const model::Entity& e = book_.vocabulary.entities[entity];
  if (e.owner == kNone) return builder.root(entity);
  const NodeId owner = builder.row(rows_of(e.owner));
  if (e.derived) return derive(entity, owner);
  return builder.list(builder.domain_of(owner), owner, e.owner, e.owner_list, entity);
}

DomainId Lowering::rows_of_list(ExprId id, DomainId parent) {
  const model::Expr& e = book_.expr(id);
  const NodeId owner = node(e.operands[0]);
  const EntityId entity = book_.expr(e.operands[0]).type.of;
  const model::Field& field = book_.vocabulary.field(entity, e.field);
  const DomainId here = builder.domain_of(owner);
  if (parent == kNone) parent = here;
  const bool derived = book_.vocabulary.entities[field.list_of].derived;
  const DomainId source = derived ? derive(field.list_of, owner) : builder.list(here, owner, entity, e.field, field.list_of);
  return parent == here ? source : builder.copy(parent, source);
}

NodeId Lowering::closed(ExprId id, NodeId horizon) {
  const model::Expr& e = book_.expr(id);
  const NodeId owner = node(e.operands[0]);
  const EntityId entity = book_.expr(e.operands[0]).type.of;
  const model::Field& field = book_.vocabulary.field(entity, e.field);
  if (book_.vocabulary.entities[field.list_of].derived) {
    Node n;
    n.kernel = Kernel::all_exist;
    n.kind = Kind::truth;
    n.domain = builder.domain_of(owner);
    n.operands = {owner};
    n.over = derive(field.list_of, owner);
    if (horizon == kNone) horizon = governing_time(entity, owner);
    return builder.logical_and(builder.make(std::move(n)), builder.is_given(horizon));
  }
  if (horizon == kNone) horizon = governing_time(entity, owner);
  Node n;
  n.kernel = Kernel::closed;
  n.kind = Kind::truth;
  n.domain = builder.deeper(builder.domain_of(owner), builder.domain_of(horizon));
  n.operands = {builder.at(owner, n.domain), builder.at(horizon, n.domain)};
  n.entity = entity;
  n.field = e.field;
  return builder.make(std::move(n));
}

NodeId Lowering::listed(ExprId id, NodeId row) {
  const model::Expr& e = book_.expr(id);
  const NodeId owner = node(e.operands[0]);
  const model::Field& field = book_.vocabulary.field(book_.expr(e.operands[0]).type.of, e.field);
  if (field.back == kNone) return builder.truth(kTrue);   // rows gathered by period: a row is in one list
  const NodeId back = read(field.list_of, row, field.back);
  if (back == owner) return builder.truth(kTrue);
  return builder.logical_and(builder.is_given(back), builder.make(Kernel::equal, Kind::truth, {back, owner}));
}

NodeId Lowering::governing_time(EntityId entity, NodeId row) {
  const model::Entity& e = book_.vocabulary.entities[entity];
  if (e.time != kNone && !e.derived) {
    const bool interval = e.fields[e.time].type.kind == TypeKind::interval;
    return read(entity, row, e.time, interval ? 1 : 0);
  }
  if (e.owner == kNone || e.owner_field == kNone) {
    // No governing time at all: an instant that is unknown, so that nothing is closed by it.
    return builder.make(Kernel::divide, Kind::value, {builder.value(1), builder.value(0)});
  }
  return governing_time(e.owner, read(entity, row, e.owner_field));
}

NodeId Lowering::existence(DomainId domain) {
  const Domain d = builder.domain(domain);
  if (!book_.vocabulary.entities[d.entity].derived) return kNone;
  Node n;
  n.kernel = Kernel::exists;
  n.kind = Kind::truth;
  n.domain = d.kind == Domain::Kind::copy ? d.source : domain;
  return builder.pick(builder.make(std::move(n)), domain);
}

NodeId Lowering::read(EntityId entity, NodeId row, FieldId field, std::int32_t part) {
  const model::Entity& e = book_.vocabulary.entities[entity];
  if (e.derived) return read_derived(entity, row, field);
  const Node from = builder.node(row);
  if (from.kernel == Kernel::row && builder.domain(from.domain).kind == Domain::Kind::copy) {
    return builder.pick(read(entity, builder.row(builder.domain(from.domain).source), field, part), from.domain);
  }
  const model::Field& f = e.fields[field];
  if (from.kernel == Kernel::row && field == e.owner_field) {
    const Domain& d = builder.domain(from.domain);
    if (d.kind == Domain::Kind::list && d.field == e.owner_list) return d.owner;
  }
  Node n;
  n.kernel = Kernel::load;
  n.kind = f.type.kind == TypeKind::truth ? Kind::truth : Kind::value;
  n.domain = from.domain;
  n.operands = {row};
  n.entity = entity;
  n.field = field;
  n.part = part;
  return builder.make(std::move(n));
}

NodeId Lowering::read_derived(EntityId entity, NodeId row, FieldId field) {
  const model::Derivation& derivation = derivation_of(entity);
  // Derived rows are reached by variables only: strip the broadcasts to find where they live.
  while (builder.node(row).kernel == Kernel::broadcast) row = builder.node(row).operands[0];
  const DomainId domain = builder.domain_of(row);
  const Domain& d = builder.domain(domain);
  if (field == book_.vocabulary.entities[entity].owner_field) return d.owner;
  Node n;
  n.kernel = field == derivation.start      ? Kernel::gap_start
             : field == derivation.end      ? Kernel::gap_end
             : field == derivation.length   ? Kernel::gap_length
             : field == derivation.previous ? Kernel::gap_previous
                                            : Kernel::gap_next;
  n.domain = d.kind == Domain::Kind::copy ? d.source : domain;
  return builder.pick(builder.make(std::move(n)), domain);
}

const model::Derivation& Lowering::derivation_of(EntityId entity) const {
  for (const model::Derivation& d : book_.regulations[regulation_].derivations) {
    if (d.entity == entity) return d;
  }
  for (const model::Regulation& regulation : book_.regulations) {
    for (const model::Derivation& d : regulation.derivations) {
      if (d.entity == entity) return d;
    }
  }
  return book_.regulations[regulation_].derivations.front();
}

DomainId Lowering::derive(EntityId entity, NodeId owner) {
  const model::Derivation& d = derivation_of(entity);
  const DomainId parent = builder.domain_of(owner);
  const NodeId shadowed_subject = env_[d.subject], shadowed_cover = env_[d.covering_var];
  const NodeId outer_horizon = std::exchange(horizon_, kNone);
  env_[d.subject] = owner;
  const auto here = [&](NodeId id) { return builder.at(id, parent); };
  Derivation made;
  // An end that is not known is open; only a pair written as such has ends of their own.
  const model::Expr& w = book_.expr(d.within);
  const Lowered within = w.op == model::Op::make_interval ? Lowered{node(w.operands[0]), node(w.operands[1])} : lower(d.within);
  made.start = here(within.node);
  made.end = here(within.end);
  if (d.excused != kNone) made.excused = here(node(d.excused));
  if (d.tolerance != kNone) made.tolerance = here(node(d.tolerance));
  made.covering = rows_of_list(d.covering_list, parent);
  env_[d.covering_var] = builder.row(made.covering);
  const Lowered covering = lower(d.covering_interval);
  made.covering_start = builder.at(covering.node, made.covering);
  made.covering_end = builder.at(covering.end, made.covering);
  if (d.covering_clock != kNone) made.covering_clock = builder.at(node(d.covering_clock), made.covering);
  made.closed = here(closed(d.covering_list, d.horizon == kNone ? kNone : node(d.horizon)));
  env_[d.subject] = shadowed_subject;
  env_[d.covering_var] = shadowed_cover;
  horizon_ = outer_horizon;
  return builder.derived(owner, entity, made);
}

}  // namespace jianlu::plan
