#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/report_diagnostics.h"
#include "cli/texts.h"
#include "engine/coverage/text_lint.h"
#include "engine/graph/graph.h"
#include "engine/rules/load.h"

namespace jianlu::cli {

// docs/diagnostics, embedded when the program is built.
const std::string* diagnostic_page(std::string_view name);

namespace {

int explain(const std::string& code, const Options& options) {
  if (const std::string* page = diagnostic_page(code + ".md")) {
    fmt::print("{}", *page);
    return kFine;
  }
  fmt::print(stderr, "{}\n", options.language == source::Language::zh
                                 ? fmt::format("没有“{}”这个代码；代码在每条错误的开头，例如 JL0301", code)
                                 : fmt::format("there is no code '{}'; it stands at the head of each message, such as JL0301", code));
  return kFailed;
}

}  // namespace

void add_check(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand(
      "check", std::string(o.say("检查规则文件：名称、类型、单位、引用、冲突", "Check rule files: names, types, units, citations, conflicts")));
  auto files = std::make_shared<std::vector<std::string>>();
  auto code = std::make_shared<std::string>();
  auto texts = std::make_shared<std::string>();
  command->add_option("files", *files,
                      std::string(o.say("规则文件；不写则检查规则文件夹里的全部", "rule files; without any, all of the rules folder")));
  command->add_option("--explain", *code, std::string(o.say("说明一个代码：含义、改法和例子", "explain a code: what it means, how to mend it, examples")));
  command->add_option("--texts", *texts,
                      std::string(o.say("官方文本所在文件夹：含糊的用语和数字也与原文核对", "folder of the official texts: vague terms and figures are looked for there, too")));
  command->callback([program, files, code, texts] {
    if (!accepts_format(program, {"text", "json", "sarif"})) return;
    if (!code->empty()) {
      program.status = explain(*code, program.options);
      return;
    }
    rules::Rules rules = rules::load(program.options.rules, *files);
    bool missing = false;   // a text
    if (rules.usable()) {
      graph::check(graph::RuleGraph(rules.book), rules.book, rules.diagnostics);
      if (!texts->empty()) {
        const Texts attached(rules, *texts);
        missing = !attached.faults().empty();
        for (const diag::Words& fault : attached.faults()) fmt::print(stderr, "jianlu: {}\n", fault.in(program.options.language));
        for (const model::Regulation& r : rules.book.regulations) coverage::lint_text(rules.book, r, attached.statements(r.id), rules.diagnostics);
      }
      rules.diagnostics.sort();
    }
    report_diagnostics(rules, program.options);
    if (!rules.unreadable.empty() || missing) program.status = kFailed;
    else program.status = rules.diagnostics.has_errors() ? kWanting : kFine;
  });
}

}  // namespace jianlu::cli
