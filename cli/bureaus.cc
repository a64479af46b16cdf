#include "cli/bureaus.h"

#include <fmt/format.h>

namespace jianlu::cli {

std::optional<std::vector<std::size_t>> choose_bureaus(const rules::Rules& rules, const std::vector<std::string>& named,
                                                       const Options& options) {
  const auto& regulations = rules.book.regulations;
  std::vector<std::size_t> out;
  if (named.empty()) {
    for (std::size_t i = 0; i < regulations.size(); ++i) out.push_back(i);
  }
  for (const std::string& id : named) {
    const std::size_t before = out.size();
    std::string known;
    for (std::size_t i = 0; i < regulations.size(); ++i) {
      if (regulations[i].id == id) out.push_back(i);
      known += (known.empty() ? "" : ", ") + regulations[i].id;
    }
    if (out.size() != before) continue;
    fmt::print(stderr, fmt::runtime(options.say("没有“{}”的规则；现有：{}\n", "there are no rules of '{}'; there are: {}\n")), id, known);
    return std::nullopt;
  }
  return out;
}

}  // namespace jianlu::cli
