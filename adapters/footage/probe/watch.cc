#include "adapters/footage/probe/watch.h"

extern "C" {
#include <libavformat/avformat.h>
}

#include <algorithm>

#include "adapters/footage/probe/sound_watch.h"
#include "adapters/footage/probe/video_watch.h"

namespace jianlu::footage {

Watch::Watch(Input& input, bool placed, const Examination& examination)
    : input_(input), placed_(placed), examination_(examination) {}

Watch::~Watch() = default;

Watch::Track& Watch::track(const AVStream& stream) {
  for (auto& t : tracks_)
    if (t.stream == stream.index) return t;
  Track added{stream.index, nullptr, nullptr};
  const auto& watching = examination_.watching;
  const auto& par = *stream.codecpar;
  if (can_decode(par) && par.codec_type == AVMEDIA_TYPE_VIDEO &&
      (watching.pictures || watching.clock || !watching.stills.empty()) &&
      !(stream.disposition & AV_DISPOSITION_ATTACHED_PIC)) {
    added.video = std::make_unique<VideoWatch>(stream, examination_, Packets(input_, placed_),
                                               watching.clock ? examination_.reader : nullptr, !has_video_);
    has_video_ = true;
  }
  if (can_decode(par) && par.codec_type == AVMEDIA_TYPE_AUDIO && (watching.sound || watching.speech))
    added.sound = std::make_unique<SoundWatch>(stream, examination_, Packets(input_, placed_));
  return tracks_.emplace_back(std::move(added));
}

void Watch::take(const AVStream& stream, const AVPacket& packet, std::optional<std::int64_t> time) {
  auto& t = track(stream);
  if (t.video) t.video->take(packet, time);
  if (t.sound) t.sound->take(packet, time);
}

void Watch::finish(FootageFacts& out) {
  for (auto& t : tracks_) {
    if (t.video) t.video->finish(out);
    if (t.sound) t.sound->finish(out);
  }
  std::stable_sort(out.observed.begin(), out.observed.end(),
                   [](const Observed& a, const Observed& b) { return a.start < b.start; });
}

std::vector<std::pair<int, DecodeErrors>> Watch::decode_errors() const {
  std::vector<std::pair<int, DecodeErrors>> out;
  for (const auto& t : tracks_) {
    if (t.video && t.video->errors().count > 0) out.emplace_back(t.stream, t.video->errors());
    if (t.sound && t.sound->errors().count > 0) out.emplace_back(t.stream, t.sound->errors());
  }
  return out;
}

void detect(FootageFacts& out, Event event, std::int64_t shortest) {
  for (auto& d : out.detects)
    if (d.event == event) {
      d.shortest = std::max(d.shortest, shortest);
      return;
    }
  out.detects.push_back({event, shortest});
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) -> unsigned {
      return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0;
    };
    const unsigned three = byte(0) << 16 | byte(1) << 8 | byte(2);
    out += letters[three >> 18];
    out += letters[three >> 12 & 63];
    out += i + 1 < bytes.size() ? letters[three >> 6 & 63] : '=';
    out += i + 2 < bytes.size() ? letters[three & 63] : '=';
  }
  return out;
}

}  // namespace jianlu::footage
