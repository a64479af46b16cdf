// The parts of FFmpeg that are in this program: what follows stands in for FFmpeg's own registries, so that
// the linker takes from its static libraries these demuxers and codecs and what they need, and nothing else.
// No protocol, no network, no hardware, no muxer is in the program.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <algorithm>
#include <array>
#include <cstdint>

// The second line is opened never, only asked what a stream of unstated coding is (in programme and transport streams).
// clang-format off
#define DEMUXERS(X)                                                                                            \
  X(mov) X(avi) X(wav) X(matroska) X(flv) X(asf) X(ogg) X(flac) X(amr) X(mpegps) X(mpegts) X(mp3) X(aac)       \
  X(ac3) X(dts) X(eac3) X(h264) X(hevc) X(loas) X(m4v) X(mpegvideo) X(truehd)

// What cameras, phones and recorders write.
#define DECODERS(X)                                                                                            \
  X(h264) X(hevc) X(mpeg4) X(h263) X(mjpeg) X(mpeg2video) X(vp8) X(vp9)                                        \
  X(aac) X(ac3) X(eac3) X(mp2float) X(mp3float) X(amrnb) X(amrwb) X(opus) X(vorbis) X(flac) X(alac)            \
  X(pcm_s16le) X(pcm_s16be) X(pcm_s24le) X(pcm_s24be) X(pcm_s32le) X(pcm_u8) X(pcm_mulaw) X(pcm_alaw)          \
  X(pcm_f32le) X(adpcm_ms) X(adpcm_ima_wav) X(adpcm_ima_qt)

// Decoders name what would drive hardware; nothing here ever does.
#define ACCELERATORS(X)                                                                                        \
  X(h263_vaapi) X(h264_nvdec) X(h264_vaapi) X(h264_vdpau) X(hevc_nvdec) X(hevc_vaapi) X(hevc_vdpau)            \
  X(mjpeg_nvdec) X(mjpeg_vaapi) X(mpeg1_nvdec) X(mpeg1_vdpau) X(mpeg2_nvdec) X(mpeg2_vaapi)                    \
  X(mpeg2_vdpau) X(mpeg4_nvdec) X(mpeg4_vaapi) X(mpeg4_vdpau) X(vp8_nvdec) X(vp8_vaapi) X(vp9_nvdec)           \
  X(vp9_vaapi) X(vp9_vdpau)
#define DEVICES(X) X(cuda) X(drm) X(opencl) X(qsv) X(vaapi) X(vdpau) X(vulkan)
// clang-format on

extern "C" {

#define DECLARE(name) extern const AVInputFormat ff_##name##_demuxer;
DEMUXERS(DECLARE)
#undef DECLARE
#define DECLARE(name) extern const AVCodec ff_##name##_decoder;
DECODERS(DECLARE)
#undef DECLARE
extern const AVCodec ff_mjpeg_encoder;  // stills

#define EMPTY(name)                           \
  extern const AVHWAccel ff_##name##_hwaccel; \
  const AVHWAccel ff_##name##_hwaccel{};
ACCELERATORS(EMPTY)
#undef EMPTY
#define EMPTY(name)                                         \
  extern const std::uintptr_t ff_hwcontext_type_##name[64]; \
  const std::uintptr_t ff_hwcontext_type_##name[64]{};
DEVICES(EMPTY)
#undef EMPTY
extern const std::uintptr_t swri_soxr_resampler[8];
const std::uintptr_t swri_soxr_resampler[8]{};

#define REFERENCE(name) &ff_##name##_demuxer,
static constexpr const AVInputFormat* demuxers[]{DEMUXERS(REFERENCE) nullptr};
#undef REFERENCE
#define REFERENCE(name) &ff_##name##_decoder,
static constexpr std::array decoders{DECODERS(REFERENCE)};
#undef REFERENCE

const AVInputFormat* av_demuxer_iterate(void** opaque) {
  const auto at = reinterpret_cast<std::uintptr_t>(*opaque);
  if (demuxers[at]) *opaque = reinterpret_cast<void*>(at + 1);
  return demuxers[at];
}

const AVCodec* avcodec_find_decoder(AVCodecID id) {
  const auto found =
      std::find_if(decoders.begin(), decoders.end(), [&](const AVCodec* c) { return c->id == id; });
  return found == decoders.end() ? nullptr : *found;
}

const AVCodec* avcodec_find_encoder(AVCodecID id) {
  return id == AV_CODEC_ID_MJPEG ? &ff_mjpeg_encoder : nullptr;
}

const AVOutputFormat* av_muxer_iterate(void**) { return nullptr; }
const AVCodec* av_codec_iterate(void**) { return nullptr; }
const AVCodec* avcodec_find_decoder_by_name(const char*) { return nullptr; }
const AVCodec* avcodec_find_encoder_by_name(const char*) { return nullptr; }
const char* avio_enum_protocols(void**, int) { return nullptr; }

// FFmpeg's own, in no public header.
const AVClass* ff_urlcontext_child_class_iterate(void**);
const AVClass* ff_urlcontext_child_class_iterate(void**) { return nullptr; }
const void** ffurl_get_protocols(const char*, const char*);
const void** ffurl_get_protocols(const char*, const char*) { return nullptr; }
int ff_gnutls_init();
int ff_gnutls_init() { return AVERROR(ENOSYS); }
void ff_gnutls_deinit();
void ff_gnutls_deinit() {}

}  // extern "C"
