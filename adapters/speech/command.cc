#include "adapters/speech/recogniser.h"

namespace jianlu::speech {
namespace {

constexpr std::string_view kFile = "{file}";

std::optional<diag::Words> split(std::string_view command, std::vector<std::string>& words) {
  bool open = false;   // a word has begun
  char quote = 0;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const char c = command[i];
    if (quote == 0 && (c == ' ' || c == '\t' || c == '\n')) {
      open = false;
      continue;
    }
    if (!open) words.emplace_back();
    open = true;
    if (c == '\\' && quote != '\'') {
      if (++i == command.size()) return diag::Words("命令以 \\ 结尾", "the command ends in \\");
      words.back() += command[i];
    } else if (c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else {
      words.back() += c;
    }
  }
  if (quote != 0) return diag::Words("引号没有配对", "a quotation mark has no partner");
  return std::nullopt;
}

}  // namespace

std::variant<Recogniser, diag::Words> recogniser(std::string_view command) {
  Recogniser out;
  if (auto fault = split(command, out.arguments)) return *fault;
  bool given = false;
  for (std::size_t i = 0; i < out.arguments.size(); ++i) {
    const std::string& word = out.arguments[i];
    const std::size_t at = word.find(kFile);
    if (at == std::string::npos) continue;
    // Inside a longer text something would parse the name as a program, and a name may be written to be one.
    if (i == 0 || word.find_first_of(" \t\n;|&$`\"'<>()") != std::string::npos) {
      return diag::Words("{file} 要单独作为一个参数；需要 shell 时写：sh -c '识别程序 \"$1\"' sh {file}",
                         "{file} must be an argument of its own; with a shell write: sh -c 'asr \"$1\"' sh {file}");
    }
    given = true;
  }
  if (!given) return diag::Words("命令里没有 {file}：它代表要识别的录像", "the command has no {file}, which stands for the clip");
  return out;
}

}  // namespace jianlu::speech
