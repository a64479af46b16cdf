#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "adapters/footage/scan/packet_signs.h"

namespace jianlu::footage {
namespace {

constexpr std::size_t least_intervals = 4;
constexpr double rhythmic = 0.7;

std::vector<std::size_t> key_packets(const PacketStream& stream) {
  std::vector<std::size_t> keys;
  for (std::size_t i = 0; i < stream.packets.size(); ++i)
    if (stream.packets[i].key) keys.push_back(i);
  return keys;
}

void read_rhythm(const PacketStream& stream, FootageFacts& facts) {
  const auto rhythm = key_rhythm_of(stream);
  facts.streams[static_cast<std::size_t>(stream.index)].key_interval = rhythm.interval;
  for (const auto i : rhythm.breaks) {
    std::size_t before = i;
    while (before > 0 && !stream.packets[before - 1].key) --before;
    const auto& p = stream.packets[i];
    add_sign(facts, make_sign(SignKind::key_rhythm,
                              at_stream(stream.index,
                                        "隔 " + std::to_string(i - before + 1) + " 帧出现关键帧，通常隔 " + std::to_string(rhythm.interval) + " 帧",
                                        "a key frame after " + std::to_string(i - before + 1) + " pictures where " +
                                            std::to_string(rhythm.interval) + " are usual"),
                              p.offset >= 0 ? std::optional(p.offset) : std::nullopt, p.time));
  }
}

// What x264 and x265 say about themselves: "… keyint=250 … scenecut=40 …".
std::optional<int> setting(const std::string& message, std::string_view name) {
  const auto at = message.find(" " + std::string(name) + "=");
  if (at == message.npos) return std::nullopt;
  const char* from = message.data() + at + name.size() + 2;
  int value = 0;
  if (std::from_chars(from, message.data() + message.size(), value).ec != std::errc()) return std::nullopt;
  return value;
}

void read_scene_cuts(const PacketStream& stream, FootageFacts& facts) {
  const auto& message = facts.streams[static_cast<std::size_t>(stream.index)].encoder_message;
  const auto longest = setting(message, "keyint"), cut = setting(message, "scenecut");
  if (!longest || !cut || *cut == 0) return;
  const auto keys = key_packets(stream);
  int told = 0;
  for (std::size_t k = 1; k < keys.size() && told < 8; ++k) {
    if (keys[k] - keys[k - 1] >= static_cast<std::size_t>(*longest)) continue;
    ++told;
    add_sign(facts, make_sign(SignKind::encoder_scene_cut,
                              at_stream(stream.index,
                                        "隔 " + std::to_string(keys[k] - keys[k - 1]) + " 帧就出现关键帧，编码器的上限是 " + std::to_string(*longest) + " 帧",
                                        "a key frame after " + std::to_string(keys[k] - keys[k - 1]) +
                                            " pictures, the encoder's limit being " + std::to_string(*longest)),
                              std::nullopt, stream.packets[keys[k]].time));
  }
}

void read_parameters(const PacketStream& stream, FootageFacts& facts) {
  std::uint32_t before = 0;
  int told = 0;
  for (const auto& p : stream.packets) {
    if (p.parameters == 0) continue;
    if (before != 0 && p.parameters != before && ++told <= 8)
      add_sign(facts, make_sign(SignKind::parameters_change,
                                at_stream(stream.index, "从这里起参数集（SPS、PPS）不同", "other parameter sets (SPS, PPS) from here on"),
                                p.offset >= 0 ? std::optional(p.offset) : std::nullopt, p.time));
    before = p.parameters;
  }
}

// The point where the sizes of ordinary pictures change most, in steps of their own scatter.
void read_sizes(const PacketStream& stream, FootageFacts& facts) {
  std::vector<const Packet*> plain;
  for (const auto& p : stream.packets)
    if (!p.key && p.size > 0) plain.push_back(&p);
  constexpr std::size_t window = 24;
  if (plain.size() < 3 * window) return;
  std::vector<double> sum(plain.size() + 1, 0), squares(plain.size() + 1, 0);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const double bits = std::log2(plain[i]->size);
    sum[i + 1] = sum[i] + bits;
    squares[i + 1] = squares[i] + bits * bits;
  }
  const auto mean = [&](std::size_t a) { return (sum[a + window] - sum[a]) / window; };
  const auto spread = [&](std::size_t a) { return (squares[a + window] - squares[a]) / window - mean(a) * mean(a); };
  double best = 0;
  std::size_t where = 0;
  for (std::size_t i = window; i + window <= plain.size(); ++i) {
    const double change = std::abs(mean(i) - mean(i - window));
    if (change < 1) continue;
    const double strength = change / std::sqrt((spread(i) + spread(i - window)) / 2 + 0.02);
    if (strength > best) best = strength, where = i;
  }
  if (best < 4) return;
  const auto before = std::to_string(std::lround(std::exp2(mean(where - window)))), after = std::to_string(std::lround(std::exp2(mean(where))));
  add_sign(facts, make_sign(SignKind::size_step,
                            at_stream(stream.index, "画面此前约 " + before + " 字节，此后约 " + after + " 字节",
                                      "pictures of about " + before + " bytes before, " + after + " after"),
                            std::nullopt, plain[where]->time));
}

// An ordinary picture that had to be coded anew because nothing before it helped.
void read_bursts(const PacketStream& stream, FootageFacts& facts) {
  std::vector<const Packet*> plain;
  std::vector<std::uint32_t> keys, sizes;
  for (const auto& p : stream.packets) {
    (p.key ? keys : sizes).push_back(p.size);
    if (!p.key) plain.push_back(&p);
  }
  constexpr std::size_t around = 12;
  if (keys.empty() || plain.size() < 4 * around) return;
  std::nth_element(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(keys.size() / 2), keys.end());
  const double key = keys[keys.size() / 2];
  std::vector<std::size_t> bursts;
  std::vector<double> near, off;
  for (std::size_t i = 2; i < plain.size(); ++i) {
    if (plain[i]->size < 0.7 * key) continue;
    near.clear();
    off.clear();
    const auto from = i > around ? i - around : 0, to = std::min(plain.size(), i + around + 1);
    for (auto k = from; k < to; ++k)
      if (k != i) near.push_back(plain[k]->size);
    std::nth_element(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(near.size() / 2), near.end());
    const double middle = near[near.size() / 2];
    for (const double size : near) off.push_back(std::abs(size - middle));
    std::nth_element(off.begin(), off.begin() + static_cast<std::ptrdiff_t>(off.size() / 2), off.end());
    const double scatter = off[off.size() / 2] + 0.02 * middle;
    if (plain[i]->size > 1.4 * middle && plain[i]->size - middle > 8 * scatter) bursts.push_back(i);
  }
  if (bursts.size() > 4) return;  // a lively scene
  for (const auto i : bursts)
    add_sign(facts, make_sign(SignKind::size_burst,
                              at_stream(stream.index,
                                        "一帧普通画面有 " + std::to_string(plain[i]->size) + " 字节，关键帧约 " + std::to_string(std::lround(key)) + " 字节",
                                        "an ordinary picture of " + std::to_string(plain[i]->size) + " bytes, key frames having about " +
                                            std::to_string(std::lround(key))),
                              plain[i]->offset >= 0 ? std::optional(plain[i]->offset) : std::nullopt, plain[i]->time));
}

}  // namespace

KeyRhythm key_rhythm_of(const PacketStream& stream) {
  KeyRhythm out;
  const auto keys = key_packets(stream);
  if (keys.size() < least_intervals + 2) return out;
  // The first interval is often short: devices begin anew once the stream runs.
  std::map<std::size_t, std::size_t> counts;
  for (std::size_t k = 2; k < keys.size(); ++k) ++counts[keys[k] - keys[k - 1]];
  const auto usual = std::max_element(counts.begin(), counts.end(),
                                      [](const auto& a, const auto& b) { return a.second < b.second; });
  const auto intervals = keys.size() - 2;
  if (static_cast<double>(usual->second) < rhythmic * static_cast<double>(intervals)) return out;
  out.interval = static_cast<int>(usual->first);
  if (usual->first < 2 || intervals - usual->second > std::max<std::size_t>(3, intervals / 20)) return out;
  std::vector<std::int64_t> lengths;
  for (std::size_t k = 2; k < keys.size(); ++k)
    if (keys[k] - keys[k - 1] == usual->first)
      lengths.push_back(stream.packets[keys[k]].time - stream.packets[keys[k - 1]].time);
  std::nth_element(lengths.begin(), lengths.begin() + lengths.size() / 2, lengths.end());
  const auto length = lengths[lengths.size() / 2];
  for (std::size_t k = 2; k < keys.size(); ++k) {
    if (keys[k] - keys[k - 1] == usual->first) continue;
    // Pictures that were dropped leave fewer in the same time.
    const auto lasted = stream.packets[keys[k]].time - stream.packets[keys[k - 1]].time;
    if (std::abs(lasted - length) * 2 > length * 3 / static_cast<std::int64_t>(usual->first)) out.breaks.push_back(keys[k]);
  }
  return out;
}

void read_coding_signs(const PacketStream& stream, FootageFacts& facts) {
  read_rhythm(stream, facts);
  read_scene_cuts(stream, facts);
  read_parameters(stream, facts);
  read_sizes(stream, facts);
  read_bursts(stream, facts);
}

}  // namespace jianlu::footage
