#include "adapters/footage/scan/packet_signs.h"

#include <algorithm>
#include <cstdio>

namespace jianlu::footage {
namespace {

constexpr std::size_t max_signs = 100;
constexpr std::size_t max_key_prints = 4096, few_key_prints = 64, max_prints = 256;
constexpr std::int64_t length_slack = 500'000;

// Key frames; where those are few, other pictures of the smallest hashes too, so that any two files that share
// pictures keep the same ones.
void keep_prints(const PacketLog& log, FootageFacts& facts) {
  for (const auto& stream : log.streams) {
    if (stream.kind != StreamKind::video) continue;
    std::vector<Print> others;
    for (const auto& p : stream.packets) {
      if (p.print == 0 || p.size < 128) continue;
      auto& to = p.key ? facts.prints : others;
      if (to.size() < 1'000'000) to.push_back({p.print, p.time});
    }
    const auto by_hash = [](const Print& a, const Print& b) { return a.hash < b.hash; };
    std::sort(facts.prints.begin(), facts.prints.end(), by_hash);
    if (facts.prints.size() > max_key_prints) facts.prints.resize(max_key_prints);
    std::sort(others.begin(), others.end(), by_hash);
    if (facts.prints.size() < few_key_prints)
      for (std::size_t i = 0; i < others.size() && facts.prints.size() < max_prints; ++i)
        facts.prints.push_back(others[i]);
    std::sort(facts.prints.begin(), facts.prints.end(),
              [](const Print& a, const Print& b) { return a.time < b.time; });
    if (!facts.prints.empty()) return;
  }
}

void read_lengths(const PacketLog& log, FootageFacts& facts) {
  std::optional<std::int64_t> picture, sound;
  for (const auto& stream : log.streams) {
    std::optional<std::int64_t> end;
    for (const auto& p : stream.packets)
      if (!p.hidden) end = std::max(end.value_or(p.time), p.time);
    if (stream.kind == StreamKind::video && !picture) picture = end;
    if (stream.kind == StreamKind::audio && !sound) sound = end;
  }
  if (!picture || !sound || std::abs(*picture - *sound) < length_slack) return;
  add_sign(facts, make_sign(SignKind::lengths_differ,
                            {"画面到 " + seconds_text(*picture) + " 为止，声音到 " + seconds_text(*sound) + " 为止",
                             "picture ends at " + seconds_text(*picture) + ", sound at " + seconds_text(*sound)},
                            std::nullopt, std::min(*picture, *sound)));
}

void read_hidden(const PacketStream& stream, FootageFacts& facts) {
  if (stream.kind != StreamKind::video) return;
  std::size_t before = 0, after = 0;
  std::optional<std::int64_t> first, last;
  for (const auto& p : stream.packets)
    if (!p.hidden) {
      first = std::min(first.value_or(p.time), p.time);
      last = std::max(last.value_or(p.time), p.time);
    }
  for (const auto& p : stream.packets)
    if (p.hidden) (last && p.time > *last ? after : before)++;
  const auto add = [&](std::size_t count, const char* where_zh, const char* where, std::optional<std::int64_t> time) {
    if (count > 0)
      add_sign(facts, make_sign(SignKind::hidden_video,
                                at_stream(stream.index,
                                          "存有 " + std::to_string(stream.packets.size()) + " 帧，其中 " + std::to_string(count) +
                                              " 帧被编辑列表隐藏，在所显示部分之" + where_zh,
                                          std::to_string(count) + " of " + std::to_string(stream.packets.size()) +
                                              " stored frames hidden by the edit list, " + where),
                                std::nullopt, time));
  };
  add(before, "前", "before what is shown", first);
  add(after, "后", "after what is shown", last);
}

}  // namespace

void add_sign(FootageFacts& facts, Sign sign) {
  if (facts.signs.size() < max_signs) facts.signs.push_back(std::move(sign));
}

std::vector<std::int64_t> presentation_times(const PacketStream& stream) {
  std::vector<std::int64_t> times;
  times.reserve(stream.packets.size());
  for (const auto& p : stream.packets) times.push_back(p.time);
  std::sort(times.begin(), times.end());
  return times;
}

void read_packet_signs(const PacketLog& log, const Structure& structure, FootageFacts& facts) {
  for (const auto& stream : log.streams) {
    read_hidden(stream, facts);
    if (stream.kind != StreamKind::video && stream.kind != StreamKind::audio) continue;
    read_pace_signs(stream, facts);
    read_stretch_signs(stream, facts);
    if (stream.kind == StreamKind::video) read_coding_signs(stream, facts);
  }
  read_lengths(log, facts);
  read_copy_signs(log, structure, facts);
  keep_prints(log, facts);
}

}  // namespace jianlu::footage
