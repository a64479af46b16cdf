// The bureaus that a command names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "engine/rules/load.h"

namespace jianlu::cli {

// Indices of their regulations; all where none is named. Nothing, after saying which, where one is not known.
std::optional<std::vector<std::size_t>> choose_bureaus(const rules::Rules& rules, const std::vector<std::string>& named,
                                                       const Options& options);

}  // namespace jianlu::cli
