#include "engine/graph/collect.h"

#include <tuple>

namespace jianlu::graph {

using model::DefKind;
using model::ExprId;
using model::Op;

namespace {

VertexKind kind_of(DefKind kind) {
  switch (kind) {
    case DefKind::definition: return VertexKind::definition;
    case DefKind::ground: return VertexKind::ground;
    case DefKind::act: return VertexKind::act;
    case DefKind::interpretation: return VertexKind::interpretation;
    case DefKind::exemption: return VertexKind::exemption;
  }
  return VertexKind::definition;
}

bool is_quantifier(Op op) {
  return op == Op::any || op == Op::every || op == Op::count || op == Op::sum || op == Op::earliest || op == Op::latest ||
         op == Op::merged;
}

}  // namespace

Collector::Collector(const model::Rulebook& book) : book_(book) {
  const auto count = [](const auto& items) { return static_cast<std::int32_t>(items.size()); };
  for (model::DefId id = 0; id < count(book.definitions); ++id) define(id);
  for (std::int32_t r = 0; r < count(book.regulations); ++r) {
    const model::Regulation& regulation = book.regulations[static_cast<std::size_t>(r)];
    for (std::int32_t i = 0; i < count(regulation.derivations); ++i) derive(r, i);
    for (const model::NormId id : regulation.norms) norm(r, id);
    categories(r);
  }
}

VertexId Collector::vertex(Vertex v) {
  const auto [found, fresh] = known_.emplace(v, static_cast<VertexId>(vertices.size()));
  if (fresh) vertices.push_back(v);
  return found->second;
}

VertexId Collector::definition(model::DefId id) {
  return vertex({kind_of(book_.definitions[static_cast<std::size_t>(id)].kind), kNone, id});
}

void Collector::edge(VertexId from, VertexId to, EdgeKind kind, source::Span span) {
  if (seen_.emplace(from, to, kind).second) edges.push_back({from, to, kind, span});
}

void Collector::reading(VertexId from, model::EntityId entity, model::FieldId field, std::int32_t regulation,
                        source::Span span) {
  const auto& entities = book_.vocabulary.entities;
  const model::Field& f = book_.vocabulary.field(entity, field);
  const model::EntityId derived = entities[static_cast<std::size_t>(entity)].derived ? entity
                                  : f.kind == model::FieldKind::list && entities[static_cast<std::size_t>(f.list_of)].derived
                                      ? f.list_of
                                      : kNone;
  if (derived == kNone) {
    edge(from, vertex({VertexKind::field, entity, field}), EdgeKind::reads, span);
    return;
  }
  for (std::size_t r = 0; r < book_.regulations.size(); ++r) {
    if (regulation != kNone && regulation != static_cast<std::int32_t>(r)) continue;
    const auto& derivations = book_.regulations[r].derivations;
    for (std::size_t i = 0; i < derivations.size(); ++i) {
      if (derivations[i].entity != derived) continue;
      edge(from, vertex({VertexKind::derivation, static_cast<std::int32_t>(r), static_cast<std::int32_t>(i)}), EdgeKind::reads, span);
    }
  }
}

// What closes a list by default.
void Collector::governing_time(VertexId from, model::EntityId entity, std::int32_t regulation, source::Span span) {
  while (entity != kNone) {
    const model::Entity& e = book_.vocabulary.entities[static_cast<std::size_t>(entity)];
    if (e.time != kNone) return reading(from, entity, e.time, regulation, span);
    entity = e.owner;
  }
}

void Collector::expression(VertexId from, ExprId id, std::int32_t regulation, EdgeKind calls) {
  if (id == kNone) return;
  const model::Expr& e = book_.expr(id);
  for (const ExprId operand : e.operands) expression(from, operand, regulation, calls);
  if (e.op == Op::call) edge(from, definition(e.definition), calls, e.span);
  if (e.op == Op::field || e.op == Op::list) reading(from, book_.expr(e.operands[0]).type.of, e.field, regulation, e.span);
  if (is_quantifier(e.op) && (e.operands.size() < 4 || e.operands[3] == kNone)) {
    const model::Expr& list = book_.expr(e.operands[0]);
    governing_time(from, book_.expr(list.operands[0]).type.of, regulation, list.span);
  }
}

void Collector::define(model::DefId id) {
  const model::Definition& d = book_.definitions[static_cast<std::size_t>(id)];
  const VertexId from = definition(id);
  for (const model::Alternative& alternative : d.alternatives) {
    expression(from, alternative.when, kNone);
    expression(from, alternative.value, kNone);
  }
  expression(from, d.claim_deadline, kNone);
  for (const model::DefId ground : d.rests_on) edge(from, definition(ground), EdgeKind::reads, d.name_span);
}

void Collector::derive(std::int32_t r, std::int32_t index) {
  const model::Derivation& d = book_.regulations[static_cast<std::size_t>(r)].derivations[static_cast<std::size_t>(index)];
  const VertexId from = vertex({VertexKind::derivation, r, index});
  for (const ExprId part : {d.within, d.excused, d.covering_list, d.covering_interval, d.covering_clock, d.horizon, d.tolerance}) expression(from, part, r);
  if (d.horizon == kNone) governing_time(from, book_.variables[static_cast<std::size_t>(d.subject)].entity, r, d.span);
}

void Collector::norm(std::int32_t r, model::NormId id) {
  const model::Norm& n = book_.norms[static_cast<std::size_t>(id)];
  const VertexId from = vertex({VertexKind::norm, r, id});
  for (const ExprId part : {n.list, n.governing, n.when, n.await}) expression(from, part, r);
  for (const model::Unless& u : n.unless) {
    expression(from, u.condition, r, EdgeKind::excepts);
    expression(from, u.claim_deadline, r);
    if (u.exemption != kNone) {
      const source::Span span = u.condition == kNone ? n.name_span : book_.expr(u.condition).span;
      edge(from, definition(u.exemption), EdgeKind::excepts, span);
    }
  }
  for (const model::NormId permit : n.defeated_by) edge(from, vertex({VertexKind::norm, r, permit}), EdgeKind::excepts, n.name_span);
  for (const model::NormId ban : n.opposing_bans) {
    edge(from, vertex({VertexKind::norm, r, ban}), EdgeKind::reads, book_.norms[static_cast<std::size_t>(ban)].name_span);
  }
  if (n.act != kNone) {
    edge(from, definition(n.act), EdgeKind::regulates, n.must == kNone ? n.name_span : book_.expr(n.must).span);
  }
  expression(from, n.must, r);
  if (n.performance) {
    for (const ExprId part : {n.performance->list, n.performance->where, n.performance->decisive}) expression(from, part, r);
  }
  if (n.deadline) expression(from, n.deadline->instant, r);
  for (const model::CategoryLink& link : n.categories) {
    edge(from, vertex({VertexKind::category, r, link.category}), EdgeKind::breaches_into, link.span);
  }
}

void Collector::categories(std::int32_t r) {
  const model::Regulation& regulation = book_.regulations[static_cast<std::size_t>(r)];
  for (std::size_t i = 0; i < regulation.categories.size(); ++i) {
    const model::Category& c = regulation.categories[i];
    const VertexId category = vertex({VertexKind::category, r, static_cast<std::int32_t>(i)});
    expression(category, c.when, r);
    for (const model::NormId norm : c.rests_on) edge(vertex({VertexKind::norm, r, norm}), category, EdgeKind::breaches_into, c.span);
  }
  for (std::size_t i = 0; i < regulation.sanctions.size(); ++i) {
    const model::Sanction& s = regulation.sanctions[i];
    const VertexId sanction = vertex({VertexKind::sanction, r, static_cast<std::int32_t>(i)});
    std::vector<std::int32_t> from = s.categories;
    if (from.empty() && s.rests_on.empty()) {   // named by none: every category
      for (std::size_t c = 0; c < regulation.categories.size(); ++c) from.push_back(static_cast<std::int32_t>(c));
    }
    for (const std::int32_t c : from) edge(vertex({VertexKind::category, r, c}), sanction, EdgeKind::answered_by, s.span);
    for (const model::NormId norm : s.rests_on) edge(vertex({VertexKind::norm, r, norm}), sanction, EdgeKind::answered_by, s.span);
  }
}

}  // namespace jianlu::graph
