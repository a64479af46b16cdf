#include "engine/model/guards.h"

#include <set>
#include <string>
#include <utility>

namespace jianlu::model {
namespace {

using Given = std::set<std::string>;  // paths such as "v3.5.0" that certainly have a value

class Checker {
 public:
  Checker(const Rulebook& book, diag::Diagnostics& diagnostics) : book_(book), diagnostics_(diagnostics) {}

  // Checks what `id` reads; its own result may be none.
  void check(ExprId id, const Given& given) {
    if (id == kNone) return;
    const Expr& e = book_.expr(id);
    switch (e.op) {
      case Op::logical_and: {
        check(e.operands[0], given);
        check(e.operands[1], with(given, e.operands[0], true));
        return;
      }
      case Op::logical_or: {
        check(e.operands[0], given);
        check(e.operands[1], with(given, e.operands[0], false));
        return;
      }
      case Op::any: case Op::every: case Op::count: case Op::sum: case Op::earliest: case Op::latest:
      case Op::merged: {
        require_row_of(e.operands[0], given);
        Given inner = bound(given, e.var, e.operands[0]);
        check(e.operands[1], inner);
        inner = with(inner, e.operands[1], true);
        if (e.op == Op::any || e.op == Op::every) check(e.operands[2], inner);
        else if (e.op == Op::earliest || e.op == Op::latest) check(e.operands[2], inner);
        else require(e.operands[2], inner);
        return;
      }
      case Op::is_given: case Op::is_ruled_on:
        check(e.operands[0], given);
        return;
      case Op::field: case Op::list:
        require(e.operands[0], given);
        return;
      case Op::call:
        for (std::size_t i = 0; i < book_.definitions[e.definition].parameters.size(); ++i) require(e.operands[i], given);
        return;
      default:
        for (const ExprId operand : e.operands) require(operand, given);
        return;
    }
  }

  // Checks `id` and that it has a value.
  void require(ExprId id, const Given& given) {
    if (id == kNone) return;
    check(id, given);
    if (!may_be_none(id) || given.count(path(id)) != 0) return;
    const Expr& e = book_.expr(id);
    diagnostics_.add(diag::Kind::unguarded, e.span, {spelling(id)});
  }

  // A deadline: none travels through its arithmetic.
  void check_deadline(ExprId id, const Given& given) {
    if (id == kNone) return;
    const Expr& e = book_.expr(id);
    const bool passes = e.op == Op::add || e.op == Op::subtract || e.op == Op::add_period || e.op == Op::later ||
                        e.op == Op::earlier || e.op == Op::end_of_day || e.op == Op::start_of_day;
    if (!passes) return check(id, given);
    for (const ExprId operand : e.operands) check_deadline(operand, given);
  }

  // `given` and what is given where `condition` is `truth`.
  Given with(Given given, ExprId condition, bool truth) {
    collect(condition, truth, given);
    return given;
  }

  // The row that a variable over a list of `owner` belongs to is there.
  Given bound(Given given, VarId var, ExprId list) {
    const Field& field = book_.vocabulary.field(book_.expr(book_.expr(list).operands[0]).type.of, book_.expr(list).field);
    if (field.back != kNone) given.insert("v" + std::to_string(var) + "." + std::to_string(field.back));
    return given;
  }

 private:
  void collect(ExprId condition, bool truth, Given& given) {
    if (condition == kNone) return;
    const Expr& e = book_.expr(condition);
    if (e.op == Op::is_given && truth) given.insert(path(e.operands[0]));
    if (e.op == Op::logical_not) collect(e.operands[0], !truth, given);
    if ((e.op == Op::logical_and && truth) || (e.op == Op::logical_or && !truth)) {
      for (const ExprId operand : e.operands) collect(operand, truth, given);
    }
  }

  void require_row_of(ExprId list, const Given& given) { require(book_.expr(list).operands[0], given); }

  bool may_be_none(ExprId id) const {
    const Expr& e = book_.expr(id);
    if (e.op == Op::earliest || e.op == Op::latest) return true;
    if (e.op != Op::field) return false;
    const EntityId entity = book_.expr(e.operands[0]).type.of;
    const Field& f = book_.vocabulary.field(entity, e.field);
    if (f.kind == FieldKind::owner) {
      // Rows with a key of their own can come without an owner (a recording that fits no session).
      return book_.vocabulary.entities[entity].key != kNone;
    }
    return f.presence != Presence::required && f.type.kind != TypeKind::truth && f.type.kind != TypeKind::enum_set;
  }

  std::string path(ExprId id) const {
    const Expr& e = book_.expr(id);
    if (e.op == Op::variable) return "v" + std::to_string(e.var);
    if (e.op == Op::field) return path(e.operands[0]) + "." + std::to_string(e.field);
    return "#" + std::to_string(id);
  }

  diag::Words spelling(ExprId id) const {
    const Expr& e = book_.expr(id);
    if (e.op == Op::variable) return book_.variables[e.var].name.zh;
    if (e.op == Op::field) {
      const diag::Words row = spelling(e.operands[0]);
      const Name& name = book_.vocabulary.field(book_.expr(e.operands[0]).type.of, e.field).name;
      return {row.zh + "." + name.zh, row.en + "." + name.en};
    }
    return {"这个值", "this value"};
  }

  const Rulebook& book_;
  diag::Diagnostics& diagnostics_;
};

}  // namespace

void check_guards(const Rulebook& book, const Norm& norm, diag::Diagnostics& diagnostics) {
  Checker checker(book, diagnostics);
  Given given;
  if (norm.element != kNone) given = checker.bound(given, norm.element, norm.list);
  checker.check(norm.when, given);
  given = checker.with(given, norm.when, true);
  for (const Unless& unless : norm.unless) checker.check(unless.condition, given);
  checker.check(norm.must, given);
  checker.check_deadline(norm.await, given);
  if (norm.deadline) checker.check_deadline(norm.deadline->instant, given);
  if (norm.performance) {
    const Performance& p = *norm.performance;
    checker.check(p.list, given);
    Given inner = checker.bound(given, p.var, p.list);
    checker.check(p.where, inner);
    checker.check(p.decisive, checker.with(inner, p.where, true));
  }
  for (const CategoryLink& link : norm.categories) checker.check(link.when, given);
}

void check_guards(const Rulebook& book, const Definition& definition, diag::Diagnostics& diagnostics) {
  Checker checker(book, diagnostics);
  for (const Alternative& alternative : definition.alternatives) {
    checker.check(alternative.when, {});
    // An instant may hang on one that is none, as a deadline does: what starts it has not happened.
    const Given given = checker.with({}, alternative.when, true);
    if (definition.result.kind == TypeKind::instant) checker.check_deadline(alternative.value, given);
    else checker.require(alternative.value, given);
  }
  checker.check_deadline(definition.claim_deadline, {});
}

void check_guards(const Rulebook& book, const Derivation& derivation, diag::Diagnostics& diagnostics) {
  Checker checker(book, diagnostics);
  checker.require(derivation.within, {});
  checker.require(derivation.excused, {});
  checker.check(derivation.covering_list, {});
  checker.require(derivation.covering_interval, checker.bound({}, derivation.covering_var, derivation.covering_list));
  checker.require(derivation.tolerance, {});
  checker.check_deadline(derivation.horizon, {});
}

void check_guards(const Rulebook& book, ExprId condition, diag::Diagnostics& diagnostics) {
  Checker(book, diagnostics).check(condition, {});
}

}  // namespace jianlu::model
