// Creation times as tags state them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "adapters/footage/footage.h"

namespace jianlu::footage {

// "2019-07-24T11:25:40+0300", "2020-06-01T16:29:17.000000Z", "2012-09-10 20:52:00" (no zone: no instant).
// `utc_by_format`: the container defines the field as UTC. `now`: later instants are implausible.
StatedTime stated_time(std::string_view source, std::string_view text, bool utc_by_format, std::int64_t now);

// From the tags: the container's own time first, then the device's.
std::vector<StatedTime> stated_times(const std::vector<std::pair<std::string, std::string>>& tags,
                                     bool utc_by_format, std::int64_t now);

}  // namespace jianlu::footage
