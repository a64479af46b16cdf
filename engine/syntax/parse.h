// From text to syntax tree. Each declaration is parsed by itself: a fault in one is reported once and hides no other.
#pragma once

#include <optional>

#include "engine/diag/diag.h"
#include "engine/source/source.h"
#include "engine/syntax/ast.h"

namespace jianlu::syntax {

// Parses a whole file and sets its language from its first word. What is faulty is reported and left out of the tree.
// Nothing when the text is no rule file at all (not UTF-8, too large, no header).
std::optional<SourceFile> parse(source::Files& files, source::FileId file, diag::Diagnostics& diagnostics);

// An expression inside a text literal; `span` covers it without its braces. Null where it is faulty.
ExprPtr parse_expression(const source::Files& files, Span span, diag::Diagnostics& diagnostics);

// Limits, so that no text can exhaust the stack or the memory.
constexpr std::size_t kMaxBytes = 4u << 20;
constexpr int kMaxDepth = 64;

}  // namespace jianlu::syntax
