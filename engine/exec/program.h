// What to do for a batch of one root entity, and what can be done for some of its rows alone.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/plan/plan.h"

namespace jianlu::exec {

struct Program {
  plan::DomainId root = 0;
  std::vector<std::int32_t> norms;       // indices into Plan::norms
  std::vector<plan::DomainId> lists;     // the lists of the root's rows that they read
  // Nodes to be worked out first, in this order: from one to the next the way is short enough to go down by recursion.
  std::vector<plan::NodeId> landmarks;
};

// One program per root domain that has norms.
std::vector<Program> programs(const plan::Plan& plan);

// What of another domain can be worked out for some rows of a domain alone.
enum class Reach : std::uint8_t {
  nothing,
  those,    // the rows themselves, and the rows that they lie in
  below,    // all rows that lie in one of those, and nothing else
};
// By domain, for some rows of `domain`.
std::vector<Reach> reach_of(const plan::Plan& plan, plan::DomainId domain);

// By node: whether it hangs on rows of its domain and on what they lie in.
std::vector<bool> crosses(const plan::Plan& plan);

// By node: a truth that hangs on what is given alone.
std::vector<bool> of_states(const plan::Plan& plan);

}  // namespace jianlu::exec
