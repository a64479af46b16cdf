#include "adapters/footage/probe/frame.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

#include <algorithm>
#include <cstring>
#include <new>

#include "adapters/footage/probe/packets.h"

namespace jianlu::footage {
namespace {

bool full_range(const AVFrame& frame) {
  return frame.color_range == AVCOL_RANGE_JPEG || frame.format == AV_PIX_FMT_YUVJ420P ||
         frame.format == AV_PIX_FMT_YUVJ422P || frame.format == AV_PIX_FMT_YUVJ444P ||
         frame.format == AV_PIX_FMT_GRAY8;
}

struct FreeScaler {
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
struct FreeCodec {
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
};
}  // namespace

void Frame::Free::operator()(AVFrame* frame) const { av_frame_free(&frame); }

Frame::Frame(const AVFrame& frame, AVRational time_base) : frame_(av_frame_clone(&frame)) {
  if (!frame_) throw std::bad_alloc();
  const auto pts = frame.best_effort_timestamp;
  time_ = pts == AV_NOPTS_VALUE ? 0 : av_rescale_q(pts, time_base, {1, 1'000'000});
  key_ = frame.key_frame;
  const auto* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  if (!format || (format->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_HWACCEL |
                                   AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_BE)))
    return;
  const auto& luma = format->comp[0];
  if (luma.plane != 0 || luma.offset != 0 || frame.linesize[0] <= 0) return;
  plane_ = {frame_->data[0], frame.linesize[0], frame.width, frame.height, full_range(frame)};
  if (luma.depth == 8 && luma.step == 1) return;
  plane_.data = nullptr;
  if (luma.depth < 9 || luma.depth > 16 || luma.step != 2) return;
  reduced_.resize(static_cast<std::size_t>(frame.width) * frame.height);
  for (int y = 0; y < frame.height; ++y) {
    const auto* from = frame_->data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0];
    auto* to = reduced_.data() + static_cast<std::ptrdiff_t>(y) * frame.width;
    for (int x = 0; x < frame.width; ++x) {
      std::uint16_t value;
      std::memcpy(&value, from + 2 * x, 2);
      to[x] = static_cast<std::uint8_t>(value >> (luma.shift + luma.depth - 8));
    }
  }
  plane_.data = reduced_.data();
  plane_.stride = frame.width;
}

Frame Frame::copy() const {
  Frame out;
  if (!frame_) return out;
  out.frame_.reset(av_frame_clone(frame_.get()));
  if (!out.frame_) throw std::bad_alloc();
  out.reduced_ = reduced_;
  out.plane_ = plane_;
  if (!reduced_.empty()) out.plane_.data = out.reduced_.data();
  out.time_ = time_;
  out.key_ = key_;
  return out;
}

std::string Frame::jpeg(int most) const {
  if (!frame_) return {};
  const double shrink = std::min(1.0, static_cast<double>(most) / std::max(frame_->width, frame_->height));
  const int width = std::max(2, static_cast<int>(frame_->width * shrink) / 2 * 2);
  const int height = std::max(2, static_cast<int>(frame_->height * shrink) / 2 * 2);
  std::unique_ptr<AVFrame, Free> scaled(av_frame_alloc());
  if (!scaled) throw std::bad_alloc();
  scaled->format = AV_PIX_FMT_YUVJ420P;
  scaled->color_range = AVCOL_RANGE_JPEG;
  scaled->width = width;
  scaled->height = height;
  std::unique_ptr<SwsContext, FreeScaler> scaler(
      sws_getContext(frame_->width, frame_->height, static_cast<AVPixelFormat>(frame_->format), width, height,
                     AV_PIX_FMT_YUVJ420P, SWS_BILINEAR, nullptr, nullptr, nullptr));
  if (!scaler || av_frame_get_buffer(scaled.get(), 0) < 0) return {};
  if (sws_scale(scaler.get(), frame_->data, frame_->linesize, 0, frame_->height, scaled->data,
                scaled->linesize) != height)
    return {};
  const auto* encoder = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  std::unique_ptr<AVCodecContext, FreeCodec> codec(encoder ? avcodec_alloc_context3(encoder) : nullptr);
  OwnedPacket packet(av_packet_alloc());
  if (!codec || !packet) return {};
  codec->width = width;
  codec->height = height;
  codec->pix_fmt = AV_PIX_FMT_YUVJ420P;
  codec->time_base = {1, 25};
  codec->thread_count = 1;
  codec->flags |= AV_CODEC_FLAG_QSCALE;
  codec->global_quality = 4 * FF_QP2LAMBDA;
  scaled->quality = codec->global_quality;
  scaled->pts = 0;
  if (avcodec_open2(codec.get(), encoder, nullptr) < 0 || avcodec_send_frame(codec.get(), scaled.get()) < 0 ||
      avcodec_receive_packet(codec.get(), packet.get()) < 0)
    return {};
  return {reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size)};
}

}  // namespace jianlu::footage
