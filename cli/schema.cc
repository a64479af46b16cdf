#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "adapters/manifest/schema.h"
#include "cli/bureaus.h"
#include "cli/command.h"
#include "cli/report_diagnostics.h"
#include "engine/rules/load.h"

namespace jianlu::cli {

void add_schema(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand(
      "schema", std::string(o.say("打印清单的 JSON Schema，供编辑器和其他系统核对；或者数据字典",
                                  "Print the JSON Schema of a manifest, for editors and other systems; or the data dictionary")));
  auto dictionary = std::make_shared<bool>(false);
  command->add_flag("--dictionary", *dictionary, std::string(o.say("数据字典：各台账、字段和取值（Markdown）", "the data dictionary: ledgers, fields and values (Markdown)")));
  command->callback([program, dictionary] {
    // Of the bureau that --bureau names, or that is alone; otherwise what all share.
    std::vector<std::string> laws;
    if (!program.options.bureau.empty()) {
      const auto own = laws_of_judge(program.options);
      if (!own) {
        program.status = kFailed;
        return;
      }
      laws = *own;
    }
    const rules::Rules rules = rules::load(program.options.rules, laws);
    if (!rules.usable()) {
      report_diagnostics(rules, program.options);
      program.status = rules.unreadable.empty() ? kWanting : kFailed;
      return;
    }
    const auto& regulations = rules.book.regulations;
    const model::Vocabulary vocabulary = rules.book.vocabulary.seen_from(regulations.size() == 1 ? regulations.front().id : "");
    fmt::print("{}", *dictionary ? manifest::data_dictionary(vocabulary, program.options.language) : manifest::schema(vocabulary));
  });
}

}  // namespace jianlu::cli
