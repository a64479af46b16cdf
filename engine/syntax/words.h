// The words of the language: keywords in both spellings, and hints for a word that was not understood.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/source/source.h"
#include "engine/syntax/tree.h"

namespace jianlu::syntax {

struct Keyword {
  TokenKind kind;
  std::string_view token;  // as the grammar names it
  std::string_view zh, en;
  std::string_view group;  // file, declaration, clause, vocabulary, expression
  std::string_view in(source::Language language) const { return language == source::Language::zh ? zh : en; }
};
const std::vector<Keyword>& keywords();
const Keyword& keyword(TokenKind kind);  // is_keyword(kind)
// The keyword of this spelling in that language, or null.
const Keyword* find_keyword(std::string_view spelling, source::Language language);

// How a message names a kind of token: “义务”, 名称 …
std::string describe(TokenKind kind, source::Language language);

// The word of `known` that was probably meant: one edit away, two in a word of more than five characters; empty text
// where there is none.
std::string nearest_word(std::string_view word, const std::vector<std::string_view>& known);

// Splits a word that was written without spaces into keywords, citations, periods and `known` names, with as few parts
// as possible: 第一款义务 -> "第一款 义务". Empty text where it does not split.
std::string split_run_together(std::string_view word, const std::vector<std::string_view>& known,
                               source::Language language);

}  // namespace jianlu::syntax
