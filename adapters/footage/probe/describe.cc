#include "adapters/footage/probe/describe.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <cstdio>

#include "adapters/footage/scan/bytes.h"

namespace jianlu::footage {
namespace {

constexpr std::int64_t longest_time = 1ll << 52;  // 142 years; beyond it a time stamp is noise
constexpr std::size_t max_tag = 1024;

std::string tag(const AVDictionary* from, const char* key) {
  const auto* entry = av_dict_get(from, key, nullptr, 0);
  return entry ? trimmed(std::string_view(entry->value).substr(0, max_tag)) : std::string();
}

std::string digest_of(std::string_view bytes) {
  std::uint64_t h = 0xcbf29ce484222325ull;  // FNV-1a
  for (const unsigned char byte : bytes) h = (h ^ byte) * 0x100000001b3ull;
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(h));
  return text;
}

}  // namespace

std::optional<std::int64_t> microseconds(std::int64_t value, AVRational base) {
  if (value == AV_NOPTS_VALUE || base.num <= 0 || base.den <= 0) return std::nullopt;
  const auto us = av_rescale_q(value, base, {1, 1'000'000});
  if (us > longest_time || us < -longest_time) return std::nullopt;
  return us;
}

std::string encoder_message(std::string_view bytes) {
  for (const std::string_view mark : {"x264 - core", "x265 (build", "Lavc5", "Lavc6", "Lavc4"})
    if (const auto at = bytes.find(mark); at != bytes.npos) return run_at(bytes.substr(at), 0, 800);
  return {};
}

StreamFacts describe(const AVStream& stream) {
  const auto& par = *stream.codecpar;
  StreamFacts facts;
  facts.index = stream.index;
  switch (par.codec_type) {
    case AVMEDIA_TYPE_VIDEO:
      facts.kind = StreamKind::video;
      break;
    case AVMEDIA_TYPE_AUDIO:
      facts.kind = StreamKind::audio;
      break;
    case AVMEDIA_TYPE_SUBTITLE:
      facts.kind = StreamKind::subtitle;
      break;
    default:
      facts.kind = StreamKind::data;
  }
  const auto* codec = avcodec_descriptor_get(par.codec_id);
  facts.codec = codec ? codec->name : "unknown";
  facts.width = par.width;
  facts.height = par.height;
  facts.sample_rate = par.sample_rate;
  facts.channels = par.ch_layout.nb_channels;
  if (stream.duration > 0) facts.duration = microseconds(stream.duration, stream.time_base);
  facts.handler = tag(stream.metadata, "handler_name");
  facts.encoder = tag(stream.metadata, "encoder");
  if (stream.time_base.num == 1) facts.time_scale = stream.time_base.den;
  if (par.extradata_size > 0) {
    const std::string_view extra(reinterpret_cast<const char*>(par.extradata),
                                 static_cast<std::size_t>(par.extradata_size));
    facts.encoder_message = encoder_message(extra);
    facts.parameters = digest_of(extra);
  }
  return facts;
}

void read_picture_size(const AVCodecParameters& par, const AVPacket& packet, StreamFacts& facts) {
  auto* parser = av_parser_init(par.codec_id);
  auto* codec = avcodec_alloc_context3(nullptr);
  if (parser && codec && avcodec_parameters_to_context(codec, &par) >= 0) {
    parser->flags |= PARSER_FLAG_COMPLETE_FRAMES;
    unsigned char* frame = nullptr;
    int size = 0;
    av_parser_parse2(parser, codec, &frame, &size, packet.data, packet.size, AV_NOPTS_VALUE, AV_NOPTS_VALUE,
                     -1);
    facts.width = parser->width > 0 ? parser->width : codec->width;
    facts.height = parser->height > 0 ? parser->height : codec->height;
  }
  av_parser_close(parser);
  avcodec_free_context(&codec);
}

}  // namespace jianlu::footage
