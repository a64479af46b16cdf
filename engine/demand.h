// What judging reads beyond the row judged: worked out from the typed rules, so that an audit loads that and no more, and
// judges again only what a change can reach.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "engine/model/rulebook.h"

namespace jianlu {

struct Demand {
  std::set<std::pair<model::EntityId, model::FieldId>> reads;   // fields and lists, by the entity that has them
  bool as_of = false;                                           // the as-of instant is read by itself
};
Demand demand(const model::Rulebook& book, model::NormId norm);

// The entities whose rows bring subjects of the norm when they are judged: the subject's own, and its owners.
std::vector<model::EntityId> judged_with(const model::Rulebook& book, model::NormId norm);

}  // namespace jianlu
