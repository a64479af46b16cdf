// What libavformat says of a stream, as facts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/footage/footage.h"

struct AVCodecParameters;
struct AVPacket;
struct AVRational;
struct AVStream;

namespace jianlu::footage {

// Nothing when the time is not stated, or is noise.
std::optional<std::int64_t> microseconds(std::int64_t value, AVRational base);

StreamFacts describe(const AVStream& stream);

// What software encoders write into the stream they make: x264 and x265 as user data SEI, libavcodec as user
// data.
std::string encoder_message(std::string_view bytes);

// Formats without a header state the picture size in the coded stream only.
void read_picture_size(const AVCodecParameters& parameters, const AVPacket& packet, StreamFacts& facts);

}  // namespace jianlu::footage
