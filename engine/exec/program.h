// What to do for a batch of one root entity: domains, nodes and norms in an order in which everything is ready in time.
#pragma once

#include <vector>

#include "engine/plan/plan.h"

namespace jianlu::exec {

struct Step {
  enum class Kind : std::uint8_t { rows, node, norm } kind;
  std::int32_t id;   // domain, node, or index into Plan::norms
};

struct Program {
  plan::DomainId root = 0;
  std::vector<Step> steps;
};

// One program per root domain that has norms, and, first, one for the domain of constants.
std::vector<Program> programs(const plan::Plan& plan);

}  // namespace jianlu::exec
