#include <algorithm>
#include <unordered_map>

#include "adapters/footage/scan/packet_signs.h"

namespace jianlu::footage {
namespace {

constexpr std::int64_t shortest_run = 200'000;
constexpr std::int64_t least_unindexed = 64 * 1024;

// Packets whose ends equal those of earlier ones, in the same order.
void read_repeats(const PacketStream& stream, FootageFacts& facts) {
  std::unordered_map<std::uint64_t, std::size_t> first;
  const auto& packets = stream.packets;
  std::size_t run = 0, run_start = 0, source = 0, source_start = 0;
  int told = 0;
  const auto close = [&](std::size_t end) {
    if (run >= 3 && ++told <= 8) {
      const auto length = packets[end - 1].time - packets[run_start].time;
      if (length >= shortest_run) {
        auto sign = make_sign(SignKind::repeated_pictures,
                              at_stream(stream.index,
                                        std::to_string(run) + " 帧编码画面与自 " + seconds_text(packets[source_start].time) + " 起的相同",
                                        std::to_string(run) + " coded pictures equal those from " + seconds_text(packets[source_start].time)),
                              packets[run_start].offset, packets[run_start].time);
        sign.length = length;
        add_sign(facts, std::move(sign));
      }
    }
    run = 0;
  };
  for (std::size_t i = 0; i < packets.size(); ++i) {
    if (packets[i].print == 0 || packets[i].size < 128) continue;
    const auto [found, fresh] = first.try_emplace(packets[i].print, i);
    const auto at = found->second;
    const bool same = !fresh && packets[at].size == packets[i].size;
    // Going on: the source moves along, or stands (one picture over and over).
    if (run > 0 && !(same && (at == source || (at > source && at <= source + 3)))) close(i);
    if (!same) continue;
    if (run == 0) run_start = i, source_start = at;
    source = at;
    ++run;
  }
  close(packets.size());
}

void read_index(const PacketLog& log, const Structure& structure, FootageFacts& facts) {
  struct Used {
    std::int64_t from, to;
    const Packet* packet;
    bool played;
  };
  std::vector<Used> used;
  used.reserve(log.count);
  for (const auto& stream : log.streams)
    for (const auto& p : stream.packets)
      if (p.size > 0 && p.offset >= 0)
        used.push_back({p.offset, p.offset + p.size, &p,
                        stream.kind == StreamKind::video || stream.kind == StreamKind::audio});
  std::sort(used.begin(), used.end(), [](const Used& a, const Used& b) { return a.from < b.from; });
  int shared = 0;
  std::int64_t reach = 0, unused = 0, widest = 0, widest_at = -1;
  std::size_t next = 0;
  const auto leave = [&](std::int64_t from, std::int64_t to) {
    if (to <= from) return;
    unused += to - from;
    if (to - from > widest) widest = to - from, widest_at = from;
  };
  std::int64_t payload = 0;
  auto ranges = structure.payload;
  std::sort(ranges.begin(), ranges.end(), [](const ByteRange& a, const ByteRange& b) { return a.from < b.from; });
  for (const auto& range : ranges) {
    payload += std::max<std::int64_t>(0, range.to - range.from);
    reach = std::max(reach, range.from);
    for (; next < used.size() && used[next].from < range.to; ++next) {
      leave(reach, used[next].from);
      if (used[next].from < reach && next > 0 && used[next].played && ++shared <= 3)
        add_sign(facts, make_sign(SignKind::shared_bytes,
                                  {seconds_text(used[next].packet->time) + " 处的数据包在字节 " + std::to_string(used[next].from) + " 至 " +
                                       std::to_string(used[next].to) + "，索引中在前的一项也指向这里",
                                   "the packet at " + seconds_text(used[next].packet->time) + " lies in bytes " +
                                       std::to_string(used[next].from) + " to " + std::to_string(used[next].to) +
                                       ", which an earlier entry of the index covers too"},
                                  used[next].from, std::max(used[next].packet->time, used[next - 1].packet->time)));
      reach = std::max(reach, used[next].to);
    }
    leave(reach, range.to);
  }
  if (unused < least_unindexed || unused * 100 < payload * 3) return;
  add_sign(facts, make_sign(SignKind::unindexed_pictures,
                            {"影像数据 " + std::to_string(payload) + " 字节，其中 " + std::to_string(unused) +
                                 " 字节不在索引的任何一项中，最长的一段自字节 " + std::to_string(widest_at) + " 起，" + std::to_string(widest) + " 字节",
                             std::to_string(unused) + " of " + std::to_string(payload) +
                                 " footage bytes in no entry of the index, the longest run " + std::to_string(widest) +
                                 " bytes from byte " + std::to_string(widest_at)},
                            widest_at));
}

}  // namespace

void read_copy_signs(const PacketLog& log, const Structure& structure, FootageFacts& facts) {
  for (const auto& stream : log.streams)
    if (stream.kind == StreamKind::video) read_repeats(stream, facts);
  if (log.count > 0 && log.count < PacketLog::most && !structure.payload.empty() && !structure.fragmented)
    read_index(log, structure, facts);
}

}  // namespace jianlu::footage
