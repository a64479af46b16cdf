#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jianlu::statute {

// A place in a regulation: article (条), paragraph (款), item (项), sentence (句), clause (分句). 0 is "not given".
// Without an article it is relative: 第一款第二句 inside the article at hand.
struct Citation {
  std::uint16_t article = 0;
  std::uint16_t paragraph = 0;
  std::uint16_t item = 0;
  std::uint16_t sentence = 0;
  std::uint16_t clause = 0;

  constexpr bool empty() const { return *this == Citation{}; }
  constexpr bool relative() const { return article == 0; }
  // The text order of a regulation; a lead-in (item 0) comes before its items.
  friend constexpr auto operator<=>(const Citation&, const Citation&) = default;
};

// The highest number that a level can have.
inline constexpr std::uint16_t max_ordinal = 999;

// 第十五条第一款第二句第一分句; levels that are not given are left out. An empty citation gives an empty text.
std::string format_zh(const Citation& citation);
// art 15 para 1 item 3 s 2 cl 1
std::string format_en(const Citation& citation);

// Accept exactly the spelling that format_zh and format_en write (parse(format(c)) == c and format(parse(t)) == t), so
// that a formatter can translate there and back; anything else, an empty text included, gives nothing.
std::optional<Citation> parse_zh(std::string_view text);
std::optional<Citation> parse_en(std::string_view text);

// 一 to 九百九十九 (一十 is written 十, as is usual; 110 is 一百一十). `number` is 1 to max_ordinal.
std::string chinese_numeral(std::uint16_t number);
std::optional<std::uint16_t> parse_chinese_numeral(std::string_view text);

}  // namespace jianlu::statute
