// Shows what is wrong with rule files.
#pragma once

#include "cli/command.h"
#include "engine/rules/load.h"

namespace jianlu::cli {

// To standard output in the chosen format; in text, how many there are and how to read more at the end.
void report_diagnostics(const rules::Rules& rules, const Options& options);

}  // namespace jianlu::cli
