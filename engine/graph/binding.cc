#include "engine/graph/binding.h"

namespace jianlu::graph {

using model::kNone;

diag::Words Binding::ledger_name(model::VarId var) const {
  const model::Name& name = book_.vocabulary.entities[static_cast<std::size_t>(ledger(var))].name;
  return {name.zh, name.en};
}

Rows Binding::rows(const model::Norm& norm) const {
  Rows out;
  out[norm.subject] = {"s", ledger_name(norm.subject)};
  if (norm.element != kNone) out[norm.element] = {"e" + std::to_string(book_.expr(norm.list).field), ledger_name(norm.element)};
  return out;
}

Rows Binding::rows(const model::Category& category) const {
  if (category.subject == kNone) return {};
  return {{category.subject, {"s", ledger_name(category.subject)}}};
}

void Binding::require(Condition& condition, const model::Norm& norm) const {
  const Rows own = rows(norm);
  condition.require(norm.when, own);
  for (const model::Unless& u : norm.unless) condition.require_not(u.condition, own);
}

bool Binding::can_be_breached(const model::Norm& norm, model::ExprId also, const Rows& of_also) const {
  if (norm.modality == model::Modality::permit) return false;
  Condition breached(book_);
  breached.require(also, of_also);
  require(breached, norm);
  if (norm.must != kNone) breached.require_not(norm.must, rows(norm));
  return breached.can_hold().can != Answer::Can::no;
}

}  // namespace jianlu::graph
