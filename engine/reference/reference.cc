#include "engine/reference/reference.h"

#include <algorithm>

#include "engine/model/trigger.h"

namespace jianlu::reference {

using fact::kFalse, fact::kTrue, fact::kUndecided, fact::kMin, fact::kMax, fact::kNothing;
using model::NormId;
using model::TypeKind;
using outcome::Outcome;
using outcome::RowKey;

namespace {

Value bound_row(RowRef row) {
  Value v;
  v.kind = TypeKind::reference;
  v.state = fact::kValue;
  v.row = row;
  return v;
}

// The instant until which something is still awaited: none means that what starts the time has not happened (only a fact
// can wake it), unknown means that waiting settles nothing. So does an end without limit (a year without a notice of days
// off): waiting settles nothing from where it may have come.
std::int64_t awaited_until(const Value& instant) {
  if (instant.given()) return instant.bound.hi == kMax ? std::max(instant.bound.lo, kMin + 1) : instant.bound.hi;
  return instant.state == kNothing ? kMax : kMin;
}

Truth not_before(const Value& a, std::int64_t b) {
  return a.given() ? less_equal(Bound{b, b}, a.bound) : Truth{kUndecided};
}

}  // namespace

Outcome first_match(const outcome::Situation& s) {
  const Outcome open = s.awaited ? Outcome::pending : Outcome::unknown;
  if (s.applies == kFalse) return Outcome::not_applicable;
  if (s.applies == kTrue && s.unless == kFalse && s.ban == kTrue) return Outcome::conflict;
  if (s.unless != kTrue && s.ban != kFalse) return open;   // the conflict may arise, or dissolve
  if (s.must == kTrue) return Outcome::satisfied;
  if (s.unless == kTrue) return Outcome::exempt;
  if (s.applies == kTrue && s.unless == kFalse && s.must == kFalse && !s.awaited) return Outcome::breached;
  return open;
}

Reference::Reference(const model::Rulebook& book, const fact::Facts& facts, const outcome::Context& context,
                     std::span<const calendar::Zone> zones)
    : book_(book),
      facts_(facts),
      context_(context),
      regulation_of_(book.norms.size(), model::kNone),
      interpreter_(book, facts, context, zones) {
  for (std::size_t r = 0; r < book.regulations.size(); ++r) {
    for (const NormId n : book.regulations[r].norms) regulation_of_[static_cast<std::size_t>(n)] = static_cast<std::int32_t>(r);
  }
}

Scope Reference::scope(NormId id, const RowKey& key) const {
  const model::Norm& norm = book_.norms[static_cast<std::size_t>(id)];
  const auto entity = [&](model::VarId var) { return book_.variables[static_cast<std::size_t>(var)].entity; };
  Scope scope{regulation_of_[static_cast<std::size_t>(id)], {}, {}};
  scope.rows.emplace_back(norm.subject, bound_row({entity(norm.subject), key.subject}));
  if (norm.element != model::kNone) {
    const bool derived = book_.vocabulary.entities[static_cast<std::size_t>(entity(norm.element))].derived;
    const RowRef row = derived ? RowRef{entity(norm.element), key.subject, key.previous, key.next}
                               : RowRef{entity(norm.element), key.element};
    scope.rows.emplace_back(norm.element, bound_row(row));
  }
  return scope;
}

std::vector<RowKey> Reference::rows(NormId id) {
  const model::Norm& norm = book_.norms[static_cast<std::size_t>(id)];
  const model::EntityId subject = book_.variables[static_cast<std::size_t>(norm.subject)].entity;
  std::vector<RowKey> keys;
  if (norm.modality == model::Modality::permit) return keys;
  for (fact::Row row = 0; row < facts_.tables[static_cast<std::size_t>(subject)].size; ++row) {
    if (norm.element == model::kNone) {
      keys.push_back({row});
      continue;
    }
    Scope outer{regulation_of_[static_cast<std::size_t>(id)], {}, {}};
    outer.rows.emplace_back(norm.subject, bound_row({subject, row}));
    for (const Member& member : interpreter_.rows(norm.list, outer).members) {
      const bool derived = book_.vocabulary.entities[static_cast<std::size_t>(member.row.entity)].derived;
      keys.push_back(derived ? RowKey{row, fact::kNoRow, member.row.previous, member.row.next} : RowKey{row, member.row.row});
    }
  }
  return keys;
}

// Stored rows exist; whether a derived one does may hang on recordings not yet delivered.
Truth Reference::exists(const model::Norm& norm, const Scope& scope, const RowKey& key) {
  if (norm.element == model::kNone) return kTrue;
  const RowRef element = scope.of(norm.element).row;
  const model::Entity& entity = book_.vocabulary.entities[static_cast<std::size_t>(element.entity)];
  if (!entity.derived) return kTrue;
  const Scope outer{scope.regulation, {scope.rows.front()}, {}};
  for (const Member& member : interpreter_.rows(norm.list, outer).members) {
    if (member.row.previous == key.previous && member.row.next == key.next) return member.exists;
  }
  return kFalse;
}

Truth Reference::in_force(NormId id, const Scope& scope, Node* node) {
  const model::Norm& norm = book_.norms[static_cast<std::size_t>(id)];
  std::optional<std::int64_t> commencement;
  if (scope.regulation != model::kNone) {
    commencement = book_.regulations[static_cast<std::size_t>(scope.regulation)].in_force_from;
  }
  return interpreter_.atom(AtomKind::in_force, id, scope, [&] {
    Truth t = kTrue;
    if (!commencement && !norm.valid_from && !norm.valid_until) return t;
    const Value at = norm.governing == model::kNone ? unknown(TypeKind::instant)
                                                    : interpreter_.evaluate(norm.governing, scope, node);
    if (commencement) t = both(t, not_before(at, *commencement));
    if (norm.valid_from) t = both(t, not_before(at, *norm.valid_from));
    if (norm.valid_until) t = both(t, negate(not_before(at, *norm.valid_until)));
    return t;
  });
}

// An exemption can still be claimed until its deadline, so its absence counts only after it.
Reference::Claim Reference::claimed(const model::Unless& u, const Scope& scope, Node* node) {
  const auto child = [&] { return node ? &node->children.emplace_back() : nullptr; };
  Claim claim{interpreter_.condition(u.condition, scope, child()), kMin};
  if (u.claim_deadline != model::kNone) {
    const Value deadline = interpreter_.evaluate(u.claim_deadline, scope, child());
    const bool passed = deadline.given() && context_.as_of > deadline.bound.hi;
    if (claim.holds == kFalse && !passed) claim.holds = kUndecided;
    claim.until = awaited_until(deadline);
  }
  if (node) {
    node->definition = u.exemption;
    node->at = u.at;
    node->fired = claim.holds == kTrue;
    node->value = of_truth(claim.holds);
  }
  return claim;
}

// Whether the list holds this row: its reference back names the list's owner.
Truth Reference::listed(model::ExprId list, const Value& row, const Scope& scope) {
  const model::Expr& e = book_.expr(list);
  const model::Field& field = book_.vocabulary.field(book_.expr(e.operands[0]).type.of, e.field);
  if (field.back == model::kNone) return kTrue;   // rows gathered by period: a row is in one list
  return interpreter_.atom(AtomKind::existence, list, scope.with(model::kNone, row), [&] {
    const Value owner = interpreter_.evaluate(e.operands[0], scope);
    const Value back = interpreter_.read(row, field.back, e.span, scope);
    return both(back.state, equal(back, owner));
  });
}

// Whether a ban on the same act applies to the same rows (docs/decisions/0007-opposing-bans.md).
Truth Reference::opposed(const model::Norm& norm, const Scope& scope, Explanation* explanation) {
  const auto entity = [&](model::VarId var) { return book_.variables[static_cast<std::size_t>(var)].entity; };
  Truth result = kFalse;
  for (const NormId id : norm.opposing_bans) {
    const model::Norm& ban = book_.norms[static_cast<std::size_t>(id)];
    Scope inside{scope.regulation, {}, {}};
    Node* node = explanation ? &explanation->parts.emplace_back() : nullptr;
    if (node) {
      node->role = Node::Role::ban;
      node->norm = id;
      node->span = ban.span;
    }
    const auto child = [&] { return node ? &node->children.emplace_back() : nullptr; };
    const auto applies = [&](const Scope& rows) {
      Truth t = both(in_force(id, rows, nullptr), interpreter_.condition(ban.when, rows, child()));
      for (const model::Unless& u : ban.unless) t = both(t, negate(claimed(u, rows, child()).holds));
      return t;
    };
    // Subject to subject and element to element; the subject of the ban may be the element of the norm.
    const bool same_subject = entity(ban.subject) == entity(norm.subject);
    if (!same_subject && norm.element == model::kNone) continue;
    inside.rows.emplace_back(ban.subject, scope.of(same_subject ? norm.subject : norm.element));
    const bool same_element = same_subject && ban.element != model::kNone && norm.element != model::kNone &&
                              entity(ban.element) == entity(norm.element);
    Truth opposes = kFalse;
    if (ban.element == model::kNone) {
      opposes = applies(inside);
    } else if (same_element) {
      const Truth pair = listed(ban.list, scope.of(norm.element), inside);
      inside.rows.emplace_back(ban.element, scope.of(norm.element));
      opposes = both(pair, applies(inside));
    } else {
      const Rows elements = interpreter_.rows(ban.list, inside);
      for (const Member& member : elements.members) {
        opposes = either(opposes, both(member.exists, applies(inside.with(ban.element, bound_row(member.row)))));
      }
      if (!Interpreter::closed(elements, interpreter_.governing_time(elements.owner))) {
        opposes = either(opposes, interpreter_.more_rows(elements, ban.list, inside));
      }
    }
    if (node) node->value = of_truth(opposes);
    result = either(result, opposes);
  }
  return result;
}

// Whether an event at `at` comes by the deadline. The later of two instants, and a definition whose exceptions are not decided,
// are asked part by part: who is in time for every instant that the deadline can be is in time. A deadline that is none lies
// ahead of everything that has happened, if nothing can put it before the event that it waits for.
Truth Reference::keeps(const Value& at, model::ExprId deadline, bool strict, const Scope& scope) {
  const model::Expr& e = book_.expr(deadline);
  if (e.op == model::Op::later) {
    return either(keeps(at, e.operands[0], strict, scope), keeps(at, e.operands[1], strict, scope));
  }
  if (e.op == model::Op::call && book_.definitions[static_cast<std::size_t>(e.definition)].kind == model::DefKind::definition) {
    const model::Definition& definition = book_.definitions[static_cast<std::size_t>(e.definition)];
    const Scope inside = interpreter_.enter(e, scope);
    std::uint8_t possible = 0;
    bool excepted = false;
    for (std::size_t i = 1; i < definition.alternatives.size(); ++i) {
      const model::Alternative& exception = definition.alternatives[i];
      const Truth holds = interpreter_.condition(exception.when, inside);
      if (holds == kFalse) continue;
      possible = static_cast<std::uint8_t>(possible | keeps(at, exception.value, strict, inside));
      excepted = excepted || holds == kTrue;
    }
    if (!excepted) possible = static_cast<std::uint8_t>(possible | keeps(at, definition.alternatives.front().value, strict, inside));
    return possible;
  }
  const Value end = interpreter_.evaluate(deadline, scope);
  if (!at.given()) return kUndecided;
  if (end.given()) return strict ? less(at.bound, end.bound) : less_equal(at.bound, end.bound);
  const bool ahead = end.state == kNothing && at.bound.hi <= context_.as_of && model::follows_its_trigger(book_, deadline);
  return ahead ? kTrue : kUndecided;
}

outcome::Verdict Reference::judge(NormId norm, const RowKey& key) { return judge(norm, key, nullptr).verdict; }

Reference::Account Reference::account(NormId norm, const RowKey& key) {
  Watch watch;
  watch.inside = true;
  interpreter_.watch = &watch;
  const Judged judged = judge(norm, key, nullptr);
  interpreter_.watch = nullptr;
  return {judged.situation, judged.verdict, std::move(watch.leaves)};
}

Reference::Judged Reference::judge(NormId id, const RowKey& key, Explanation* explanation) {
  const model::Norm& norm = book_.norms[static_cast<std::size_t>(id)];
  const Scope rows = scope(id, key);
  const auto part = [&](Node::Role role) {
    if (!explanation) return static_cast<Node*>(nullptr);
    Node& node = explanation->parts.emplace_back();
    node.role = role;
    node.span = norm.span;
    return &node;
  };
  const auto show = [](Node* node, Value value) {
    if (node) node->value = std::move(value);
  };

  Judged judged;
  outcome::Situation& s = judged.situation;
  std::int64_t wait = kMin;   // the last instant at which something is still awaited

  Node* node = part(Node::Role::in_force);
  s.applies = both(exists(norm, rows, key), in_force(id, rows, node ? &node->children.emplace_back() : nullptr));
  show(node, of_truth(s.applies));
  node = part(Node::Role::applies);
  s.applies = both(s.applies, interpreter_.condition(norm.when, rows, node && norm.when != model::kNone ? &node->children.emplace_back() : nullptr));
  show(node, of_truth(s.applies));

  s.unless = kFalse;
  for (const model::Unless& u : norm.unless) {
    const Claim claim = claimed(u, rows, part(Node::Role::unless));
    if (claim.holds == kUndecided) wait = std::max(wait, claim.until);
    s.unless = either(s.unless, claim.holds);
  }

  s.ban = opposed(norm, rows, explanation);

  Value deadline;
  if (norm.deadline) {
    node = part(Node::Role::deadline);
    deadline = interpreter_.evaluate(norm.deadline->instant, rows, node);
    wait = std::max(wait, awaited_until(deadline));
  }
  Value await;
  if (norm.await != model::kNone) {
    node = part(Node::Role::await);
    await = interpreter_.evaluate(norm.await, rows, node);
    wait = std::max(wait, awaited_until(await));
  }

  node = part(norm.performance ? Node::Role::performance : Node::Role::must);
  if (!norm.performance) {
    s.must = interpreter_.condition(norm.must, rows, node && norm.must != model::kNone ? &node->children.emplace_back() : nullptr);
  } else {
    const model::Performance& p = *norm.performance;
    s.must = kFalse;
    std::optional<std::int64_t> cured;
    const Rows list = interpreter_.rows(p.list, rows, node ? &node->children.emplace_back() : nullptr);
    for (const Member& member : list.members) {
      const Scope inside = rows.with(p.var, bound_row(member.row));
      Node* row = nullptr;
      if (node && node->children.size() <= kMembersShown) {
        row = &node->children.emplace_back();
        row->role = Node::Role::member;
        row->row = member.row;
      } else if (node) {
        ++node->left_out;
      }
      const auto child = [&] { return row ? &row->children.emplace_back() : nullptr; };
      const Truth chosen = both(member.exists, interpreter_.condition(p.where, inside, p.where == model::kNone ? nullptr : child()));
      // An event performs in time when it has happened and not after the deadline.
      const Truth in_time = interpreter_.atom(AtomKind::in_time, id, inside, [&] {
        const Value at = interpreter_.evaluate(p.decisive, inside, child());
        if (!norm.deadline) return Truth{at.state};
        if (deadline.given() && at.given()) {
          const Truth late = norm.deadline->strict ? less_equal(deadline.bound, at.bound) : less(deadline.bound, at.bound);
          if (both(chosen, late) == kTrue) cured = std::min(cured.value_or(kMax), at.bound.hi);
        }
        return both(at.state, keeps(at, norm.deadline->instant, norm.deadline->strict, rows));
      });
      if (row) row->value = of_truth(both(chosen, in_time));
      s.must = either(s.must, both(chosen, in_time));
    }
    const Value horizon = norm.deadline ? deadline : interpreter_.governing_time(list.owner);
    if (!Interpreter::closed(list, horizon)) s.must = either(s.must, interpreter_.more_rows(list, p.list, rows));
    // While what starts the time is not known to have happened, nothing is too late.
    if (norm.deadline && !deadline.given()) s.must = either(s.must, kUndecided);
    if (cured) judged.verdict.cured_at = *cured;
  }
  // Nor is anything too late for an end without limit.
  for (const Value* end : {&deadline, &await}) {
    if (end->given() && end->bound.hi == kMax) s.must = either(s.must, kUndecided);
  }
  show(node, of_truth(s.must));

  s.awaited = context_.as_of <= wait;
  judged.verdict.outcome = first_match(s);
  if (judged.verdict.outcome == Outcome::pending) judged.verdict.due = wait;
  if (judged.verdict.outcome == Outcome::breached && norm.deadline && deadline.given()) judged.verdict.due = deadline.bound.hi;
  if (judged.verdict.outcome != Outcome::breached) judged.verdict.cured_at = kMin;
  return judged;
}

Value Reference::evaluate(model::ExprId id, NormId norm, const RowKey& key) {
  return interpreter_.evaluate(id, scope(norm, key));
}

}  // namespace jianlu::reference
