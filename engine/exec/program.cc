#include "engine/exec/program.h"

#include <algorithm>

namespace jianlu::exec {
namespace {

using plan::DomainId, plan::Kernel, plan::kNone, plan::NodeId;

class Needs {
 public:
  explicit Needs(const plan::Plan& plan) : plan_(plan), nodes_(plan.nodes.size()), domains_(plan.domains.size()) {}

  void node(NodeId id) {
    if (id == kNone || nodes_[static_cast<std::size_t>(id)]) return;
    nodes_[static_cast<std::size_t>(id)] = true;
    const plan::Node& n = plan_.nodes[static_cast<std::size_t>(id)];
    domain(n.domain);
    domain(n.over);
    for (const NodeId operand : n.operands) {
      if (operand != kNone && reads_rows(n, operand)) continue;
      node(operand);
    }
  }

  void domain(DomainId id) {
    if (id == kNone || domains_[static_cast<std::size_t>(id)]) return;
    domains_[static_cast<std::size_t>(id)] = true;
    const plan::Domain& d = plan_.domains[static_cast<std::size_t>(id)];
    domain(d.parent);
    domain(d.source);
    const bool by_reference = d.kind == plan::Domain::Kind::list || d.kind == plan::Domain::Kind::derived;
    if (by_reference && plan_.nodes[static_cast<std::size_t>(d.reference)].kernel != Kernel::row) node(d.reference);
    if (d.derivation == kNone) return;
    const plan::Derivation& g = plan_.derivations[static_cast<std::size_t>(d.derivation)];
    domain(g.covering);
    for (const NodeId part : {g.start, g.end, g.excused, g.tolerance, g.covering_start, g.covering_end, g.covering_clock, g.closed}) node(part);
  }

  bool has_node(std::size_t id) const { return nodes_[id]; }
  bool has_domain(std::size_t id) const { return domains_[id]; }

 private:
  // Operators that look at the rows of the domain instead of a column of row numbers.
  bool reads_rows(const plan::Node& user, NodeId operand) const {
    if (plan_.nodes[static_cast<std::size_t>(operand)].kernel != Kernel::row) return false;
    return user.kernel == Kernel::load || user.kernel == Kernel::all_exist ||
           (user.kernel == Kernel::closed && operand == user.operands[0]);
  }

  const plan::Plan& plan_;
  std::vector<bool> nodes_, domains_;
};

}  // namespace

std::vector<Program> programs(const plan::Plan& plan) {
  constexpr int kFar = 500;
  std::vector<Program> result;
  for (std::size_t root = 1; root < plan.domains.size(); ++root) {
    if (plan.domains[root].kind != plan::Domain::Kind::root) continue;
    Program program;
    program.root = static_cast<DomainId>(root);
    Needs needs(plan);
    for (std::size_t i = 0; i < plan.norms.size(); ++i) {
      const plan::NormPlan& norm = plan.norms[i];
      if (plan.root_of(norm.domain) != program.root) continue;
      for (const NodeId id : {norm.applies, norm.unless, norm.ban, norm.must, norm.due, norm.awaited, norm.deadline, norm.where, norm.decisive}) {
        needs.node(id);
      }
      needs.domain(norm.domain);
      needs.domain(norm.performances);
      program.norms.push_back(static_cast<std::int32_t>(i));
    }
    if (program.norms.empty()) continue;
    for (std::size_t i = 1; i < plan.domains.size(); ++i) {
      const plan::Domain& d = plan.domains[i];
      if (needs.has_domain(i) && d.kind == plan::Domain::Kind::list && d.parent == program.root &&
          plan.nodes[static_cast<std::size_t>(d.reference)].kernel == Kernel::row) {
        program.lists.push_back(static_cast<DomainId>(i));
      }
    }
    // How deep the recursion for a node goes until it meets a landmark.
    std::vector<int> depth(plan.nodes.size());
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
      const plan::Node& n = plan.nodes[i];
      if (!needs.has_node(i) || n.domain == 0) continue;
      const auto below = [&](NodeId id) {
        if (id != kNone) depth[i] = std::max(depth[i], depth[static_cast<std::size_t>(id)] + 1);
      };
      for (const NodeId id : n.operands) below(id);
      for (const DomainId d : {n.domain, n.over}) {
        if (d == kNone) continue;
        // What the rows of the domain hang on is below `after`.
        const plan::Domain& domain = plan.domains[static_cast<std::size_t>(d)];
        below(domain.reference);
        if (domain.derivation == kNone) continue;
        const plan::Derivation& g = plan.derivations[static_cast<std::size_t>(domain.derivation)];
        for (const NodeId part : {g.start, g.end, g.excused, g.tolerance, g.covering_start, g.covering_end, g.covering_clock, g.closed}) below(part);
      }
      if (depth[i] < kFar) continue;
      depth[i] = 0;
      program.landmarks.push_back(static_cast<NodeId>(i));
    }
    result.push_back(std::move(program));
  }
  return result;
}

std::vector<Reach> reach_of(const plan::Plan& plan, DomainId domain) {
  std::vector<Reach> result(plan.domains.size(), Reach::nothing);
  for (DomainId d = domain; d != kNone; d = plan.domains[static_cast<std::size_t>(d)].parent) result[static_cast<std::size_t>(d)] = Reach::those;
  for (std::size_t i = 1; i < result.size(); ++i) {
    const plan::Domain& d = plan.domains[i];
    if (result[i] == Reach::those || d.parent == kNone || result[static_cast<std::size_t>(d.parent)] == Reach::nothing) continue;
    const auto whole = [&](DomainId other) { return result[static_cast<std::size_t>(other)] == Reach::below; };
    const bool complete = d.kind == plan::Domain::Kind::list ||
                          (d.kind == plan::Domain::Kind::copy && whole(d.source)) ||
                          (d.kind == plan::Domain::Kind::derived && whole(plan.derivations[static_cast<std::size_t>(d.derivation)].covering));
    if (complete) result[i] = Reach::below;
  }
  return result;
}

std::vector<bool> crosses(const plan::Plan& plan) {
  std::vector<bool> result(plan.nodes.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    const plan::Node& n = plan.nodes[i];
    result[i] = n.kernel == Kernel::broadcast || std::any_of(n.operands.begin(), n.operands.end(), [&](NodeId id) {
      return id != kNone && plan.nodes[static_cast<std::size_t>(id)].domain == n.domain && result[static_cast<std::size_t>(id)];
    });
  }
  return result;
}

std::vector<bool> of_states(const plan::Plan& plan) {
  std::vector<bool> result(plan.nodes.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    const plan::Node& n = plan.nodes[i];
    switch (n.kernel) {
      case Kernel::constant:
      case Kernel::is_given: result[i] = true; break;
      case Kernel::logical_not:
      case Kernel::logical_and:
      case Kernel::logical_or:
      case Kernel::broadcast:
      case Kernel::pick:
        result[i] = std::all_of(n.operands.begin(), n.operands.end(), [&](NodeId id) { return result[static_cast<std::size_t>(id)]; });
        break;
      default: break;
    }
  }
  return result;
}

}  // namespace jianlu::exec
