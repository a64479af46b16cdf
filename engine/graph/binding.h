// Whether a norm can bind anybody, and whether what it demands can be left undone: for checks that decide without facts.
#pragma once

#include "engine/graph/condition.h"

namespace jianlu::graph {

class Binding {
 public:
  explicit Binding(const model::Rulebook& book) : book_(book) {}

  // Its rows by what they are, so that those of two norms about the same compare equal.
  Rows rows(const model::Norm& norm) const;
  Rows rows(const model::Category& category) const;
  // That it applies and nothing excuses it.
  void require(Condition& condition, const model::Norm& norm) const;
  // Whether some facts may breach it; with `also`, a condition of the same row, that must hold as well.
  bool can_be_breached(const model::Norm& norm, model::ExprId also = model::kNone, const Rows& of_also = {}) const;
  model::EntityId ledger(model::VarId var) const { return book_.variables[static_cast<std::size_t>(var)].entity; }

 private:
  diag::Words ledger_name(model::VarId var) const;

  const model::Rulebook& book_;
};

}  // namespace jianlu::graph
