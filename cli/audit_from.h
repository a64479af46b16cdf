#pragma once

#include <string>

#include "cli/command.h"

namespace jianlu::cli {

// `audit --from`: judges files without a store and prints what was found.
int audit_from(const std::string& path, const std::string& at, unsigned threads, const Options& options);

}  // namespace jianlu::cli
