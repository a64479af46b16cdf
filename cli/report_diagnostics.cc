#include "cli/report_diagnostics.h"

#include <fmt/format.h>

namespace jianlu::cli {

void report_diagnostics(const rules::Rules& rules, const Options& options) {
  for (const auto& [path, reason] : rules.unreadable) fmt::print(stderr, "{}: {}\n", path, reason.in(options.language));
  for (const diag::Diagnostic& d : rules.diagnostics.all()) {
    const source::File& file = rules.files[d.span.file];
    const source::Position at = file.position(d.span.begin);
    fmt::print("{}:{}:{}: {} {}\n  {}\n  {}\n", file.path(), at.line, at.column, diag::info(d.kind).code,
               diag::message(d, file.language), file.line(at.line), diag::fix(d, file.language));
  }
}

}  // namespace jianlu::cli
