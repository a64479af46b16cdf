#include "engine/statute/outline.h"

#include <array>

namespace jianlu::statute {
namespace {

constexpr std::array levels = {&Citation::article, &Citation::paragraph, &Citation::item, &Citation::sentence,
                               &Citation::clause};

}  // namespace

bool within(const Citation& place, const Citation& cited) {
  for (const auto level : levels) {
    if (cited.*level != 0 && cited.*level != place.*level) return false;
  }
  const bool below_item = cited.sentence != 0 || cited.clause != 0;
  return cited.item != 0 || !below_item || place.item == 0;
}

Selection select(std::span<const Citation> outline, const Citation& cited) {
  Selection found;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    if (within(outline[i], cited)) found.statements.push_back(i);
  }
  if (found.statements.empty()) return found;
  const Citation& first = outline[found.statements.front()];
  std::size_t last_given = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (cited.*levels[i] != 0) last_given = i;
  }
  for (std::size_t i = 0; i < last_given; ++i) {
    const bool left_out = cited.*levels[i] == 0 && levels[i] != &Citation::item;
    if (!left_out) continue;
    for (const Citation& place : outline) {
      bool beside_first = place.*levels[i] != first.*levels[i];
      for (std::size_t above = 0; above < i; ++above) {
        beside_first = beside_first && place.*levels[above] == first.*levels[above];
      }
      found.ambiguous = found.ambiguous || beside_first;
    }
  }
  return found;
}

Citation shortest(std::span<const Citation> outline, const Citation& place) {
  Citation brief = place;
  for (const auto level : {&Citation::sentence, &Citation::paragraph}) {
    Citation shorter = brief;
    shorter.*level = 0;
    const Selection found = select(outline, shorter);
    if (!found.ambiguous && found.statements.size() == 1) brief = shorter;
  }
  return brief;
}

}  // namespace jianlu::statute
