// All cases of a bureau, judged, with what they show of its norms; and how that is shown.
#pragma once

#include <string>
#include <vector>

#include "engine/cases/run.h"
#include "engine/coverage/shape.h"

namespace jianlu::cases {

// Of one norm: the outcomes that it can have (engine/coverage/shape.h), and those that an expectation of a passed case
// names.
struct Shown {
  model::NormId norm = model::kNone;
  coverage::Outcomes possible{}, shown{};
};

struct Suite {
  std::size_t regulation = 0;           // index into the rulebook
  std::string path;                     // of cases.yaml
  bool readable = true;
  std::vector<Fault> faults;            // of the file
  std::vector<Result> results;
  std::vector<Shown> norms;             // permits left out
  // Outcomes shown that the norm's shape rules out: an error in one of the two.
  std::vector<std::pair<model::NormId, outcome::Outcome>> impossible;

  std::size_t failed() const;
  std::size_t pairs() const;            // (norm, outcome) that can be
  std::size_t pairs_shown() const;
  bool passed() const { return readable && faults.empty() && failed() == 0 && impossible.empty(); }
};

// Reads rules/bureaus/<id>/cases.yaml beside the rule file and judges every case.
Suite run(const rules::Rules& rules, std::size_t regulation);

std::string print(const rules::Rules& rules, const Suite& suite, bool coverage, source::Language language);
std::string json(const rules::Rules& rules, const std::vector<Suite>& suites);
std::string junit(const rules::Rules& rules, const std::vector<Suite>& suites, source::Language language);

}  // namespace jianlu::cases
