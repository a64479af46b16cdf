// Calls: definitions with exceptions (default logic), grounds, acts, interpretations and exemptions.
#include "engine/reference/interpreter.h"

namespace jianlu::reference {

using fact::kFalse, fact::kTrue, fact::kUndecided;
using model::DefKind;
using model::TypeKind;

Value Interpreter::call(const model::Expr& e, const Scope& scope, Node* node) {
  const model::Definition& definition = book_.definitions[static_cast<std::size_t>(e.definition)];
  if (node) node->definition = e.definition;
  return define(definition, enter(e, scope), node);
}

Scope Interpreter::enter(const model::Expr& e, const Scope& scope) {
  const model::Definition& definition = book_.definitions[static_cast<std::size_t>(e.definition)];
  Scope inside{scope.regulation, {}, scope.horizon};
  if (e.operands.size() > definition.parameters.size()) inside.horizon = evaluate(e.operands.back(), scope);
  for (std::size_t i = 0; i < definition.parameters.size(); ++i) {
    Value argument = evaluate(e.operands[i], scope);
    argument.row.entity = book_.variables[static_cast<std::size_t>(definition.parameters[i])].entity;
    inside.rows.emplace_back(definition.parameters[i], std::move(argument));
  }
  return inside;
}

Value Interpreter::define(const model::Definition& definition, const Scope& scope, Node* node) {
  struct Candidate {
    Truth holds;
    Value value;
  };
  std::vector<Candidate> candidates;
  for (const model::Alternative& alternative : definition.alternatives) {
    Node* part = nullptr;
    if (node) {
      part = &node->children.emplace_back();
      part->role = Node::Role::alternative;
      part->at = alternative.at;
      part->span = alternative.span;
    }
    const auto child = [&] { return part ? &part->children.emplace_back() : nullptr; };
    Candidate candidate{condition(alternative.when, scope, child()), {}};
    if (alternative.value != model::kNone) candidate.value = evaluate(alternative.value, scope, child());
    if (part) {
      part->value = of_truth(candidate.holds);
      part->fired = candidate.holds == kTrue;
    }
    candidates.push_back(std::move(candidate));
  }

  if (definition.kind == DefKind::ground || definition.kind == DefKind::exemption) {
    Truth holds = kFalse;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const model::Alternative& alternative = definition.alternatives[i];
      // The condition stands in `when`; an item without one is a person's ruling that nobody has made.
      const Truth item = alternative.when != model::kNone    ? candidates[i].holds
                         : alternative.value != model::kNone ? candidates[i].value.state
                                                             : Truth{kUndecided};
      holds = either(holds, item);
    }
    return of_truth(holds);
  }

  // The default holds unless some exception does; every exception that may hold may give the value.
  bool excepted = false, conflict = false;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (candidates[i].holds != kTrue) continue;
    excepted = true;
    for (std::size_t j = 1; j < i; ++j) {
      conflict = conflict || (candidates[j].holds == kTrue && equal(candidates[i].value, candidates[j].value) == kFalse);
    }
  }
  if (candidates.empty() || conflict) return absent(definition.result.kind, fact::kUnknown);
  if (node) node->children.front().fired = !excepted;
  const Value* value = excepted ? nullptr : &candidates[0].value;
  Value result = value ? *value : Value{};
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (candidates[i].holds == kFalse) continue;
    result = value ? hull(result, candidates[i].value) : candidates[i].value;
    value = &candidates[i].value;
  }
  return result;
}

}  // namespace jianlu::reference
