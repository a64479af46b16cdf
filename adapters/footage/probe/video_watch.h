// One picture track: key frames decoded by themselves, and all of a stretch where they leave a doubt.
#pragma once

extern "C" {
#include <libavutil/rational.h>
}

#include <deque>
#include <limits>
#include <optional>
#include <vector>

#include "adapters/footage/probe/decoder.h"
#include "adapters/footage/probe/examine.h"
#include "adapters/footage/probe/frame.h"
#include "adapters/footage/probe/packets.h"
#include "adapters/footage/watch/clock_watch.h"
#include "adapters/footage/watch/pictures.h"

struct AVStream;

namespace jianlu::footage {

class VideoWatch {
 public:
  // `reader` is absent where the clock is not wanted or cannot be read; `stills`: this track gives them.
  VideoWatch(const AVStream& stream, const Examination& examination, Packets packets, TextReader* reader,
             bool stills);

  void take(const AVPacket& packet, std::optional<std::int64_t> time);
  void finish(FootageFacts& out);
  const DecodeErrors& errors() const { return errors_; }

 private:
  // From one sampled key frame to the next.
  struct Stretch {
    std::vector<KeptPacket> packets;
    Frame first;  // sampled
    std::int64_t start = 0, end = 0;
    std::int64_t weight = 0;
    std::vector<std::size_t> tiny;  // which packets hold next to nothing
    bool dark = false;   // its first picture
    bool begins_tiny = false, only_keys = true;
    bool darkens = false;
    bool doubt = false;  // decode all of it
    bool event = false;  // decode what happens in it
    bool still = false;  // … and its neighbours, because a picture seems to stand
  };

  void begin(Stretch&& next);
  struct Sample {
    Frame frame;
    bool whole = false;  // decoded by itself
  };
  Sample sample(const KeptPacket& key);
  bool dark(const Frame& frame) const;
  void judge(Stretch& stretch, const Stretch* next);
  bool repeats_early(const Stretch& stretch);
  bool rhythm_breaks();
  void settle_first();
  std::size_t last_bright(const Stretch& stretch);
  bool to_its_end(const Stretch& stretch) const;
  void decode(const Stretch& stretch);
  void leave();
  void take_frame(const AVFrame& decoded);
  void seen(Frame&& frame);
  void keep_stills(const Frame* next);

  const Watching& watching_;
  int stream_;
  AVRational time_base_;
  Packets packets_;
  Decoder alone_, turn_;
  DecodeErrors errors_;
  PictureEvents events_;
  std::optional<ClockWatch> clock_;
  bool every_frame_;
  bool sampling_;      // key frames are decoded when they come
  std::int64_t typical_ = 0;
  std::int64_t tiny_;            // a coded picture of at most this size repeats the one before
  std::deque<Stretch> waiting_;  // whole, and not yet settled
  std::optional<Stretch> current_;
  bool before_still_ = false;
  std::int64_t stretches_ = 0, stretches_of_tiny_ = 0;
  bool turning_ = false;                    // turn_ has decoded the stretch before, to its end
  bool read_clock_ = false;                 // in every picture that turn_ decodes
  std::optional<std::int64_t> not_before_;  // frames of a stretch that was not decoded cannot be whole
  Frame before_, key_;
  std::int64_t begin_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t end_ = 0, longest_ = 0, decoded_ = 0;
  std::vector<int> rhythm_;  // packets from one key frame to the next, so far
  int since_key_ = 0;
  std::vector<std::int64_t> off_rhythm_;
  std::vector<std::int64_t> wanted_;  // times of stills
  std::vector<Still> stills_;
  std::size_t stills_bytes_ = 0;
};

}  // namespace jianlu::footage
