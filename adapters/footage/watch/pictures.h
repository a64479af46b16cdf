// From the pictures of one stream, in order, to the events in them.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "adapters/footage/footage.h"
#include "adapters/footage/watch/picture.h"
#include "adapters/footage/watching.h"

namespace jianlu::footage {

class PictureEvents {
 public:
  PictureEvents(const Watching& watching, int stream) : watching_(watching), stream_(stream) {}

  // How long an encoder may go on refining a picture that stands: so much of it may look as if it still moved.
  static constexpr std::int64_t refining = 1'000'000;

  struct Seen {
    std::int64_t time = 0;
    bool dark = false;
    bool key = false;
    bool off_rhythm = false;          // a key frame where the stream's rhythm has none
    std::optional<Difference> since;  // from the picture before; absent when that one was not decoded
    std::optional<Difference> anew;   // of a key frame: from the one before, where all between them was decoded
  };
  void add(const Seen& seen);

  // The last pictures were neither dark nor alike.
  bool moving() const { return moving_ >= 2; }

  // `end`: of the last picture.
  void finish(std::int64_t end, std::vector<Observed>& out);

 private:
  void add_dark(const Seen& seen);
  void add_change(const Seen& seen);
  void begin_still();
  void note_key(const Seen& seen);
  void note_live(const Difference& d);
  bool calm(const Difference& d) const;
  double still_confidence() const;
  void end_still();
  void add_cut(const Seen& seen);
  void found(Event event, std::int64_t start, std::int64_t end, std::int64_t uncertainty, double confidence);

  const Watching& watching_;
  int stream_;
  std::vector<Observed> found_;
  std::optional<std::int64_t> before_;  // time of the picture before

  std::optional<std::int64_t> dark_from_;
  std::int64_t dark_doubt_ = 0;  // how far before the start the picture before stands
  bool dark_sampled_ = false;

  // A run of pictures without change: same ones, and near ones between them (a burnt-in clock ticks, an
  // encoder begins anew at a key frame).
  std::optional<std::int64_t> still_from_;
  std::int64_t still_to_ = 0;     // the last picture that is the same as the one before it
  std::int64_t still_until_ = 0;  // … which stays until then
  std::int64_t same_ = 0, near_ = 0, near_in_a_row_ = 0;
  std::int64_t same_at_still_to_ = 0, near_at_still_to_ = 0;
  std::int64_t keys_ = 0;  // key frames in the run, its first picture aside
  double first_key_change_ = 0;
  double last_key_change_ = 0;  // mean difference at the last of them
  std::optional<double> last_anew_;  // … from the key frame before it in the run
  double run_mean_ = 0, run_mean_at_still_to_ = 0;  // sums over the pairs of the run
  bool from_lively_ = false;    // most of the picture moved until the run began
  double usual_ = 0;            // mean difference of live pairs until then; 0: too few
  // Pairs that change far less than those before them: an encoder on its way to a picture that stands.
  std::optional<std::int64_t> calm_from_;
  std::int64_t calm_ = 0;
  double calm_mean_ = 0;
  std::deque<Difference> last_live_;
  int moving_ = 0;  // pairs in a row
  std::int64_t live_ = 0, live_still_ = 0;  // pairs outside runs, and those among them that barely change

  std::deque<double> recent_;  // mean differences of the last pairs
};

}  // namespace jianlu::footage
