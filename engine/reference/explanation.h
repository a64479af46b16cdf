// Why an outcome is what it is: every part of the norm with its value, the facts read with where they were said, and what was
// considered and did not fire.
#pragma once

#include <string>
#include <vector>

#include "engine/model/rulebook.h"
#include "engine/outcome/outcome.h"
#include "engine/reference/value.h"

namespace jianlu::reference {

// A place in the facts: a cell, or (ledger) a list that was not delivered far enough.
struct Leaf {
  RowRef row;
  model::FieldId field = model::kNone;
  bool ledger = false;
  std::int64_t through = fact::kMin;   // ledger: the instant through which it was delivered
  fact::Origin origin;                 // of the row
  source::Span span;                   // the expression that reads it
  bool operator==(const Leaf& other) const {
    return row == other.row && field == other.field && ledger == other.ledger;
  }
};

struct Node {
  enum class Role : std::uint8_t {
    expression,
    alternative,   // of a definition or ground; `value` is its condition, the child its value
    member,        // a row that a quantifier ran over; `row`
    in_force, applies, unless, ban, must, performance, deadline, await,   // parts of a norm
  } role = Role::expression;
  model::ExprId expr = model::kNone;
  model::DefId definition = model::kNone;   // of a call or an alternative
  model::NormId norm = model::kNone;        // ban
  statute::Citation at;                     // alternative, unless: the statement that says it
  source::Span span;
  Value value;
  bool fired = true;                        // alternative, unless: its condition holds for certain
  RowRef row;                               // member
  std::vector<Leaf> facts;                  // the cell or list read here
  int left_out = 0;                         // members not shown
  std::vector<Node> children;
};

// A fact that would settle an unknown outcome, and who can supply it.
struct Support {
  Leaf leaf;
  std::string supplier;   // of the ledger concerned, as the vocabulary names it
};

struct Explanation {
  model::NormId norm = model::kNone;
  outcome::RowKey key;
  outcome::Situation situation{};
  outcome::Verdict verdict;
  std::vector<Node> parts;
  // unknown and pending: what the outcome hangs on, in source order. Exact (each named fact changes the outcome in some
  // completion) up to 12 undecided conditions; above that the residual, `verified` false.
  std::vector<Support> support;
  bool verified = true;
  // unknown and pending: years whose days off would have to be known (no notice is loaded), ascending.
  std::vector<int> missing_notices;
};

constexpr int kMembersShown = 20;

}  // namespace jianlu::reference
