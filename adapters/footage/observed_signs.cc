#include <cmath>

#include "adapters/footage/footage.h"

namespace jianlu::footage {
namespace {

constexpr std::int64_t lost_frames = 3'000'000;  // cameras under load lose up to so much without a trace

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
      told->evidence.zh += "；解码后：自 " + seconds_text(o.start) + " 起";
      told->evidence.en += "; decoded: from " + seconds_text(o.start);
      continue;
    }
    const std::string stream = std::to_string(o.stream);
    const auto words = wording(o.event);
    diag::Words what{"第 " + stream + " 路，解码后：" + std::string(words.zh), "stream " + stream + ", decoded: " + std::string(words.en)};
    if (o.length > 0) {
      what.zh += "，长 " + seconds_text(o.length);
      what.en += " for " + seconds_text(o.length);
    }
    auto sign = make_sign(*kind, std::move(what), std::nullopt, o.start);
    if (o.length > 0) sign.length = o.length;
    if (o.confidence < 0.5) sign.weight = Weight::weak;
    facts.signs.push_back(std::move(sign));
  }
  if (!facts.clock) return;
  for (const auto& step : facts.clock->steps) {
    const std::string before = seconds_text(step.before), after = seconds_text(step.after), by = seconds_text(std::abs(step.jump));
    auto sign = make_sign(SignKind::clock_jumps,
                          {before + " 与 " + after + " 两帧之间，画面上的时钟比实际经过的时间" + (step.jump < 0 ? "少走 " : "多走 ") + by,
                           "between the frames at " + before + " and " + after + " the clock in the picture moves " + by +
                               (step.jump < 0 ? " less than the time between them" : " more than the time between them")},
                          std::nullopt, step.after);
    if (step.jump > 0 && step.jump <= lost_frames) sign.weight = Weight::weak;
    facts.signs.push_back(std::move(sign));
  }
}

}  // namespace jianlu::footage
