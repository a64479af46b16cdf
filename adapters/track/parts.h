// Numbers, lines and fields of track files; no locale.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/calendar/date.h"
#include "engine/calendar/instant.h"

namespace jianlu::track {

inline std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || !(value > -1e12 && value < 1e12)) return std::nullopt;
  return value;
}

// Digits only.
inline std::optional<std::int64_t> whole(std::string_view text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

inline std::optional<std::int64_t> utc(std::int64_t year, std::int64_t month, std::int64_t day, std::int64_t hour, std::int64_t minute,
                                       std::int64_t second) {
  if (year < 1990 || year > 2200 || month > 12 || day > 31 || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const calendar::Date date{static_cast<std::int32_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
  if (!calendar::is_valid(date)) return std::nullopt;
  return calendar::to_day(date) * calendar::hours_24 + hour * calendar::hour + minute * calendar::minute + second * calendar::second;
}

// "2024-05-28T10:00:00.524", with "Z", an offset or nothing after it; nothing counts as UTC.
std::optional<std::int64_t> iso_time(std::string_view text);

std::vector<std::string_view> split(std::string_view text, char at);

class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  // Without its end; what is longer than a line of these formats ever is comes in pieces that no reader takes.
  std::optional<std::string_view> next();
  int number() const { return number_; }

 private:
  std::string_view rest_;
  int number_ = 0;
};

}  // namespace jianlu::track
