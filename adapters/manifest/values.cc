#include "adapters/manifest/values.h"

#include <string>

#include "engine/fact/fact.h"

namespace jianlu::manifest {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Digits with at most six decimals, from the front of `text`; millionths.
std::optional<std::int64_t> take_decimal(std::string_view& text) {
  if (text.empty() || !digit(text[0])) return std::nullopt;
  std::int64_t whole = 0, fraction = 0;
  for (; !text.empty() && digit(text[0]); text.remove_prefix(1)) {
    if (__builtin_mul_overflow(whole, std::int64_t{10}, &whole) ||
        __builtin_add_overflow(whole, std::int64_t{text[0] - '0'}, &whole)) return std::nullopt;
  }
  if (take(text, ".")) {
    if (text.empty() || !digit(text[0])) return std::nullopt;
    std::int64_t unit = 100'000;
    for (; !text.empty() && digit(text[0]); text.remove_prefix(1)) {
      if (unit == 0 && text[0] != '0') return std::nullopt;
      fraction += unit * (text[0] - '0');
      unit /= 10;
    }
  }
  if (__builtin_mul_overflow(whole, std::int64_t{1'000'000}, &whole) ||
      __builtin_add_overflow(whole, fraction, &whole) || whole > fact::kMax) return std::nullopt;
  return whole;
}

struct Unit {
  std::string_view names[4];
  std::int64_t seconds;
};
constexpr Unit kUnits[] = {{{"小时", "h", "H", "时"}, 3600}, {{"分钟", "m", "M", "分"}, 60}, {{"秒", "s", "S", "秒"}, 1}};

}  // namespace

std::optional<std::int64_t> parse_truth(std::string_view text) {
  if (text == "是" || text == "true" || text == "yes") return fact::kTrue;
  if (text == "否" || text == "false" || text == "no") return fact::kFalse;
  return std::nullopt;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  const bool negative = take(text, "-");
  const auto value = take_decimal(text);
  if (!value || !text.empty()) return std::nullopt;
  return negative ? -*value : *value;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  const bool negative = take(text, "-");
  take(text, "PT");
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  std::size_t next = 0;  // larger units come first, each once
  while (!text.empty()) {
    const auto amount = take_decimal(text);
    if (!amount) return std::nullopt;
    bool found = false;
    for (; next < std::size(kUnits) && !found; ++next) {
      for (const std::string_view name : kUnits[next].names) {
        if ((found = take(text, name))) break;
      }
      std::int64_t part = 0;
      if (found && (__builtin_mul_overflow(*amount, kUnits[next].seconds, &part) ||
                    __builtin_add_overflow(total, part, &total) || total > fact::kMax)) return std::nullopt;
    }
    if (!found) return std::nullopt;
  }
  return negative ? -total : total;
}

calendar::ParsedInstant read_instant(std::string_view text, const calendar::Zone& zone) {
  const calendar::ParsedInstant parsed = calendar::parse_instant(text, zone);
  if (parsed.fault != calendar::TimeFault::no_such_time || text.size() < 16 || text.substr(11, 5) != "24:00") return parsed;
  const calendar::ParsedDay day = calendar::parse_day(text.substr(0, 10));
  if (day.fault != calendar::TimeFault::none) return parsed;
  std::string next = calendar::format_day(day.day + 1) + "T00:00";
  next += text.substr(16);
  const calendar::ParsedInstant retried = calendar::parse_instant(next, zone);
  // 24:00:01 is no time either.
  if (retried.fault != calendar::TimeFault::none || zone.to_local(retried.instant).of_day % calendar::minute != 0) return parsed;
  return retried;
}

calendar::ParsedInstant parse_through(std::string_view text, const calendar::Zone& zone) {
  if (text.size() != 10) return read_instant(text, zone);
  const calendar::ParsedDay day = calendar::parse_day(text);
  if (day.fault != calendar::TimeFault::none) return {0, day.fault, day.at};
  return {zone.start_of_day(day.day + 1), calendar::TimeFault::none, 0};
}

}  // namespace jianlu::manifest
