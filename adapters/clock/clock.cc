#include "adapters/clock/clock.h"

#include <algorithm>
#include <map>

namespace jianlu::clock {
namespace {

using calendar::Bound;

constexpr std::int64_t kNaming = 2 * calendar::second;         // a file is named a moment before or after its first picture
constexpr std::int64_t kLate = 10 * calendar::minute;          // a container may be closed this long after the recording's end
constexpr std::int64_t kPromptly = calendar::minute;           // the same, for zones that nobody stated
constexpr std::int64_t kZoneStep = 30 * calendar::minute;
constexpr std::int64_t kWest = -12 * calendar::hour, kEast = 14 * calendar::hour;

bool empty(Bound b) { return b.hi < b.lo; }
Bound both(Bound a, Bound b) { return {std::max(a.lo, b.lo), std::min(a.hi, b.hi)}; }
Bound wider(Bound b, std::int64_t by) { return {b.lo - by, b.hi + by}; }
Bound sum(Bound a, Bound b) { return {a.lo + b.lo, a.hi + b.hi}; }
Bound less(Bound a, Bound b) { return {a.lo - b.hi, a.hi - b.lo}; }
Bound later(Bound b, std::int64_t by) { return {b.lo + by, b.hi + by}; }

const Reading* reading(const Clip& clip, Source source) {
  for (const Reading& r : clip.readings) {
    if (r.source == source && !r.starts.empty()) return &r;
  }
  return nullptr;
}

// The two that a more and a less trusted source say, or the first where they contradict each other.
Bound weighed(const Reading& trusted, const Reading& other, std::int64_t slack, Time& time) {
  const Bound start = trusted.starts.front(), said = other.starts.front();
  if (const Bound common = both(start, wider(said, slack)); !empty(common)) {
    time.sources.push_back(other.source);
    return common;
  }
  time.disagreements.push_back({other.source, less(said, start), other.text});
  return start;
}

// The clips of one device, by its clock.
class Device {
 public:
  Device(std::span<const Clip> clips, std::vector<std::size_t> members, std::vector<Time>& out) : clips_(clips), out_(out) {
    for (const std::size_t clip : members) {
      if (const std::optional<Bound> start = by_device(clip)) rows_.push_back({clip, *start, by_others(clip), {}});
    }
    std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
      return a.start.lo != b.start.lo ? a.start.lo < b.start.lo : a.clip < b.clip;
    });
  }

  void operator()() {
    join();
    offsets();
    for (std::size_t from = 0, to = 0; from < rows_.size(); from = to) {
      for (to = from + 1; to < rows_.size() && out_[rows_[to].clip].continues; ++to) {
      }
      place(std::span(rows_).subspan(from, to - from));
    }
  }

 private:
  struct Row {
    std::size_t clip;
    Bound start;                   // by the device's clock
    std::optional<Bound> true_start;
    Bound offset;                  // UTC less the device's clock
  };

  std::optional<Bound> by_device(std::size_t clip) {
    const Reading *burnt_in = reading(clips_[clip], Source::burnt_in), *name = reading(clips_[clip], Source::file_name);
    if (burnt_in == nullptr && name == nullptr) return std::nullopt;
    const Reading& first = burnt_in != nullptr ? *burnt_in : *name;
    out_[clip].sources.push_back(first.source);
    return burnt_in != nullptr && name != nullptr ? weighed(*burnt_in, *name, kNaming, out_[clip]) : first.starts.front();
  }

  std::optional<Bound> by_others(std::size_t clip) {
    const Reading *gps = reading(clips_[clip], Source::gps), *manifest = reading(clips_[clip], Source::manifest);
    if (gps == nullptr && manifest == nullptr) return std::nullopt;
    const Reading& first = gps != nullptr ? *gps : *manifest;
    out_[clip].sources.insert(out_[clip].sources.begin(), first.source);
    return gps != nullptr && manifest != nullptr ? weighed(*gps, *manifest, 0, out_[clip]) : first.starts.front();
  }

  std::int64_t length(const Row& row) const { return clips_[row.clip].length; }

  // Segments of one recording: each begins where the one before it ends, so that each says when the first began.
  void join() {
    for (std::size_t first = 0, next = 0; first < rows_.size(); first = next) {
      Bound begun = rows_[first].start;
      std::int64_t at = 0, pauses = 0;
      for (next = first + 1; next < rows_.size(); ++next) {
        const std::optional<std::int64_t> gap = clips_[rows_[next].clip].segment_gap;
        if (!gap || !clips_[rows_[next - 1].clip].segment_gap) break;
        at += length(rows_[next - 1]);
        pauses += *gap;
        const Bound common = both(begun, {rows_[next].start.lo - at - pauses, rows_[next].start.hi - at});
        if (empty(common)) break;
        begun = common;
        out_[rows_[next].clip].continues = rows_[next - 1].clip;
      }
      for (std::size_t i = first; i < next; ++i) {
        rows_[i].start = begun;
        begun = later(begun, length(rows_[i]));
      }
    }
  }

  // How far the device's clock is off at each clip: as its profile has it, and as every clip shows that knows better.
  void offsets() {
    std::vector<const Row*> known;
    for (const Row& row : rows_) {
      if (row.true_start) known.push_back(&row);
    }
    for (Row& row : rows_) {
      const std::int64_t stated = clips_[row.clip].clock_uncertainty, per_day = clips_[row.clip].drift_per_day;
      Bound shown{-calendar::hours_24 * 400'000, calendar::hours_24 * 400'000};
      const Row* nearest = nullptr;
      const auto away = [&](const Row& other) { return std::abs(other.start.lo - row.start.lo); };
      for (const Row* other : known) {
        shown = both(shown, wider(less(*other->true_start, other->start), drift(away(*other), per_day)));
        if (nearest == nullptr || away(*other) < away(*nearest)) nearest = other;
      }
      // The clock was set in between: what is nearest counts.
      if (nearest != nullptr && empty(shown)) {
        shown = wider(less(*nearest->true_start, nearest->start), drift(away(*nearest), per_day));
        set_between_ = true;
      }
      const Bound profile{-stated, stated};
      row.offset = nearest == nullptr ? profile : both(profile, shown);
      if (!empty(row.offset)) continue;
      row.offset = shown;
      Time& time = out_[row.clip];
      for (const Source source : {Source::burnt_in, Source::file_name}) {
        const auto at = std::find(time.sources.begin(), time.sources.end(), source);
        if (at == time.sources.end()) continue;
        time.sources.erase(at);
        time.disagreements.push_back({source, {-shown.hi, -shown.lo}, reading(clips_[row.clip], source)->text});
      }
    }
  }

  // A run of segments is placed as a whole: what one of them knows holds for all.
  void place(std::span<Row> run) {
    Bound begun = sum(run.front().start, run.front().offset);
    std::int64_t at = 0;
    for (const Row& row : run) {
      Bound said = sum(row.start, row.offset);
      if (row.true_start) {
        if (const Bound common = both(said, *row.true_start); !empty(common)) said = common;
      }
      if (const Bound common = both(begun, later(said, -at)); !empty(common)) begun = common;
      at += length(row);
    }
    at = 0;
    for (const Row& row : run) {
      Time& time = out_[row.clip];
      time.resolution = run.front().start.hi - run.front().start.lo;
      time.start = later(begun, at);
      at += length(row);
      time.end = later(begun, at);
      if (!set_between_) time.clock = clips_[row.clip].device;
    }
  }

  std::span<const Clip> clips_;
  std::vector<Time>& out_;
  std::vector<Row> rows_;
  bool set_between_ = false;
};

// The container agrees where it says the recording's beginning or end, or a while after it, by UTC or by some zone's time.
void hold_against_container(const Clip& clip, Time& time) {
  const Reading* said = reading(clip, Source::container);
  if (said == nullptr) return;
  const auto fits = [&](Bound at, std::int64_t late) {
    return !empty(both(*time.start, {at.lo - clip.length - late, at.hi + kNaming}));
  };
  for (const Bound& at : said->starts) {
    if (!fits(at, kLate)) continue;
    time.sources.push_back(Source::container);
    if (&at != &said->starts.front()) time.written_in = said->starts.front().lo - at.lo;
    return;
  }
  for (std::int64_t zone = kWest; zone <= kEast && said->starts.size() > 1; zone += kZoneStep) {
    if (!fits(later(said->starts.front(), -zone), kPromptly)) continue;
    time.sources.push_back(Source::container);
    time.written_in = zone;
    return;
  }
  time.disagreements.push_back({Source::container, less(said->starts.front(), *time.start), said->text});
}

void by_itself(const Clip& clip, Time& time) {
  const Reading *gps = reading(clip, Source::gps), *manifest = reading(clip, Source::manifest);
  const Reading* container = reading(clip, Source::container);
  if (gps != nullptr || manifest != nullptr) {
    const Reading& first = gps != nullptr ? *gps : *manifest;
    time.sources.push_back(first.source);
    time.start = gps != nullptr && manifest != nullptr ? weighed(*gps, *manifest, 0, time) : first.starts.front();
  } else if (container != nullptr && container->starts.size() == 1) {
    const Bound at = container->starts.front();
    const std::int64_t off = clip.clock_uncertainty;
    time.sources.push_back(Source::container);
    time.start = Bound{at.lo - clip.length - kLate - off, at.hi + kNaming + off};
  }
  if (time.start) time.end = later(*time.start, clip.length);
}

}  // namespace

std::int64_t drift(std::int64_t between, std::int64_t per_day) {
  const auto moved = static_cast<__int128>(std::abs(between)) * per_day;
  return static_cast<std::int64_t>((moved + calendar::hours_24 - 1) / calendar::hours_24);
}

std::vector<Time> tell(std::span<const Clip> clips) {
  std::vector<Time> out(clips.size());
  std::map<std::string, std::vector<std::size_t>> devices;
  for (std::size_t i = 0; i < clips.size(); ++i) {
    if (clips[i].device.empty()) Device(clips, {i}, out)();
    else devices[clips[i].device].push_back(i);
  }
  for (auto& [device, members] : devices) Device(clips, std::move(members), out)();
  for (std::size_t i = 0; i < clips.size(); ++i) {
    if (!out[i].start) by_itself(clips[i], out[i]);
    const bool alone = out[i].sources == std::vector{Source::container};
    if (out[i].start && !alone) hold_against_container(clips[i], out[i]);
  }
  return out;
}

}  // namespace jianlu::clock
