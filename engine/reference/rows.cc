// Lists, the quantifiers that run over them, and the rows that a derivation makes.
#include <algorithm>
#include <map>
#include <utility>

#include "engine/calendar/bounded_gaps.h"
#include "engine/reference/interpreter.h"

namespace jianlu::reference {

using fact::kFalse, fact::kTrue, fact::kUndecided, fact::kMin, fact::kMax, fact::kNothing, fact::kUnknown, fact::kValue;
using model::ExprId;
using model::Op;
using model::TypeKind;

namespace {

Value reference_to(RowRef row) {
  Value v;
  v.kind = TypeKind::reference;
  v.state = kValue;
  v.row = row;
  return v;
}

// What is in the interval in every completion, and in some.
calendar::Interval inner(const Value& v) { return v.given() ? calendar::Interval{v.bound.hi, v.end.lo} : calendar::Interval{}; }
calendar::Interval outer(const Value& v) {
  if (v.state == kNothing) return {};
  return v.given() ? calendar::Interval{v.bound.lo, v.end.hi} : calendar::Interval{kMin, kMax};
}

Value as_set(const Value& v) {
  if (v.kind == TypeKind::interval_set) return v;
  Value set;
  set.kind = TypeKind::interval_set;
  set.state = kValue;
  set.definite = {inner(v)};
  set.possible = {outer(v)};
  calendar::normalise(set.definite);
  calendar::normalise(set.possible);
  return set;
}

calendar::IntervalSet together(calendar::IntervalSet a, const calendar::IntervalSet& b) {
  a.insert(a.end(), b.begin(), b.end());
  calendar::normalise(a);
  return a;
}

calendar::IntervalSet without(const calendar::IntervalSet& a, const calendar::IntervalSet& b) {
  calendar::IntervalSet out;
  calendar::subtract(a, b, out);
  return out;
}

}  // namespace

// Instant by instant: more in `a` is more in every result, more in `b` is less in a difference.
Value Interpreter::combined(Op op, const Value& left, const Value& right) {
  const Value a = as_set(left), b = as_set(right);
  Value result = a;
  switch (op) {
    case Op::interval_union:
      result.definite = together(a.definite, b.definite);
      result.possible = together(a.possible, b.possible);
      break;
    case Op::interval_intersection:
      result.definite = without(a.definite, without(a.definite, b.definite));
      result.possible = without(a.possible, without(a.possible, b.possible));
      break;
    default:
      result.definite = without(a.definite, b.possible);
      result.possible = without(a.possible, b.definite);
      break;
  }
  return result;
}

Rows Interpreter::rows(ExprId id, const Scope& scope, Node* node) {
  const model::Expr& e = book_.expr(id);
  Rows result;
  if (e.op != Op::list) return result;
  if (node) {
    node->expr = id;
    node->span = e.span;
  }
  Node* child = node ? &node->children.emplace_back() : nullptr;
  result.owner = evaluate(e.operands[0], scope, child);
  result.owner.row.entity = book_.expr(e.operands[0]).type.of;
  if (!result.owner.given()) return result;

  const RowRef owner = result.owner.row;
  const model::Field& field = book_.vocabulary.field(owner.entity, e.field);
  Leaf ledger{owner, e.field, true, kMin, {}, e.span};
  if (book_.vocabulary.entities[field.list_of].derived) {
    const Gaps* derived = gaps(field.list_of, owner.row, scope.regulation);
    if (!derived) return result;
    for (const Gap& gap : derived->gaps) {
      const Scope inside = scope.with(model::kNone, reference_to(gap.row));
      const auto exists = [&] {
        for (const Leaf& leaf : derived->leaves) note(leaf);
        return gap.exists;
      };
      result.members.push_back({gap.row, atom(AtomKind::existence, field.list_of, inside, exists)});
    }
    const bool settled = std::all_of(derived->gaps.begin(), derived->gaps.end(), [](const Gap& gap) { return gap.exists == kTrue; });
    result.through = settled ? kMax : kMin;
    result.ledger = derived->leaves;
  } else {
    const fact::Table& table = facts_.tables[static_cast<std::size_t>(owner.entity)];
    const fact::List& list = table.lists[static_cast<std::size_t>(e.field)];
    const auto at = static_cast<std::size_t>(owner.row);
    for (std::int32_t i = list.offsets[at]; i < list.offsets[at + 1]; ++i) {
      result.members.push_back({{field.list_of, list.contiguous ? i : list.rows[static_cast<std::size_t>(i)]}});
    }
    result.through = list.through[at];
    ledger.through = result.through;
    if (at < table.origins.size()) ledger.origin = table.origins[at];
    result.ledger = {ledger};
  }
  if (node) node->facts = result.ledger;
  return result;
}

bool Interpreter::closed(const Rows& rows, const Value& horizon) {
  return rows.owner.given() && horizon.given() && rows.through >= horizon.bound.hi;
}

Truth Interpreter::more_rows(const Rows& rows, ExprId id, const Scope& scope) {
  return atom(AtomKind::more_rows, id, scope, [&] {
    for (const Leaf& leaf : rows.ledger) note(leaf);
    return Truth{kUndecided};
  });
}

Value Interpreter::quantifier(const model::Expr& e, ExprId id, const Scope& scope, Node* node) {
  const auto at = [&](std::size_t i) { return i < e.operands.size() ? e.operands[i] : model::kNone; };
  Node* list_node = node ? &node->children.emplace_back() : nullptr;
  const Rows list = rows(at(0), scope, list_node);
  const Value horizon = at(3) != model::kNone ? evaluate(at(3), scope) : scope.horizon ? *scope.horizon : governing_time(list.owner);
  const bool open = !closed(list, horizon);

  // any, every: whether some row is a witness (an example, or a counterexample).
  Truth witness = kFalse;
  std::int64_t certain = 0, possible = 0;       // count
  bool in_range = true;
  Bound total{0, 0};                            // sum
  Truth some = kFalse;                          // earliest, latest: whether there is a value at all
  Bound extreme = e.op == Op::earliest ? Bound{kMax, kMax} : Bound{kMin, kMin};
  Value set;                                    // merged
  set.kind = TypeKind::interval_set;
  set.state = kValue;

  int shown = 0;
  for (const Member& member : list.members) {
    const Scope inside = scope.with(e.var, reference_to(member.row));
    Node* row_node = nullptr;
    if (node) {
      if (shown++ < kMembersShown) {
        row_node = &node->children.emplace_back();
        row_node->role = Node::Role::member;
        row_node->row = member.row;
        row_node->span = e.span;
      } else {
        ++node->left_out;
      }
    }
    const auto part = [&] { return row_node ? &row_node->children.emplace_back() : nullptr; };
    const Truth chosen = at(1) == model::kNone
                             ? member.exists
                             : both(member.exists, condition(at(1), inside, part()));
    Value body = at(2) == model::kNone ? of_truth(kTrue) : evaluate(at(2), inside, part());
    if (row_node) row_node->value = at(2) == model::kNone ? of_truth(chosen) : body;
    if (row_node) row_node->fired = chosen == kTrue;

    if (e.op == Op::any) witness = either(witness, both(chosen, body.state));
    if (e.op == Op::every) witness = either(witness, both(chosen, negate(body.state)));
    if (chosen == kFalse) continue;
    ++possible;
    certain += chosen == kTrue;
    // A row whose value is none contributes nothing, one whose value is unknown may contribute anything.
    const Truth contributes = both(chosen, body.state);
    if (contributes == kFalse) continue;
    const bool surely = contributes == kTrue;
    const Bound bound = body.given() ? body.bound : Bound{};
    if (e.op == Op::sum) {
      in_range = in_range && body.given();
      const Bound share = surely ? bound : Bound{std::min<std::int64_t>(0, bound.lo), std::max<std::int64_t>(0, bound.hi)};
      in_range = in_range && add(total, share, total);
    }
    if (e.op == Op::earliest) {
      extreme.lo = std::min(extreme.lo, bound.lo);
      if (surely) extreme.hi = std::min(extreme.hi, bound.hi);
    }
    if (e.op == Op::latest) {
      extreme.hi = std::max(extreme.hi, bound.hi);
      if (surely) extreme.lo = std::max(extreme.lo, bound.lo);
    }
    some = either(some, contributes);
    if (e.op == Op::merged) {
      set.possible.push_back(outer(body));
      if (surely) set.definite.push_back(inner(body));
    }
  }

  if (e.op == Op::any || e.op == Op::every) {
    if (open) witness = either(witness, more_rows(list, id, scope));
    return of_truth(e.op == Op::any ? witness : negate(witness));
  }
  if (open) {
    for (const Leaf& leaf : list.ledger) note(leaf);
    some = either(some, kUndecided);
    if (e.op == Op::earliest) extreme.lo = kMin;
    if (e.op == Op::latest) extreme.hi = kMax;
  }
  switch (e.op) {
    case Op::count:
      return quantity(TypeKind::number, {certain * 1'000'000, open ? kMax : possible * 1'000'000});
    case Op::sum:
      return in_range && !open ? quantity(e.type.kind, total) : unknown(e.type.kind);
    case Op::merged:
      if (open) set.possible = {{kMin, kMax}};
      calendar::normalise(set.possible);
      calendar::normalise(set.definite);
      return set;
    default: return some == kTrue ? quantity(e.type.kind, extreme) : absent(e.type.kind, some);
  }
}

const Interpreter::Gaps* Interpreter::gaps(model::EntityId entity, fact::Row owner, std::int32_t regulation) {
  if (regulation == model::kNone) return nullptr;
  const auto key = std::tuple(regulation, entity, owner);
  if (const auto found = gaps_.find(key); found != gaps_.end()) return &found->second;
  for (const model::Derivation& d : book_.regulations[static_cast<std::size_t>(regulation)].derivations) {
    if (d.entity == entity) return &gaps_.emplace(key, derive(d, owner, regulation)).first->second;
  }
  return nullptr;
}

Interpreter::Gaps Interpreter::derive(const model::Derivation& d, fact::Row owner, std::int32_t regulation) {
  Watch reads;
  reads.inside = true;
  Watch* const outside = std::exchange(watch, &reads);
  const Value subject = reference_to({book_.variables[static_cast<std::size_t>(d.subject)].entity, owner});
  const Scope scope{regulation, {{d.subject, subject}}, {}};

  const Value within = whole(d.within, scope);
  const Rows covering = rows(d.covering_list, scope);
  const Value horizon = d.horizon == model::kNone ? governing_time(subject) : evaluate(d.horizon, scope);
  const Value tolerance = d.tolerance == model::kNone ? quantity(TypeKind::duration, {0, 0}) : evaluate(d.tolerance, scope);
  Value excused;
  if (d.excused != model::kNone) excused = evaluate(d.excused, scope);
  bool certainty = within.given() && tolerance.given() && closed(covering, horizon);
  if (!certainty) {
    for (const Leaf& leaf : covering.ledger) note(leaf);
  }
  // Clocks by number, in order of arrival. Nobody is asked for one: a row without keeps its own.
  std::map<std::pair<std::string_view, fact::Row>, std::int64_t> clocks;
  const auto clock = [&](const Scope& inside) {
    if (d.covering_clock == model::kNone) return calendar::own_clock;
    Watch* const noting = std::exchange(watch, nullptr);
    const Value v = evaluate(d.covering_clock, inside);
    watch = noting;
    if (!v.given()) return calendar::own_clock;
    return clocks.try_emplace({v.text, v.row.row}, static_cast<std::int64_t>(clocks.size())).first->second;
  };
  std::vector<calendar::BoundedRecording> recordings;
  for (const Member& member : covering.members) {
    const Scope inside = scope.with(d.covering_var, reference_to(member.row));
    const Value interval = evaluate(d.covering_interval, inside);
    calendar::BoundedRecording recording;
    if (interval.given() && member.exists == kTrue) {
      recording = {{interval.bound.lo, interval.bound.hi}, {interval.end.lo, interval.end.hi}};
      recording.clock = clock(inside);
    } else if (interval.state != kNothing) {
      recording = calendar::BoundedRecording::anywhere();
    }
    recordings.push_back(recording);
    certainty = certainty && interval.state != kUnknown;
  }
  const auto bound = [](Bound b) { return calendar::Bound{b.lo, b.hi}; };
  const Bound least = tolerance.given() ? tolerance.bound : Bound{0, kMax};
  calendar::BoundedGaps found;
  calendar::find_gaps(bound(within.bound), bound(within.end), excused.definite, excused.possible, recordings, bound(least), certainty, found);

  Gaps result;
  const auto neighbour = [&](std::int32_t index) {
    return index < 0 ? fact::kNoRow : covering.members[static_cast<std::size_t>(index)].row.row;
  };
  for (const calendar::BoundedGap& g : found.gaps) {
    result.gaps.push_back({{d.entity, owner, neighbour(g.preceding), neighbour(g.following)}, g.certain ? kTrue : kUndecided,
                           {g.start.lo, g.start.hi}, {g.end.lo, g.end.hi}, {g.missing.lo, std::min(g.missing.hi, kMax)}});
  }
  result.leaves = std::move(reads.leaves);
  watch = outside;
  return result;
}

// An interval of which an end is not known is open on that side; its state is that of both ends.
Value Interpreter::whole(ExprId id, const Scope& scope) {
  const model::Expr& e = book_.expr(id);
  Value v = evaluate(id, scope);
  if (v.given()) return v;
  v.bound = v.end = Bound{};
  if (e.op == Op::make_interval) {
    const Value from = evaluate(e.operands[0], scope), to = evaluate(e.operands[1], scope);
    if (from.given()) v.bound = from.bound;
    if (to.given()) v.end = to.bound;
  }
  return v;
}

}  // namespace jianlu::reference
