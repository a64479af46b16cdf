#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/report_diagnostics.h"
#include "engine/graph/graph.h"
#include "engine/model/print.h"
#include "engine/plan/plan.h"
#include "engine/rules/load.h"
#include "engine/syntax/dump.h"

namespace jianlu::cli {

void add_dump(Program program) {
  CLI::App* command = program.app.add_subcommand(
      "dump", std::string(program.options.say("打印各阶段的结构，供测试和排查", "Print the structure of a stage, for tests and debugging")));
  auto files = std::make_shared<std::vector<std::string>>();
  auto stage = std::make_shared<std::string>("model");
  command->add_option("--stage", *stage, "ast, model, graph, plan")->check(CLI::IsMember({"ast", "model", "graph", "plan"}));
  command->add_option("files", *files, std::string(program.options.say("规则文件", "rule files")));
  command->callback([program, files, stage] {
    if (!accepts_format(program, {"text"})) return;
    rules::Rules rules = rules::load(program.options.rules, *files);
    const graph::RuleGraph graph(rules.book);
    if (rules.usable()) graph::check(graph, rules.book, rules.diagnostics);
    if (!rules.usable()) {
      report_diagnostics(rules, program.options);
      program.status = rules.unreadable.empty() ? kWanting : kFailed;
      return;
    }
    for (const auto& tree : rules.trees) {
      if (*stage == "ast") fmt::print("{}", syntax::dump(*tree, rules.files));
    }
    if (*stage == "model") fmt::print("{}", model::dump(rules.book));
    if (*stage == "graph") fmt::print("{}", graph::dump(graph, rules.book));
    if (*stage == "plan") fmt::print("{}", plan::dump(plan::compile(rules.book), rules.book));
  });
}

}  // namespace jianlu::cli
