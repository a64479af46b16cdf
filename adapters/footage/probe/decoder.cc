#include "adapters/footage/probe/decoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
}

#include <new>

namespace jianlu::footage {

bool has_errors(const AVFrame& frame) {
  constexpr int made_up = FF_DECODE_ERROR_INVALID_BITSTREAM | FF_DECODE_ERROR_CONCEALMENT_ACTIVE | FF_DECODE_ERROR_DECODE_SLICES;
  return (frame.decode_error_flags & made_up) != 0;
}

bool can_decode(const AVCodecParameters& parameters) {
  return avcodec_find_decoder(parameters.codec_id) != nullptr;  // see parts.cc
}

Decoder::Decoder(const AVCodecParameters& parameters, AVRational time_base, std::int64_t most_pixels,
                 bool alone) {
  frame_ = av_frame_alloc();
  const auto* codec = avcodec_find_decoder(parameters.codec_id);
  if (!frame_) throw std::bad_alloc();
  if (!codec) return;
  context_ = avcodec_alloc_context3(codec);
  if (!context_) throw std::bad_alloc();
  if (avcodec_parameters_to_context(context_, &parameters) >= 0) {
    context_->pkt_timebase = time_base;
    context_->thread_count = 1;  // files run side by side; a worker starts no thread
    context_->max_pixels = most_pixels;
    context_->skip_loop_filter = alone ? AVDISCARD_ALL : AVDISCARD_DEFAULT;
    if (alone) context_->flags |= AV_CODEC_FLAG_LOW_DELAY | AV_CODEC_FLAG_OUTPUT_CORRUPT;
    if (avcodec_open2(context_, codec, nullptr) >= 0) return;
  }
  avcodec_free_context(&context_);
}

Decoder::~Decoder() {
  avcodec_free_context(&context_);
  av_frame_free(&frame_);
}

void Decoder::take(const OnFrame& on_frame) {
  while (avcodec_receive_frame(context_, frame_) >= 0) {
    on_frame(*frame_);
    av_frame_unref(frame_);
  }
}

bool Decoder::send(const AVPacket& packet, const OnFrame& on_frame) {
  if (!context_) return true;  // nothing tried
  const int code = avcodec_send_packet(context_, &packet);
  take(on_frame);
  return code >= 0;
}

void Decoder::drain(const OnFrame& on_frame) {
  if (!context_) return;
  avcodec_send_packet(context_, nullptr);
  take(on_frame);
  avcodec_flush_buffers(context_);
}

}  // namespace jianlu::footage
