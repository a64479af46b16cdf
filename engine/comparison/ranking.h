// Who is stricter in one respect, in words: the ranking, or what keeps the bureaus apart.
#pragma once

#include <string_view>
#include <vector>

#include "engine/comparison/comparison.h"

namespace jianlu::comparison {

// Adds a text, where there is one, after a separator in each language.
void append(Words& out, const Words& more, std::string_view zh, std::string_view en);

// `bureaus`: the names of all columns of the table; `all`: how many of them have provisions of this force.
Words ranking(const Respect& respect, const std::vector<Words>& bureaus, std::size_t all);

}  // namespace jianlu::comparison
