#include "engine/exec/program.h"

#include <algorithm>
#include <tuple>

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
    for (const NodeId part : {g.start, g.end, g.excused, g.tolerance, g.covering_start, g.covering_end, g.closed}) node(part);
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
  std::vector<Program> result(1);
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    if (plan.nodes[i].domain == 0) result[0].steps.push_back({Step::Kind::node, static_cast<std::int32_t>(i)});
  }
  for (std::size_t root = 1; root < plan.domains.size(); ++root) {
    if (plan.domains[root].kind != plan::Domain::Kind::root) continue;
    Needs needs(plan);
    // (position, kind, id): a domain comes before the nodes that follow it, a norm after the last of its nodes.
    std::vector<std::tuple<NodeId, int, std::int32_t>> order;
    for (std::size_t i = 0; i < plan.norms.size(); ++i) {
      const plan::NormPlan& norm = plan.norms[i];
      if (plan.root_of(norm.domain) != static_cast<DomainId>(root)) continue;
      NodeId last = plan.domains[static_cast<std::size_t>(norm.domain)].row;
      for (const NodeId id : {norm.applies, norm.unless, norm.ban, norm.must, norm.due, norm.awaited, norm.deadline, norm.where, norm.decisive}) {
        needs.node(id);
        last = std::max(last, id);
      }
      needs.domain(norm.domain);
      needs.domain(norm.performances);
      order.emplace_back(last, 2, static_cast<std::int32_t>(i));
    }
    if (order.empty()) continue;
    for (std::size_t i = 1; i < plan.domains.size(); ++i) {
      const bool rows_given = plan.domains[i].kind == plan::Domain::Kind::root;
      if (needs.has_domain(i) && !rows_given) order.emplace_back(plan.domains[i].after, 0, static_cast<std::int32_t>(i));
    }
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
      if (needs.has_node(i) && plan.nodes[i].domain != 0) order.emplace_back(static_cast<NodeId>(i), 1, static_cast<std::int32_t>(i));
    }
    std::sort(order.begin(), order.end());
    Program program{static_cast<DomainId>(root), {}};
    for (const auto& [position, kind, id] : order) program.steps.push_back({static_cast<Step::Kind>(kind), id});
    result.push_back(std::move(program));
  }
  return result;
}

}  // namespace jianlu::exec
