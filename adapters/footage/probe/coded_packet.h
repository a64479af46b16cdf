// What is kept of one packet, from whichever reader it comes.
#pragma once

#include <cstdint>
#include <vector>

namespace jianlu::footage {

struct CodedPacket {
  std::int64_t pts = 0, duration = 0;  // in the stream's ticks
  std::int64_t position = -1;          // in the file; negative: not known
  std::uint64_t print = 0;             // see scan/packets.h
  std::uint32_t size = 0, parameters = 0;
  bool key = false, hidden = false, corrupt = false, damaged = false;
  bool operator==(const CodedPacket&) const = default;
};
// Frames of sound of 1024 samples that follow each other from one that states its time.
struct SoundTimes {
  std::int64_t stated = 0, frames = 0;  // since then
  // Of the next one, in ticks of which there are `ticks` to the second.
  std::int64_t next(std::int64_t ticks, int rate) const {
    return stated + (frames * 1024 * ticks + rate / 2) / rate;
  }
};
using CodedPackets = std::vector<CodedPacket>;

}  // namespace jianlu::footage
