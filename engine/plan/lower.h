// Turns the expressions of a rulebook into nodes: definitions inlined, intervals as pairs of instants, quantifiers as
// domains.
#pragma once

#include <map>
#include <tuple>

#include "engine/plan/builder.h"

namespace jianlu::plan {

// The value of an expression.
struct Lowered {
  NodeId node = kNone;                          // interval: its start
  NodeId end = kNone;                           // interval: its end
  const calendar::Period* period = nullptr;     // period: literal
};

class Lowering {
 public:
  Lowering(const model::Rulebook& book, Plan& plan);

  // The regulation whose zone and derivations count from here on.
  void enter(std::int32_t regulation);

  Lowered lower(model::ExprId id);
  NodeId node(model::ExprId id) { return lower(id).node; }
  // kNone means true.
  NodeId condition(model::ExprId id);

  void bind(model::VarId var, NodeId row) { env_[var] = row; }
  NodeId bound(model::VarId var) const { return env_[var]; }

  // All rows of an entity; owned rows through their owners.
  DomainId rows_of(model::EntityId entity);
  // The rows of a list, in a domain whose parent is `parent` (kNone: where the list's owner is).
  DomainId rows_of_list(model::ExprId list, DomainId parent = kNone);
  // Truth: the rows of `rows_of_list(list)` are all there are. `horizon` kNone: the governing time of the owner.
  NodeId closed(model::ExprId list, NodeId horizon);
  // Truth: `row`, one of the entity listed, is in the list.
  NodeId listed(model::ExprId list, NodeId row);
  // Truth: an event at `at` keeps the deadline. Taken apart where the deadline is the later of two instants or a definition
  // with exceptions, so that an event before all that the deadline can be is in time whatever is not known.
  NodeId keeps(NodeId at, model::ExprId deadline, bool strict);
  // The deepest domain that an expression needs by the variables bound outside it.
  DomainId deepest(model::ExprId id) const;
  // Existence of the row of a derived domain; kNone where rows certainly exist.
  NodeId existence(DomainId domain);
  NodeId governing_time(model::EntityId entity, NodeId row);
  NodeId read(model::EntityId entity, NodeId row, model::FieldId field, std::int32_t part = 0);

  Builder builder;

 private:
  Lowered interval(const model::Expr& e);
  Lowered quantifier(const model::Expr& e);
  Lowered call(const model::Expr& e);
  // What `make(definition, arguments)` gives with the parameters of a call bound to its arguments.
  template <class Make>
  auto bound(const model::Expr& e, Make make);
  Lowered define(const model::Definition& definition);
  Lowered choose(const std::vector<NodeId>& whens, const std::vector<Lowered>& values, const model::Type& type);
  NodeId compare(const model::Expr& e);
  // An interval or an interval set, as a set.
  NodeId set_of_time(model::ExprId id);
  NodeId add_period(const model::Expr& e);
  NodeId binary(Kernel kernel, Kind kind, const model::Expr& e);
  NodeId zoned(Kernel kernel, Kind kind, std::vector<NodeId> operands, std::int32_t index = kNone);
  NodeId read_derived(model::EntityId entity, NodeId row, model::FieldId field);
  DomainId derive(model::EntityId entity, NodeId owner);
  const model::Derivation& derivation_of(model::EntityId entity) const;

  const model::Rulebook& book_;
  Plan& plan_;
  std::vector<NodeId> env_;                     // by VarId
  NodeId horizon_ = kNone;                      // handed down by calls
  std::int32_t regulation_ = kNone, zone_ = kNone;
  std::map<std::tuple<model::DefId, std::int32_t, NodeId, std::vector<NodeId>>, Lowered> calls_;
};

}  // namespace jianlu::plan
