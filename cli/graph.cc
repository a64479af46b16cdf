#include "engine/graph/graph.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/report_diagnostics.h"
#include "engine/rules/load.h"

namespace jianlu::cli {

void add_graph(Program program) {
  CLI::App* command = program.app.add_subcommand(
      "graph", std::string(program.options.say("画出规则之间的关系：--format dot（Graphviz）或 json",
                                               "Show how rules hang together: --format dot (Graphviz) or json")));
  auto files = std::make_shared<std::vector<std::string>>();
  command->add_option("files", *files, std::string(program.options.say("规则文件", "rule files")));
  command->callback([program, files] {
    const rules::Rules rules = rules::load(program.options.rules, *files);
    if (!rules.usable()) {
      report_diagnostics(rules, program.options);
      program.status = rules.unreadable.empty() ? kWanting : kFailed;
      return;
    }
    const graph::RuleGraph graph(rules.book);
    if (program.options.format == "json") {
      fmt::print("{}", graph::json(graph, rules.book));
    } else if (program.options.format == "dot") {
      fmt::print("{}", graph::dot(graph, rules.book, program.options.language));
    } else {
      fmt::print("{}", graph::dump(graph, rules.book));
    }
  });
}

}  // namespace jianlu::cli
