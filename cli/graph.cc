#include "engine/graph/graph.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

#include "cli/command.h"
#include "cli/report_diagnostics.h"
#include "engine/rules/load.h"

namespace jianlu::cli {
namespace {

// Graphviz draws; it reads the graph from its standard input and writes the picture to ours.
int draw(const std::string& dot, const Options& options) {
  if (std::system("command -v dot >/dev/null 2>&1") != 0) {
    fmt::print(stderr, "{}\n", options.say("没有安装 Graphviz，画不出 SVG；可以用 --format dot", "Graphviz is not installed, so there is no SVG; --format dot works"));
    return kFailed;
  }
  std::fflush(stdout);
  FILE* pipe = popen("dot -Tsvg", "w");
  if (pipe == nullptr) return kFailed;
  std::fwrite(dot.data(), 1, dot.size(), pipe);
  return pclose(pipe) == 0 ? kFine : kFailed;
}

}  // namespace

void add_graph(Program program) {
  CLI::App* command = program.app.add_subcommand(
      "graph", std::string(program.options.say("画出规则之间的关系：--format svg、dot（Graphviz）、json 或者 text",
                                               "Show how rules hang together: --format svg, dot (Graphviz), json or text")));
  auto files = std::make_shared<std::vector<std::string>>();
  command->add_option("files", *files, std::string(program.options.say("规则文件", "rule files")));
  command->callback([program, files] {
    const std::string& format = program.options.format;
    if (!accepts_format(program, {"text", "json", "dot", "svg"})) return;
    const rules::Rules rules = rules::load(program.options.rules, *files);
    if (!rules.usable()) {
      Options as_text = program.options;
      as_text.format = format == "json" ? "json" : "text";
      report_diagnostics(rules, as_text);
      program.status = rules.unreadable.empty() ? kWanting : kFailed;
      return;
    }
    const graph::RuleGraph graph(rules.book);
    if (format == "json") fmt::print("{}", graph::json(graph, rules.book));
    else if (format == "text") fmt::print("{}", graph::dump(graph, rules.book));
    else if (format == "dot") fmt::print("{}", graph::dot(graph, rules.book, program.options.language));
    else program.status = draw(graph::dot(graph, rules.book, program.options.language), program.options);
  });
}

}  // namespace jianlu::cli
