// Device profiles that a user named.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/devices/devices.h"
#include "cli/command.h"

namespace jianlu::cli {

// Those that come with the program, after those at `paths` (files or folders), which know the bureau's own devices.
// Nothing, and said why, where one is broken.
std::optional<devices::Profiles> read_profiles(const std::vector<std::string>& paths, const Options& options);

}  // namespace jianlu::cli
