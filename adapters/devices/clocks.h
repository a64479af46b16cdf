// One clock names a device's files, counts in its pictures and is written into its containers.
#pragma once

#include <optional>

#include "adapters/devices/devices.h"
#include "adapters/footage/footage.h"

namespace jianlu::devices {

// A container further from the name than any mistake about zones explains. A clock that was set wrong is wrong in all
// places: where the clock in the picture bears the name out, the container was written by another one.
std::optional<footage::Sign> clocks_apart(const NameFacts& name, const footage::FootageFacts& facts);

}  // namespace jianlu::devices
