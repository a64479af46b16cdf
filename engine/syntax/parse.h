// From text to syntax tree. Each declaration is parsed by itself: a fault in one is reported once and hides no other.
#pragma once

#include <cstddef>
#include <optional>

#include "engine/diag/diag.h"
#include "engine/source/source.h"
#include "engine/syntax/ast.h"

namespace jianlu::syntax {

// Parses a whole file and sets its language from its first word. What is faulty is reported and left out of the tree;
// the names that it declares are in `faulty`, so that uses of them are not reported as well.
// Nothing when the text is no rule file at all (too large, no header).
std::optional<SourceFile> parse(source::Files& files, source::FileId file, diag::Diagnostics& diagnostics);

// An expression inside a text literal; `span` covers it without its braces. It is read as Chinese where it has a
// Chinese character, whatever the language of the file: translation does not touch quoted texts.
// Null where it is faulty.
ExprPtr parse_expression(const source::Files& files, Span span, diag::Diagnostics& diagnostics);

inline constexpr std::size_t max_bytes = 4u << 20;

}  // namespace jianlu::syntax
