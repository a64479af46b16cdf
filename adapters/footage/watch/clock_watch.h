// What the burnt-in clock of one stream says over time.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "adapters/footage/footage.h"
#include "adapters/footage/watch/clock_face.h"

namespace jianlu::footage {

class ClockWatch {
 public:
  static constexpr std::int64_t shortest_step = 1'000'000;

  ClockWatch(TextReader& reader, int stream) : reader_(reader), stream_(stream) {}

  // Pictures in any order. True when this one shows another time than those before let expect, or confirms
  // that the one before did: look closer at what lies between.
  bool look(std::int64_t time, const Plane& picture);

  // A clock was found, and nothing confirms yet what it said first.
  bool unsettled() const { return face_ && !now_; }
  // Two offsets between clock and stream were seen.
  bool disagrees() const { return before_.has_value(); }

  // Nothing when no jump could have been seen: no clock, or less than two readings. Else the longest time without a reading between
  // `begin` and `end` of the stream.
  std::optional<std::int64_t> finish(std::int64_t begin, std::int64_t end, std::optional<BurntInClock>& out);

 private:
  // Clock less stream: one reading leaves a second, more of them less.
  struct Offset {
    std::int64_t from = 0, to = 0;
    static Offset of(const ClockReading& reading);
    bool allows(const ClockReading& reading) const;
    void narrow(const ClockReading& reading);
  };
  // A picture of the clock that is not read for certain yet: more shapes may be known at the end.
  struct Strip {
    std::int64_t time = 0;
    std::vector<std::uint8_t> pixels;
  };
  void find(std::int64_t time, const Plane& picture);
  bool take(const ClockReading& reading);
  std::optional<ClockReading> by_shapes(std::int64_t time, const Plane& window);
  std::optional<ClockReading> by_reader(std::int64_t time, const std::vector<std::uint8_t>& window);
  void put_aside(std::int64_t time, const std::vector<std::uint8_t>& window);
  void read_again();

  TextReader& reader_;
  int stream_;
  std::optional<ClockFace> face_;
  std::string text_;
  int looks_ = 0, asked_ = 0;
  std::int64_t asked_at_ = std::numeric_limits<std::int32_t>::min();
  std::vector<ClockReading> readings_;
  std::vector<Strip> aside_;
  std::int64_t unread_ = 0;
  std::optional<Offset> now_, before_;
  struct Witness {
    ClockReading reading;
    std::vector<std::uint8_t> pixels;
  };
  std::optional<Witness> witness_;  // the last reading that nothing confirms yet
  bool contradicted_ = false;       // … after another that did not fit
};

// Where the readings, in order, show that the clock jumps. Readings that stand alone against their neighbours
// and are not certain are taken out: a misread digit is no jump.
std::vector<ClockStep> clock_steps(std::vector<ClockReading>& readings);

}  // namespace jianlu::footage
