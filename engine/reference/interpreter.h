// Evaluates one expression for one binding of rows, by recursion over the tree; no plan, no batches, no short cuts.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/calendar/zone.h"
#include "engine/fact/fact.h"
#include "engine/model/rulebook.h"
#include "engine/outcome/outcome.h"
#include "engine/reference/explanation.h"
#include "engine/reference/value.h"

namespace jianlu::reference {

// The rows bound while an expression is evaluated, and whose zone counts.
struct Scope {
  std::int32_t regulation = model::kNone;
  std::vector<std::pair<model::VarId, Value>> rows;
  std::optional<Value> horizon;   // of quantifiers that name none: handed down by a call

  const Value& of(model::VarId var) const;
  Scope with(model::VarId var, Value row) const;
};

struct Member {
  RowRef row;
  Truth exists = fact::kTrue;   // derived rows may be undecided
};

struct Rows {
  std::vector<Member> members;
  Value owner;                            // the row that owns the list
  std::int64_t through = fact::kMin;
  std::vector<Leaf> ledger;               // what to name when the list is open
};

// A condition that facts leave undecided, told by the expression and the rows bound; `kind` separates the conditions that
// have no expression of their own (more rows of an open list, existence of a derived row, …).
enum class AtomKind : std::uint8_t { expression, cell, more_rows, existence, in_force, in_time, composed };
using AtomKey = std::tuple<AtomKind, std::int32_t, std::vector<RowRef>>;

struct Atom {
  AtomKey key;
  std::vector<Leaf> leaves;
};

// Records the undecided conditions of an evaluation, and evaluates again with some of them settled.
struct Watch {
  std::map<AtomKey, Truth> settled;
  std::map<AtomKey, Truth> decided;   // what facts decide; undecided where they decide it in more than one way (another horizon)
  std::vector<Atom> atoms;       // in order of evaluation
  std::vector<Leaf> leaves;      // of the condition being evaluated
  bool inside = false;
};

class Interpreter {
 public:
  // `zones`: by regulation. Everything given must outlive the interpreter.
  Interpreter(const model::Rulebook& book, const fact::Facts& facts, const outcome::Context& context,
              std::span<const calendar::Zone> zones)
      : book_(book), facts_(facts), context_(context), zones_(zones) {}

  Value evaluate(model::ExprId id, const Scope& scope, Node* node = nullptr);
  // kNone means true.
  Truth condition(model::ExprId id, const Scope& scope, Node* node = nullptr);
  Rows rows(model::ExprId id, const Scope& scope, Node* node = nullptr);
  // Of a list whose absent rows count once its ledger is delivered through `horizon`.
  static bool closed(const Rows& rows, const Value& horizon);
  // The condition that an open list holds another row that matters.
  Truth more_rows(const Rows& rows, model::ExprId id, const Scope& scope);
  Value governing_time(const Value& row);
  // The rows and the horizon that the definition of a call is evaluated with.
  Scope enter(const model::Expr& call, const Scope& scope);
  Value read(const Value& row, model::FieldId field, source::Span span, const Scope& scope, Node* node = nullptr);

  // Evaluates a condition that is one unit to a watch: settled there, or recorded with the facts read.
  template <class Compute>
  Truth atom(AtomKind kind, std::int32_t id, const Scope& scope, Compute compute) {
    if (!watch || watch->inside) return compute();
    AtomKey key = key_of(kind, id, scope);
    if (const auto found = watch->settled.find(key); found != watch->settled.end()) return found->second;
    watch->inside = true;
    watch->leaves.clear();
    const Truth result = compute();
    watch->inside = false;
    if (result == fact::kUndecided) {
      watch->atoms.push_back({std::move(key), watch->leaves});
    } else {
      decided(std::move(key), result);
    }
    return result;
  }

  Watch* watch = nullptr;
  std::set<int> missing_notices;   // years without a notice that an end of a period fell into

  const model::Rulebook& book() const { return book_; }

 private:
  struct Gap {
    RowRef row;
    Truth exists;
    Bound start, end, length;
  };
  struct Gaps {
    std::vector<Gap> gaps;
    std::vector<Leaf> leaves;
  };

  Value compute(const model::Expr& e, model::ExprId id, const Scope& scope, Node* node);
  Value arithmetic(const model::Expr& e, const Value& a, const Value& b);
  Value compare(const model::Expr& e, const Value& a, const Value& b);
  Value calendar_value(const model::Expr& e, const Value& a, const Value& b, const Scope& scope);
  Value quantifier(const model::Expr& e, model::ExprId id, const Scope& scope, Node* node);
  Value combined(model::Op op, const Value& a, const Value& b);
  Value whole(model::ExprId id, const Scope& scope);
  Value call(const model::Expr& e, const Scope& scope, Node* node);
  Value define(const model::Definition& definition, const Scope& scope, Node* node);
  Value cell(RowRef row, model::FieldId field, source::Span span, Node* node);
  const Gaps* gaps(model::EntityId entity, fact::Row owner, std::int32_t regulation);
  Gaps derive(const model::Derivation& derivation, fact::Row owner, std::int32_t regulation);
  const calendar::Zone& zone(const Scope& scope) const;
  void note(const Leaf& leaf) {
    if (watch) watch->leaves.push_back(leaf);
  }
  static AtomKey key_of(AtomKind kind, std::int32_t id, const Scope& scope) {
    AtomKey key{kind, id, {}};
    std::get<2>(key).reserve(scope.rows.size());
    for (const auto& [var, row] : scope.rows) std::get<2>(key).push_back(row.row);
    return key;
  }
  void decided(AtomKey key, Truth result) {
    const auto [known, fresh] = watch->decided.emplace(std::move(key), result);
    if (!fresh && known->second != result) known->second = fact::kUndecided;
  }

  const model::Rulebook& book_;
  const fact::Facts& facts_;
  const outcome::Context& context_;
  std::span<const calendar::Zone> zones_;
  std::map<std::tuple<std::int32_t, model::EntityId, fact::Row>, Gaps> gaps_;
};

}  // namespace jianlu::reference
