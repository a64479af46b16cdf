// What a clip's name, container and picture state of its beginning.
#include <algorithm>

#include "adapters/match/match.h"

namespace jianlu::match {
namespace {

using calendar::Bound;
using clock::Reading;
using clock::Source;

// Stream time at which the footage begins.
std::int64_t beginning(const footage::FootageFacts& facts) {
  std::optional<std::int64_t> first;
  for (const footage::StreamFacts& s : facts.streams) {
    const bool played = s.kind == footage::StreamKind::video || s.kind == footage::StreamKind::audio;
    if (played && s.first_pts) first = std::min(first.value_or(*s.first_pts), *s.first_pts);
  }
  return first.value_or(0);
}

std::int64_t instant(std::int64_t local, const calendar::Zone& zone) {
  return zone.to_instant(calendar::Zone::utc().to_local(local));
}

// Up to the first step of the burnt-in clock: beyond it, it counts something else.
std::optional<Reading> burnt_in(const footage::FootageFacts& facts, const calendar::Zone& zone) {
  if (!facts.clock || facts.clock->readings.empty()) return std::nullopt;
  const footage::BurntInClock& clock = *facts.clock;
  std::optional<Bound> began;
  for (const footage::ClockReading& r : clock.readings) {
    if (!clock.steps.empty() && r.time > clock.steps.front().before) break;
    const std::int64_t at = instant(r.local, zone) - (r.time - beginning(facts));
    const Bound said{at, at + calendar::second - 1};
    if (!began) began = said;
    const Bound both{std::max(began->lo, said.lo), std::min(began->hi, said.hi)};
    if (both.hi < both.lo) break;
    began = both;
  }
  return Reading{Source::burnt_in, {*began}, clock.text};
}

// The first that states its zone, else the first that claims to be UTC.
std::optional<Reading> container(const footage::FootageFacts& facts, const devices::NameFacts* name, const calendar::Zone& zone) {
  const auto with = [&](footage::TimeTrust trust) {
    return std::find_if(facts.times.begin(), facts.times.end(),
                        [&](const footage::StatedTime& t) { return t.trust == trust && t.instant; });
  };
  const auto second = [](std::int64_t at) { return Bound{at, at + calendar::second - 1}; };
  if (const auto t = with(footage::TimeTrust::zone_stated); t != facts.times.end()) {
    return Reading{Source::container, {second(*t->instant)}, t->text};
  }
  const auto t = with(footage::TimeTrust::utc_claimed);
  if (t == facts.times.end()) return std::nullopt;
  Reading reading{Source::container, {second(*t->instant), second(instant(*t->instant, zone))}, t->text};
  if (name != nullptr && name->container_utc) reading.starts = {reading.starts[*name->container_utc ? 0 : 1]};
  return reading;
}

Bound about(std::int64_t at, std::int64_t either_way) { return {at - either_way, at + either_way}; }

// A fix belongs to the second before or after the moment at which it is written, and cameras write some later than others.
constexpr std::int64_t kReceiver = calendar::second;

std::optional<Reading> inside(const footage::FootageFacts& facts) {
  if (facts.fixes.empty()) return std::nullopt;
  std::optional<Bound> began;
  for (const footage::Fix& fix : facts.fixes) {
    const Bound said = about(fix.utc - (fix.time - beginning(facts)), kReceiver);
    if (!began) began = said;
    began = Bound{std::min(began->lo, said.lo), std::max(began->hi, said.hi)};
  }
  return Reading{Source::gps, {*began}, "gpmf"};
}

// A track beside the clip. Where it writes the device's time too, it says how far that clock is off, whatever zone it writes
// it in; otherwise the clip began before its first fix and ended after its last.
std::optional<Reading> beside(const track::Track& track, const clock::Clip& clip) {
  if (track.fixes.empty()) return std::nullopt;
  const auto own = std::find_if(clip.readings.begin(), clip.readings.end(), [](const Reading& r) {
    return r.source == Source::file_name || (r.source == Source::container && r.starts.size() == 1);
  });
  if (const auto behind = track::device_behind(track); behind && own != clip.readings.end()) {
    constexpr std::int64_t zone_step = 30 * calendar::minute;
    const std::int64_t middle = behind->lo + (behind->hi - behind->lo) / 2;
    const std::int64_t zones = (middle + (middle < 0 ? -1 : 1) * zone_step / 2) / zone_step * zone_step;
    const Bound at = own->starts.front();
    return Reading{Source::gps, {{at.lo + behind->lo - zones, at.hi + behind->hi - zones}}, track.format};
  }
  const Bound began{track.fixes.back().utc - clip.length - kReceiver, track.fixes.front().utc + kReceiver};
  if (began.hi < began.lo) return std::nullopt;
  return Reading{Source::gps, {began}, track.format};
}

}  // namespace

clock::Clip readings(const Clip& clip, const calendar::Zone& bureau) {
  const devices::NameFacts* name = clip.name ? &*clip.name : nullptr;
  const calendar::Zone& zone = name != nullptr && name->zone ? *name->zone : bureau;
  clock::Clip out;
  out.length = clip.facts->duration.value_or(0);
  if (name != nullptr) {
    out.device = name->device.value_or("");
    out.clock_uncertainty = name->clock_uncertainty;
    out.segment_gap = name->segment_gap;
    if (name->drift_per_day) out.drift_per_day = *name->drift_per_day;
    if (name->start) {
      out.readings.push_back({Source::file_name, {{*name->start, *name->start + std::max<std::int64_t>(0, name->resolution - 1)}},
                              std::string(clip.path.substr(clip.path.rfind('/') + 1))});
    }
  }
  if (auto reading = burnt_in(*clip.facts, zone)) out.readings.push_back(std::move(*reading));
  if (auto reading = container(*clip.facts, name, zone)) out.readings.push_back(std::move(*reading));
  auto gps = inside(*clip.facts);
  if (!gps && clip.track != nullptr) gps = beside(*clip.track, out);
  if (gps) out.readings.push_back(std::move(*gps));
  return out;
}

}  // namespace jianlu::match
