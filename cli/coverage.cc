#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/bureaus.h"
#include "cli/command.h"
#include "cli/report_diagnostics.h"
#include "engine/coverage/report.h"

namespace jianlu::cli {

void add_coverage(Program program) {
  CLI::App* command = program.app.add_subcommand(
      "coverage", std::string(program.options.say("规定的每一处由哪条规则承载；有未覆盖的即失败",
                                                  "Which rule carries which statement of a regulation; fails where one is not covered")));
  auto bureaus = std::make_shared<std::vector<std::string>>();
  auto texts = std::make_shared<std::string>();
  auto against = std::make_shared<std::string>();
  command->add_option("bureaus", *bureaus, std::string(program.options.say("机关；不写则全部", "bureaus; without any, all")));
  command->add_option("--texts", *texts, std::string(program.options.say("官方文本所在文件夹，与 source.yaml 的指纹比较",
                                                                         "folder of the official texts, compared with source.yaml")));
  command->add_option("--against", *against,
                      std::string(program.options.say("修改前的官方文本所在文件夹：与 --texts 的文本逐字比较",
                                                      "folder of the texts before the amendment: word by word against those of --texts")))
      ->needs("--texts");
  command->callback([program, bureaus, texts, against] {
    const Options& options = program.options;
    const rules::Rules rules = rules::load(options.rules);
    if (!rules.usable()) {
      report_diagnostics(rules, options);
      program.status = rules.unreadable.empty() ? kWanting : kFailed;
      return;
    }
    const auto chosen = choose_bureaus(rules, *bureaus, options);
    if (!chosen) {
      program.status = kFailed;
      return;
    }
    std::vector<coverage::Report> reports;
    for (const std::size_t regulation : *chosen) reports.push_back(coverage::report(rules, regulation, *texts, *against));
    if (options.format == "json") {
      fmt::print("{}", coverage::json(rules, reports));
    } else {
      for (const coverage::Report& report : reports) fmt::print("{}", coverage::print(rules, report, options.language));
      if (reports.size() > 1) fmt::print("{}", coverage::print_sum(reports, options.language));
    }
    for (const coverage::Report& report : reports) {
      if (!report.unreadable.empty()) program.status = kFailed;
      else if (!report.fine() && program.status == kFine) program.status = kWanting;
    }
  });
}

}  // namespace jianlu::cli
