// Signs that hang on single packets, and what of the packets a device's profile holds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/footage/scan/packets.h"

namespace jianlu::footage {

// All of the below; fills rates, key intervals and prints of `facts` too.
void read_packet_signs(const PacketLog& log, const Structure& structure, FootageFacts& facts);

// The commonest step from one presentation to the next.
struct Pace {
  std::int64_t step = 0;       // microseconds; 0: too few packets
  double share = 0;            // of the steps that are like it
  std::int64_t tolerance = 0;  // what counts as alike
};
Pace pace_of(const std::vector<std::int64_t>& sorted_times, std::int64_t time_scale);
std::vector<std::int64_t> presentation_times(const PacketStream& stream);  // sorted

// Key frames: where the encoder's rhythm breaks. `interval`: packets from one to the next, where most agree.
struct KeyRhythm {
  int interval = 0;
  std::vector<std::size_t> breaks;  // key packets that come off the rhythm
};
KeyRhythm key_rhythm_of(const PacketStream& stream);

void read_pace_signs(const PacketStream& stream, FootageFacts& facts);
void read_coding_signs(const PacketStream& stream, FootageFacts& facts);   // rhythm, parameters, sizes
void read_stretch_signs(const PacketStream& stream, FootageFacts& facts);  // still, silent
void read_copy_signs(const PacketLog& log, const Structure& structure, FootageFacts& facts);

void add_sign(FootageFacts& facts, Sign sign);  // bounded

}  // namespace jianlu::footage
