// Which slips in a bureau's rules its cases notice, and how that is shown.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/cases/case.h"
#include "engine/mutation/mutant.h"
#include "engine/rules/load.h"

namespace jianlu::mutation {

enum class Fate : std::uint8_t {
  killed,       // a case fails
  survived,     // every case passes
  equivalent,   // survived, and mutants.yaml says why no case can tell it from the rule
  invalid,      // no sound rulebook: check finds such a slip without any case
};

struct Outcome {
  std::string id;
  int article = 0;
  source::Span span;
  diag::Words what;
  Fate fate = Fate::killed;
  std::string by;            // killed: the name of a case that fails; equivalent: the reason
};

struct Report {
  std::size_t regulation = 0;           // index into the rulebook of the rules that were given
  std::string path;                     // of mutants.yaml
  std::vector<Outcome> outcomes;        // in the order of the file
  std::vector<cases::Fault> faults;     // of mutants.yaml: a line about no mutant, or about one that is killed
  std::optional<diag::Words> trouble;   // why nothing can be said: a case that fails already, files that cannot be read

  std::size_t count(Fate fate) const;
  // Killed per cent of those killed and survived; 100 where there is none. `article` 0: of all.
  double score(int article = 0) const;
};

// Makes each slip in turn and judges the cases of rules/bureaus/<id>/cases.yaml until one fails. The files are read again,
// so `rules` stays as it is; spans are of its files. `progress` hears how many of how many are done.
Report run(const rules::Rules& rules, std::size_t regulation, const std::function<void(std::size_t, std::size_t)>& progress = {});

std::string print(const rules::Rules& rules, const Report& report, source::Language language);
std::string json(const rules::Rules& rules, const std::vector<Report>& reports);

}  // namespace jianlu::mutation
