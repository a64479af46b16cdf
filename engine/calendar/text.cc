#include "engine/calendar/text.h"

#include <optional>

namespace jianlu::calendar {
namespace {

// Reads a text from the front; every step says whether it succeeded and moves on only then.
struct Cursor {
  std::string_view text;
  std::size_t at = 0;

  bool done() const { return at == text.size(); }
  bool accept(char c) {
    if (done() || text[at] != c) return false;
    ++at;
    return true;
  }
  std::optional<int> digits(std::size_t count) {
    if (text.size() - at < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const char c = text[at + i];
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    at += count;
    return value;
  }
};

ParsedDay read_day(Cursor& cursor) {
  const std::size_t start = cursor.at;
  const auto year = cursor.digits(4);
  if (!year || !cursor.accept('-')) return {0, TimeFault::shape, cursor.at};
  const auto month = cursor.digits(2);
  if (!month || !cursor.accept('-')) return {0, TimeFault::shape, cursor.at};
  const auto day = cursor.digits(2);
  if (!day) return {0, TimeFault::shape, cursor.at};
  const Date date{*year, static_cast<std::uint8_t>(*month), static_cast<std::uint8_t>(*day)};
  if (!is_valid(date)) return {0, TimeFault::no_such_date, start};
  return {to_day(date), TimeFault::none, 0};
}

struct ParsedTime {
  std::int64_t of_day = 0;
  TimeFault fault = TimeFault::none;
  std::size_t at = 0;
};

ParsedTime read_time(Cursor& cursor) {
  const std::size_t start = cursor.at;
  const auto hours = cursor.digits(2);
  if (!hours || !cursor.accept(':')) return {0, TimeFault::shape, cursor.at};
  const auto minutes = cursor.digits(2);
  if (!minutes) return {0, TimeFault::shape, cursor.at};
  std::int64_t of_day = *hours * hour + *minutes * minute;
  int seconds = 0;
  if (cursor.accept(':')) {
    const auto read = cursor.digits(2);
    if (!read) return {0, TimeFault::shape, cursor.at};
    seconds = *read;
    if (cursor.accept('.')) {
      std::int64_t unit = second / 10;
      int count = 0;
      for (; const auto digit = cursor.digits(1); ++count, unit /= 10) of_day += *digit * unit;
      if (count == 0 || count > 9) return {0, TimeFault::shape, cursor.at};
    }
  }
  if (*hours > 23 || *minutes > 59 || seconds > 59) return {0, TimeFault::no_such_time, start};
  return {of_day + seconds * second, TimeFault::none, 0};
}

struct ParsedOffset {
  std::optional<std::int64_t> offset;  // nothing: none was written
  TimeFault fault = TimeFault::none;
};

ParsedOffset read_offset(Cursor& cursor) {
  if (cursor.done()) return {};
  if (cursor.accept('Z')) return {0, TimeFault::none};
  const bool ahead = cursor.accept('+');
  if (!ahead && !cursor.accept('-')) return {{}, TimeFault::bad_offset};
  const auto hours = cursor.digits(2);
  if (!hours || *hours > 23) return {{}, TimeFault::bad_offset};
  cursor.accept(':');
  const auto minutes = cursor.digits(2);
  if (!minutes || *minutes > 59) return {{}, TimeFault::bad_offset};
  const std::int64_t offset = *hours * hour + *minutes * minute;
  return {ahead ? offset : -offset, TimeFault::none};
}

// At least `width` digits; `value` is not negative.
void append_number(std::string& out, std::int64_t value, int width) {
  char digits[20];
  int count = 0;
  for (; value > 0 || count < width; value /= 10) digits[count++] = static_cast<char>('0' + value % 10);
  while (count > 0) out += digits[--count];
}

void append_day(std::string& out, Day day) {
  const Date date = to_date(day);
  if (date.year < 0) out += '-';
  append_number(out, date.year < 0 ? -date.year : date.year, 4);
  append_number(out += '-', date.month, 2);
  append_number(out += '-', date.day, 2);
}

}  // namespace

std::string_view describe_zh(TimeFault fault) {
  switch (fault) {
    case TimeFault::none: return "";
    case TimeFault::shape: return "应写作 2024-01-01 或 2024-01-01T08:00:00";
    case TimeFault::no_such_date: return "没有这一天";
    case TimeFault::no_such_time: return "没有这个时刻；24:00 请写作次日 00:00";
    case TimeFault::bad_offset: return "时区应写作 Z 或 +08:00";
  }
  return "";
}

std::string_view describe_en(TimeFault fault) {
  switch (fault) {
    case TimeFault::none: return "";
    case TimeFault::shape: return "write 2024-01-01 or 2024-01-01T08:00:00";
    case TimeFault::no_such_date: return "there is no such date";
    case TimeFault::no_such_time: return "there is no such time; for 24:00 write 00:00 of the next day";
    case TimeFault::bad_offset: return "write the offset as Z or +08:00";
  }
  return "";
}

ParsedDay parse_day(std::string_view text) {
  Cursor cursor{text};
  ParsedDay parsed = read_day(cursor);
  if (parsed.fault == TimeFault::none && !cursor.done()) return {0, TimeFault::shape, cursor.at};
  return parsed;
}

ParsedInstant parse_instant(std::string_view text, const Zone& zone) {
  Cursor cursor{text};
  const ParsedDay day = read_day(cursor);
  if (day.fault != TimeFault::none) return {0, day.fault, day.at};
  if (!cursor.accept('T') && !cursor.accept(' ')) return {0, TimeFault::shape, cursor.at};
  const std::size_t time_at = cursor.at;
  const ParsedTime time = read_time(cursor);
  if (time.fault != TimeFault::none) return {0, time.fault, time.at};
  const std::size_t offset_at = cursor.at;
  const ParsedOffset offset = read_offset(cursor);
  if (offset.fault != TimeFault::none) return {0, offset.fault, offset_at};
  if (!cursor.done()) return {0, TimeFault::bad_offset, cursor.at};
  const LocalTime local{day.day, time.of_day};
  if (offset.offset) return {local.day * hours_24 + local.of_day - *offset.offset, TimeFault::none, 0};
  if (!zone.exists(local)) return {0, TimeFault::no_such_time, time_at};
  return {zone.to_instant(local), TimeFault::none, 0};
}

std::string format_day(Day day) {
  std::string text;
  append_day(text, day);
  return text;
}

std::string format_instant(Instant instant, const Zone& zone) {
  std::int64_t offset = zone.offset_at(instant);
  const bool whole_minutes = offset % minute == 0;
  const LocalTime local = whole_minutes ? zone.to_local(instant) : Zone::utc().to_local(instant);
  std::string text;
  text.reserve(32);
  append_day(text, local.day);
  append_number(text += 'T', local.of_day / hour, 2);
  append_number(text += ':', local.of_day / minute % 60, 2);
  append_number(text += ':', local.of_day / second % 60, 2);
  if (const std::int64_t fraction = local.of_day % second; fraction != 0) append_number(text += '.', fraction, 6);
  if (!whole_minutes || zone == Zone::utc()) return text += 'Z';
  text += offset < 0 ? '-' : '+';
  if (offset < 0) offset = -offset;
  append_number(text, offset / hour, 2);
  append_number(text += ':', offset / minute % 60, 2);
  return text;
}

}  // namespace jianlu::calendar
