#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "cli/command.h"
#include "cli/report_diagnostics.h"
#include "engine/rules/load.h"
#include "engine/rules/scaffold.h"
#include "engine/source/read.h"
#include "engine/source/screen.h"

namespace jianlu::cli {
namespace {

namespace fs = std::filesystem;

int refuse(const Options& options, const std::string& zh, const std::string& en) {
  fmt::print(stderr, "{}\n", options.say(zh, en));
  return kFailed;
}

// The text, or nothing after saying why.
std::optional<std::string> read_text(const std::string& path, const Options& options) {
  std::error_code error;
  std::optional<std::string> text = fs::is_regular_file(path, error) ? source::read(path) : std::nullopt;
  if (!text) {
    refuse(options, path + "：打不开这个文件；--text 应写规定原文的文本文件", path + ": cannot be opened; --text names the plain text of the regulation");
    return std::nullopt;
  }
  for (const source::ScreenIssue& issue : source::screen(*text).issues) {
    if (issue.fault != source::ScreenFault::invalid_utf8) continue;
    refuse(options, path + "：不是 UTF-8 文本；请在编辑软件里另存为“纯文本”，编码选 UTF-8",
           path + ": is no UTF-8 text; save it as plain text, encoding UTF-8");
    return std::nullopt;
  }
  return text;
}

// All files or none: they get their place when all are written.
bool write(const fs::path& folder, const rules::Scaffold& files) {
  const fs::path draft = folder.parent_path() / (".new-" + folder.filename().string());
  std::error_code error, ignored;
  fs::remove_all(draft, ignored);
  bool written = fs::create_directories(draft, error);
  for (const auto& [name, text] : {std::pair{"regulation.law", &files.law}, {"regulation.en.yaml", &files.english},
                                   {"cases.yaml", &files.cases}, {"source.yaml", &files.source}}) {
    std::ofstream out(draft / name, std::ios::binary);
    written = written && (out << *text << std::flush).good();
  }
  if (written) fs::rename(draft, folder, error);
  if (written && !error) return true;
  fs::remove_all(draft, ignored);
  return false;
}

int make(const std::string& id, const std::string& path, const Options& options) {
  if (!rules::is_bureau_id(id)) {
    return refuse(options, "“" + id + "”不能作代号：用小写字母和数字，以字母开头，各段用“-”相连，如 qinhuangdao-water",
                  "'" + id + "' is no id: small letters and digits, the first a letter, groups joined by '-', as qinhuangdao-water");
  }
  std::error_code error;
  if (!fs::exists(fs::path(options.rules) / "vocabulary.law", error)) {
    return refuse(options, options.rules + "：不是规则文件夹（其中没有 vocabulary.law）；用 --rules 指明",
                  options.rules + ": is no rules folder (it has no vocabulary.law); name it with --rules");
  }
  const fs::path folder = fs::path(options.rules) / "bureaus" / id;
  if (fs::exists(folder, error)) {
    return refuse(options, folder.string() + "：已经有了，不覆盖；换一个代号，或者先把它移走",
                  folder.string() + ": is there already and is not overwritten; take another id or move it away first");
  }
  const std::optional<std::string> text = read_text(path, options);
  if (!text) return kFailed;
  const statute::Regulation regulation = statute::split(*text);
  if (const diag::Words why = rules::unusable(regulation); !why.zh.empty()) return refuse(options, path + "：" + why.zh, path + ": " + why.en);

  const rules::Scaffold files = rules::scaffold(regulation, id);
  if (!write(folder, files)) return refuse(options, folder.string() + "：写不进去", folder.string() + ": cannot be written");
  for (const diag::Words& doubt : files.doubts) {
    fmt::print(stderr, "{}\n", options.say(path + "：" + doubt.zh, path + ": " + doubt.en));
  }
  fmt::print(fmt::runtime(options.say("已建立 {0}：{1}条，{2}处原文，都待归类。\n"
                                      "  regulation.law      规则：每处原文一行“待归类”，为它写好规则后删去\n"
                                      "  regulation.en.yaml  英文的摘要和说明\n"
                                      "  cases.yaml          用例\n"
                                      "  source.yaml         各处原文的位置和指纹，不含原文\n"
                                      "接着：jianlu coverage {3} 列出还没有归类的；jianlu check 检查写好的规则。\n",
                                      "Made {0}: {1} articles, {2} statements, all to be classified.\n"
                                      "  regulation.law      the rules: a line 待归类 (to be classified) for each statement; delete it once its rule is written\n"
                                      "  regulation.en.yaml  summaries and messages in English\n"
                                      "  cases.yaml          the cases\n"
                                      "  source.yaml         place and fingerprint of each statement, not its words\n"
                                      "Next: jianlu coverage {3} lists what is not classified; jianlu check checks what you write.\n")),
             folder.string(), files.articles, files.statements, id);
  // A title that is a name already, say. The files stay: they are there to be edited.
  const rules::Rules loaded = rules::load(options.rules);
  if (loaded.usable()) return kFine;
  report_diagnostics(loaded, options);
  return kWanting;
}

}  // namespace

void add_new(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand(
      "new", std::string(o.say("从规定原文开始一个新机关的规则", "Begin the rules of another bureau from the text of its regulation")));
  command->require_subcommand(1);
  CLI::App* bureau = command->add_subcommand(
      "bureau", std::string(o.say("把原文分成条、款、项、句，写出规则文件夹 bureaus/代号：每处原文一行“待归类”，一处也不会漏",
                                  "Divide the text into statements and write the folder bureaus/ID of the rules: a line for each statement to be classified, so that none is forgotten")));
  auto id = std::make_shared<std::string>();
  auto text = std::make_shared<std::string>();
  bureau->add_option("id", *id, std::string(o.say("代号，如 qinhuangdao-water", "id of the bureau, as qinhuangdao-water")))->required();
  bureau->add_option("--text", *text, std::string(o.say("规定原文，纯文本（UTF-8）；先删去附件和落款", "the regulation as plain text (UTF-8), without annexes and signature")))
      ->required();
  bureau->callback([program, id, text] { program.status = make(*id, *text, program.options); });
}

}  // namespace jianlu::cli
