#include <algorithm>
#include <array>
#include <cmath>

#include "adapters/footage/scan/packet_signs.h"

namespace jianlu::footage {
namespace {

constexpr std::size_t least_packets = 20;
constexpr double regular = 0.9;

// Samples of sound that one access unit of the codec holds; empty where it varies.
std::vector<int> unit_lengths(const std::string& codec) {
  if (codec == "aac") return {1024, 2048, 960, 1920, 512, 480};
  if (codec == "mp3") return {1152, 576};
  if (codec == "ac3") return {1536};
  return {};
}

void read_speed(const PacketStream& stream, const Pace& pace, FootageFacts& facts) {
  const auto lengths = unit_lengths(stream.codec);
  if (lengths.empty() || stream.sample_rate <= 0 || pace.share < regular) return;
  const auto samples = static_cast<double>(pace.step) * stream.sample_rate / 1e6;
  const auto slack = static_cast<double>(pace.tolerance) * stream.sample_rate / 1e6;
  for (const int length : lengths)
    if (std::abs(samples - length) < std::max(slack, length * 0.005)) return;
  add_sign(facts, make_sign(SignKind::speed_disagrees,
                            at_stream(stream.index,
                                      "按封装每个声音包长 " + std::to_string(std::lround(samples)) + " 个采样，而 " + stream.codec + " 每包有 " +
                                          std::to_string(lengths[0]) + " 个",
                                      "each packet of sound lasts " + std::to_string(std::lround(samples)) +
                                          " samples in the container, yet " + stream.codec + " holds " + std::to_string(lengths[0])),
                            std::nullopt, stream.packets.front().time));
}

// Where the beat of the time stamps lies between `from` and `to`, beside the one that starts at `zero`: the middle one.
double beat(const std::vector<std::int64_t>& times, std::size_t from, std::size_t to, std::int64_t zero, double step) {
  std::vector<double> off;
  for (auto i = from; i < to; ++i) off.push_back(std::remainder(static_cast<double>(times[i] - zero), step));
  std::nth_element(off.begin(), off.begin() + static_cast<std::ptrdiff_t>(off.size() / 2), off.end());
  return off[off.size() / 2];
}

// Who drops pictures leaves out whole steps, and a late one is made up for: the beat stays. What was put together from
// two recordings has two.
bool leaves_beat(const std::vector<std::int64_t>& times, std::size_t at, const Pace& pace) {
  constexpr std::size_t around = 6;
  if (at < around || at + around > times.size()) return false;
  const auto step = static_cast<double>(pace.step);
  const auto shift = beat(times, at, at + around, times[at], step) - beat(times, at - around, at, times[at], step);
  return std::abs(std::remainder(shift, step)) > std::max(step / 10, 2.0 * static_cast<double>(pace.tolerance));
}

}  // namespace

Pace pace_of(const std::vector<std::int64_t>& times, std::int64_t time_scale) {
  Pace pace;
  if (times.size() < least_packets) return pace;
  std::vector<std::int64_t> steps;
  steps.reserve(times.size());
  for (std::size_t i = 1; i < times.size(); ++i) steps.push_back(times[i] - times[i - 1]);
  std::sort(steps.begin(), steps.end());
  pace.tolerance = std::max<std::int64_t>(100, time_scale > 0 ? 2'500'000 / time_scale : 0);
  std::size_t from = 0, best = 0, middle = 0;
  for (std::size_t to = 0; to < steps.size(); ++to) {
    while (steps[to] - steps[from] > pace.tolerance) ++from;
    if (to - from + 1 > best) best = to - from + 1, middle = from + best / 2;
  }
  pace.step = steps[middle];
  pace.share = static_cast<double>(best) / static_cast<double>(steps.size());
  return pace;
}

void read_pace_signs(const PacketStream& stream, FootageFacts& facts) {
  const auto times = presentation_times(stream);
  const auto pace = pace_of(times, stream.time_scale);
  if (pace.step <= 0) return;
  auto& out = facts.streams[static_cast<std::size_t>(stream.index)];
  if (pace.share >= 0.5) out.usual_rate = 1e6 / static_cast<double>(pace.step);
  read_speed(stream, pace, facts);
  // Uncompressed sound comes in packets of any length.
  if (pace.share < regular || (stream.kind == StreamKind::audio && unit_lengths(stream.codec).empty())) return;
  const auto slack = std::max(pace.tolerance, pace.step / 10);
  // The first and last steps of sound carry its priming and padding.
  const std::size_t margin = stream.kind == StreamKind::audio ? 2 : 1;
  std::vector<std::size_t> off;
  for (std::size_t i = 1 + margin; i + margin < times.size(); ++i)
    if (std::abs(times[i] - times[i - 1] - pace.step) > slack) off.push_back(i);
  if (off.size() > std::max<std::size_t>(3, times.size() / 500)) return;  // this clock jitters anyway
  for (std::size_t k = 0; k < std::min<std::size_t>(off.size(), 8); ++k) {
    const auto step = seconds_text(times[off[k]] - times[off[k] - 1]), usual = seconds_text(pace.step);
    auto what = at_stream(stream.index, "一步 " + step + "，其余每步 " + usual, "a step of " + step + " among steps of " + usual);
    if (!leaves_beat(times, off[k], pace)) {
      add_sign(facts, make_sign(SignKind::time_step, std::move(what), std::nullopt, times[off[k]]));
      continue;
    }
    what.zh += "，此后的节拍也变了";
    what.en += ", and the beat after it is another one";
    auto sign = make_sign(SignKind::phase_step, std::move(what), std::nullopt, times[off[k]]);
    // A microphone's driver loses any number of samples.
    if (stream.kind == StreamKind::audio) sign.weight = Weight::weak;
    add_sign(facts, std::move(sign));
  }
}

}  // namespace jianlu::footage
