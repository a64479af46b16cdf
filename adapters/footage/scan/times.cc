#include "adapters/footage/scan/times.h"

#include <array>
#include <chrono>

namespace jianlu::footage {
namespace {

// Digits, then the separators of one fixed layout; no locale, no allocation.
struct Cursor {
  std::string_view rest;
  bool ok = true;
  int number(std::size_t digits) {
    int n = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (rest.empty() || rest[0] < '0' || rest[0] > '9') return ok = false, 0;
      n = n * 10 + (rest[0] - '0');
      rest.remove_prefix(1);
    }
    return n;
  }
  bool eat(char c) {
    if (rest.empty() || rest[0] != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  void need(bool eaten) { ok = ok && eaten; }
};

bool default_date(int year, int month, int day) {
  static constexpr std::array years{1900, 1904, 1970, 1980, 2000};
  for (const int y : years)
    if (year == y && month == 1 && day == 1) return true;
  return year < 1990;
}

}  // namespace

StatedTime stated_time(std::string_view source, std::string_view text, bool utc_by_format, std::int64_t now) {
  StatedTime out{std::string(source), std::string(text), std::nullopt, TimeTrust::zone_unstated};
  Cursor c{text};
  const int year = c.number(4);
  const char dash = c.rest.empty() ? '-' : c.rest[0];
  c.need((dash == '-' || dash == ':' || dash == '/') && c.eat(dash));
  const int month = c.number(2);
  c.need(c.eat(dash));
  const int day = c.number(2);
  c.need(c.eat('T') || c.eat(' '));
  const int hour = c.number(2);
  c.need(c.eat(':'));
  const int minute = c.number(2);
  c.need(c.eat(':'));
  const int second = c.number(2);
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!c.ok || !date.ok() || hour > 23 || minute > 59 || second > 60) return out;
  const bool reset = hour == 1 && minute == 1 && second == 1;  // as some cameras begin after a change of battery
  if (default_date(year, month, day) || reset) out.trust = TimeTrust::implausible;
  std::int64_t fraction = 0;
  if (c.eat('.'))
    for (std::int64_t unit = 100'000; !c.rest.empty() && c.rest[0] >= '0' && c.rest[0] <= '9'; unit /= 10)
      fraction += (c.number(1)) * unit;
  std::optional<int> offset;  // minutes
  if (c.eat('Z')) {
    offset = 0;
  } else if (!c.rest.empty() && (c.rest[0] == '+' || c.rest[0] == '-')) {
    const int sign = c.rest[0] == '+' ? 1 : -1;
    c.rest.remove_prefix(1);
    const int hours = c.number(2);
    c.eat(':');
    const int minutes = c.number(2);
    if (c.ok) offset = sign * (hours * 60 + minutes);
  }
  if (!offset) return out;
  const std::int64_t days = sys_days(date).time_since_epoch().count();
  out.instant = ((days * 24 + hour) * 60 + minute - *offset) * 60'000'000ll + second * 1'000'000ll + fraction;
  if (out.trust == TimeTrust::implausible) return out;
  constexpr std::int64_t day_length = 86'400'000'000;  // a clock may run on another zone's time
  out.trust = *out.instant > now + day_length ? TimeTrust::implausible
              : utc_by_format                 ? TimeTrust::utc_claimed
                                              : TimeTrust::zone_stated;
  return out;
}

// "Recorded at 10:25:00 04/04/2020 (UTC+8) by AudioMoth …": when the recorder began, in the zone in brackets.
std::optional<StatedTime> recorder_comment(std::string_view comment, std::int64_t now) {
  constexpr std::string_view head = "Recorded at ";
  const auto at = comment.find(head);
  if (at == comment.npos || comment.find("by AudioMoth", at) == comment.npos) return std::nullopt;
  const auto text = comment.substr(at + head.size());
  constexpr std::size_t zone_at = 24;   // after "10:25:00 04/04/2020 (UTC"
  const auto close = text.find(')');
  if (close == text.npos || close < zone_at || close > zone_at + 6 || text.substr(20, 4) != "(UTC") return std::nullopt;
  const auto clock = text.substr(0, 8), day = text.substr(9, 2), month = text.substr(12, 2), year = text.substr(15, 4);
  std::string zone = "Z";
  if (close > zone_at) {   // "+8", "-3:30"
    const auto offset = text.substr(zone_at + 1, close - zone_at - 1);
    const auto colon = std::min(offset.find(':'), offset.size());
    zone = text[zone_at] + std::string(colon == 1 ? "0" : "") + std::string(offset.substr(0, colon)) +
           (colon < offset.size() ? std::string(offset.substr(colon + 1)) : "00");
  }
  auto out = stated_time("comment", std::string(year) + "-" + std::string(month) + "-" + std::string(day) + " " + std::string(clock) + zone, false, now);
  if (!out.instant) return std::nullopt;
  out.text = std::string(text.substr(0, close + 1));
  return out;
}

std::vector<StatedTime> stated_times(const std::vector<std::pair<std::string, std::string>>& tags,
                                     bool utc_by_format, std::int64_t now) {
  struct Key {
    std::string_view name;
    bool container;
  };
  static constexpr std::array keys{Key{"creation_time", true}, Key{"com.apple.quicktime.creationdate", false},
                                   Key{"date", false}};
  std::vector<StatedTime> out;
  const auto tag = [&](std::string_view wanted) -> std::string_view {
    for (const auto& [name, value] : tags)
      if (name == wanted) return value;
    return {};
  };
  // The bext chunk of broadcast WAVE (EBU Tech 3285) has the date and the time apart.
  constexpr std::size_t date_only = 10, time_only = 8;
  if (tag("date").size() == date_only && tag("creation_time").size() == time_only)
    return {stated_time("bext", std::string(tag("date")) + " " + std::string(tag("creation_time")), false, now)};
  for (const auto& key : keys)
    for (const auto& [name, value] : tags)
      if (name == key.name) out.push_back(stated_time(name, value, utc_by_format && key.container, now));
  if (auto said = recorder_comment(tag("comment"), now)) out.push_back(std::move(*said));
  return out;
}

}  // namespace jianlu::footage
