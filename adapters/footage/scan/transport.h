// The access units of an MPEG transport stream (ISO/IEC 13818-1), read straight from the mapped bytes while
// the hash has them at hand: at the speed of memory, where a general demuxer copies every byte three times.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/footage/scan/input.h"

namespace jianlu::footage {

enum class TransportCoding { h264, hevc, adts, other };

struct TransportStream {
  int pid = 0;
  TransportCoding coding = TransportCoding::other;
};

struct AccessUnit {
  std::size_t stream = 0;           // in the list that was given
  std::optional<std::int64_t> pts;  // in ticks of 90 kHz; absent on units of sound that share a PES packet
  std::int64_t position = -1;       // where its PES packet begins; -1: it is not the first of that packet
  std::uint32_t size = 0;           // bytes
  int rate = 0;                     // of sound: samples a second
  std::string_view head;            // of a picture: up to its first slice and beyond
  std::uint64_t print = 0;          // of a picture: see print_of()
};

inline constexpr std::size_t unit_padding = 64;  // zero bytes behind `head`, for parsers that read ahead

// Every unit in the order of its stream. False as soon as something is found that readers may take in
// different ways: damage, encryption, streams that begin or change on the way, codings that are not listed,
// PES packets that are not whole units. What was told so far is then to be forgotten, and a general demuxer
// asked.
bool read_transport(Input& input, const std::vector<TransportStream>& streams,
                    const std::function<bool(const AccessUnit&)>& told);

}  // namespace jianlu::footage
