// What is wrong with a text before any word of it is read: bytes that are no UTF-8, and characters that a reader
// cannot see or that turn the reading direction (comments and quoted texts included).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jianlu::source {

// The code point at `at` and its length in bytes; length 0 where the bytes are no valid UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t length = 0;
};
CodePoint decode(std::string_view text, std::size_t at);
void append_utf8(std::string& text, char32_t code);

enum class ScreenFault { invalid_utf8, hidden };

struct ScreenIssue {
  ScreenFault fault;
  std::uint32_t begin, end;  // bytes
  char32_t code;             // the hidden character, or the first bad byte
};

struct Screened {
  std::string text;  // as long as the input, valid UTF-8, every faulty byte a space
  std::vector<ScreenIssue> issues;
};
// A byte order mark at the very beginning is no fault. A run of bad bytes is one issue.
Screened screen(std::string_view text);

// Invisible, or turning the reading direction; blanks and line ends are neither.
bool is_hidden(char32_t code);

// Chinese characters, compatibility forms excluded.
bool is_han(char32_t code);
bool contains_han(std::string_view utf8);

}  // namespace jianlu::source
