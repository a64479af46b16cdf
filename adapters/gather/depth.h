// How deep footage has to be looked into for what the rules read: a fact that no norm asks for is not worked out.
#pragma once

#include <vector>

#include "adapters/footage/footage.h"
#include "engine/graph/graph.h"
#include "engine/model/vocabulary.h"

namespace jianlu::gather {

// The least depth that yields every one of these fields; container where footage yields none of them.
footage::Depth depth_for(const std::vector<graph::FieldOf>& fields, const model::Vocabulary& vocabulary);

}  // namespace jianlu::gather
