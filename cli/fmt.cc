#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "cli/command.h"
#include "cli/report_diagnostics.h"
#include "engine/model/spelling.h"
#include "engine/rules/load.h"
#include "engine/syntax/format.h"

namespace jianlu::cli {
namespace {

// The tree of that path, or null.
const syntax::SourceFile* tree_of(const rules::Rules& rules, const std::string& path) {
  std::error_code error;
  for (const auto& tree : rules.trees) {
    if (std::filesystem::equivalent(rules.files[tree->file].path(), path, error)) return tree.get();
  }
  return nullptr;
}

int translate(const std::string& path, source::Language to, bool write, const Options& options) {
  rules::Rules rules = rules::load(options.rules);
  const syntax::SourceFile* tree = tree_of(rules, path);
  if (tree == nullptr) {
    rules = rules::load(options.rules, {path});
    tree = tree_of(rules, path);
  }
  std::optional<std::string> text;
  if (tree != nullptr && rules.usable()) {
    const model::Spellings spellings(rules.book, rules.units, rules.files);
    const auto other = [&](std::string_view name, source::Span place) { return spellings.other(name, place); };
    text = syntax::translate(rules.files, tree->file, to, other, rules.diagnostics);
  }
  if (!text) {
    report_diagnostics(rules, options);
    return rules.unreadable.empty() ? kWanting : kFailed;
  }
  if (!write) {
    fmt::print("{}", *text);
    return kFine;
  }
  // Written beside and put in place, so that a failure leaves the old text.
  const std::string beside = path + ".new";
  std::ofstream out(beside, std::ios::binary);
  out << *text;
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(beside, path, error);
  if (out && !error) return kFine;
  std::filesystem::remove(beside, error);
  fmt::print(stderr, "{}: {}\n", path, options.say("写不进去，原文件没有改动", "cannot be written; the file is unchanged"));
  return kFailed;
}

}  // namespace

void add_fmt(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand(
      "fmt", std::string(o.say("把规则文件译成另一种文字", "Translate a rule file into the other language")));
  auto path = std::make_shared<std::string>();
  auto to = std::make_shared<std::string>();
  auto write = std::make_shared<bool>(false);
  command->add_option("file", *path, std::string(o.say("规则文件", "the rule file")))->required();
  command->add_option("--to", *to, "zh | en")->required()->check(CLI::IsMember({"zh", "en"}));
  command->add_flag("--write", *write, std::string(o.say("写回文件，而不是打印", "write the file instead of printing")));
  command->callback([program, path, to, write] {
    program.status = translate(*path, *to == "zh" ? source::Language::zh : source::Language::en, *write, program.options);
  });
}

}  // namespace jianlu::cli
