#include "report/words.h"

#include <array>
#include <cstdlib>

#include "engine/calendar/date.h"

namespace jianlu::report {
namespace {

struct Pair {
  std::string_view name, zh, en;
};

constexpr Pair kWords[] = {
#define WORD(name, zh, en) {#name, zh, en},
#include "report/wording.def"
#undef WORD
};

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

}  // namespace

Words::Words(source::Language language, std::string_view zone)
    : language_(language), zone_(calendar::Zone::find(zone).value_or(calendar::Zone::utc())) {}

std::string_view Words::operator[](Word word) const {
  const Pair& pair = kWords[static_cast<std::size_t>(word)];
  return zh() ? pair.zh : pair.en;
}

Value Words::table() const {
  Value::Object table;
  for (const Pair& pair : kWords) table.emplace(pair.name, zh() ? pair.zh : pair.en);
  return table;
}

std::string Words::zone_name() const {
  const std::int64_t minutes = zone_.offset_at(0) / calendar::minute;
  return fmt::format("{} (UTC{}{:02}:{:02})", zone_.name(), minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                     std::abs(minutes) % 60);
}

std::string Words::date(calendar::Day day) const {
  const calendar::Date d = calendar::to_date(day);
  return fill(Word::date, d.year, int{d.month}, int{d.day}, kMonths[d.month - 1u]);
}

std::string Words::clock(Instant instant, bool seconds) const {
  const std::int64_t of_day = zone_.to_local(instant).of_day;
  std::string text = fmt::format("{:02}:{:02}", of_day / calendar::hour, of_day / calendar::minute % 60);
  if (seconds) text += fmt::format(":{:02}", of_day / calendar::second % 60);
  if (const auto rest = of_day % calendar::second; seconds && rest != 0)
    text += fmt::format(".{:03}", rest / 1000);
  return text;
}

std::string Words::instant(Instant instant) const {
  if (!is_known(instant)) return std::string((*this)[Word::not_known]);
  return fill(Word::date_time, date(zone_.day_of(instant)), clock(instant, true));
}

std::string Words::period(const Period& p) const {
  if (!is_known(p.start) && !is_known(p.end)) return std::string((*this)[Word::not_known]);
  const bool one_day = is_known(p.start) && is_known(p.end) && zone_.day_of(p.start) == zone_.day_of(p.end);
  return fill(Word::from_to, instant(p.start), one_day ? clock(p.end, true) : instant(p.end));
}

std::string Words::dates(const Period& p) const {
  const auto day = [&](Instant instant) {
    return is_known(instant) ? date(zone_.day_of(instant)) : std::string((*this)[Word::not_known]);
  };
  const std::string start = day(p.start), end = day(p.end);
  return start == end ? start : fill(Word::from_to, start, end);
}

std::string Words::length(std::int64_t microseconds) const {
  const std::int64_t milliseconds = microseconds / calendar::millisecond;
  const std::int64_t whole = milliseconds / 1000;
  std::string text;
  const auto add = [&](Word word, const auto& amount) {
    if (!zh() && !text.empty()) text += ' ';
    text += fill(word, amount);
  };
  if (whole >= 86400) add(Word::days, whole / 86400);
  if (whole >= 3600 && whole / 3600 % 24 != 0) add(Word::hours, whole / 3600 % 24);
  const bool to_the_minute = microseconds % calendar::minute == 0;
  if (whole >= 60 && whole / 60 % 60 != 0)
    add(to_the_minute ? Word::whole_minutes : Word::minutes, whole / 60 % 60);
  if (milliseconds % 1000 != 0 && whole < 60) {
    add(Word::seconds, fmt::format("{:.3g}", static_cast<double>(milliseconds % 60000) / 1000));
  } else if (whole % 60 != 0 || text.empty()) {
    add(Word::seconds, whole % 60);
  }
  return text;
}

std::string Words::length(const Period& p) const {
  return is_known(p.start) && is_known(p.end) && p.end >= p.start ? length(p.end - p.start) : std::string();
}

std::string Words::number(std::int64_t number) const {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::int64_t>(digits.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3) {
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return digits;
}

std::string Words::joined(const std::vector<std::string>& texts) const {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += (*this)[Word::separator];
    all += text;
  }
  return all;
}

}  // namespace jianlu::report
