#include "adapters/footage/watch/clock_watch.h"

#include <algorithm>
#include <utility>

namespace jianlu::footage {
namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t slack = 80'000;  // a clock ticks between two frames, and a frame late
constexpr std::int64_t between_asking = 450'000;  // a clock shows each second for one
constexpr int most_asked = 24, most_looks = 200;
constexpr std::size_t most_readings = 4000, most_aside = 400;

}  // namespace

ClockWatch::Offset ClockWatch::Offset::of(const ClockReading& r) {
  return {r.local - r.time, r.local + second - r.time};
}

bool ClockWatch::Offset::allows(const ClockReading& r) const {
  return r.local - r.time <= to + slack && r.local + second - r.time >= from - slack;
}

void ClockWatch::Offset::narrow(const ClockReading& r) {
  from = std::max(from, r.local - r.time);
  to = std::max(from, std::min(to, r.local + second - r.time));
}

void ClockWatch::find(std::int64_t time, const Plane& picture) {
  // At the first picture, then ever more rarely: most footage has no clock.
  const int n = ++looks_;
  if (n > most_looks || (n & (n - 1)) != 0) return;
  face_ = ClockFace::find(picture, reader_);
  if (!face_) return;
  auto window = face_->window(picture);
  const auto first = face_->compare(face_->plane(window));
  if (!first) return face_.reset();
  text_ = shown_time(first->local);
  put_aside(time, window);
  witness_ = Witness{{time, first->local, 0.9}, std::move(window)};
}

std::optional<ClockReading> ClockWatch::by_shapes(std::int64_t time, const Plane& window) {
  const auto shapes = face_->compare(window);
  if (shapes && shapes->certain) return ClockReading{time, shapes->local, 1};
  for (const auto& offset : {now_, before_}) {
    if (!offset) continue;
    if (shapes && offset->allows({time, shapes->local, 0})) return ClockReading{time, shapes->local, 0.95};
    for (auto local = (time + offset->from) / second * second; local <= time + offset->to; local += second)
      if (face_->shows(window, local)) return ClockReading{time, local, 0.9};
  }
  return std::nullopt;
}

// One reading of the reader proves nothing: it counts once a second one, of another picture, agrees with it.
std::optional<ClockReading> ClockWatch::by_reader(std::int64_t time,
                                                  const std::vector<std::uint8_t>& window) {
  if (asked_ >= most_asked || std::abs(time - asked_at_) < between_asking || face_->blotted(face_->plane(window)))
    return std::nullopt;
  ++asked_;
  asked_at_ = time;
  const auto local = face_->ask(face_->plane(window), reader_);
  if (!local) return std::nullopt;
  const ClockReading reading{time, *local, 0.9};
  const bool expected = (now_ && now_->allows(reading)) || (before_ && before_->allows(reading));
  const bool seconded =
      witness_ && witness_->reading.local != *local && Offset::of(witness_->reading).allows(reading);
  if (expected || seconded) face_->learn(face_->plane(window), *local);
  if (seconded) {
    face_->learn(face_->plane(witness_->pixels), witness_->reading.local);
    contradicted_ = take(witness_->reading) || contradicted_;
    witness_.reset();
  }
  if (expected || seconded) return reading;
  contradicted_ = contradicted_ || witness_;
  witness_ = Witness{reading, window};
  return std::nullopt;
}

void ClockWatch::put_aside(std::int64_t time, const std::vector<std::uint8_t>& window) {
  if (aside_.size() < most_aside)
    aside_.push_back({time, window});
  else
    ++unread_;
}

// True when the reading does not fit those before.
bool ClockWatch::take(const ClockReading& reading) {
  readings_.push_back(reading);
  for (auto* offset : {&now_, &before_})
    if (*offset && (*offset)->allows(reading)) {
      (*offset)->narrow(reading);
      return false;
    }
  const bool first = !now_;
  before_ = now_;
  now_ = Offset::of(reading);
  return !first || (witness_ && !Offset::of(witness_->reading).allows(reading));
}

bool ClockWatch::look(std::int64_t time, const Plane& picture) {
  if (!face_) {
    find(time, picture);
    return false;
  }
  const auto window = face_->window(picture);
  if (window.empty() || readings_.size() >= most_readings) return false;
  auto reading = by_shapes(time, face_->plane(window));
  if (!reading) reading = by_reader(time, window);
  if (reading) return take(*reading) || std::exchange(contradicted_, false);
  put_aside(time, window);
  return false;
}

// With every shape known that was ever learnt.
void ClockWatch::read_again() {
  for (const auto& strip : aside_) {
    if (const auto reading = by_shapes(strip.time, face_->plane(strip.pixels)))
      readings_.push_back(*reading);
    else
      ++unread_;
  }
}

std::optional<std::int64_t> ClockWatch::finish(std::int64_t begin, std::int64_t end, std::optional<BurntInClock>& out) {
  if (!face_) return std::nullopt;
  read_again();
  std::sort(readings_.begin(), readings_.end(), [](auto& a, auto& b) { return a.time < b.time; });
  const auto same = [](auto& a, auto& b) { return a.time == b.time; };
  readings_.erase(std::unique(readings_.begin(), readings_.end(), same), readings_.end());
  BurntInClock clock;
  clock.stream = stream_;
  const auto& place = face_->place();
  clock.x = place.x;
  clock.y = place.y;
  clock.width = place.width;
  clock.height = place.height;
  clock.text = text_;
  const auto before = readings_.size();
  clock.steps = clock_steps(readings_);
  clock.unread = unread_ + static_cast<std::int64_t>(before - readings_.size());
  std::optional<std::int64_t> widest;
  if (readings_.size() >= 2) {
    widest = std::max(readings_.front().time - begin, end - readings_.back().time);
    for (std::size_t i = 1; i < readings_.size(); ++i) widest = std::max(*widest, readings_[i].time - readings_[i - 1].time);
    clock.clock_length = readings_.back().local - readings_.front().local;
    clock.stream_length = readings_.back().time - readings_.front().time;
  }
  clock.readings = std::move(readings_);
  if (!out) out = std::move(clock);
  return widest;
}

}  // namespace jianlu::footage
