// Explanations, and the facts that would settle an undecided outcome.
#include <algorithm>

#include "engine/reference/reference.h"

namespace jianlu::reference {

using fact::kFalse, fact::kTrue;
using outcome::Outcome;

namespace {

constexpr std::size_t kEnumerated = 12;

}  // namespace

Explanation Reference::explain(model::NormId norm, const outcome::RowKey& key) {
  Explanation explanation;
  explanation.norm = norm;
  explanation.key = key;
  interpreter_.missing_notices.clear();
  const Judged judged = judge(norm, key, &explanation);
  explanation.situation = judged.situation;
  explanation.verdict = judged.verdict;
  const Outcome outcome = judged.verdict.outcome;
  if (outcome == Outcome::unknown || outcome == Outcome::pending) {
    explanation.missing_notices.assign(interpreter_.missing_notices.begin(), interpreter_.missing_notices.end());
    support(explanation);
  }
  return explanation;
}

std::vector<Support> Reference::support(model::NormId norm, const outcome::RowKey& key) {
  Explanation explanation;
  explanation.norm = norm;
  explanation.key = key;
  support(explanation);
  return std::move(explanation.support);
}

void Reference::support(Explanation& explanation) {
  Watch watch;
  interpreter_.watch = &watch;
  judge(explanation.norm, explanation.key, nullptr);
  std::vector<Atom> atoms;
  for (Atom& atom : watch.atoms) {
    const bool seen = std::any_of(atoms.begin(), atoms.end(), [&](const Atom& other) { return other.key == atom.key; });
    if (!seen) atoms.push_back(std::move(atom));
  }

  explanation.verified = atoms.size() <= kEnumerated;
  std::vector<bool> matters(atoms.size(), !explanation.verified);
  if (explanation.verified) {
    const std::size_t completions = std::size_t{1} << atoms.size();
    std::vector<Outcome> outcomes(completions);
    std::size_t open = atoms.size();   // not known yet to matter
    // No completion changes what the facts decide.
    for (const auto& [key, value] : watch.decided) {
      if (value != fact::kUndecided) watch.settled.emplace(key, value);
    }
    for (std::size_t bits = 0; bits < completions && open > 0; ++bits) {
      for (std::size_t i = 0; i < atoms.size(); ++i) watch.settled[atoms[i].key] = truth((bits >> i) & 1);
      outcomes[bits] = judge(explanation.norm, explanation.key, nullptr).verdict.outcome;
      for (std::size_t i = 0; i < atoms.size(); ++i) {
        if (matters[i] || ((bits >> i) & 1) == 0 || outcomes[bits] == outcomes[bits ^ (std::size_t{1} << i)]) continue;
        matters[i] = true;
        --open;
      }
    }
  }
  interpreter_.watch = nullptr;

  for (std::size_t i = 0; i < atoms.size(); ++i) {
    if (!matters[i]) continue;
    for (const Leaf& leaf : atoms[i].leaves) {
      const bool seen = std::any_of(explanation.support.begin(), explanation.support.end(),
                                    [&](const Support& other) { return other.leaf == leaf; });
      if (seen) continue;
      const model::EntityId ledger =
          leaf.ledger ? book_.vocabulary.field(leaf.row.entity, leaf.field).list_of : leaf.row.entity;
      explanation.support.push_back({leaf, book_.vocabulary.entities[static_cast<std::size_t>(ledger)].supplier});
    }
  }
  std::stable_sort(explanation.support.begin(), explanation.support.end(), [](const Support& a, const Support& b) {
    return std::pair(a.leaf.span.file, a.leaf.span.begin) < std::pair(b.leaf.span.file, b.leaf.span.begin);
  });
}

}  // namespace jianlu::reference
