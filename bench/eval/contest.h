// The contestants over one archive: the plan on any number of threads, and the norms written by hand in two layouts. Each
// keeps every outcome; what they keep is compared row by row.
#pragma once

#include <memory>
#include <string>

#include "bench/eval/by_hand.h"
#include "engine/exec/exec.h"
#include "engine/rules/load.h"

namespace jianlu::bench {

class Contest {
 public:
  // `source`: the root of the repository. Throws std::runtime_error where the rules or the archive do not fit.
  Contest(const std::string& source, std::int32_t sessions, std::uint64_t seed);

  void structs() { judge_by_hand(structs_, rules_.working_days, by_structs_); }
  void columns() { judge_by_hand(columns_, rules_.working_days, by_columns_); }
  // With `details`, deadlines and late performances too.
  void plan(unsigned threads, bool details = false);

  std::int32_t sessions() const { return sessions_; }
  // Runs all three and compares: empty where they agree, else the first differences.
  std::string check();
  // How often each outcome was said, by norm.
  std::string tally() const;

 private:
  std::int32_t sessions_;
  rules::Rules rules_;
  Archive archive_;
  Ledgers<Structs> structs_;
  Ledgers<Columns> columns_;
  plan::Plan plan_;
  std::vector<calendar::Zone> zones_;
  std::unique_ptr<exec::Evaluator> evaluator_;
  std::vector<std::size_t> hand_of_;   // by norm of the plan
  Outcomes by_structs_, by_columns_, by_plan_;
  std::array<std::vector<exec::Detail>, kHandNorms> details_;
};

}  // namespace jianlu::bench
