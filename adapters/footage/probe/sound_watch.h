// One sound track: short samples of it, and all of a stretch where they are quiet.
#pragma once

extern "C" {
#include <libavutil/rational.h>
}

#include <optional>
#include <vector>

#include "adapters/footage/probe/decoder.h"
#include "adapters/footage/probe/examine.h"
#include "adapters/footage/probe/packets.h"
#include "adapters/footage/watch/sound.h"
#include "adapters/footage/watch/speech.h"

struct AVStream;

namespace jianlu::footage {

class SoundWatch {
 public:
  SoundWatch(const AVStream& stream, const Examination& examination, Packets packets);

  void take(const AVPacket& packet, std::optional<std::int64_t> time);
  void finish(FootageFacts& out);
  const DecodeErrors& errors() const { return errors_; }

 private:
  struct Piece {
    std::vector<KeptPacket> packets;
    std::int64_t start = 0;
  };
  void end_piece();
  bool quiet(const Piece& piece);
  void decode(const Piece& piece);
  void decode(const KeptPacket& kept);
  void heard(const AVFrame& frame);

  const Watching& watching_;
  AVRational time_base_;
  Packets packets_;
  bool sampling_;
  Decoder alone_, turn_;
  DecodeErrors errors_;
  SoundEvents events_;
  std::optional<SpeechEvents> speech_;
  Piece current_, before_;
  std::vector<Piece> quiet_;  // pieces in a row whose samples were quiet, until there are enough
  int in_a_row_ = 0;
  bool turning_ = false;
  std::int64_t end_ = 0;
};

}  // namespace jianlu::footage
