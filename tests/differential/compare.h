// Holds an evaluator to the reference evaluator, and counts what the comparison has seen.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/reference/reference.h"
#include "tests/differential/generate.h"

namespace jianlu::differential {

struct Judgement {
  model::NormId norm = model::kNone;
  outcome::RowKey key;
  outcome::Verdict verdict;
};

using Evaluate = std::function<std::vector<Judgement>(const Case&)>;

struct Mismatch {
  model::NormId norm = model::kNone;
  outcome::RowKey key;
  std::optional<outcome::Verdict> expected, said;   // absent: the row is not judged
};

// Shares of pairs, by feature: operators and types that the norm reaches, its shape, the outcome, and which parts and facts
// were undecided.
class Histogram {
 public:
  void add(const Case& c, model::NormId norm, const std::vector<reference::Reference::Account>& accounts);
  void add(const Histogram& other);
  std::int64_t pairs() const { return pairs_; }
  // Features below `percent`.
  std::vector<std::string> rarer_than(double percent) const;
  std::string print() const;

 private:
  std::map<std::string, std::int64_t> counts_;
  std::int64_t pairs_ = 0;
};

// The first pair on which the two differ. `histogram` may be null.
std::optional<Mismatch> compare(const Case& c, const Evaluate& evaluate, Histogram* histogram);

// A smaller case on which they still differ.
Case shrink(Case c, const Evaluate& evaluate);

std::string report(const Case& c, const Mismatch& mismatch);

}  // namespace jianlu::differential
