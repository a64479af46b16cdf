#include "tests/differential/exec_run.h"

#include "engine/exec/exec.h"
#include "engine/plan/plan.h"

namespace jianlu::differential {

std::vector<Judgement> run_exec(const Case& c) {
  const plan::Plan plan = plan::compile(c.book);
  exec::Evaluator evaluator(plan);
  exec::Options options;
  options.batch_rows = c.seed % 4 == 0 ? 2048 : static_cast<std::int32_t>(1 + c.seed % 5);
  options.threads = c.seed % 64 == 0 ? 2 : 1;
  std::vector<Judgement> result;
  for (const exec::NormVerdicts& norm : evaluator.evaluate(c.facts, c.context(), c.zones, options)) {
    for (std::size_t i = 0; i < norm.size(); ++i) result.push_back({norm.norm, norm.key(i), norm.verdict(i)});
  }
  return result;
}

}  // namespace jianlu::differential
