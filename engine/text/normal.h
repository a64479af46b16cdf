// Texts as people compare them: what was said on a recording against what the regulation wants said.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jianlu::text {

// UTF-8 to code points in the form that is compared: compatibility form (full-width twins are one, NFKC), letters without case,
// no white space, no punctuation, no control or format characters, traditional Chinese characters as simplified ones. Symbols
// and digits stay. An invalid byte becomes U+FFFD.
std::u32string normalise(std::string_view utf8);

// How much of a wording a text has: 1 - d / length of the wording, in millionths (truncated), where d is the least number of
// insertions, deletions and replacements of one code point that make some part of the text the wording. What stands
// before and after that part makes no difference. Of an empty wording every text has all. Both are normalised texts.
std::int64_t similarity(std::u32string_view text, std::u32string_view wording);

// That number, by itself.
std::size_t distance_of_best_part(std::u32string_view text, std::u32string_view wording);

}  // namespace jianlu::text
