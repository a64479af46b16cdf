// What decoding shows of one file: each picture and sound track watched as its packets go by.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "adapters/footage/probe/decoder.h"
#include "adapters/footage/probe/examine.h"
#include "adapters/footage/scan/input.h"

struct AVPacket;
struct AVStream;

namespace jianlu::footage {

class VideoWatch;
class SoundWatch;

class Watch {
 public:
  // `placed`: packets come without their bytes, which the input holds at the place they name.
  Watch(Input& input, bool placed, const Examination& examination);
  ~Watch();

  void take(const AVStream& stream, const AVPacket& packet, std::optional<std::int64_t> time);
  void finish(FootageFacts& out);
  // By stream, where there are any.
  std::vector<std::pair<int, DecodeErrors>> decode_errors() const;

 private:
  struct Track {
    int stream;
    std::unique_ptr<VideoWatch> video;
    std::unique_ptr<SoundWatch> sound;
  };
  Track& track(const AVStream& stream);

  Input& input_;
  bool placed_;
  const Examination& examination_;
  std::vector<Track> tracks_;
  bool has_video_ = false;
};

// Widens what is known to have been seen of a kind of event.
void detect(FootageFacts& out, Event event, std::int64_t shortest);

std::string base64(std::string_view bytes);

}  // namespace jianlu::footage
