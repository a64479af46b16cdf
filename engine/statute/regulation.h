#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/statute/citation.h"

namespace jianlu::statute {

// A piece of a regulation that one citation names.
struct Statement {
  Citation at;              // article, paragraph and sentence always given; item in a list; clause when cut from a sentence
  std::string text;         // as printed, page breaks joined
  std::string normalised;   // as fingerprints see it, UTF-8
  std::string sha256;       // of `normalised`
};

struct Article {
  std::uint16_t number = 0;
  std::string text;               // paragraphs and items on lines of their own, without 第N条
  std::uint32_t first = 0;        // its sentences are regulation.sentences[first, first + count)
  std::uint32_t count = 0;
};

struct Regulation {
  std::string title;
  std::vector<Article> articles;     // in the order of the text
  std::vector<Statement> sentences;  // in the order of the text
};

// Divides the plain text of a regulation:
// - an article begins with 第N条 at the beginning of a line, an item with (一) or （一）, behind a list mark or not;
//   chapters are ignored; the title is the last line before the first article;
// - a line that follows a full stop begins a new paragraph (款); any other continues what stands before it, blank lines
//   or not, since page breaks cut sentences; a line of dashes and digits is a ruler or a page number;
// - sentences end at 。！？ outside quotation marks and brackets.
// Any text gives a regulation; one without articles gives an empty one.
Regulation split(std::string_view utf8);

// A range [from, to) of characters (code points) in the normalised text of a sentence.
struct Cut {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  friend bool operator==(const Cut&, const Cut&) = default;
};

// Where a sentence divides: at ；, or at the mark ｜ that a person put there, outside quotation marks and brackets. Empty when it does not.
std::vector<Cut> clause_cuts(const Statement& sentence);

// The clauses (分句) of a sentence, numbered from 1. A cut that reaches beyond the sentence is shortened.
std::vector<Statement> subdivide(const Statement& sentence, std::span<const Cut> cuts);

}  // namespace jianlu::statute
