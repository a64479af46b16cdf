#include "adapters/ledger/times.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "engine/calendar/text.h"

namespace jianlu::ledger {
namespace {

struct Token {
  std::string_view text;
  int field;                // of Parts::at
  int least, most;          // digits
};
// Longer ones first.
constexpr std::array<Token, 11> kTokens{{{"yyyy", 0, 4, 4}, {"SSS", 6, 3, 3}, {"MM", 1, 2, 2}, {"dd", 2, 2, 2}, {"HH", 3, 2, 2}, {"mm", 4, 2, 2},
                                         {"ss", 5, 2, 2}, {"M", 1, 1, 2}, {"d", 2, 1, 2}, {"H", 3, 1, 2}, {"m", 4, 1, 2}}};

constexpr std::string_view kNumber = "number", kNumberZh = "数";

const Token* token_at(std::string_view form) {
  for (const Token& token : kTokens) {
    if (form.substr(0, token.text.size()) == token.text) return &token;
  }
  return nullptr;
}

bool digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return n;
}

std::string of_micros(std::int64_t micros, std::string_view zone) {
  std::int64_t day = micros / calendar::hours_24, rest = micros % calendar::hours_24;
  if (rest < 0) {
    --day;
    rest += calendar::hours_24;
  }
  const std::int64_t seconds = rest / calendar::second, part = rest % calendar::second;
  return fmt::format("{}T{:02}:{:02}:{:02}{}{}", calendar::format_day(static_cast<calendar::Day>(day)), seconds / 3600, seconds / 60 % 60,
                     seconds % 60, part == 0 ? "" : fmt::format(".{:06}", part), zone);
}

constexpr std::int64_t kFarthest = 253402300799;   // the year 9999, in seconds

std::optional<std::string> epoch(std::string_view text, std::int64_t unit) {
  const auto n = whole(text);
  if (!n || *n < 0 || *n > kFarthest * (calendar::second / unit)) return std::nullopt;
  return of_micros(*n * unit, "Z");
}

// Days since 1899-12-30; below 61 spreadsheets count a 29 February 1900 that never was.
std::optional<std::string> excel(std::string_view text) {
  double days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  if (error != std::errc() || end != text.data() + text.size() || !(days >= 61) || days > 2'958'466) return std::nullopt;
  // A spreadsheet keeps about a third of a millisecond; what it shows is whole milliseconds.
  const std::int64_t millis = std::llround(days * 86'400'000.0);
  return of_micros((millis - std::int64_t{25'569} * 86'400'000) * calendar::millisecond, "");
}

}  // namespace

std::optional<diag::Words> form_fault(std::string_view form) {
  if (form == "epoch" || form == "epoch_ms" || form == "excel" || form == kNumber || form == kNumberZh) return std::nullopt;
  std::array<bool, 7> has{};
  for (std::size_t i = 0; i < form.size();) {
    const Token* const token = token_at(form.substr(i));
    if (token != nullptr) {
      if (has[static_cast<std::size_t>(token->field)]) {
        return diag::Words("“" + std::string(form) + "”里 " + std::string(token->text) + " 重复", "`" + std::string(form) + "` says " + std::string(token->text) + " twice");
      }
      has[static_cast<std::size_t>(token->field)] = true;
    }
    i += token == nullptr ? 1 : token->text.size();
  }
  if (has[0] && has[1] && has[2]) return std::nullopt;
  return diag::Words("“" + std::string(form) + "”不是时刻的写法：要有 yyyy、MM、dd，或者写 epoch、epoch_ms、excel",
                     "`" + std::string(form) + "` is no way to write a time: it needs yyyy, MM and dd, or is epoch, epoch_ms or excel");
}

std::optional<std::string> read_time(std::string_view text, std::string_view form) {
  if (form == "epoch") return epoch(text, calendar::second);
  if (form == "epoch_ms") return epoch(text, calendar::millisecond);
  if (form == "excel") return excel(text);
  std::array<std::int64_t, 7> at{};
  while (!form.empty()) {
    const Token* const token = token_at(form);
    if (token == nullptr) {
      if (text.empty() || text.front() != form.front()) return std::nullopt;
      text.remove_prefix(1);
      form.remove_prefix(1);
      continue;
    }
    int digits = 0;
    while (digits < token->most && digits < static_cast<int>(text.size()) && digit(text[static_cast<std::size_t>(digits)])) ++digits;
    if (digits < token->least) return std::nullopt;
    at[static_cast<std::size_t>(token->field)] = *whole(text.substr(0, static_cast<std::size_t>(digits)));
    text.remove_prefix(static_cast<std::size_t>(digits));
    form.remove_prefix(token->text.size());
  }
  if (!text.empty()) return std::nullopt;
  // Whether there is such a day and time is the manifest's to say, in its words.
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}", at[0], at[1], at[2], at[3], at[4], at[5],
                     at[6] == 0 ? "" : fmt::format(".{:03}", at[6]));
}

}  // namespace jianlu::ledger
