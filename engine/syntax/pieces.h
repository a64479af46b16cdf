// Inside engine/syntax: cuts a file into its header, headings and declarations, which are parsed one by one.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/syntax/ast.h"
#include "engine/syntax/tree.h"

namespace jianlu::syntax {

struct Piece {
  Rule start{};  // a …Piece production; `token` for one that begins with no known kind of declaration
  std::size_t begin = 0, end = 0;
};

// Every token belongs to exactly one piece. A piece begins at the first token, a heading (citation 概要), a declaration
// with the citations before it, 枚举, 台账, 字段, or where an unknown word stands like a declaration (义各 甲 = a, or
// 义务甲 = a without its space).
std::vector<Piece> cut(const std::vector<Token>& tokens, const source::Files& files);

// Whether such a file holds declarations of this kind: enumerations, ledgers and fields stand in a vocabulary alone,
// norms and what belongs to one article in a regulation alone.
bool may_hold(FileKind file, TokenKind declaration);

// The citations that end at `end` and belong to what begins there: not the one that 可归入 takes.
std::size_t before_citations(const std::vector<Token>& tokens, std::size_t begin, std::size_t end);

// Reports a piece that ANTLR must not see: nested deeper than max_nesting or longer than max_tokens.
bool too_large(const std::vector<Token>& tokens, const Piece& piece, diag::Diagnostics& diagnostics);

inline constexpr std::size_t max_nesting = 64;
inline constexpr std::size_t max_tokens = 8000;

}  // namespace jianlu::syntax
