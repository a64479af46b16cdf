// Who is stricter in one respect, in words: the ranking, or what keeps the bureaus apart.
#pragma once

#include <vector>

#include "engine/comparison/comparison.h"

namespace jianlu::comparison {

// `bureaus`: the names of all columns of the table; `all`: how many of them have provisions of this force.
Words ranking(const Respect& respect, const std::vector<Words>& bureaus, std::size_t all);

}  // namespace jianlu::comparison
