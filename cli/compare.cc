#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>

#include "cli/bureaus.h"
#include "cli/command.h"
#include "cli/report_diagnostics.h"
#include "engine/comparison/comparison.h"
#include "engine/source/read.h"
#include "report/comparison/page.h"

namespace jianlu::cli {
namespace {

int run(const Options& options, const std::vector<std::string>& bureaus) {
  const rules::Rules rules = rules::load(options.rules);
  if (!rules.usable()) {
    report_diagnostics(rules, options);
    return rules.unreadable.empty() ? kWanting : kFailed;
  }
  const auto chosen = choose_bureaus(rules, bureaus, options);
  if (!chosen) return kFailed;
  const std::string path = (std::filesystem::path(options.rules) / "subjects.yaml").string();
  const auto text = source::read(path);
  if (!text) {
    fmt::print(stderr, "{}: {}\n", path, options.say("打不开文件", "cannot open the file"));
    return kFailed;
  }
  auto subjects = comparison::read_subjects(*text, rules.book.vocabulary);
  if (const auto* fault = std::get_if<yaml::Fault>(&subjects)) {
    fmt::print(stderr, "{}:{}:{}: {}\n", path, fault->line, fault->column, options.say(fault->zh, fault->en));
    return kFailed;
  }
  const comparison::Table table = comparison::compare(rules.book, *chosen, std::get<comparison::Subjects>(std::move(subjects)), rules.working_days);
  if (options.format == "json") fmt::print("{}", comparison::json(table, rules.book));
  else if (options.format == "html") fmt::print("{}", report::render_comparison(table, rules.book, options.language));
  else fmt::print("{}", comparison::print(table, rules.book, options.language));
  return kFine;
}

}  // namespace

void add_compare(Program program) {
  CLI::App* command = program.app.add_subcommand(
      "compare", std::string(program.options.say("各局规则对照：同一事项谁更严、谁没有规定、谁与谁冲突",
                                                 "Regulations side by side: who is stricter, who is silent, who conflicts")));
  auto bureaus = std::make_shared<std::vector<std::string>>();
  command->add_option("bureaus", *bureaus, std::string(program.options.say("机关；不写则全部", "bureaus; without any, all")));
  command->callback([program, bureaus] {
    if (accepts_format(program, {"text", "html", "json"})) program.status = run(program.options, *bureaus);
  });
}

}  // namespace jianlu::cli
