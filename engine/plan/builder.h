// Makes nodes and domains, each distinct one once, folding what is constant.
#pragma once

#include <unordered_map>

#include "engine/plan/plan.h"

namespace jianlu::plan {

class Builder {
 public:
  explicit Builder(Plan& plan);

  // The node's domain is the deepest of its operands' unless it is given; operands are brought there.
  NodeId make(Kernel kernel, Kind kind, std::vector<NodeId> operands, DomainId domain = kNone);
  // As it stands; operands may belong elsewhere (quantifiers, loads).
  NodeId make(Node node);

  NodeId truth(std::uint8_t value);
  NodeId value(std::int64_t imm);
  NodeId text(std::string_view text);
  NodeId row(DomainId domain) const { return plan_.domains[domain].row; }

  NodeId logical_not(NodeId a);
  NodeId logical_and(NodeId a, NodeId b);
  NodeId logical_or(NodeId a, NodeId b);
  NodeId is_given(NodeId a);

  // `node` in `domain`, which its own domain is an ancestor of.
  NodeId at(NodeId node, DomainId domain);
  // A node of the source of `domain`, in `domain`; a node of anywhere else stays where it is.
  NodeId pick(NodeId node, DomainId domain);
  DomainId domain_of(NodeId node) const { return node == kNone ? 0 : plan_.nodes[node].domain; }
  DomainId deeper(DomainId a, DomainId b) const {
    return plan_.domains[b].depth > plan_.domains[a].depth ? b : a;
  }

  DomainId root(model::EntityId entity);
  // The rows of list `field` of `owner`, to which `reference` refers.
  DomainId list(DomainId parent, NodeId reference, model::EntityId owner, model::FieldId field, model::EntityId entity);
  DomainId derived(NodeId reference, model::EntityId entity, const Derivation& derivation);
  DomainId copy(DomainId parent, DomainId source);

  std::int32_t period(const Plan::Term& term);
  const Node& node(NodeId id) const { return plan_.nodes[id]; }
  const Domain& domain(DomainId id) const { return plan_.domains[id]; }
  bool is_constant(NodeId id) const { return plan_.nodes[id].kernel == Kernel::constant; }
  bool is_truth(NodeId id, std::uint8_t value) const { return is_constant(id) && plan_.nodes[id].imm == value; }

 private:
  DomainId add(Domain domain);
  NodeId insert(Node node);
  DomainId source_of_all(const Node& node) const;
  bool for_derived(DomainId copy) const;
  bool is_carried(NodeId id) const { return node(id).kernel == Kernel::pick || node(id).kernel == Kernel::broadcast; }
  NodeId together(Kernel kernel, NodeId a, NodeId b);
  NodeId join(Kernel kernel, NodeId a, NodeId b) { return kernel == Kernel::logical_and ? logical_and(a, b) : logical_or(a, b); }

  Plan& plan_;
  std::unordered_multimap<std::size_t, NodeId> known_;
};

// The node as a constant where all its operands are constants and the result is exact; otherwise kNone.
// `value` receives the constant (of a truth: a fact::Truth).
bool fold(const Plan& plan, const Node& node, std::int64_t& value);

}  // namespace jianlu::plan
