#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>

#include "cli/command.h"

namespace jianlu::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// What the library says of a value.
std::string in_chinese(std::string text) {
  for (const auto& [en, zh] : {std::pair(": Value ", "："), std::pair(" not in range ", " 不在范围内："), std::pair(" to ", " 至 "),
                               std::pair(" not in {", " 不是可选的值：{"), std::pair("Could not convert: ", "读不成所需的类型："),
                               std::pair("Value ", "")}) {
    if (const std::size_t at = text.find(en); at != text.npos) text.replace(at, std::char_traits<char>::length(en), zh);
  }
  return text;
}

std::string what_is_wrong(const CLI::App& app, const CLI::Error& error, const Options& options) {
  const std::string detail = error.what();
  const std::string first = detail.substr(0, detail.find_first_of(" :"));   // the option that it is about
  const bool required = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
  const std::vector<std::string> unknown = app.remaining(true);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr || (required && !unknown.empty())) {
    return fmt::format("{}{}", options.say("不认识的命令或者参数：", "unknown command or argument: "), joined(unknown));
  }
  if (options.language != source::Language::zh) return detail;
  if (required && detail.find("subcommand") != detail.npos) return "没有写命令";
  if (required) return "缺少必填的参数：" + first;
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return "参数缺少取值，或者取值过多：" + first;
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr || dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) {
    return "参数的取值不对：" + in_chinese(detail);
  }
  return "命令行有误：" + detail;
}

class ChineseFormatter : public CLI::Formatter {
 public:
  std::string make_group(std::string group, bool positional, std::vector<const CLI::Option*> options) const override {
    return CLI::Formatter::make_group(group == "Options" ? "选项" : std::move(group), positional, std::move(options));
  }
};

}  // namespace

void teach_usage(CLI::App& app, const Options& options) {
  app.failure_message([&options](const CLI::App* at, const CLI::Error& error) {
    return fmt::format("jianlu: {}\n{}\n", what_is_wrong(*at, error, options),
                       options.say("用 --help 查看用法", "--help tells how it is used"));
  });
  if (options.language != source::Language::zh) return;
  app.formatter(std::make_shared<ChineseFormatter>());
  app.set_help_flag("-h,--help", "显示这份说明");
  app.group("命令");   // of the commands, which take it over
  for (const auto& [label, zh] : {std::pair("Usage", "用法"), std::pair("OPTIONS", "选项"), std::pair("SUBCOMMAND", "命令"),
                                  std::pair("Positionals", "参数"), std::pair("REQUIRED", "必填"), std::pair("Env", "环境变量")}) {
    app.get_formatter()->label(label, zh);
  }
}

}  // namespace jianlu::cli
