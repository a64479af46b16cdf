#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string_view>

#include "cli/command.h"
#include "cli/output.h"

namespace jianlu::cli {
namespace {

source::Language language_of_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).substr(0, 2) == "zh" ? source::Language::zh : source::Language::en;
  }
  return source::Language::en;
}

// --lang decides the language of --help, so it is looked up before the commands are set up.
source::Language language_of(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    std::string_view value;
    if (argument.substr(0, 7) == "--lang=") value = argument.substr(7);
    else if (argument == "--lang" && i + 1 < argc) value = argv[i + 1];
    if (!value.empty()) return value.substr(0, 2) == "zh" ? source::Language::zh : source::Language::en;
  }
  return language_of_locale();
}

// Of the commands that do not ask accepts_format themselves.
struct Formats {
  std::string_view command;
  std::initializer_list<std::string_view> known;
};
const Formats kFormats[] = {{"audit", {"text", "json"}},   {"coverage", {"text", "json"}}, {"explain", {"text"}},
                            {"findings", {"text", "json"}}, {"fmt", {"text"}},              {"ingest", {"text"}},
                            {"inspect", {"text", "json"}},  {"new", {"text"}},              {"profile", {"text"}},
                            {"report", {"html", "json"}},   {"review", {"text"}},           {"schema", {"json"}},
                            {"test", {"text", "json", "junit"}}, {"verify", {"text"}}};

void require_format(const Program& program) {
  if (program.options.format.empty()) return;
  for (const Formats& formats : kFormats) {
    if (program.app.got_subcommand(std::string(formats.command)) && !accepts_format(program, formats.known)) throw CLI::RuntimeError(kFailed);
  }
}

int run(int argc, char** argv, Options& options) {
  options.rules = default_rules();
  int status = kFine;

  CLI::App app{std::string(options.say("鉴录：用规定审核执法全过程记录", "jianlu: judges enforcement recordings by their regulation"))};
  app.name("jianlu");
  teach_usage(app, options);
  app.set_version_flag("--version", "jianlu " JIANLU_VERSION, std::string(options.say("显示版本", "print the version")));
  app.require_subcommand(1);
  app.fallthrough();
  std::string language;
  app.add_option("--lang", language, std::string(options.say("界面语言 zh 或 en，默认随系统", "language, zh or en; the locale's by default")))
      ->check(CLI::IsMember({"zh", "en", "zh-CN"}));
  app.add_option("--format", options.format, std::string(options.say("输出格式：text 或 json", "output: text or json")));
  app.add_option("--rules", options.rules, std::string(options.say("规则文件夹", "the rules folder")));
  app.add_option("--bureau", options.bureau,
                 std::string(options.say("按哪个机关的规定采集和审核；规则文件夹里有几个机关的，必须写明",
                                         "whose regulation judges what is taken in; needed where the rules folder holds several")))
      ->envname("JIANLU_BUREAU");
  app.add_option("--store", options.store, std::string(options.say("数据库文件", "the store")));

  const Program program{app, options, status};
  add_new(program);
  add_schema(program);
  add_check(program);
  add_compare(program);
  add_coverage(program);
  add_dump(program);
  add_fmt(program);
  add_graph(program);
  add_test(program);
  add_inspect(program);
  add_profile(program);
  add_ingest(program);
  add_audit(program);
  add_findings(program);
  add_review(program);
  add_explain(program);
  add_report(program);
  add_verify(program);
  add_examples(app, options);

  app.parse_complete_callback([&program] { require_format(program); });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kFine : kFailed;
  }
  return status;
}

}  // namespace

std::string default_rules() {
  std::error_code error;
  if (std::filesystem::is_directory("rules", error)) return "rules";
  return std::filesystem::is_directory(JIANLU_HOME "/rules", error) ? JIANLU_HOME "/rules" : "rules";
}

std::string default_profiles() { return JIANLU_HOME "/adapters/devices"; }
std::string default_mappings() { return JIANLU_HOME "/adapters/ledger/mappings"; }

}  // namespace jianlu::cli

int main(int argc, char** argv) {
  using namespace jianlu::cli;
  Options options;
  options.language = language_of(argc, argv);
  int status = kInternal;
  std::signal(SIGXFSZ, SIG_IGN);   // a limit on the size of files is said as a full disk is
  try {
    status = run(argc, argv, options);
  } catch (const std::exception& error) {   // an explanation that does not reproduce its outcome among them
    if (std::ferror(stdout) == 0) fmt::print(stderr, "jianlu: {}{}\n", options.say("程序内部错误：", "internal error: "), error.what());
  }
  return printed(options) ? status : kFailed;
}
