// The syntax tree as text, one line per declaration, clause or field, the same for the same tree.
#pragma once

#include <string>

#include "engine/source/source.h"
#include "engine/syntax/ast.h"

namespace jianlu::syntax {

enum class DumpMode {
  full,     // names as they are written, every declaration with its line and column
  neutral,  // without places, and `_` for every name that is used: the same for a file and its translation
};

std::string dump(const SourceFile& file, const source::Files& files, DumpMode mode = DumpMode::full);

}  // namespace jianlu::syntax
