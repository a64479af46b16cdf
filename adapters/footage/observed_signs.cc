#include <cmath>
#include <cstdio>

#include "adapters/footage/footage.h"

namespace jianlu::footage {
namespace {

constexpr std::int64_t lost_frames = 3'000'000;  // cameras under load lose up to so much without a trace

std::string seconds(std::int64_t micros) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3f s", static_cast<double>(micros) / 1e6);
  return text;
}

std::optional<SignKind> kind_of(Event event) {
  switch (event) {
    case Event::frozen:
      return SignKind::still_stretch;
    case Event::muted:
      return SignKind::silent_stretch;
    case Event::scene_cut:
      return SignKind::scene_cut;
    default:
      return std::nullopt;
  }
}

// What the packets told of the same stretch; decoding says where it begins.
Sign* told_by_packets(FootageFacts& facts, SignKind kind, std::int64_t time) {
  constexpr std::int64_t same = 1'000'000;
  for (auto& sign : facts.signs)
    if (sign.kind == kind && sign.time && std::abs(*sign.time - time) <= same) return &sign;
  return nullptr;
}

}  // namespace

void add_observed_signs(FootageFacts& facts) {
  for (const auto& o : facts.observed) {
    const auto kind = kind_of(o.event);
    if (!kind) continue;
    if (auto* told = told_by_packets(facts, *kind, o.start)) {
      told->time = o.start;
      if (o.length > 0) told->length = o.length;
      told->evidence += "; decoded: from " + seconds(o.start);
      continue;
    }
    auto sign = make_sign(*kind, "stream " + std::to_string(o.stream) + ", decoded: " +
                                     std::string(wording(o.event).en) +
                                     (o.length > 0 ? " for " + seconds(o.length) : ""),
                          std::nullopt, o.start);
    if (o.length > 0) sign.length = o.length;
    if (o.confidence < 0.5) sign.weight = Weight::weak;
    facts.signs.push_back(std::move(sign));
  }
  if (!facts.clock) return;
  for (const auto& step : facts.clock->steps) {
    auto sign = make_sign(SignKind::clock_jumps,
                          "between the frames at " + seconds(step.before) + " and " + seconds(step.after) +
                              " the clock in the picture moves " + seconds(std::abs(step.jump)) +
                              (step.jump < 0 ? " less than the time between them" : " more than the time between them"),
                          std::nullopt, step.after);
    if (step.jump > 0 && step.jump <= lost_frames) sign.weight = Weight::weak;
    facts.signs.push_back(std::move(sign));
  }
}

}  // namespace jianlu::footage
