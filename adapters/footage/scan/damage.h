// Coded pictures and sound that somebody, or a failing card, wrote over.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "adapters/footage/footage.h"
#include "adapters/footage/scan/packets.h"

namespace jianlu::footage {

// Bytes of the length before each unit of H.264 and H.265, from what the container says of the coding; 0:
// start codes, or another codec.
unsigned unit_length_bytes(std::string_view codec, std::string_view extradata);

// Whether a whole packet cannot be what an encoder wrote: lengths of units that do not add up, a page of
// zeros, no beginning. What was overwritten by something else inside a unit is not seen.
bool is_damaged(std::string_view codec, unsigned length_bytes, std::uint32_t size, const BytesAt& at);

// The damaged ones among the packets that have an offset: counted in `facts`, and the reason says how many
// and where.
void read_damage(Input& input, const PacketLog& log, FootageFacts& facts);

}  // namespace jianlu::footage
