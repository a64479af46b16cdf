// The executable specification: language.md, section 6, one row at a time, as plainly as it can be written. Slow; audits use
// exec. Explanations come from here, and a differential test holds exec to it.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/reference/explanation.h"
#include "engine/reference/interpreter.h"

namespace jianlu::reference {

class Reference {
 public:
  // `zones`: by regulation of the rulebook. Everything given must outlive this object.
  Reference(const model::Rulebook& book, const fact::Facts& facts, const outcome::Context& context,
            std::span<const calendar::Zone> zones);

  // Every row that the norm judges: subjects in order, for a pair the elements of each in the order of the list.
  std::vector<outcome::RowKey> rows(model::NormId norm);
  outcome::Verdict judge(model::NormId norm, const outcome::RowKey& key);
  // What the verdict rests on, with every undecided fact that was read on the way.
  struct Account {
    outcome::Situation situation{};
    outcome::Verdict verdict;
    std::vector<Leaf> undecided;
  };
  Account account(model::NormId norm, const outcome::RowKey& key);
  Explanation explain(model::NormId norm, const outcome::RowKey& key);
  // The support alone (see Explanation), for an outcome that is unknown or pending.
  std::vector<Support> support(model::NormId norm, const outcome::RowKey& key);

  // The value of an expression over rows of the norm: a message's part, a category's condition.
  Value evaluate(model::ExprId id, model::NormId norm, const outcome::RowKey& key);

 private:
  struct Judged {
    outcome::Situation situation{};
    outcome::Verdict verdict;
  };
  struct Claim {
    Truth holds;
    std::int64_t until;   // the last instant at which it can be claimed
  };
  Claim claimed(const model::Unless& unless, const Scope& scope, Node* node);
  Judged judge(model::NormId norm, const outcome::RowKey& key, Explanation* explanation);
  Scope scope(model::NormId norm, const outcome::RowKey& key) const;
  Truth exists(const model::Norm& norm, const Scope& scope, const outcome::RowKey& key);
  Truth keeps(const Value& at, model::ExprId deadline, bool strict, const Scope& scope);
  Truth in_force(model::NormId norm, const Scope& scope, Node* node);
  Truth listed(model::ExprId list, const Value& row, const Scope& scope);
  Truth opposed(const model::Norm& norm, const Scope& scope, Explanation* explanation);
  void support(Explanation& explanation);

  const model::Rulebook& book_;
  const fact::Facts& facts_;
  const outcome::Context& context_;
  std::vector<std::int32_t> regulation_of_;   // by norm
  Interpreter interpreter_;
};

// The first line of section 6 that fits; written apart from the table of engine/outcome on purpose.
outcome::Outcome first_match(const outcome::Situation& situation);

}  // namespace jianlu::reference
