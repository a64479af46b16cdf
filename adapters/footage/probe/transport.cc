#include "adapters/footage/probe/transport.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <map>
#include <memory>

#include "adapters/footage/scan/packets.h"
#include "adapters/footage/scan/transport.h"

namespace jianlu::footage {
namespace {

static_assert(unit_padding >= AV_INPUT_BUFFER_PADDING_SIZE);

struct Free {
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
  void operator()(AVCodecParserContext* parser) const { av_parser_close(parser); }
};

// Key frames and fields as libavcodec's own parser sees them, which reads no further than the first slice.
class Pictures {
 public:
  bool open(const AVCodecParameters& parameters) {
    parser_.reset(av_parser_init(parameters.codec_id));
    codec_.reset(avcodec_alloc_context3(nullptr));
    if (!parser_ || !codec_ || avcodec_parameters_to_context(codec_.get(), &parameters) < 0) return false;
    parser_->flags |= PARSER_FLAG_COMPLETE_FRAMES;
    name_ = avcodec_get_name(parameters.codec_id);
    return true;
  }
  // Gives how long the picture is shown, in fields less one.
  int read(const AccessUnit& unit, bool shifted, CodedPacket& to) {
    unsigned char* frame = nullptr;
    int size = 0;
    av_parser_parse2(parser_.get(), codec_.get(), &frame, &size,
                     reinterpret_cast<const unsigned char*>(unit.head.data()),
                     static_cast<int>(unit.head.size()), AV_NOPTS_VALUE, AV_NOPTS_VALUE, -1);
    to.key = parser_->key_frame == 1 || (parser_->key_frame == -1 && parser_->pict_type == AV_PICTURE_TYPE_I);
    to.print = unit.print;
    if (to.key) to.parameters = parameters_of(unit.head.substr(shifted, 512), name_, true);
    return parser_->repeat_pict;
  }

 private:
  std::unique_ptr<AVCodecParserContext, Free> parser_;
  std::unique_ptr<AVCodecContext, Free> codec_;
  std::string name_;
};

class Walk {
 public:
  explicit Walk(const std::vector<CodedPackets>& first)
      : first_(first), all_(first.size()), lanes_(first.size()) {}

  std::optional<std::vector<CodedPackets>> run(Input& input, const AVFormatContext& context) {
    std::vector<TransportStream> streams;
    for (unsigned i = 0; i < context.nb_streams; ++i) {
      const auto& stream = *context.streams[i];
      const auto coding = coding_of(*stream.codecpar);
      const bool pictures = coding == TransportCoding::h264 || coding == TransportCoding::hevc;
      if (stream.time_base.num != 1 || stream.time_base.den != 90'000) return std::nullopt;
      if (pictures && !lanes_[i].pictures.emplace().open(*stream.codecpar)) return std::nullopt;
      lanes_[i].hevc = coding == TransportCoding::hevc;
      streams.push_back({stream.id, coding});
    }
    if (!read_transport(input, streams, [this](const AccessUnit& unit) { return take(unit); }))
      return std::nullopt;
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (all_[i].size() < first_[i].size() || !last_is_alike(i)) return std::nullopt;
    return std::move(all_);
  }

 private:
  struct Lane {
    std::optional<Pictures> pictures;
    bool hevc = false;
    SoundTimes times;
    std::map<int, std::int64_t> durations;  // by what the parser says of the picture
  };

  static TransportCoding coding_of(const AVCodecParameters& parameters) {
    switch (parameters.codec_id) {
      case AV_CODEC_ID_H264:
        return TransportCoding::h264;
      case AV_CODEC_ID_HEVC:
        return TransportCoding::hevc;
      case AV_CODEC_ID_AAC:
        return TransportCoding::adts;
      default:
        return TransportCoding::other;
    }
  }

  // The last packet so far is what libavformat made of it, where that is known.
  bool last_is_alike(std::size_t stream) const {
    const auto at = all_[stream].size();
    return at == 0 || at > first_[stream].size() || all_[stream][at - 1] == first_[stream][at - 1];
  }

  bool take(const AccessUnit& unit) {
    auto& packets = all_[unit.stream];
    auto& lane = lanes_[unit.stream];
    const auto& first = first_[unit.stream];
    if (first.size() < 2 || ++count_ > PacketLog::most || (!unit.pts && packets.empty())) return false;
    CodedPacket packet;
    packet.position = unit.position;
    packet.size = unit.size;
    if (unit.pts) lane.times = {*unit.pts, 0};
    packet.pts = unit.rate > 0 ? lane.times.next(90'000, unit.rate) : lane.times.stated;
    ++lane.times.frames;
    packet.key = true;
    int kind = 0;
    if (lane.pictures) {
      // libavcodec leaves the first zero of a long start code to the picture before it.
      const bool shifted = lane.hevc && !packets.empty() && unit.head[2] == 0;
      if (shifted) --packet.size, ++packets.back().size;
      kind = lane.pictures->read(unit, shifted, packet);
    }
    if (!last_is_alike(unit.stream)) return false;
    if (packets.size() < first.size()) lane.durations.try_emplace(kind, first[packets.size()].duration);
    const auto duration = lane.durations.find(kind);
    if (duration == lane.durations.end()) return false;
    packet.duration = duration->second;
    packets.push_back(packet);
    return true;
  }

  const std::vector<CodedPackets>& first_;
  std::vector<CodedPackets> all_;
  std::vector<Lane> lanes_;
  std::size_t count_ = 0;
};

}  // namespace

std::optional<std::vector<CodedPackets>> walk_transport(Input& input, const AVFormatContext& context,
                                                        const std::vector<CodedPackets>& first) {
  if (first.size() != context.nb_streams) return std::nullopt;
  return Walk(first).run(input, context);
}

}  // namespace jianlu::footage
