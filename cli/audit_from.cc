#include "cli/audit_from.h"

#include <fmt/format.h>

#include <thread>

#include "cli/files.h"
#include "cli/judge.h"
#include "engine/finding/finding.h"

namespace jianlu::cli {

int audit_from(const std::string& path, const std::string& at, unsigned threads, const Options& options) {
  int status = kFine;
  const std::unique_ptr<Judge> judge = load_judge(options, status);
  if (!judge) return status;
  const auto instant = as_of(at, judge->zones.front(), options);
  if (!instant) return kFailed;
  gather::Options how;
  how.profiles = {default_profiles()};
  how.jobs = static_cast<int>(threads);
  const gather::Gathered gathered = gather::gather(files_below({path}), judge->rules.book.vocabulary, judge->zones.front(), how);
  print_gathered(gathered, options);
  std::vector<fact::Problem> problems;
  const fact::Facts facts = join(gathered, *judge, problems);
  print_problems(problems, facts.sources, options);

  outcome::Context context;
  context.as_of = *instant;
  context.working_days = &judge->rules.working_days;
  exec::Evaluator evaluator(judge->plan);
  exec::Options run;
  run.threads = threads;
  const std::vector<exec::NormVerdicts> verdicts = evaluator.evaluate(facts, context, judge->zones, run);
  for (const exec::NormVerdicts& v : verdicts) {
    const model::Norm& norm = judge->rules.book.norms[v.norm];
    for (std::size_t i = 0; i < v.size(); ++i) {
      const outcome::RowKey key = v.key(i);
      fmt::print("{} {} row {} {}/{}\n", norm.name.in(options.language), outcome::name(v.verdict(i).outcome, options.language), key.subject, key.previous, key.next);
    }
  }
  return status;
}

}  // namespace jianlu::cli
