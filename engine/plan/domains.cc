// Domains, each distinct one once, with the node of its rows.
#include <algorithm>

#include "engine/plan/builder.h"

namespace jianlu::plan {

DomainId Builder::add(Domain domain) {
  for (std::size_t i = 1; i < plan_.domains.size(); ++i) {
    const Domain& d = plan_.domains[i];
    if (d.kind == domain.kind && d.parent == domain.parent && d.entity == domain.entity && d.field == domain.field &&
        d.owner_entity == domain.owner_entity && d.reference == domain.reference && d.derivation == domain.derivation && d.source == domain.source) {
      return static_cast<DomainId>(i);
    }
  }
  const auto id = static_cast<DomainId>(plan_.domains.size());
  domain.depth = domain.parent == kNone ? 1 : plan_.domains[domain.parent].depth + 1;
  domain.after = static_cast<NodeId>(plan_.nodes.size());
  plan_.domains.push_back(domain);
  Node row;
  row.kernel = Kernel::row;
  row.domain = id;
  row.entity = domain.entity;
  plan_.domains.back().row = insert(std::move(row));
  return id;
}

DomainId Builder::root(model::EntityId entity) {
  Domain domain;
  domain.kind = Domain::Kind::root;
  domain.entity = entity;
  return add(domain);
}

DomainId Builder::list(DomainId parent, NodeId reference, model::EntityId owner, model::FieldId field,
                       model::EntityId entity) {
  Domain domain;
  domain.kind = Domain::Kind::list;
  domain.parent = parent;
  domain.entity = entity;
  domain.owner_entity = owner;
  domain.field = field;
  domain.owner = reference;
  domain.reference = at(reference, parent);
  return add(domain);
}

DomainId Builder::derived(NodeId reference, model::EntityId entity, const Derivation& derivation) {
  Domain domain;
  domain.kind = Domain::Kind::derived;
  domain.parent = domain_of(reference);
  domain.entity = entity;
  domain.owner = domain.reference = reference;
  const auto found = std::find(plan_.derivations.begin(), plan_.derivations.end(), derivation);
  domain.derivation = static_cast<std::int32_t>(found - plan_.derivations.begin());
  if (found == plan_.derivations.end()) plan_.derivations.push_back(derivation);
  return add(domain);
}

DomainId Builder::copy(DomainId parent, DomainId source) {
  Domain domain = plan_.domains[source];
  domain.kind = Domain::Kind::copy;
  domain.parent = parent;
  domain.source = source;
  domain.derivation = kNone;
  domain.reference = at(domain.owner, parent);
  return add(domain);
}

DomainId Plan::root_of(DomainId domain) const {
  while (domain != 0 && domains[domain].parent != kNone) domain = domains[domain].parent;
  return domain;
}

}  // namespace jianlu::plan
