#include "adapters/footage/watch/pictures.h"

#include <algorithm>
#include <utility>

namespace jianlu::footage {
namespace {

// Two pictures are the same when no block moves by more than coding alone moves it, a few excepted.
constexpr double same_changed = 0.0005;
constexpr double same_mean = 0.1;
// … and near when they differ by less than scenes do.
constexpr double near_mean = 2.5;
constexpr std::int64_t most_near_in_a_row =
    30;                             // an encoder refines a picture that stands for up to a second
constexpr double least_same = 0.6;  // of the pairs of a run
// At a bit rate that is held up the encoder refines what stands by more than that. Then some pairs are the same even
// so, and all together differ by a fraction of what pairs differed by before: a sensor's noise never pauses.
constexpr double least_same_refined = 0.2, calm_share = 0.45, calm_run_share = 0.2;
// A key frame codes the refined picture anew: less than a live scene changes, more than a picture in between may.
constexpr double anew_share = 0.8;

// Key frames of one picture coded anew differ by nothing once the encoder has settled; those of a static
// scene carry each its own noise.
constexpr double settled_mean = 0.25, settled_share = 0.1;
// Where most of the picture moved until a moment ago, coarse coding does not explain that all of it stands.
constexpr double lively_changed = 0.3;
constexpr std::ptrdiff_t lively_least = 5;  // of the last pairs
constexpr std::size_t lively_memory = 30;

constexpr std::size_t cut_memory = 12;
constexpr double cut_mean = 12, cut_times = 5;

bool same(const Difference& d) { return d.changed <= same_changed && d.mean <= same_mean; }

}  // namespace

void PictureEvents::found(Event event, std::int64_t start, std::int64_t end, std::int64_t uncertainty,
                          double confidence) {
  found_.push_back({event, stream_, start, end - start, uncertainty, confidence});
}

void PictureEvents::add(const Seen& seen) {
  add_dark(seen);
  add_change(seen);
  add_cut(seen);
  before_ = seen.time;
}

void PictureEvents::add_dark(const Seen& seen) {
  if (seen.dark && !dark_from_) {
    dark_from_ = seen.time;
    dark_doubt_ = before_ ? seen.time - *before_ : 0;
    dark_sampled_ = false;
  }
  if (dark_from_ && !seen.since && before_ && before_ >= dark_from_) dark_sampled_ = true;
  if (!seen.dark && dark_from_) {
    if (seen.time - *dark_from_ >= watching_.shortest)
      found(Event::black, *dark_from_, seen.time, std::max(dark_doubt_, seen.time - *before_),
            dark_sampled_ ? 0.9 : 1);
    dark_from_.reset();
  }
}

void PictureEvents::add_change(const Seen& seen) {
  const auto moved = std::exchange(moving_, 0);
  if (!seen.since || seen.dark) {
    end_still();
    calm_from_.reset();
    calm_ = 0;
    return;
  }
  const auto& d = *seen.since;
  if (still_from_ && before_ == still_to_) still_until_ = seen.time;
  if (same(d)) {
    if (!still_from_) begin_still();
    ++same_;
    near_in_a_row_ = 0;
    still_to_ = still_until_ = seen.time;
    run_mean_ += d.mean;
    note_key(seen);
    same_at_still_to_ = same_;
    near_at_still_to_ = near_;
    run_mean_at_still_to_ = run_mean_;
  } else if (still_from_ && near_in_a_row_ < most_near_in_a_row &&
             d.mean <= (seen.key ? std::max(near_mean, anew_share * usual_) : near_mean)) {
    ++near_;
    ++near_in_a_row_;
    run_mean_ += d.mean;
    note_key(seen);
  } else {
    end_still();
    if (!calm(d)) moving_ = moved + 1;
    note_live(d);
  }
}

bool PictureEvents::calm(const Difference& d) const {
  return usual_ > 0 && d.mean <= near_mean && d.mean <= calm_share * usual_;
}

void PictureEvents::note_live(const Difference& d) {
  ++live_;
  live_still_ += d.changed < 0.005;
  if (calm(d) && calm_ < most_near_in_a_row) {
    if (calm_++ == 0) calm_from_ = before_, calm_mean_ = 0;
    calm_mean_ += d.mean;
    return;
  }
  // Calm for longer than an encoder takes: this is what the scene is like now.
  calm_from_.reset();
  if (!calm(d)) calm_ = 0;
  last_live_.push_back(d);
  if (last_live_.size() > lively_memory) last_live_.pop_front();
  if (last_live_.size() < lively_memory / 3) return;
  std::vector<double> means;
  for (const auto& l : last_live_) means.push_back(l.mean);
  std::nth_element(means.begin(), means.begin() + std::ptrdiff_t(means.size() / 2), means.end());
  usual_ = means[means.size() / 2];
}

void PictureEvents::begin_still() {
  still_from_ = calm_from_ ? calm_from_ : before_;
  same_ = keys_ = 0;
  near_ = calm_from_ ? calm_ : 0;
  run_mean_ = calm_from_ ? calm_mean_ : 0;
  last_key_change_ = 0;
  last_anew_.reset();
  from_lively_ = std::count_if(last_live_.begin(), last_live_.end(),
                               [](const Difference& l) { return l.changed >= lively_changed; }) >= lively_least;
  calm_from_.reset();
  calm_ = 0;
}

void PictureEvents::note_key(const Seen& seen) {
  if (!seen.key) return;
  ++keys_;
  last_key_change_ = seen.since->mean;
  if (keys_ == 1) first_key_change_ = last_key_change_;
  if (keys_ > 1 && seen.anew) last_anew_ = seen.anew->mean;
}

double PictureEvents::still_confidence() const {
  const bool settled = last_key_change_ <= settled_mean || (last_anew_ && *last_anew_ <= std::max(settled_mean, settled_share * usual_));
  // Not settled: a static scene, unless an encoder on its way there comes from a lively one.
  if (keys_ >= 2 && !settled) return from_lively_ && last_key_change_ < 0.9 * first_key_change_ ? 0.6 : 0;
  if (keys_ >= 2) return 0.95;
  if (from_lively_) return 0.9;
  if (keys_ == 1) return settled ? 0.85 : 0.5;
  return 0.6;
}

void PictureEvents::end_still() {
  if (!still_from_) return;
  const auto from = *still_from_;
  still_from_.reset();
  near_in_a_row_ = 0;
  const auto pairs = static_cast<double>(same_at_still_to_ + near_at_still_to_);
  const auto same_share = static_cast<double>(same_at_still_to_) / pairs;
  const bool refined = from_lively_ && usual_ > 0 && same_share >= least_same_refined &&
                       run_mean_at_still_to_ / pairs <= calm_run_share * usual_;
  const auto confidence = still_confidence();
  if (still_until_ - from >= watching_.shortest && (same_share >= least_same || refined) && confidence > 0) {
    found(Event::frozen, from, still_until_, 0, confidence);
  } else {
    live_ += same_at_still_to_ + near_at_still_to_;
    live_still_ += same_at_still_to_;
  }
}

void PictureEvents::add_cut(const Seen& seen) {
  if (!seen.since) {
    recent_.clear();
    return;
  }
  const auto& d = *seen.since;
  if (seen.off_rhythm && recent_.size() >= cut_memory / 2) {
    auto sorted = std::vector<double>(recent_.begin(), recent_.end());
    std::nth_element(sorted.begin(), sorted.begin() + std::ptrdiff_t(sorted.size() / 2), sorted.end());
    const double usual = std::max(sorted[sorted.size() / 2], 0.5);
    if (d.mean >= cut_mean && d.mean >= cut_times * usual)
      found(Event::scene_cut, seen.time, seen.time, 0, std::min(0.9, d.mean / usual / 20 + 0.4));
  }
  recent_.push_back(d.mean);
  if (recent_.size() > cut_memory) recent_.pop_front();
}

void PictureEvents::finish(std::int64_t end, std::vector<Observed>& out) {
  if (still_from_ && before_ == still_to_) still_until_ = end;
  end_still();
  if (dark_from_ && end - *dark_from_ >= watching_.shortest)
    found(Event::black, *dark_from_, end, dark_doubt_, dark_sampled_ ? 0.9 : 1);
  // Where ordinary pictures hardly change either, sameness says little.
  const bool lively = live_ > 0 && live_still_ * 5 < live_;
  for (auto& o : found_)
    if (o.event == Event::frozen && !lively) o.confidence = std::min(o.confidence, 0.4);
  out.insert(out.end(), found_.begin(), found_.end());
}

}  // namespace jianlu::footage
