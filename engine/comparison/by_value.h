// Where an act is regulated, or excused: each value of the set that decides, with what each bureau says of it.
#pragma once

#include <vector>

#include "engine/comparison/comparison.h"

namespace jianlu::comparison {

std::vector<ByValue> by_value(const model::Rulebook& book, const Table& table, const Row& row);

}  // namespace jianlu::comparison
