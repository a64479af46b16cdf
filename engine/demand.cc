#include "engine/demand.h"

namespace jianlu {
namespace {

using model::EntityId;
using model::ExprId;
using model::FieldId;
using model::kNone;
using model::NormId;
using model::Op;

class Walk {
 public:
  explicit Walk(const model::Rulebook& book) : book_(book) {}

  void norm(NormId id) {
    if (!norms_.insert(id).second) return;
    const model::Norm& n = book_.norms[id];
    entity(book_.variables[n.subject].entity);
    for (const ExprId e : {n.list, n.governing, n.when, n.must, n.await}) expr(e);
    for (const model::Unless& u : n.unless) {
      expr(u.condition);
      expr(u.claim_deadline);
    }
    if (n.performance) {
      for (const ExprId e : {n.performance->list, n.performance->where, n.performance->decisive}) expr(e);
    }
    if (n.deadline) expr(n.deadline->instant);
    for (const NormId ban : n.opposing_bans) norm(ban);
  }

  Demand found;

 private:
  void expr(ExprId id) {
    if (id == kNone || !exprs_.insert(id).second) return;
    const model::Expr& e = book_.expr(id);
    if (e.op == Op::as_of) found.as_of = true;
    if (e.op == Op::field || e.op == Op::list) {
      const EntityId of = book_.expr(e.operands[0]).type.of;
      found.reads.emplace(of, e.field);
      if (e.op == Op::list) {
        entity(of);
        entity(book_.vocabulary.field(of, e.field).list_of);
      }
    }
    if (e.op == Op::call) definition(e.definition);
    for (const ExprId operand : e.operands) expr(operand);
  }

  void definition(model::DefId id) {
    if (!definitions_.insert(id).second) return;
    const model::Definition& d = book_.definitions[id];
    for (const model::Alternative& a : d.alternatives) {
      expr(a.when);
      expr(a.value);
    }
    expr(d.claim_deadline);
  }

  // What is read of rows without being written: their governing time and their unit decide which deliveries count; a
  // derived row is made by its derivation; a calendar row by the rows that it gathers.
  void entity(EntityId id) {
    if (id == kNone || !entities_.insert(id).second) return;
    const model::Entity& e = book_.vocabulary.entities[id];
    for (const FieldId f : {e.time, e.unit}) {
      if (f != kNone) found.reads.emplace(id, f);
    }
    entity(e.owner);
    entity(e.calendar_of);
    if (!e.derived) return;
    for (const model::Regulation& r : book_.regulations) {
      for (const model::Derivation& d : r.derivations) {
        if (d.entity != id) continue;
        for (const ExprId x : {d.within, d.excused, d.covering_list, d.covering_interval, d.covering_clock, d.horizon, d.tolerance}) expr(x);
      }
    }
  }

  const model::Rulebook& book_;
  std::set<NormId> norms_;
  std::set<ExprId> exprs_;
  std::set<model::DefId> definitions_;
  std::set<EntityId> entities_;
};

}  // namespace

Demand demand(const model::Rulebook& book, NormId norm) {
  Walk walk(book);
  walk.norm(norm);
  return std::move(walk.found);
}

std::vector<EntityId> judged_with(const model::Rulebook& book, NormId norm) {
  std::vector<EntityId> out;
  for (EntityId id = book.variables[book.norms[norm].subject].entity; id != kNone;
       id = book.vocabulary.entities[id].owner) {
    if (!book.vocabulary.entities[id].derived) out.push_back(id);
  }
  return out;
}

}  // namespace jianlu
