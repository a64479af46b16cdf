#include "engine/coverage/shape.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace jianlu::coverage {

using model::ExprId;
using model::kNone;
using model::Op;
using model::TypeKind;

namespace {

// A set of truth values: bit t is set where the fact::Truth t (1, 2, 3) can occur.
using Set = std::uint8_t;
constexpr Set only(std::uint8_t truth) { return static_cast<Set>(1u << truth); }
constexpr Set kTrue = only(fact::kTrue), kFalse = only(fact::kFalse), kUndecided = only(fact::kUndecided);
constexpr Set kEither = kTrue | kFalse, kAny = kEither | kUndecided;

template <typename Combine>
Set combined(Set a, Set b, Combine combine) {
  Set out = 0;
  for (std::uint8_t x = 1; x <= 3; ++x) {
    for (std::uint8_t y = 1; y <= 3; ++y) {
      if ((a & only(x)) && (b & only(y))) out |= only(combine(x, y));
    }
  }
  return out;
}
std::uint8_t conjunction(std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>((a & b & 1) | ((a | b) & 2)); }
std::uint8_t disjunction(std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(((a | b) & 1) | (a & b & 2)); }
Set both(Set a, Set b) { return combined(a, b, conjunction); }
Set either(Set a, Set b) { return combined(a, b, disjunction); }
Set negated(Set a) {
  return static_cast<Set>((a & kUndecided) | (a & kTrue ? kFalse : 0) | (a & kFalse ? kTrue : 0));
}

// What a value can be. `truth` for truths; the others for every other type.
struct Can {
  Set truth = kAny;
  bool none = false, unknown = false, bound = false;
  std::optional<std::int64_t> literal;
  bool certain() const { return !none && !unknown && !bound; }
};

Can exact() { return {}; }
Can truth(Set set) {
  Can c;
  c.truth = set;
  return c;
}
Can merge(const Can& a, const Can& b) {
  Can out;
  out.truth = static_cast<Set>(a.truth | b.truth);
  out.none = a.none || b.none;
  out.unknown = a.unknown || b.unknown;
  out.bound = a.bound || b.bound;
  if (a.literal == b.literal) out.literal = a.literal;
  return out;
}

class Shape {
 public:
  explicit Shape(const model::Rulebook& book) : book_(book) {}

  // From here on, what the conjuncts of a norm's `when` say somebody has looked at counts as decided: elsewhere the norm does not apply.
  void assume(ExprId when) {
    rulings(when, {});
    known_.clear();
  }

  Set condition(ExprId id) { return id == kNone ? kTrue : of(id).truth; }
  Can value(ExprId id) { return of(id); }

  Set must(const model::Norm& norm) {
    if (!norm.performance) return condition(norm.must);
    const Set rows = quantified(norm.performance->list, condition(norm.performance->where), true);
    const Can decisive = of(norm.performance->decisive);
    const Can deadline = norm.deadline ? of(norm.deadline->instant) : exact();
    Set in_time = kTrue;
    if (norm.deadline) in_time |= kFalse;
    if (decisive.none) in_time |= kFalse;
    if (!decisive.certain() || !deadline.certain()) in_time |= kUndecided;
    return both(rows, in_time);
  }

  Set applies(model::NormId id) {
    const model::Norm& norm = book_.norms[id];
    Set out = condition(norm.when);
    bool limited = norm.valid_from || norm.valid_until;
    for (const model::Regulation& r : book_.regulations) {
      if (std::find(r.norms.begin(), r.norms.end(), id) != r.norms.end()) limited = limited || r.in_force_from;
    }
    if (limited) {
      const bool sure = norm.governing != kNone && of(norm.governing).certain();
      out = both(out, sure ? kEither : kAny);
    }
    if (norm.element != kNone && entity(norm.element).derived) out = both(out, kTrue | kUndecided);
    return out;
  }

  struct Exception {
    Set holds = kFalse;
    bool claimed = false;
  };
  Exception unless(const model::Norm& norm) {
    Exception out;
    for (const model::Unless& u : norm.unless) {
      Set holds = condition(u.condition);
      if (u.claim_deadline != kNone && (holds & kFalse)) {
        holds |= kUndecided;
        out.claimed = true;
      }
      out.holds = either(out.holds, holds);
    }
    return out;
  }

 private:
  const model::Entity& entity(model::VarId var) const { return book_.vocabulary.entities[book_.variables[var].entity]; }

  Can of(ExprId id) {
    if (id == kNone) return exact();
    if (const auto known = known_.find(id); known != known_.end()) return known->second;
    const model::Expr& e = book_.expr(id);
    Can can = compute(e);
    if (e.op == Op::field && looked_at_.contains({book_.expr(e.operands[0]).var, e.field})) {
      can.unknown = false;
      can.truth = kEither;
    }
    known_.emplace(id, can);
    return can;
  }

  // The fields of a norm's own rows that `x 已认定` is about, also in definitions that say no more than that.
  void rulings(ExprId id, const std::map<model::VarId, model::VarId>& arguments) {
    if (id == kNone) return;
    const model::Expr& e = book_.expr(id);
    const auto row = [&](ExprId of) {
      const model::VarId var = book_.expr(of).op == Op::variable ? book_.expr(of).var : kNone;
      const auto found = arguments.find(var);
      return found == arguments.end() ? var : found->second;
    };
    if (e.op == Op::logical_and) {
      for (const ExprId operand : e.operands) rulings(operand, arguments);
    } else if (e.op == Op::call && book_.definitions[e.definition].alternatives.size() == 1) {
      const model::Definition& d = book_.definitions[e.definition];
      std::map<model::VarId, model::VarId> inner;
      for (std::size_t i = 0; i < d.parameters.size(); ++i) inner[d.parameters[i]] = row(e.operands[i]);
      rulings(d.alternatives.front().value, inner);
    } else if (e.op == Op::is_ruled_on) {
      const model::Expr& cell = book_.expr(e.operands[0]);
      if (const model::VarId var = row(cell.operands[0]); var != kNone) looked_at_.insert({var, cell.field});
    }
  }

  // `any`: true and false change places for `every`.
  Set quantified(ExprId list, Set body, bool any) {
    Set rows = kFalse | kUndecided;
    if (body & (any ? kTrue : kFalse)) rows |= kTrue;
    const Can owner = list == kNone ? exact() : of(list);
    if (owner.none || owner.unknown) rows |= kUndecided;
    return any ? rows : negated(rows);
  }

  Can compute(const model::Expr& e) {
    const auto operand = [&](std::size_t i) { return i < e.operands.size() ? of(e.operands[i]) : exact(); };
    switch (e.op) {
      case Op::truth: return truth(e.integer ? kTrue : kFalse);
      case Op::number: case Op::duration: case Op::instant: case Op::enum_value: case Op::enum_set: {
        Can c;
        c.literal = e.integer;
        return c;
      }
      case Op::text: case Op::period: case Op::variable: case Op::as_of: return exact();
      case Op::field: return field(e, operand(0));
      case Op::list: return operand(0);
      case Op::is_given: {
        const Can c = operand(0);
        if (book_.expr(e.operands[0]).type.kind == TypeKind::truth) {
          return truth(static_cast<Set>((c.truth & kEither ? kTrue : 0) | (c.truth & kUndecided)));
        }
        return truth(static_cast<Set>(kTrue | (c.none ? kFalse : 0) | (c.unknown ? kUndecided : 0)));
      }
      case Op::is_ruled_on: {
        const Can row = of(book_.expr(e.operands[0]).operands[0]);
        return truth(static_cast<Set>(kTrue | kFalse | (row.unknown ? kUndecided : 0)));
      }
      case Op::logical_not: return truth(negated(operand(0).truth));
      case Op::logical_and: case Op::logical_or: {
        Set out = operand(0).truth;
        for (std::size_t i = 1; i < e.operands.size(); ++i) {
          out = e.op == Op::logical_and ? both(out, operand(i).truth) : either(out, operand(i).truth);
        }
        return truth(out);
      }
      case Op::equal: case Op::not_equal: case Op::less: case Op::less_equal: case Op::greater: case Op::greater_equal:
        return truth(comparison(e));
      case Op::same_day: case Op::is_in: case Op::has_any: case Op::has_all: case Op::covers: case Op::overlaps:
      case Op::contains: {
        Set out = kEither;
        for (std::size_t i = 0; i < e.operands.size(); ++i) {
          if (!operand(i).certain()) out |= kUndecided;
        }
        return truth(out);
      }
      case Op::set_covers: return truth(kAny);
      case Op::any: return truth(quantified(e.operands[0], both(condition(e.operands[1]), condition(e.operands[2])), true));
      case Op::every:
        return truth(quantified(e.operands[0], either(negated(condition(e.operands[1])), condition(e.operands[2])), false));
      case Op::count: case Op::total_length: {
        Can c;
        c.bound = true;
        return c;
      }
      case Op::sum: case Op::earliest: case Op::latest: {
        Can c;
        c.none = e.op != Op::sum;
        c.unknown = c.bound = true;
        return c;
      }
      case Op::merged: case Op::interval_union: case Op::interval_intersection: case Op::interval_difference: return exact();
      case Op::call: return call(book_.definitions[e.definition], e);
      default: {   // arithmetic, calendar, intervals, set_union, similarity, interval_start and _end
        Can out;
        for (std::size_t i = 0; i < e.operands.size(); ++i) {
          const Can c = operand(i);
          out.none = out.none || c.none;
          out.unknown = out.unknown || c.unknown;
          out.bound = out.bound || c.bound;
        }
        return out;
      }
    }
  }

  Can field(const model::Expr& e, const Can& row) {
    const model::EntityId of_entity = book_.expr(e.operands[0]).type.of;
    const model::Entity& owner = book_.vocabulary.entities[of_entity];
    const model::Field& f = owner.fields[e.field];
    Can out;
    const bool quantity = f.type.kind == TypeKind::instant || f.type.kind == TypeKind::number || f.type.kind == TypeKind::interval;
    if (owner.derived) {
      for (const model::Regulation& r : book_.regulations) {
        for (const model::Derivation& d : r.derivations) {
          if (d.entity != of_entity) continue;
          out.none = e.field == d.previous || e.field == d.next;
          out.bound = e.field == d.start || e.field == d.end || e.field == d.length;
        }
      }
    } else if (owner.calendar != model::Entity::Calendar::no) {
      out.unknown = f.type.kind == TypeKind::reference;
    } else if (f.kind == model::FieldKind::owner) {
      out.none = true;
    } else {
      const bool always = f.presence == model::Presence::required;
      out.none = out.unknown = !always;
      out.bound = quantity;
      out.truth = always ? kEither : kAny;
    }
    out.none = out.none || row.none;
    out.unknown = out.unknown || row.unknown;
    if (row.none || row.unknown) out.truth = kAny;
    return out;
  }

  Set comparison(const model::Expr& e) {
    const Can a = of(e.operands[0]), b = of(e.operands[1]);
    if (a.literal && b.literal && a.certain() && b.certain()) {
      const auto x = *a.literal, y = *b.literal;
      const bool holds = e.op == Op::equal ? x == y : e.op == Op::not_equal ? x != y : e.op == Op::less ? x < y
                       : e.op == Op::less_equal ? x <= y : e.op == Op::greater ? x > y : x >= y;
      return holds ? kTrue : kFalse;
    }
    const bool above = is_length_of_gap(e.operands[0], e.operands[1]), below = is_length_of_gap(e.operands[1], e.operands[0]);
    if ((above && e.op == Op::greater) || (below && e.op == Op::less)) return kTrue | kUndecided;
    if ((above && e.op == Op::less_equal) || (below && e.op == Op::greater_equal)) return kFalse | kUndecided;
    Set out = kEither;
    if (book_.expr(e.operands[0]).type.kind == TypeKind::truth) {
      return (a.truth | b.truth) & kUndecided ? kAny : kEither;
    }
    if (!a.certain() || !b.certain()) out |= kUndecided;
    return out;
  }

  // Whether `a` is the length of a derived row and `b` the tolerance of its derivation.
  bool is_length_of_gap(ExprId a, ExprId b) {
    const model::Expr& read = book_.expr(a);
    if (read.op != Op::field) return false;
    const model::EntityId of_entity = book_.expr(read.operands[0]).type.of;
    for (const model::Regulation& r : book_.regulations) {
      for (const model::Derivation& d : r.derivations) {
        if (d.entity == of_entity && d.length == read.field && same(d.tolerance, b)) return true;
      }
    }
    return false;
  }

  bool same(ExprId a, ExprId b) const {
    if (a == b) return true;
    if (a == kNone || b == kNone) return false;
    const model::Expr &x = book_.expr(a), &y = book_.expr(b);
    if (x.op != y.op || x.integer != y.integer || x.field != y.field || x.var != y.var || x.definition != y.definition ||
        x.text != y.text || x.operands.size() != y.operands.size() || x.op == Op::period) {
      return false;
    }
    for (std::size_t i = 0; i < x.operands.size(); ++i) {
      if (!same(x.operands[i], y.operands[i])) return false;
    }
    return true;
  }

  Can call(const model::Definition& d, const model::Expr& e) {
    Can out;
    const bool is_truth = d.result.kind == TypeKind::truth;
    if (d.kind == model::DefKind::definition) {
      // The default, or an exception that holds; an undecided exception leaves both open.
      bool first = true, doubtful = false;
      for (const model::Alternative& a : d.alternatives) {
        const Set when = condition(a.when);
        doubtful = doubtful || (when & kUndecided);
        if (a.when != kNone && when == kFalse) continue;
        const Can c = of(a.value);
        out = first ? c : merge(out, c);
        first = false;
      }
      if (d.alternatives.size() > 1 || doubtful) out.literal.reset();
      if (doubtful && is_truth && (out.truth & kEither) == kEither) out.truth |= kUndecided;
      if (doubtful && !is_truth) out.bound = true;
      // Two exceptions with different values that hold at once leave the value unknown.
      if (d.alternatives.size() > 2 && !is_truth) out.unknown = true;
    } else if (d.kind == model::DefKind::interpretation || d.kind == model::DefKind::act) {
      out = d.alternatives.empty() ? exact() : of(d.alternatives.front().value);
    } else {
      out.truth = kFalse;
      for (const model::Alternative& a : d.alternatives) out.truth = either(out.truth, condition(a.when));
    }
    // A row that is none or unknown makes what is read of it so.
    for (const ExprId argument : e.operands) {
      const Can c = of(argument);
      if (book_.expr(argument).type.kind != TypeKind::reference || (!c.none && !c.unknown)) continue;
      if (is_truth) out.truth |= kUndecided;
      out.none = out.none || c.none;
      out.unknown = out.unknown || c.unknown;
    }
    return out;
  }

  const model::Rulebook& book_;
  std::map<ExprId, Can> known_;
  std::set<std::pair<model::VarId, model::FieldId>> looked_at_;
};

}  // namespace

Outcomes possible_outcomes(const model::Rulebook& book, model::NormId id) {
  Outcomes out{};
  const model::Norm& norm = book.norms[id];
  if (norm.modality == model::Modality::permit) return out;
  Shape shape(book);
  const Set applies = shape.applies(id);
  shape.assume(norm.when);
  const Shape::Exception unless = shape.unless(norm);
  const Set must = shape.must(norm);
  Set ban = kFalse;
  for (const model::NormId other : norm.opposing_bans) {
    Set opposes = both(shape.applies(other), negated(shape.unless(book.norms[other]).holds));
    if (book.norms[other].element != kNone) opposes |= kFalse | kUndecided;
    ban = either(ban, opposes);
  }
  const bool waits = norm.deadline || norm.await != kNone;
  outcome::Situation s{};
  for (s.applies = 1; s.applies <= 3; ++s.applies) {
    for (s.unless = 1; s.unless <= 3; ++s.unless) {
      for (s.ban = 1; s.ban <= 3; ++s.ban) {
        for (s.must = 1; s.must <= 3; ++s.must) {
          if (!(applies & only(s.applies)) || !(unless.holds & only(s.unless)) || !(ban & only(s.ban)) || !(must & only(s.must))) continue;
          for (const bool awaited : {false, true}) {
            if (awaited && !waits && !(unless.claimed && s.unless == fact::kUndecided)) continue;
            s.awaited = awaited;
            out[static_cast<std::size_t>(outcome::decide(s))] = true;
          }
        }
      }
    }
  }
  return out;
}

}  // namespace jianlu::coverage
