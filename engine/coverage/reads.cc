#include "engine/coverage/reads.h"

namespace jianlu::coverage {

using model::ExprId;
using model::kNone;

namespace {

class Reader {
 public:
  explicit Reader(const model::Rulebook& book) : book_(book) {}

  void norm(const model::Norm& n) {
    row(n.subject);
    row(n.element);
    for (const ExprId e : {n.list, n.governing, n.when, n.must, n.await}) expr(e);
    for (const model::Unless& unless : n.unless) {
      expr(unless.condition);
      expr(unless.claim_deadline);
    }
    if (n.performance) {
      row(n.performance->var);
      for (const ExprId e : {n.performance->list, n.performance->where, n.performance->decisive}) expr(e);
    }
    if (n.deadline) expr(n.deadline->instant);
    for (const model::NormId ban : n.opposing_bans) {
      const model::Norm& other = book_.norms[ban];
      expr(other.when);
      for (const model::Unless& unless : other.unless) expr(unless.condition);
    }
  }

  Reads reads;

 private:
  void row(model::VarId var) {
    if (var == kNone) return;
    const model::EntityId entity = book_.variables[var].entity;
    if (!reads.entities.insert(entity).second) return;
    for (const model::Regulation& regulation : book_.regulations) {
      for (const model::Derivation& d : regulation.derivations) {
        if (d.entity != entity) continue;
        row(d.covering_var);
        for (const ExprId e : {d.within, d.excused, d.covering_list, d.covering_interval, d.covering_clock, d.horizon, d.tolerance}) expr(e);
      }
    }
  }

  void expr(ExprId id) {
    if (id == kNone) return;
    const model::Expr& e = book_.expr(id);
    if (e.op == model::Op::field || e.op == model::Op::list) {
      reads.fields.emplace(book_.expr(e.operands.front()).type.of, e.field);
    }
    for (const ExprId operand : e.operands) expr(operand);
    row(e.op == model::Op::variable ? kNone : e.var);
    if (e.op == model::Op::call && reads.definitions.insert(e.definition).second) definition(book_.definitions[e.definition]);
  }

  void definition(const model::Definition& d) {
    for (const model::Alternative& a : d.alternatives) {
      expr(a.when);
      expr(a.value);
    }
    expr(d.claim_deadline);
  }

  const model::Rulebook& book_;
};

}  // namespace

Reads reads_of(const model::Rulebook& book, model::NormId norm) {
  Reader reader(book);
  reader.norm(book.norms[norm]);
  return std::move(reader.reads);
}

}  // namespace jianlu::coverage
