#include "adapters/footage/watch/sound.h"

#include <cmath>

namespace jianlu::footage {
namespace {
// The least step of 16 bits is 3e-5; a microphone never stays below it.
constexpr float digital_silence = 2e-5f;
constexpr std::int64_t seam = 5'000;  // rounding between successive pieces, microseconds
}  // namespace

SoundEvents::SoundEvents(const Watching& watching, int stream)
    : watching_(watching),
      stream_(stream),
      threshold_(static_cast<float>(std::pow(10.0, watching.silence_db / 20))) {}

void SoundEvents::close(std::optional<Run>& run, bool digital) {
  if (run && run->end - run->start >= watching_.shortest)
    found_.push_back({digital ? Event::muted : Event::silence, stream_, run->start, run->end - run->start, 0,
                      digital ? 0.9 : 1.0});
  run.reset();
}

void SoundEvents::sampled(float peak) { heard_ = heard_ || peak >= digital_silence; }

void SoundEvents::add(const Level& level) {
  const bool joined = level.start - before_ <= seam;
  const auto extend = [&](std::optional<Run>& run, bool in, bool digital) {
    if (run && (!in || !joined)) close(run, digital);
    if (in && !run) run = Run{level.start, level.end};
    if (in) run->end = level.end;
  };
  extend(quiet_, quiet(level.peak), false);
  extend(digital_, level.peak < digital_silence, true);
  heard_ = heard_ || level.peak >= digital_silence;
  before_ = level.end;
}

void SoundEvents::finish(std::vector<Observed>& out) {
  const auto whole = digital_ && !heard_ ? digital_ : std::nullopt;
  close(quiet_, false);
  close(digital_, true);
  // A track without any sound in it is silent however short it is.
  if (whole && whole->end - whole->start < watching_.shortest)
    out.push_back({Event::silence, stream_, whole->start, whole->end - whole->start, 0, 1});
  for (const auto& o : found_)
    // A track without any sound was never muted: it is silent.
    if (o.event != Event::muted || heard_) out.push_back(o);
}

}  // namespace jianlu::footage
