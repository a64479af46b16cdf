#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jianlu::statute {

// Code points of a UTF-8 text; bytes that are no UTF-8 become U+FFFD.
std::u32string decode(std::string_view utf8);
std::string encode(std::u32string_view text);

bool is_space(char32_t c);  // also U+3000, no-break and zero-width spaces and the byte order mark

// Put into a copy of a text by a person who divides a sentence there; it is no part of the words.
constexpr char32_t kCutMark = U'｜';

// A text as fingerprints see it: full-width forms are their ASCII twins, quotation marks are all ", white space and cut marks are
// gone, and so is punctuation at the end (whether an item ends in ； or 。 says nothing).
struct NormalText {
  std::u32string text;
  std::vector<std::uint32_t> origin;  // of each character, its index in the text that was normalised
};
NormalText normalise(std::u32string_view text);

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace jianlu::statute
