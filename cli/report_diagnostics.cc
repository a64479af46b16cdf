#include "cli/report_diagnostics.h"

#include <fmt/format.h>

#include "engine/diag/render.h"
#include "engine/syntax/heading.h"

namespace jianlu::cli {

void report_diagnostics(const rules::Rules& rules, const Options& options) {
  for (const auto& [path, reason] : rules.unreadable) fmt::print(stderr, "{}: {}\n", path, reason.in(options.language));
  diag::RenderOptions render;
  render.colour = options.colour;
  render.heading = [&](source::Span place) {
    for (const auto& tree : rules.trees) {
      if (tree->file == place.file) return syntax::heading_at(*tree, rules.files, place);
    }
    return std::string();
  };
  const auto& all = rules.diagnostics.all();
  if (options.format == "json") fmt::print("{}", diag::render_json(all, rules.files, render));
  else if (options.format == "sarif") fmt::print("{}", diag::render_sarif(all, rules.files, render));
  else fmt::print("{}", diag::render_text(all, rules.files, render));
  if (options.format == "json" || options.format == "sarif" || all.empty()) return;
  const std::size_t errors = rules.diagnostics.count(diag::Severity::error), warnings = rules.diagnostics.count(diag::Severity::warning);
  const std::size_t notes = rules.diagnostics.count(diag::Severity::note);
  const std::string_view code = diag::info(all.front().kind).code;
  if (options.language == source::Language::zh) {
    fmt::print("\n{}处错误，{}处警告{}。逐条说明：jianlu check --explain {}\n", errors, warnings, notes == 0 ? "" : fmt::format("，{}处提示", notes), code);
  } else {
    fmt::print("\n{} errors, {} warnings{}. Each is explained: jianlu check --explain {}\n", errors, warnings, notes == 0 ? "" : fmt::format(", {} notes", notes), code);
  }
}

}  // namespace jianlu::cli
