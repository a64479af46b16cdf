// From text to checked tokens: everything that can be judged without grammar is judged here, once.
#pragma once

#include <vector>

#include "engine/diag/diag.h"
#include "engine/source/source.h"
#include "engine/syntax/tree.h"

namespace jianlu::syntax {

// The language of a file: that of its first word.
source::Language language_of(std::string_view text);

// The tokens of `within`, read as `language`: a word that is a keyword in the other language only is a name here, and so
// is any word after 字段, 列, 标识, 归属, 计时, 反引 and, in a ledger, after 时点, 自 and 至 — a field may be called like a keyword.
// Reported: bytes, hidden characters, strange letters and signs, open texts, words run together, and literals that are
// not in their one accepted spelling; their tokens are marked `faulty`.
std::vector<Token> lex(const source::Files& files, Span within, source::Language language,
                       diag::Diagnostics& diagnostics);

}  // namespace jianlu::syntax
