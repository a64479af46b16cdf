#pragma once

#include <string>

#include "engine/source/source.h"
#include "engine/syntax/ast.h"

namespace jianlu::syntax {

// The article that holds a place, as the file writes it: 第七条 可以不记录的情形. Empty outside of articles.
std::string heading_at(const SourceFile& file, const source::Files& files, Span place);

}  // namespace jianlu::syntax
