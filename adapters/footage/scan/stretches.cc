#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "adapters/footage/scan/packet_signs.h"

namespace jianlu::footage {
namespace {

struct Kind {
  SignKind sign;
  std::uint32_t share;  // of the median size, below which a packet holds next to nothing: one part in so many
  std::uint32_t least_median;
  std::int64_t shortest;
  std::string_view zh, en;  // what it is that holds next to nothing
};
constexpr Kind still{SignKind::still_stretch, 12, 400, 1'000'000, "帧画面", "pictures"};
constexpr Kind silent{SignKind::silent_stretch, 6, 60, 800'000, "个声音包", "packets of sound"};

// A coder that gets the very same picture again and again makes packets of one size; sensor noise never lets it.
bool even(const std::vector<const Packet*>& plain, std::size_t i, std::uint32_t median) {
  const auto size = static_cast<std::int64_t>(plain[i]->size);
  const auto like = [&](std::size_t k) { return std::abs(size - plain[k]->size) <= std::max<std::int64_t>(2, size / 200); };
  return size * 2 <= median && ((i > 0 && like(i - 1)) || (i + 1 < plain.size() && like(i + 1)));
}

// Runs of packets that hold next to nothing, in a stream where most hold something. Key frames are as large
// as ever and are passed over.
void read_runs(const PacketStream& stream, const Kind& kind, FootageFacts& facts) {
  std::vector<const Packet*> plain;
  const bool keys_apart = stream.kind == StreamKind::video;
  for (const auto& p : stream.packets)
    if (!(keys_apart && p.key)) plain.push_back(&p);
  if (plain.size() < 24) return;
  std::sort(plain.begin(), plain.end(), [](auto* a, auto* b) { return a->time < b->time; });
  std::vector<std::uint32_t> sizes;
  for (const auto* p : plain) sizes.push_back(p->size);
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2), sizes.end());
  const auto median = sizes[sizes.size() / 2];
  if (median < kind.least_median) return;
  int told = 0;
  for (std::size_t from = 0; from < plain.size();) {
    auto to = from;
    std::uint64_t bytes = 0;
    while (to < plain.size() && (plain[to]->size <= median / kind.share || (keys_apart && even(plain, to, median))))
      bytes += plain[to++]->size;
    if (to > from + 7) {
      // Coders refine a picture that stands still at first; empty packets among those belong to the stretch.
      auto began = from;
      for (std::size_t back = 1; back <= std::min<std::size_t>(from, 10); ++back)
        if (plain[from - back]->size <= median / kind.share) began = from - back;
      const auto start = plain[began]->time;
      const auto length = (to < plain.size() ? plain[to]->time : plain.back()->time) - start;
      if (length >= kind.shortest && ++told <= 8) {
        auto sign = make_sign(kind.sign,
                              at_stream(stream.index,
                                        seconds_text(length) + " 内 " + std::to_string(to - from) + " " + std::string(kind.zh) + "，平均 " +
                                            std::to_string(bytes / (to - from)) + " 字节，通常为 " + std::to_string(median) + " 字节",
                                        std::to_string(to - from) + " " + std::string(kind.en) + " in " + seconds_text(length) + " of " +
                                            std::to_string(bytes / (to - from)) + " bytes on average, the usual size being " +
                                            std::to_string(median)),
                              std::nullopt, start);
        sign.length = length;
        add_sign(facts, std::move(sign));
      }
    }
    from = to + 1;
  }
}

}  // namespace

void read_stretch_signs(const PacketStream& stream, FootageFacts& facts) {
  if (stream.kind == StreamKind::video && (stream.codec == "h264" || stream.codec == "hevc"))
    read_runs(stream, still, facts);
  if (stream.kind == StreamKind::audio && stream.codec == "aac") read_runs(stream, silent, facts);
}

}  // namespace jianlu::footage
