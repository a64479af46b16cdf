// Typed expressions and rulebooks as text: for dumps and, in a language, for explanations.
#pragma once

#include <string>

#include "engine/model/rulebook.h"

namespace jianlu::model {

// The expression with the names of `language`: 有 t 于 s.移交 使 t.接收部门 = 办公室.
std::string print(const Rulebook& book, ExprId id, source::Language language);

// The whole rulebook, one declaration per block, English ids, no spans: the same for a file in either spelling.
std::string dump(const Rulebook& book);

}  // namespace jianlu::model
