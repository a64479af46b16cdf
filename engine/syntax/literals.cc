#include "engine/syntax/literals.h"

#include <algorithm>
#include <array>

#include "engine/source/screen.h"
#include "engine/statute/citation.h"

namespace jianlu::syntax {
namespace {

using source::Language;

struct Unit {
  std::string_view zh, en;  // en: of one; an s makes it many
  std::int64_t months, days, working_days, micros;
};
constexpr std::array<Unit, 7> units = {{{"个工作日", "working day", 0, 0, 1, 0},
                                        {"个月", "month", 1, 0, 0, 0},
                                        {"年", "year", 12, 0, 0, 0},
                                        {"日", "day", 0, 1, 0, 0},
                                        {"小时", "hour", 0, 0, 0, 3'600'000'000},
                                        {"分钟", "minute", 0, 0, 0, 60'000'000},
                                        {"秒", "second", 0, 0, 0, 1'000'000}}};

// What people write instead of the units, in either language.
struct Synonym {
  std::string_view written, meant;
};
constexpr std::array<Synonym, 15> synonyms = {{{"天", "日"}, {"月", "个月"}, {"工作日", "个工作日"}, {"个年", "年"},
                                               {"个日", "日"}, {"个小时", "小时"}, {"时", "小时"}, {"钟头", "小时"},
                                               {"分", "分钟"}, {"秒钟", "秒"}, {"h", "hour"}, {"min", "minute"},
                                               {"working_day", "working day"}, {"hr", "hour"}, {"sec", "second"}}};

// The bytes of the digits at the front, in the original spelling.
std::size_t digits_length(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const source::CodePoint point = source::decode(text, at);
    const bool digit = (point.value >= '0' && point.value <= '9') || (point.value >= 0xFF10 && point.value <= 0xFF19);
    if (!digit) break;
    at += point.length;
  }
  return at;
}

std::optional<std::int64_t> amount_of(std::string_view digits) {
  const std::string plain = narrow(digits);
  if (plain.empty() || plain.size() > 7) return std::nullopt;
  const std::int64_t value = std::stoll(plain);
  return value <= 1'000'000 ? std::optional(value) : std::nullopt;
}

std::string english_unit(const Unit& unit, std::int64_t amount) {
  return std::string(unit.en) + (amount == 1 ? "" : "s");
}

}  // namespace

std::string narrow(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const source::CodePoint point = source::decode(text, at);
    if (point.length == 3 && point.value >= 0xFF01 && point.value <= 0xFF5E) {
      out += static_cast<char>(point.value - 0xFEE0);
    } else {
      out += text.substr(at, std::max<std::size_t>(point.length, 1));
    }
    at += std::max<std::size_t>(point.length, 1);
  }
  return out;
}

std::optional<calendar::Period> parse_period(std::string_view text) {
  const std::size_t digits = digits_length(text);
  const std::optional<std::int64_t> amount = amount_of(text.substr(0, digits));
  if (!amount) return std::nullopt;
  const std::string_view unit = text.substr(digits);
  for (const Unit& u : units) {
    if (unit != u.zh && unit != " " + english_unit(u, *amount)) continue;
    return calendar::Period{u.months * *amount, u.days * *amount, u.working_days * *amount, u.micros * *amount};
  }
  return std::nullopt;
}

bool counted_by_date(std::string_view text) {
  const std::size_t digits = digits_length(text);
  const std::int64_t amount = amount_of(text.substr(0, digits)).value_or(0);
  for (const Unit& u : units) {
    if (text.substr(digits) == u.zh || text.substr(digits) == " " + english_unit(u, amount)) return u.micros == 0;
  }
  return false;
}

std::string translate_period(std::string_view text, Language to) {
  const std::size_t digits = digits_length(text);
  const std::int64_t amount = amount_of(text.substr(0, digits)).value_or(0);
  for (const Unit& u : units) {
    const std::string english = " " + english_unit(u, amount);
    if (text.substr(digits) != u.zh && text.substr(digits) != english) continue;
    return std::string(text.substr(0, digits)) + (to == Language::zh ? std::string(u.zh) : english);
  }
  return std::string(text);
}

std::string suggest_period(std::string_view text) {
  const std::size_t digits = digits_length(text);
  const std::optional<std::int64_t> amount = amount_of(text.substr(0, digits));
  if (!amount) return {};
  std::string_view written = text.substr(digits);
  while (written.starts_with(' ')) written.remove_prefix(1);
  for (const Synonym& s : synonyms) {
    if (written == s.written) written = s.meant;
  }
  for (const Unit& u : units) {
    const bool english = written == u.en || written == std::string(u.en) + "s";
    if (english) return std::string(text.substr(0, digits)) + " " + english_unit(u, *amount);
    if (written == u.zh) return std::string(text.substr(0, digits)) + std::string(u.zh);
  }
  return {};
}

std::optional<std::int64_t> parse_number(std::string_view written) {
  std::string text = narrow(written);
  const bool percent = !text.empty() && text.back() == '%';
  if (percent) text.pop_back();
  std::int64_t scale = percent ? 10'000 : 1'000'000;
  std::int64_t value = 0;
  bool decimals = false;
  for (const char ch : text) {
    if (ch == '.') {
      decimals = true;
      continue;
    }
    if (decimals) {
      if (scale == 1) return std::nullopt;
      scale /= 10;
    }
    value = value * 10 + (ch - '0');
    if (value > 1'000'000'000'000'000) return std::nullopt;
  }
  if (value > 1'000'000'000'000'000 / scale) return std::nullopt;
  return value * scale;
}

std::size_t field_mark(std::string_view text) {
  std::size_t length = std::max<std::size_t>(source::decode(text, 0).length, 1);
  if (text.starts_with("'")) ++length;  // the s
  while (length < text.size() && text[length] == ' ') ++length;
  return length;
}

std::string unquote(std::string_view text) {
  const std::size_t mark = std::max<std::size_t>(source::decode(text, 0).length, 1);
  if (text.size() < 2 * mark) return {};
  const std::string_view close = text.substr(text.size() - std::max<std::size_t>(mark, 1));
  std::string_view rest = text.substr(mark, text.size() - 2 * mark);
  std::string out;
  while (!rest.empty()) {
    const bool doubled = rest.starts_with(close) && rest.substr(close.size()).starts_with(close);
    if (doubled) rest.remove_prefix(close.size());
    const std::size_t length = std::min(rest.size(), std::max<std::size_t>(source::decode(rest, 0).length, 1));
    out += rest.substr(0, length);
    rest.remove_prefix(length);
  }
  return out;
}

std::string suggest_citation(std::string_view written, Language language) {
  // Every number as it should be written, then the levels as they stand.
  std::string out;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t digits = digits_length(written.substr(at));
    if (digits > 0) {
      const std::optional<std::int64_t> number = amount_of(written.substr(at, digits));
      if (!number || *number < 1 || *number > statute::max_ordinal) return {};
      out += language == Language::zh ? statute::chinese_numeral(static_cast<std::uint16_t>(*number))
                                      : std::to_string(*number);
      at += digits;
      continue;
    }
    const std::size_t length = std::max<std::size_t>(source::decode(written, at).length, 1);
    const std::string_view one = written.substr(at, length);
    out += one == "〇" ? "零" : one == "两" ? "二" : one;
    at += length;
  }
  if (const std::size_t ten = out.find("第一十"); ten != std::string::npos) out.replace(ten, std::string("第一十").size(), "第十");
  const bool good = language == Language::zh ? statute::parse_zh(out).has_value() : statute::parse_en(out).has_value();
  return good ? out : std::string();
}

}  // namespace jianlu::syntax
