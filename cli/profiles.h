// Device profiles that a user named.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/devices/devices.h"
#include "cli/command.h"

namespace jianlu::cli {

// `paths` (files or folders), which know the bureau's own devices, then the profiles that come with the program: the first
// that fits a file is taken.
std::vector<std::string> with_default_profiles(std::vector<std::string> paths);

// The profiles of both. Nothing, and said why, where one is broken.
std::optional<devices::Profiles> read_profiles(const std::vector<std::string>& paths, const Options& options);

}  // namespace jianlu::cli
