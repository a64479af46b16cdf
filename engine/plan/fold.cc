// Constant folding. Only exact constants that are values take part, so no state or bound needs care here.
#include <algorithm>

#include "engine/plan/builder.h"
#include "engine/plan/truth.h"

namespace jianlu::plan {
namespace {

using Wide = __int128;
constexpr std::int64_t kMillion = 1'000'000;

bool in_range(Wide value, std::int64_t& out) {
  if (value <= fact::kMin || value >= fact::kMax) return false;
  out = static_cast<std::int64_t>(value);
  return true;
}

bool fold_value(Kernel kernel, std::int64_t a, std::int64_t b, std::int64_t& out) {
  switch (kernel) {
    case Kernel::negate: return in_range(-Wide{a}, out);
    case Kernel::add: return in_range(Wide{a} + b, out);
    case Kernel::subtract: return in_range(Wide{a} - b, out);
    case Kernel::multiply: return in_range(Wide{a} * b / kMillion, out);
    case Kernel::divide: return b != 0 && in_range(Wide{a} * kMillion / b, out);
    case Kernel::later: out = std::max(a, b); return true;
    case Kernel::earlier: out = std::min(a, b); return true;
    case Kernel::distance: return in_range(a > b ? Wide{a} - b : Wide{b} - a, out);
    case Kernel::set_union: out = a | b; return true;
    case Kernel::upper:
    case Kernel::joined: out = a; return true;
    default: return false;
  }
}

bool fold_truth(Kernel kernel, std::int64_t a, std::int64_t b, std::int64_t& out) {
  const auto x = static_cast<std::uint8_t>(a), y = static_cast<std::uint8_t>(b);
  switch (kernel) {
    case Kernel::is_given: out = kTrue; return true;
    case Kernel::equal: out = truth_of(a == b); return true;
    case Kernel::less: out = truth_of(a < b); return true;
    case Kernel::less_equal: out = truth_of(a <= b); return true;
    case Kernel::is_in: out = truth_of((b >> a) & 1); return true;
    case Kernel::has_any: out = truth_of((a & b) != 0); return true;
    case Kernel::has_all: out = truth_of((a & b) == b); return true;
    case Kernel::logical_not: out = kleene_not(x); return true;
    case Kernel::logical_and: out = kleene_and(x, y); return true;
    case Kernel::logical_or: out = kleene_or(x, y); return true;
    case Kernel::same_truth: out = x == kUndecided || y == kUndecided ? std::uint8_t{kUndecided} : truth_of(x == y); return true;
    case Kernel::is_decided: out = x == kUndecided ? std::uint8_t{kUndecided} : std::uint8_t{kTrue}; return true;
    default: return false;
  }
}

}  // namespace

bool fold(const Plan& plan, const Node& node, std::int64_t& value) {
  if (node.operands.empty() || node.operands.size() > 2) return false;
  for (const NodeId id : node.operands) {
    if (id == kNone || plan.nodes[id].kernel != Kernel::constant) return false;
  }
  const std::int64_t a = plan.nodes[node.operands[0]].imm;
  const std::int64_t b = node.operands.size() == 2 ? plan.nodes[node.operands[1]].imm : 0;
  return node.kind == Kind::truth ? fold_truth(node.kernel, a, b, value) : fold_value(node.kernel, a, b, value);
}

}  // namespace jianlu::plan
