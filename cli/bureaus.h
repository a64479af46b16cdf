// The bureaus that a command names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "engine/rules/load.h"

namespace jianlu::cli {

// Indices of their regulations; all where none is named. Nothing, after saying which there are, where one is not known.
std::optional<std::vector<std::size_t>> choose_bureaus(const rules::Rules& rules, const std::vector<std::string>& named,
                                                       const Options& options);

// The rule files of the one bureau whose sessions a store or a stream holds: a session does not say which regulation it is
// under, so where there are several, --bureau has to. Nothing, after saying which there are, where there is no telling.
std::optional<std::vector<std::string>> laws_of_judge(const Options& options);

}  // namespace jianlu::cli
