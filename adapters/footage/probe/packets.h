// Packets put aside until it is known whether they must be decoded.
#pragma once

extern "C" {
#include <libavcodec/packet.h>
}

#include <memory>
#include <optional>
#include <vector>

#include "adapters/footage/scan/input.h"

namespace jianlu::footage {

struct FreePacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
using OwnedPacket = std::unique_ptr<AVPacket, FreePacket>;

struct KeptPacket {
  OwnedPacket packet;  // without its bytes when the container says where they are
  std::int64_t position = -1;
  int size = 0;
  bool key = false;
  std::optional<std::int64_t> time;  // of presentation, microseconds
};

class Packets {
 public:
  // `placed`: the demuxer gave no bytes; they are fetched from the place that the container names, which the
  // hash has just passed.
  Packets(Input& input, bool placed) : input_(input), placed_(placed) {}

  KeptPacket keep(const AVPacket& packet, std::optional<std::int64_t> time) const;
  // The packet with its bytes; nothing when they are not there. Valid until the next call.
  const AVPacket* fetch(const KeptPacket& kept);

  // What keeping this packet costs in memory.
  std::int64_t weight(const KeptPacket& kept) const { return placed_ ? 512 : kept.size + 512; }

 private:
  Input& input_;
  bool placed_;
  OwnedPacket fetched_;
};

}  // namespace jianlu::footage
