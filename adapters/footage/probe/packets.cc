#include "adapters/footage/probe/packets.h"

#include <new>

namespace jianlu::footage {

KeptPacket Packets::keep(const AVPacket& packet, std::optional<std::int64_t> time) const {
  KeptPacket kept{OwnedPacket(av_packet_alloc()), packet.pos, packet.size,
                  (packet.flags & AV_PKT_FLAG_KEY) != 0, time};
  if (!kept.packet) throw std::bad_alloc();
  const int code =
      placed_ ? av_packet_copy_props(kept.packet.get(), &packet) : av_packet_ref(kept.packet.get(), &packet);
  if (code < 0) throw std::bad_alloc();
  return kept;
}

const AVPacket* Packets::fetch(const KeptPacket& kept) {
  if (!placed_) return kept.packet.get();
  if (kept.position < 0 || kept.size <= 0 || kept.position + kept.size > input_.size()) return nullptr;
  fetched_.reset(av_packet_alloc());
  if (!fetched_ || av_new_packet(fetched_.get(), kept.size) < 0 ||
      av_packet_copy_props(fetched_.get(), kept.packet.get()) < 0)
    throw std::bad_alloc();
  const bool whole = input_.read(kept.position, fetched_->data, kept.size) == kept.size;
  return whole ? fetched_.get() : nullptr;
}

}  // namespace jianlu::footage
