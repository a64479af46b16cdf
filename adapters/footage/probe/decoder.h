// One stream's decoder: libavcodec, one thread, only codecs on the list.
#pragma once

#include <cstdint>
#include <functional>

struct AVCodecContext;
struct AVCodecParameters;
struct AVFrame;
struct AVPacket;
struct AVRational;

namespace jianlu::footage {

// Packets that a decoder refused, and pictures that it had to make up in part.
struct DecodeErrors {
  std::int64_t count = 0, first = 0;  // first: when it is presented, microseconds
  void add(std::int64_t time) {
    if (count++ == 0) first = time;
  }
};
// Of a decoded picture.
bool has_errors(const AVFrame& frame);

bool can_decode(const AVCodecParameters& parameters);

class Decoder {
 public:
  // `alone`: each packet is a key frame decoded by itself, quickly; otherwise all in turn.
  Decoder(const AVCodecParameters& parameters, AVRational time_base, std::int64_t most_pixels, bool alone);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  using OnFrame = std::function<void(const AVFrame&)>;  // in presented order
  // False when the decoder could not make sense of the packet.
  bool send(const AVPacket& packet, const OnFrame& on_frame);
  // The frames still held back; afterwards the decoder begins anew.
  void drain(const OnFrame& on_frame);

 private:
  void take(const OnFrame& on_frame);

  AVCodecContext* context_ = nullptr;
  AVFrame* frame_ = nullptr;
};

}  // namespace jianlu::footage
