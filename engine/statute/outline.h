#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/statute/citation.h"

namespace jianlu::statute {

// Whether `place`, a statement's full citation, lies in what `cited` names. A level that `cited` does not give is open,
// so 第六条第一款 holds its lead-in and its items; but 第六条第一款第一句 is a sentence of the lead-in, not of an item.
bool within(const Citation& place, const Citation& cited);

struct Selection {
  std::vector<std::size_t> statements;  // indices into the outline
  // A level is left out of which the text has several: 第七条第三项 where article 7 has two paragraphs.
  bool ambiguous = false;
};

// The statements of an outline (full citations, in the order of the text) that a citation names; none: no such place.
Selection select(std::span<const Citation> outline, const Citation& cited);

// The shortest citation that names exactly this statement: 第六条第一项 for 第六条第一款第一项第一句 where the article has
// one paragraph and the item one sentence. `place` must be in the outline.
Citation shortest(std::span<const Citation> outline, const Citation& place);

}  // namespace jianlu::statute
