#include "adapters/footage/probe/sound_watch.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <algorithm>
#include <cmath>

#include "adapters/footage/probe/watch.h"

namespace jianlu::footage {
namespace {

// Codecs of which any packet decodes by itself, its neighbour's overlap apart.
bool can_sample(AVCodecID codec) { return codec == AV_CODEC_ID_AAC || codec == AV_CODEC_ID_AC3; }

constexpr std::size_t sample_packets = 3;  // the first lacks its neighbour
constexpr int enough_in_a_row = 3;         // four pieces make the shortest event
constexpr std::int64_t level_length = 10'000;

// Samples as floats between -1 and 1, whatever the format; by channel.
template <typename Take>
void each_sample(const AVFrame& frame, int channel, Take take) {
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const bool planar = av_sample_fmt_is_planar(format);
  const auto* data = frame.extended_data[planar ? channel : 0];
  const int step = planar ? 1 : frame.ch_layout.nb_channels, from = planar ? 0 : channel;
  const auto go = [&](const auto* samples, float scale, float zero) {
    for (int i = 0; i < frame.nb_samples; ++i)
      take(i, (static_cast<float>(samples[static_cast<std::ptrdiff_t>(i) * step + from]) - zero) * scale);
  };
  switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_U8:
      return go(data, 1.f / 128, 128);
    case AV_SAMPLE_FMT_S16:
      return go(reinterpret_cast<const std::int16_t*>(data), 1.f / 32768, 0);
    case AV_SAMPLE_FMT_S32:
      return go(reinterpret_cast<const std::int32_t*>(data), 1.f / 2147483648.f, 0);
    case AV_SAMPLE_FMT_FLT:
      return go(reinterpret_cast<const float*>(data), 1, 0);
    case AV_SAMPLE_FMT_DBL:
      return go(reinterpret_cast<const double*>(data), 1, 0);
    default:
      return;
  }
}

float peak_of(const AVFrame& frame) {
  float peak = 0;
  for (int c = 0; c < frame.ch_layout.nb_channels; ++c)
    each_sample(frame, c, [&](int, float v) { peak = std::max(peak, std::abs(v)); });
  return peak;
}

}  // namespace

SoundWatch::SoundWatch(const AVStream& stream, const Examination& examination, Packets packets)
    : watching_(examination.watching),
      time_base_(stream.time_base),
      packets_(std::move(packets)),
      sampling_(!watching_.speech && !examination.every_frame && can_sample(stream.codecpar->codec_id)),
      alone_(*stream.codecpar, stream.time_base, 0, true),
      turn_(*stream.codecpar, stream.time_base, 0, false),
      events_(watching_, stream.index) {
  if (watching_.speech) speech_.emplace(stream.index);
}

void SoundWatch::take(const AVPacket& packet, std::optional<std::int64_t> time) {
  if (packet.flags & AV_PKT_FLAG_DISCARD) return;
  auto kept = packets_.keep(packet, time);
  const auto at = time.value_or(end_);
  end_ = at + av_rescale_q(std::max<std::int64_t>(packet.duration, 0), time_base_, {1, 1'000'000});
  if (!sampling_) return decode(kept);
  if (!current_.packets.empty() && at - current_.start >= watching_.shortest / 4) end_piece();
  if (current_.packets.empty()) current_.start = at;
  current_.packets.push_back(std::move(kept));
}

// A run of quiet samples as long as the shortest event, less one piece at either end, is decoded in full,
// with the piece before it: there it begins.
void SoundWatch::end_piece() {
  auto piece = std::move(current_);
  current_ = Piece();
  if (!quiet(piece)) {
    quiet_.clear();
    in_a_row_ = 0;
    turning_ = false;
    before_ = std::move(piece);
    return;
  }
  quiet_.push_back(std::move(piece));
  if (++in_a_row_ < enough_in_a_row) return;
  if (in_a_row_ == enough_in_a_row) decode(before_);
  for (const auto& p : quiet_) decode(p);
  quiet_.clear();
}

bool SoundWatch::quiet(const Piece& piece) {
  float peak = 0;
  int frames = 0;
  const auto measure = [&](const AVFrame& frame) {
    if (frames++ > 0) peak = std::max(peak, peak_of(frame));
  };
  for (std::size_t i = 0; i < std::min(sample_packets, piece.packets.size()); ++i)
    if (const auto* packet = packets_.fetch(piece.packets[i])) alone_.send(*packet, measure);
  alone_.drain(measure);
  events_.sampled(peak);
  return events_.quiet(peak);
}

void SoundWatch::decode(const Piece& piece) {
  if (!turning_) turn_.drain([](const AVFrame&) {});
  turning_ = true;
  for (const auto& kept : piece.packets) decode(kept);
}

void SoundWatch::decode(const KeptPacket& kept) {
  if (const auto* packet = packets_.fetch(kept))
    if (!turn_.send(*packet, [this](const AVFrame& f) { heard(f); })) errors_.add(kept.time.value_or(end_));
}

void SoundWatch::heard(const AVFrame& frame) {
  if (frame.nb_samples <= 0 || frame.sample_rate <= 0 || frame.best_effort_timestamp == AV_NOPTS_VALUE)
    return;
  const auto start = av_rescale_q(frame.best_effort_timestamp, time_base_, {1, 1'000'000});
  const auto at = [&](int sample) { return start + sample * 1'000'000ll / frame.sample_rate; };
  const int step = std::max(1, static_cast<int>(level_length * frame.sample_rate / 1'000'000));
  std::vector<Level> levels;
  for (int i = 0; i < frame.nb_samples; i += step)
    levels.push_back({at(i), at(std::min(i + step, frame.nb_samples)), 0});
  for (int c = 0; c < frame.ch_layout.nb_channels; ++c)
    each_sample(frame, c, [&](int i, float v) {
      auto& peak = levels[static_cast<std::size_t>(i / step)].peak;
      peak = std::max(peak, std::abs(v));
    });
  if (watching_.sound)
    for (const auto& level : levels) events_.add(level);
  if (!speech_) return;
  std::vector<float> mono(static_cast<std::size_t>(frame.nb_samples));
  each_sample(frame, 0, [&](int i, float v) { mono[static_cast<std::size_t>(i)] = v; });
  speech_->add(start, mono, frame.sample_rate);
}

void SoundWatch::finish(FootageFacts& out) {
  if (sampling_ && !current_.packets.empty()) {
    end_piece();
    // What is too short to be a run ends with the track.
    if (in_a_row_ > 0 && in_a_row_ < enough_in_a_row) decode(before_);
    for (const auto& p : quiet_) decode(p);
  }
  if (watching_.sound) {
    events_.finish(out.observed);
    detect(out, Event::silence, watching_.shortest);
    detect(out, Event::muted, watching_.shortest);
  }
  if (speech_) {
    speech_->finish(out.observed);
    detect(out, Event::speech, SpeechEvents::shortest);
  }
}

}  // namespace jianlu::footage
