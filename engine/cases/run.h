// Judges cases: facts are built as an audit builds them, both evaluators judge every row of every norm, and what the case
// expects is compared with what came out.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/cases/case.h"
#include "engine/rules/load.h"

namespace jianlu::cases {

struct Judged {
  std::string row;               // "S1", "S1/R1–R2" for a gap
  outcome::Verdict verdict;
};

struct Check {
  Expectation expected;
  bool passed = false;
  std::vector<Judged> actual;    // the rows that the expectation means
  std::vector<diag::Words> why;  // failed: what is wrong, the facts that are missing, the exceptions considered
};

struct Result {
  std::string name;
  int line = 0;
  bool passed = false;
  std::vector<Fault> faults;              // of the case or its facts: it was not judged
  std::vector<Check> checks;
  std::vector<diag::Words> disagreements; // of the two evaluators
};

class Runner {
 public:
  // The rules must be usable and outlive the runner. `regulation`: index into the rulebook.
  Runner(const rules::Rules& rules, std::size_t regulation);
  ~Runner();
  const calendar::Zone& zone() const { return zone_; }
  Result run(const Case& one);

 private:
  struct Plan;
  const rules::Rules& rules_;
  std::size_t regulation_;
  calendar::Zone zone_;
  std::vector<calendar::Zone> zones_;   // by regulation
  std::unique_ptr<Plan> plan_;
};

}  // namespace jianlu::cases
