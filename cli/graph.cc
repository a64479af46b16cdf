#include "engine/graph/graph.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

<<<<<<< HEAD
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
=======
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cli/command.h"
#include "cli/report_diagnostics.h"

namespace jianlu::cli {
namespace {

// Graphviz draws; without it there is nothing to fall back on.
int draw(const std::string& dot, const Options& options) {
  FILE* pipe = popen("dot -Tsvg", "w");
  if (pipe == nullptr) return kFailed;
  std::fflush(stdout);
  const bool written = std::fwrite(dot.data(), 1, dot.size(), pipe) == dot.size();
  if (pclose(pipe) == 0 && written) return kFine;
  fmt::print(stderr, "jianlu: {}\n", options.say("画图需要 Graphviz（dot）", "drawing needs Graphviz (dot)"));
  return kFailed;
}

}  // namespace

void add_graph(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand("graph", std::string(o.say("规则图：每条规范读什么、免于什么、违反后归入什么", "The rule graph: what each norm reads, what excuses it, what its breach falls under")));
  auto files = std::make_shared<std::vector<std::string>>();
  command->add_option("files", *files, std::string(o.say("规则文件", "rule files")));
  command->footer(std::string(o.say("--format text|dot|json|svg", "--format text|dot|json|svg")));
  command->callback([program, files] {
    const Options& options = program.options;
    const rules::Rules rules = rules::load(options.rules, *files);
    if (!rules.usable()) {
      report_diagnostics(rules, options);
>>>>>>> 3ef0bf1 (Take in folders, audit the store, explain and report from the command line)
      program.status = rules.unreadable.empty() ? kWanting : kFailed;
      return;
    }
    const graph::RuleGraph graph(rules.book);
<<<<<<< HEAD
    if (program.options.format == "json") {
      fmt::print("{}", graph::json(graph, rules.book));
    } else if (program.options.format == "dot") {
      fmt::print("{}", graph::dot(graph, rules.book, program.options.language));
    } else {
      fmt::print("{}", graph::dump(graph, rules.book));
    }
=======
    if (options.format == "json") fmt::print("{}\n", graph::json(graph, rules.book));
    else if (options.format == "dot") fmt::print("{}", graph::dot(graph, rules.book, options.language));
    else if (options.format == "svg") program.status = draw(graph::dot(graph, rules.book, options.language), options);
    else fmt::print("{}", graph::dump(graph, rules.book));
>>>>>>> 3ef0bf1 (Take in folders, audit the store, explain and report from the command line)
  });
}

}  // namespace jianlu::cli
