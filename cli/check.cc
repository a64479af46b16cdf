#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/report_diagnostics.h"
#include "engine/graph/graph.h"
#include "engine/rules/load.h"

namespace jianlu::cli {

void add_check(Program program) {
  CLI::App* command = program.app.add_subcommand(
      "check", std::string(program.options.say("检查规则文件：名称、类型、单位、引用、冲突",
                                               "Check rule files: names, types, units, citations, conflicts")));
  auto files = std::make_shared<std::vector<std::string>>();
  command->add_option("files", *files,
                      std::string(program.options.say("规则文件；不写则检查规则文件夹里的全部",
                                                      "rule files; without any, all of the rules folder")));
  command->callback([program, files] {
    rules::Rules rules = rules::load(program.options.rules, *files);
    if (rules.usable()) {
      graph::check(graph::RuleGraph(rules.book), rules.book, rules.diagnostics);
      rules.diagnostics.sort();
    }
    report_diagnostics(rules, program.options);
    if (!rules.unreadable.empty()) program.status = kFailed;
    else program.status = rules.diagnostics.has_errors() ? kWanting : kFine;
  });
}

}  // namespace jianlu::cli
