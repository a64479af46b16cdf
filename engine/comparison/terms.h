// Conditions and instants of rules in a form that can be held against those of another regulation: definitions opened,
// interpretations put in, rows named by their ledger.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/calendar/working_days.h"
#include "engine/comparison/atoms.h"

namespace jianlu::comparison {

// How long after its anchor, in microseconds, whatever the date.
struct Span {
  std::int64_t shortest = 0, longest = 0;
};

struct Moment {
  std::string anchor;        // key of the instant it is counted from
  Words from, length;        // texts; no length: that instant itself
  Span span;
};

// The latest of its moments, where its condition holds.
struct Choice {
  Cases when;                // of an exception; the first choice of a list is the default and has {{}}
  Words when_text;           // in the words of the rule file
  std::vector<Moment> latest;
};

// An instant before which something must not be, as in 删除于 <= 保存至.
struct Limit {
  std::string what;          // key of the field that is held against it
  std::vector<Choice> until;
};

class Terms {
 public:
  using Rows = std::map<model::VarId, model::ExprId>;

  Terms(const model::Rulebook& book, const calendar::WorkingDays& working_days);

  // The condition as cases; kNone always holds. Where `limits` is given, comparisons of a field with an instant that lies
  // some time after another go there, and leave an atom without the length.
  Cases cases(model::ExprId condition, bool positive = true, std::vector<Limit>* limits = nullptr);
  Cases both(const Cases& a, const Cases& b) const { return comparison::both(book_, a, b); }
  // That the list has a row for which `where` holds.
  Cases some(model::ExprId list, model::VarId var, model::ExprId where);
  std::vector<Choice> instant(model::ExprId id);
  // In the words of the rule file, definitions not opened.
  Words text(model::ExprId id) const;
  // The longest wording that an expression measures likeness to, its placeholders as ×.
  void wording(model::ExprId id, std::string& longest);

 private:
  Cases cases(model::ExprId id, bool positive, const Rows& rows);
  Cases called(const model::Expr& call, bool positive, const Rows& rows);
  Cases compared(model::ExprId id, bool positive, const Rows& rows);
  Cases any(const model::Expr& e, const Rows& rows);
  Cases has_others(model::ExprId id, const Rows& rows);
  bool only_not_registered(model::ExprId operand, const std::vector<model::ExprId>& alternatives, const Rows& rows);
  std::optional<Cases> not_ruled_out(const model::Expr& conjunction, const Rows& rows);
  Cases atom(model::ExprId id, bool positive, const Rows& rows);
  Cases either(Cases a, const Cases& b) const { return comparison::either(book_, std::move(a), b); }
  std::vector<Choice> instant(model::ExprId id, const Rows& rows);
  std::vector<Choice> later_by(std::vector<Choice> choices, const Words& length, Span span) const;
  Span span_of(const calendar::Period& period, bool rollover);

  // A copy of the expression with calls opened, rows named and what is decided already left out.
  model::ExprId opened(model::ExprId id, const Rows& rows);
  Rows arguments(const model::Expr& call, const Rows& rows);
  Rows within(const model::Expr& quantifier, const Rows& rows);
  std::string key(model::ExprId opened) const;
  static std::string act_key(const std::set<std::string>& ledgers, const std::string& of);
  std::set<std::string> ledgers(const model::Definition& act) const;
  std::string shown_by(model::ExprId opened) const;
  Words print(model::ExprId opened) const;
  model::ExprId only_value(const model::Definition& definition) const;
  model::ExprId folded(model::Expr e);
  model::ExprId add(model::Expr e);
  const model::Expr& expr(model::ExprId id) const { return book_.exprs[static_cast<std::size_t>(id)]; }

  const model::Rulebook& own_;   // as it was read
  model::Rulebook book_;         // with what is opened here
  const calendar::WorkingDays& working_days_;
  std::vector<Limit>* limits_ = nullptr;
  int depth_ = 0;                // of quantifiers around what is read
  std::map<std::pair<std::string, bool>, Span> spans_;
};

}  // namespace jianlu::comparison
