#include "engine/statute/citation.h"

#include <array>

namespace jianlu::statute {
namespace {

constexpr std::array<std::string_view, 10> digits = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
constexpr std::string_view ten = "十";
constexpr std::string_view hundred = "百";
constexpr std::string_view ordinal_mark = "第";

struct Level {
  std::uint16_t Citation::*number;
  std::string_view zh;
  std::string_view en;
};
constexpr std::array<Level, 5> levels = {{{&Citation::article, "条", "art"},
                                          {&Citation::paragraph, "款", "para"},
                                          {&Citation::item, "项", "item"},
                                          {&Citation::sentence, "句", "s"},
                                          {&Citation::clause, "分句", "cl"}}};

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Reads the numeral at the front of `text`, whatever its spelling; the caller compares with the canonical one.
std::uint16_t take_numeral(std::string_view& text) {
  unsigned total = 0;
  unsigned pending = 0;
  for (int length = 0; length < 6; ++length) {
    if (take(text, hundred)) {
      total += pending * 100;
      pending = 0;
    } else if (take(text, ten)) {
      total += (pending == 0 ? 1 : pending) * 10;
      pending = 0;
    } else {
      bool found = false;
      for (unsigned value = 0; value < digits.size() && !found; ++value) {
        if (take(text, digits[value])) {
          pending = value;
          found = true;
        }
      }
      if (!found) break;
    }
  }
  total += pending;
  return total <= max_ordinal ? static_cast<std::uint16_t>(total) : 0;
}

std::uint16_t take_number(std::string_view& text) {
  unsigned value = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9' && value <= max_ordinal) {
    value = value * 10 + static_cast<unsigned>(text.front() - '0');
    text.remove_prefix(1);
  }
  return value <= max_ordinal ? static_cast<std::uint16_t>(value) : 0;
}

}  // namespace

std::string chinese_numeral(std::uint16_t number) {
  const unsigned hundreds = number / 100;
  const unsigned tens = number / 10 % 10;
  const unsigned ones = number % 10;
  std::string text;
  if (hundreds > 0) text.append(digits[hundreds % 10]).append(hundred);
  if (tens > 0) {
    if (tens > 1 || hundreds > 0) text.append(digits[tens]);
    text.append(ten);
  } else if (hundreds > 0 && ones > 0) {
    text.append(digits[0]);
  }
  if (ones > 0) text.append(digits[ones]);
  return text;
}

std::optional<std::uint16_t> parse_chinese_numeral(std::string_view text) {
  std::string_view rest = text;
  const std::uint16_t number = take_numeral(rest);
  if (number == 0 || !rest.empty() || chinese_numeral(number) != text) return std::nullopt;
  return number;
}

std::string format_zh(const Citation& citation) {
  std::string text;
  for (const Level& level : levels) {
    const std::uint16_t number = citation.*level.number;
    if (number != 0) text.append(ordinal_mark).append(chinese_numeral(number)).append(level.zh);
  }
  return text;
}

std::string format_en(const Citation& citation) {
  std::string text;
  for (const Level& level : levels) {
    const std::uint16_t number = citation.*level.number;
    if (number == 0) continue;
    if (!text.empty()) text += ' ';
    text.append(level.en).append(" ").append(std::to_string(number));
  }
  return text;
}

std::optional<Citation> parse_zh(std::string_view text) {
  Citation citation;
  std::string_view rest = text;
  auto level = levels.begin();
  while (!rest.empty()) {
    if (!take(rest, ordinal_mark)) return std::nullopt;
    const std::uint16_t number = take_numeral(rest);
    while (level != levels.end() && !take(rest, level->zh)) ++level;
    if (level == levels.end()) return std::nullopt;
    citation.*(level++)->number = number;
  }
  if (citation.empty() || format_zh(citation) != text) return std::nullopt;
  return citation;
}

std::optional<Citation> parse_en(std::string_view text) {
  Citation citation;
  std::string_view rest = text;
  for (const Level& level : levels) {
    std::string_view tail = rest;
    if (!take(tail, level.en) || !take(tail, " ")) continue;
    citation.*level.number = take_number(tail);
    take(tail, " ");
    rest = tail;
  }
  if (citation.empty() || !rest.empty() || format_en(citation) != text) return std::nullopt;
  return citation;
}

}  // namespace jianlu::statute
