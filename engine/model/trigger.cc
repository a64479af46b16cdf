#include "engine/model/trigger.h"

namespace jianlu::model {
namespace {

bool adds_nothing_negative(const Rulebook& book, ExprId length) {
  const Expr& e = book.expr(length);
  if (e.op == Op::duration) return e.integer >= 0;
  if (e.op == Op::period) {
    return e.period.months >= 0 && e.period.days >= 0 && e.period.working_days >= 0 && e.period.micros >= 0;
  }
  if (e.op != Op::call || book.definitions[e.definition].kind != DefKind::interpretation) return false;
  const ExprId value = book.definitions[e.definition].alternatives.front().value;
  return value != kNone && adds_nothing_negative(book, value);
}

}  // namespace

bool follows_its_trigger(const Rulebook& book, ExprId instant) {
  if (instant == kNone) return false;
  const Expr& e = book.expr(instant);
  switch (e.op) {
    case Op::instant: case Op::as_of: return true;   // never none
    case Op::field: return book.expr(e.operands[0]).op == Op::variable;
    case Op::add: case Op::add_period:
      return e.type.kind == TypeKind::instant && follows_its_trigger(book, e.operands[0]) &&
             adds_nothing_negative(book, e.operands[1]);
    case Op::end_of_day: return follows_its_trigger(book, e.operands[0]);
    case Op::later: return follows_its_trigger(book, e.operands[0]) && follows_its_trigger(book, e.operands[1]);
    default: return false;
  }
}

}  // namespace jianlu::model
