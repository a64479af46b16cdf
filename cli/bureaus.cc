#include "cli/bureaus.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace jianlu::cli {
namespace {

void say_known(const std::string& why, const std::vector<std::string>& known, const Options& options) {
  std::string all;
  for (const std::string& id : known) all += (all.empty() ? std::string() : std::string(options.say("、", ", "))) + id;
  fmt::print(stderr, "jianlu: {}{}{}\n", why, options.say("；现有：", "; there are: "), all);
}

std::string unknown(const std::string& id, const Options& options) {
  return options.language == source::Language::zh ? "没有“" + id + "”的规则" : "there are no rules of '" + id + "'";
}

}  // namespace

std::optional<std::vector<std::size_t>> choose_bureaus(const rules::Rules& rules, const std::vector<std::string>& named,
                                                       const Options& options) {
  std::vector<std::string> known;
  for (const model::Regulation& regulation : rules.book.regulations) known.push_back(regulation.id);
  std::vector<std::size_t> out;
  for (const std::string& id : named.empty() ? known : named) {
    const auto found = std::find(known.begin(), known.end(), id);
    if (found == known.end()) {
      say_known(unknown(id, options), known, options);
      return std::nullopt;
    }
    out.push_back(static_cast<std::size_t>(found - known.begin()));
  }
  return out;
}

std::optional<std::vector<std::string>> laws_of_judge(const Options& options) {
  const std::vector<std::string> known = rules::bureaus(options.rules);
  if (options.bureau.empty() && known.size() <= 1) return std::vector<std::string>();
  if (options.bureau.empty()) {
    say_known(std::string(options.say("规则文件夹里有几个机关的规定，用 --bureau 写明按哪一个",
                                      "the rules folder holds several regulations; say with --bureau which one judges")), known, options);
    return std::nullopt;
  }
  if (std::find(known.begin(), known.end(), options.bureau) == known.end()) {
    say_known(unknown(options.bureau, options), known, options);
    return std::nullopt;
  }
  return rules::laws_in((std::filesystem::path(options.rules) / "bureaus" / options.bureau).string());
}

}  // namespace jianlu::cli
