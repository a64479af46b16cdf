#include "engine/comparison/classify.h"

#include <algorithm>

namespace jianlu::comparison {

using model::Expr;
using model::ExprId;
using model::kNone;
using model::Op;

template <typename Fits>
std::size_t Classifier::first(Fits fits) const {
  for (std::size_t t = 0; t < subjects_.topics.size(); ++t) {
    const auto& places = subjects_.topics[t].places;
    if (std::any_of(places.begin(), places.end(), fits)) return t;
  }
  return other();
}

// What an expression reads, through the definitions that it calls.
void Classifier::read(ExprId id, Read& out) const {
  if (id == kNone) return;
  const Expr& e = book_.exprs[static_cast<std::size_t>(id)];
  if (e.op == Op::field || e.op == Op::list) {
    const model::EntityId of = book_.exprs[static_cast<std::size_t>(e.operands[0])].type.of;
    out.fields.emplace(of, e.field);
    if (e.op == Op::list) out.ledgers.insert(e.type.of);
  }
  // The horizon of a quantifier says when absence counts, not what is asked for.
  const bool quantifier = e.op >= Op::any && e.op <= Op::merged;
  const std::size_t count = quantifier ? std::min<std::size_t>(3, e.operands.size()) : e.operands.size();
  std::size_t operands = count;
  if (e.op == Op::call) {
    const model::Definition& d = book_.definitions[static_cast<std::size_t>(e.definition)];
    operands = d.parameters.size();
    if (out.definitions.insert(e.definition).second) {
      for (const model::Alternative& a : d.alternatives) {
        read(a.when, out);
        read(a.value, out);
      }
    }
  }
  for (std::size_t i = 0; i < operands; ++i) read(e.operands[i], out);
}

std::size_t Classifier::norm(const model::Norm& n) const {
  Read demand, act;
  read(n.must, demand);
  std::pair<model::EntityId, model::FieldId> decisive{kNone, kNone};
  if (n.performance) {
    read(n.performance->list, demand);
    read(n.performance->where, demand);
    read(n.performance->decisive, demand);
    const Expr& instant = book_.exprs[static_cast<std::size_t>(n.performance->decisive)];
    if (instant.op == Op::field) decisive = {book_.exprs[static_cast<std::size_t>(instant.operands[0])].type.of, instant.field};
  }
  if (n.act != kNone) {
    for (const model::Alternative& a : book_.definitions[static_cast<std::size_t>(n.act)].alternatives) {
      read(a.when, act);
      read(a.value, act);
    }
  }
  std::set<model::EntityId> judged;
  for (const model::VarId var : {n.subject, n.element}) {
    if (var != kNone) judged.insert(book_.variables[static_cast<std::size_t>(var)].entity);
  }
  const std::size_t narrow = first([&](const Place& p) {
    switch (p.kind) {
      case Place::Kind::act: return act.ledgers.contains(p.entity);
      case Place::Kind::about: return judged.contains(p.entity);
      case Place::Kind::field: return demand.fields.contains({p.entity, p.field});
      case Place::Kind::decisive: return decisive == std::pair{p.entity, p.field};
      default: return false;
    }
  });
  if (narrow != other()) return narrow;
  return first([&](const Place& p) {
    return p.kind == Place::Kind::ledger && (demand.ledgers.contains(p.entity) || judged.contains(p.entity));
  });
}

std::optional<std::size_t> Classifier::excuse(std::size_t topic) const {
  const std::string& id = subjects_.topics[topic].name.en;
  const std::size_t found = first([&](const Place& p) { return p.kind == Place::Kind::excuse && p.id == id; });
  return found == other() ? std::nullopt : std::optional(found);
}

std::size_t Classifier::category(const model::Category& c) const {
  if (c.when == kNone && c.rests_on.empty()) return first([](const Place& p) { return p.kind == Place::Kind::open; });
  Read condition;
  read(c.when, condition);
  if (c.when == kNone) {   // a category that its norms alone lead to
    for (const model::NormId id : c.rests_on) read(book_.norms[static_cast<std::size_t>(id)].must, condition);
  }
  const std::size_t by_condition = first([&](const Place& p) {
    return p.kind == Place::Kind::category && condition.fields.contains({p.entity, p.field});
  });
  if (by_condition != other()) return by_condition;
  for (const model::NormId id : c.rests_on) {
    const std::string& topic = subjects_.topics[norm(book_.norms[static_cast<std::size_t>(id)])].name.en;
    const std::size_t found = first([&](const Place& p) { return p.kind == Place::Kind::rests_on && p.id == topic; });
    if (found != other()) return found;
  }
  return other();
}

std::size_t Classifier::manual(std::string_view id) const {
  return first([&](const Place& p) { return p.kind == Place::Kind::manual && p.id == id; });
}

std::size_t Classifier::sanction() const {
  return first([](const Place& p) { return p.kind == Place::Kind::sanction; });
}

}  // namespace jianlu::comparison
