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

  // A fact is named once, where it is read first.
  struct Named {
    Leaf leaf;
    bool matters;
  };
  std::vector<Named> leaves;
  std::vector<std::vector<std::size_t>> leaves_of(atoms.size());
  explanation.verified = atoms.size() <= kEnumerated;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    for (const Leaf& leaf : atoms[i].leaves) {
      const auto known = std::find_if(leaves.begin(), leaves.end(), [&](const Named& other) { return other.leaf == leaf; });
      leaves_of[i].push_back(static_cast<std::size_t>(known - leaves.begin()));
      if (known == leaves.end()) leaves.push_back({leaf, !explanation.verified});
    }
  }
  // Whether an atom changes the outcome is asked only while it would name something new.
  const auto open = [&](std::size_t atom) {
    return std::any_of(leaves_of[atom].begin(), leaves_of[atom].end(), [&](std::size_t leaf) { return !leaves[leaf].matters; });
  };
  std::size_t left = 0;
  for (std::size_t i = 0; i < atoms.size(); ++i) left += open(i);
  if (left > 0) {
    const std::size_t completions = std::size_t{1} << atoms.size();
    std::vector<Outcome> outcomes(completions);
    // No completion changes what the facts decide.
    for (const auto& [key, value] : watch.decided) {
      if (value != fact::kUndecided) watch.settled.emplace(key, value);
    }
    for (std::size_t bits = 0; bits < completions && left > 0; ++bits) {
      for (std::size_t i = 0; i < atoms.size(); ++i) watch.settled[atoms[i].key] = truth((bits >> i) & 1);
      outcomes[bits] = judge(explanation.norm, explanation.key, nullptr).verdict.outcome;
      for (std::size_t i = 0; i < atoms.size(); ++i) {
        if (((bits >> i) & 1) == 0 || outcomes[bits] == outcomes[bits ^ (std::size_t{1} << i)] || !open(i)) continue;
        for (const std::size_t leaf : leaves_of[i]) leaves[leaf].matters = true;
      }
      left = 0;
      for (std::size_t i = 0; i < atoms.size(); ++i) left += open(i);
    }
  }
  interpreter_.watch = nullptr;

  for (const Named& named : leaves) {
    if (!named.matters) continue;
    const Leaf& leaf = named.leaf;
    const model::EntityId ledger = leaf.ledger ? book_.vocabulary.field(leaf.row.entity, leaf.field).list_of : leaf.row.entity;
    explanation.support.push_back({leaf, book_.vocabulary.entities[static_cast<std::size_t>(ledger)].supplier});
  }
  std::stable_sort(explanation.support.begin(), explanation.support.end(), [](const Support& a, const Support& b) {
    return std::pair(a.leaf.span.file, a.leaf.span.begin) < std::pair(b.leaf.span.file, b.leaf.span.begin);
  });
}

}  // namespace jianlu::reference
