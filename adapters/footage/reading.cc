#include <algorithm>
#include <set>

#include "adapters/footage/footage.h"

namespace jianlu::footage {
namespace {

constexpr std::int64_t one_place = 500'000;

// Signs that can each arise by themselves, so that their meeting says more than each.
bool independent(SignKind kind) {
  switch (kind) {
    case SignKind::repeated_pictures:
    case SignKind::key_rhythm:
    case SignKind::phase_step:
    case SignKind::still_stretch:
    case SignKind::silent_stretch:
    case SignKind::parameters_change:
    case SignKind::clock_jumps:
    case SignKind::scene_cut:
    case SignKind::time_step:
    case SignKind::size_step:
    case SignKind::size_burst:
      return true;
    default:
      return false;
  }
}

// Weak ones that nevertheless tell of a program besides the camera.
bool tells_of_a_program(SignKind kind) {
  return kind == SignKind::container_library || kind == SignKind::metadata_added ||
         kind == SignKind::several_descriptions;
}

}  // namespace

Reading reading_of(const std::vector<Sign>& signs) {
  std::set<SignKind> counting;
  bool copy = false, device = false;
  for (const auto& sign : signs) {
    if (sign.weight == Weight::strong) return Reading::edited;
    if (sign.weight == Weight::medium || (sign.weight == Weight::weak && tells_of_a_program(sign.kind)))
      counting.insert(sign.kind);
    copy |= sign.weight == Weight::copy;
    device |= sign.weight == Weight::device;
  }
  if (counting.size() >= 2) return Reading::edited;
  if (copy) return Reading::exported;
  return counting.empty() && device ? Reading::original : Reading::unknown;
}

void read_together(FootageFacts& facts) {
  auto& signs = facts.signs;
  signs.erase(std::remove_if(signs.begin(), signs.end(),
                             [](const Sign& s) { return s.kind == SignKind::signs_at_one_place; }),
              signs.end());
  std::vector<const Sign*> placed;
  for (const auto& sign : signs)
    if (sign.time && independent(sign.kind)) placed.push_back(&sign);
  std::sort(placed.begin(), placed.end(), [](auto* a, auto* b) { return *a->time < *b->time; });
  std::vector<Sign> meetings;
  for (std::size_t from = 0; from < placed.size();) {
    std::set<SignKind> kinds;
    bool medium = false;
    diag::Words names;
    auto to = from;
    for (; to < placed.size() && *placed[to]->time - *placed[from]->time <= one_place; ++to) {
      if (kinds.insert(placed[to]->kind).second) {
        const auto name = wording(placed[to]->kind).name;
        names.zh += (names.zh.empty() ? "" : "；") + std::string(name.zh);
        names.en += (names.en.empty() ? "" : "; ") + std::string(name.en);
      }
      medium |= placed[to]->weight == Weight::medium || placed[to]->weight == Weight::strong;
    }
    if (kinds.size() >= 2) {
      auto sign = make_sign(SignKind::signs_at_one_place, names, std::nullopt, placed[from]->time);
      if (!medium) sign.weight = Weight::medium;
      meetings.push_back(std::move(sign));
    }
    from = kinds.size() >= 2 ? to : from + 1;
  }
  signs.insert(signs.end(), meetings.begin(), meetings.end());
  facts.reading = reading_of(signs);
  // Nobody knows what stood there; what was cut ends in the middle of a packet.
  const auto cut = facts.verdict == Verdict::truncated ? 1 : 0;
  const bool damaged = std::any_of(facts.streams.begin(), facts.streams.end(), [&](const StreamFacts& s) { return s.corrupt > cut; });
  if (damaged && facts.reading == Reading::original) facts.reading = Reading::unknown;
}

}  // namespace jianlu::footage
