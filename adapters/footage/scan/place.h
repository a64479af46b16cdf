// Where a file says that it was recorded.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/footage/footage.h"

namespace jianlu::footage {

// Neither out of range nor 0/0, which is what receivers without a fix write.
bool plausible_place(double latitude, double longitude);

// "+33.0498-116.8087+026.756/" (ISO 6709, degrees); nothing where it is another form or implausible.
std::optional<Place> stated_place(std::string_view source, std::string_view text);

}  // namespace jianlu::footage
