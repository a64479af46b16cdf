// The satellite track that GoPro cameras write beside picture and sound: GPMF, a tree of key, type, size and repeat.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "adapters/footage/footage.h"

namespace jianlu::footage {

// The first fix of one payload, which is presented at `time`; nothing where the receiver had none. Reads nothing outside
// `payload` and takes time in proportion to it.
std::optional<Fix> read_gpmf(std::string_view payload, std::int64_t time);

}  // namespace jianlu::footage
