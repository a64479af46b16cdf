#include "adapters/footage/probe/listed.h"

extern "C" {
#include <libavformat/avformat.h>
}

#include <algorithm>

#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/fragments.h"
#include "adapters/footage/scan/packets.h"

namespace jianlu::footage {
namespace {

bool is_sound(const AVStream& stream) { return stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO; }

// `all` of one stream as libavformat would give them: all of one duration, all as far from the time in the
// table.
bool agree(CodedPackets& all, const CodedPackets& first) {
  if (first.empty() && all.empty()) return true;
  if (first.size() < 2 || all.size() < first.size()) return false;
  const auto shift = first[0].pts - all[0].pts;
  for (auto& packet : all) {
    packet.pts += shift;
    packet.duration = first[0].duration;
  }
  return std::equal(first.begin(), first.end(), all.begin());
}

std::optional<std::vector<CodedPackets>> agreed(std::vector<CodedPackets> all,
                                                const std::vector<CodedPackets>& first) {
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!agree(all[i], first[i])) return std::nullopt;
  return all;
}

// A chunk in the list "movi" of an AVI.
struct Chunk {
  std::int64_t at;
  std::uint32_t size;
  unsigned stream;
};

std::optional<Chunk> chunk_at(Input& input, std::int64_t at) {
  const auto header = input.view(at, 8);
  if (header.size() < 8) return std::nullopt;
  const auto kind = header.substr(2, 2);
  const auto tens = static_cast<unsigned>(header[0] - '0'), ones = static_cast<unsigned>(header[1] - '0');
  if (tens > 9 || ones > 9 || (kind != "dc" && kind != "db" && kind != "wb")) return std::nullopt;
  return Chunk{at, static_cast<std::uint32_t>(little_endian(header, 4, 4)), tens * 10 + ones};
}

// From the head of the list to the index behind it one chunk follows the other, as the index has them. It
// leaves out those that hold nothing.
bool lie_side_by_side(Input& input, const std::vector<Chunk>& listed, unsigned streams) {
  if (listed.empty() || input.view(listed[0].at - 4, 4) != "movi") return false;
  auto next = listed.begin();
  for (auto at = listed[0].at;;) {
    const auto chunk = chunk_at(input, at);
    if (!chunk) return next == listed.end() && input.view(at, 4) == "idx1";
    if (chunk->size > 0) {
      if (next == listed.end() || next->at != at || next->size != chunk->size ||
          next->stream != chunk->stream)
        return false;
      ++next;
    }
    if (chunk->stream >= streams) return false;
    at += 8 + chunk->size + (chunk->size & 1);
  }
}

}  // namespace

std::optional<std::vector<CodedPackets>> listed_in_fragments(Input& input, const Structure& structure,
                                                             const AVFormatContext& context,
                                                             const std::vector<CodedPackets>& first) {
  std::vector<int> tracks;
  for (unsigned i = 0; i < context.nb_streams; ++i) tracks.push_back(context.streams[i]->id);
  const auto samples = read_fragments(input, structure, tracks, PacketLog::most);
  if (!samples || first.size() != tracks.size()) return std::nullopt;
  std::vector<CodedPackets> all(tracks.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].reserve((*samples)[i].size());
    for (const auto& sample : (*samples)[i]) {
      auto& packet = all[i].emplace_back();
      packet.pts = sample.time;
      packet.position = sample.position;
      packet.size = sample.size;
      packet.key = sample.key || is_sound(*context.streams[i]);
    }
  }
  return agreed(std::move(all), first);
}

std::optional<std::vector<CodedPackets>> listed_in_chunks(Input& input, const AVFormatContext& context,
                                                          const std::vector<CodedPackets>& first) {
  if (first.size() != context.nb_streams) return std::nullopt;
  std::vector<CodedPackets> all(first.size());
  std::vector<Chunk> chunks;
  for (unsigned i = 0; i < context.nb_streams; ++i) {
    auto* stream = context.streams[i];
    const int count = avformat_index_get_entries_count(stream);
    for (int k = 0; k < count; ++k) {
      const auto entry = *avformat_index_get_entry(stream, k);
      if (entry.size <= 0) return std::nullopt;
      chunks.push_back({entry.pos, static_cast<std::uint32_t>(entry.size), i});
      auto& packet = all[i].emplace_back();
      packet.pts = entry.timestamp;
      packet.position = entry.pos + 8;
      packet.size = chunks.back().size;
      packet.key = entry.flags & AVINDEX_KEYFRAME || is_sound(*stream);
      if (k > 0 && packet.position <= all[i][static_cast<std::size_t>(k) - 1].position) return std::nullopt;
    }
  }
  std::sort(chunks.begin(), chunks.end(), [](const Chunk& a, const Chunk& b) { return a.at < b.at; });
  if (chunks.size() > PacketLog::most || !lie_side_by_side(input, chunks, context.nb_streams))
    return std::nullopt;
  return agreed(std::move(all), first);
}

}  // namespace jianlu::footage
