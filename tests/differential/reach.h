// What a norm can reach: expressions, definitions, other norms, derivations.
#pragma once

#include <set>

#include "engine/model/rulebook.h"

namespace jianlu::differential {

struct Reach {
  std::set<model::ExprId> exprs;
  std::set<model::DefId> definitions;
  std::set<model::NormId> norms;   // itself and the bans opposed to it
  bool derived = false;            // some derived rows
};

Reach reached(const model::Rulebook& book, model::NormId norm);
std::int32_t regulation_of(const model::Rulebook& book, model::NormId norm);
// Every slot of a norm that holds an expression; f may change it.
template <class Norm, class F>
void each_slot(Norm& norm, F f) {
  f(norm.list);
  f(norm.governing);
  f(norm.when);
  for (auto& unless : norm.unless) {
    f(unless.condition);
    f(unless.claim_deadline);
  }
  f(norm.must);
  if (norm.performance) {
    f(norm.performance->list);
    f(norm.performance->where);
    f(norm.performance->decisive);
  }
  if (norm.deadline) f(norm.deadline->instant);
  f(norm.await);
}

}  // namespace jianlu::differential
