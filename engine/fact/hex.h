// Digests as text: two lower-case hexadecimal digits for each byte.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/fact/document.h"

namespace jianlu::fact {

std::string hex(const Digest& digest);
// Nothing where it is not the whole of a digest.
std::optional<Digest> digest_from_hex(std::string_view text);

}  // namespace jianlu::fact
