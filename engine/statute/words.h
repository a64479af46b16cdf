// What changed in a sentence, word for word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jianlu::statute {

// A run of characters that both texts have, that only the old one has, or that only the new one has.
struct Run {
  enum class Of : unsigned char { both, before, now };
  Of of = Of::both;
  std::string text;
  friend bool operator==(const Run&, const Run&) = default;
};

// A shortest way from `before` to `now` (UTF-8), by characters, a number counting as one; the runs without those of `now` are `before` and the other way
// round, and neighbours are of different kinds. What goes stands before what comes. Texts of which one has more than 4,000
// characters are taken as replaced whole.
std::vector<Run> word_difference(std::string_view before, std::string_view now);

}  // namespace jianlu::statute
