// Texts as people compare them: what was said on a recording against what the regulation wants said.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jianlu::text {

// UTF-8 to code points in the form that is compared: compatibility form (full-width twins are one, NFKC), letters without case,
// no white space, no punctuation, no control or format characters. Symbols and digits stay. An invalid byte becomes U+FFFD.
std::u32string normalise(std::string_view utf8);

// 1 - Levenshtein distance / length of the longer, in millionths (truncated); two empty texts are alike: 1,000,000.
// Both arguments are normalised texts.
std::int64_t similarity(std::u32string_view a, std::u32string_view b);

// Least number of insertions, deletions and replacements of one code point.
std::size_t edit_distance(std::u32string_view a, std::u32string_view b);

}  // namespace jianlu::text
