#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/bureaus.h"
#include "cli/command.h"
#include "cli/open_store.h"
#include "cli/report_diagnostics.h"
#include "engine/cases/suite.h"
#include "engine/mutation/run.h"

namespace jianlu::cli {
namespace {

// Slips in the rules that no case notices; the status of the command.
int mutate(const rules::Rules& rules, const std::vector<std::size_t>& chosen, double threshold, const Options& options) {
  std::vector<mutation::Report> reports;
  int status = kFine;
  for (const std::size_t regulation : chosen) {
    Progress progress(rules.book.regulations[regulation].name.in(options.language));
    reports.push_back(mutation::run(rules, regulation, [&](std::size_t done, std::size_t of) {
      progress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(of));
    }));
    const mutation::Report& report = reports.back();
    if (options.format != "json") fmt::print("{}", mutation::print(rules, report, options.language));
    if (report.trouble || !report.faults.empty() || report.score() < threshold) status = kWanting;
  }
  if (options.format == "json") fmt::print("{}", mutation::json(rules, reports));
  return status;
}

}  // namespace

void add_test(Program program) {
  CLI::App* command = program.app.add_subcommand(
      "test", std::string(program.options.say("用 cases.yaml 里的用例检验规则", "Check the rules with the cases of cases.yaml")));
  struct Arguments {
    std::vector<std::string> bureaus;
    bool coverage = false, mutate = false;
    double threshold = -1;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("bureaus", arguments->bureaus, std::string(program.options.say("机关；不写则全部", "bureaus; without any, all")));
  command->add_flag("--coverage", arguments->coverage,
                    std::string(program.options.say("列出每条规范可能而没有用例的结果", "list the outcomes of each norm that no case shows")));
  command->add_flag("--mutate", arguments->mutate,
                    std::string(program.options.say("逐一在规则里造一处小错，看用例能否发现；确属等价的，在 mutants.yaml 里写明理由",
                                                    "make one small slip after another in the rules and see whether a case notices; reasons why a slip is equivalent go to mutants.yaml")));
  command->add_option("--threshold", arguments->threshold,
                      std::string(program.options.say("有用例的可能结果（变异检验时：被发现的变异）至少占百分之几",
                                                        "per cent of the possible outcomes that cases must show (of the slips that they must notice, with --mutate)")))
      ->check(CLI::Range(0.0, 100.0));
  command->callback([program, arguments] {
    const Options& options = program.options;
    const rules::Rules rules = rules::load(options.rules);
    if (!rules.usable()) {
      report_diagnostics(rules, options);
      program.status = rules.unreadable.empty() ? kWanting : kFailed;
      return;
    }
    const auto chosen = choose_bureaus(rules, arguments->bureaus, options);
    if (!chosen) {
      program.status = kFailed;
      return;
    }
    if (arguments->mutate) {
      program.status = mutate(rules, *chosen, arguments->threshold, options);
      return;
    }
    std::vector<cases::Suite> suites;
    for (const std::size_t regulation : *chosen) suites.push_back(cases::run(rules, regulation));
    if (options.format == "json") fmt::print("{}", cases::json(rules, suites));
    else if (options.format == "junit") fmt::print("{}", cases::junit(rules, suites, options.language));
    else for (const cases::Suite& suite : suites) fmt::print("{}", cases::print(rules, suite, arguments->coverage, options.language));
    for (const cases::Suite& suite : suites) {
      const bool enough = static_cast<double>(suite.pairs_shown()) * 100 >= arguments->threshold * static_cast<double>(suite.pairs());
      if (!suite.readable) program.status = kFailed;
      else if ((!suite.passed() || !enough) && program.status == kFine) program.status = kWanting;
    }
  });
}

}  // namespace jianlu::cli
