// Resolves and types one expression at a time.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/calendar/zone.h"
#include "engine/diag/diag.h"
#include "engine/model/rulebook.h"
#include "engine/model/scope.h"
#include "engine/source/source.h"
#include "engine/syntax/ast.h"

namespace jianlu::model {

constexpr bool ordered(TypeKind kind) {
  return kind == TypeKind::number || kind == TypeKind::instant || kind == TypeKind::duration;
}
constexpr bool is_length(TypeKind kind) { return kind == TypeKind::duration || kind == TypeKind::period; }

class ExpressionBuilder {
 public:
  ExpressionBuilder(Rulebook& book, Scope& scope, const source::Files& files, diag::Diagnostics& diagnostics)
      : book_(book), scope_(scope), files_(files), diagnostics_(diagnostics) {}

  // kNone where the expression is faulty (reported) or absent. `expected` steers enum values and is checked.
  ExprId build(const syntax::Expr* expr, std::optional<Type> expected = std::nullopt);
  ExprId build_truth(const syntax::Expr* expr) { return build(expr, Type{TypeKind::truth}); }
  // The pieces of a text literal: what stands between its placeholders, and what fills them.
  std::vector<MessagePart> pieces(Span literal);
  // A list of rows: list field of a row.
  ExprId build_list(const syntax::Expr* expr);

  // The instant through which ledgers must be delivered for absence to count, for quantifiers built from here on.
  void set_horizon(ExprId horizon) { horizon_ = horizon; }

  VarId declare(const std::string& name, EntityId entity, Span span);
  ExprId variable(VarId var, Span span);
  // What the row of `var` is timed by; kNone where its ledger does not say.
  ExprId clock_of(VarId var, Span span);
  ExprId add(Expr expr);
  ExprId combine(Op op, ExprId a, ExprId b);       // Kleene and/or of two truths; kNone is neutral
  ExprId negation(ExprId a);
  // from + period or duration.
  ExprId plus(ExprId from, ExprId length, bool rollover, Span span);

  bool rollover = true;                       // for additions of calendar periods
  bool reasoned = false;                      // the declaration says why: what it presumes can be checked
  std::optional<calendar::Zone> zone;         // of dates and local instants
  std::function<void(DefId)> ensure_built;    // called before a definition's result type is read

 private:
  ExprId literal(const syntax::Expr& e, std::optional<Type> expected);
  ExprId name(const syntax::Expr& e, std::optional<Type> expected);
  ExprId field(const syntax::Expr& e);
  ExprId call(const syntax::Expr& e);
  ExprId call_definition(DefId id, const syntax::Expr& e);
  ExprId call_function(const syntax::Expr& e);
  bool fill(const syntax::Expr& text, std::vector<ExprId>& operands);
  ExprId set(const syntax::Expr& e, std::optional<Type> expected);
  ExprId compare(const syntax::Expr& e);
  ExprId arithmetic(const syntax::Expr& e);
  ExprId quantifier(const syntax::Expr& e);
  ExprId presence(const syntax::Expr& e);
  ExprId ruling(const syntax::Expr& e);
  ExprId membership(const syntax::Expr& e);
  ExprId make(Op op, Type type, Span span, std::vector<ExprId> operands);
  ExprId mismatch(Span span, diag::Words wanted, const Type& found);
  ExprId mismatch(Span span, const Type& wanted, const Type& found);   // with what could be written
  diag::Words measure(const Type& type) const;
  bool is_bare_value(const syntax::Expr& e) const;
  const Type& type(ExprId id) const { return book_.exprs[id].type; }
  diag::Words say(const Type& t) const;
  void check_language(std::string_view written, const std::string& zh, const std::string& en, Span span);

  Rulebook& book_;
  Scope& scope_;
  const source::Files& files_;
  diag::Diagnostics& diagnostics_;
  ExprId horizon_ = kNone;
};

}  // namespace jianlu::model
