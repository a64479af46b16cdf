#include <fmt/format.h>

#include "engine/store/impl.h"

namespace jianlu::store {

using calendar::Day;
using Calendar = model::Entity::Calendar;

CalendarPeriod period_of(Calendar kind, calendar::Instant time, const calendar::Zone& zone) {
  const Day day = zone.day_of(time);
  const calendar::Date date = calendar::to_date(day);
  Day first = day, next = day + 1;
  std::string label = fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
  switch (kind) {
    case Calendar::week: {
      first = day - static_cast<Day>(calendar::weekday(day));
      next = first + 7;
      const std::int32_t year = calendar::to_date(first + 3).year;   // ISO 8601: that of the week's Thursday
      label = fmt::format("{:04}-W{:02}", year, (first + 3 - calendar::to_day({year, 1, 1})) / 7 + 1);
      break;
    }
    case Calendar::month:
      first = calendar::to_day({date.year, date.month, 1});
      next = calendar::add_months(first, 1);
      label = fmt::format("{:04}-{:02}", date.year, date.month);
      break;
    case Calendar::year:
      first = calendar::to_day({date.year, 1, 1});
      next = calendar::add_months(first, 12);
      label = fmt::format("{:04}", date.year);
      break;
    case Calendar::day:
    case Calendar::no: break;
  }
  return {std::move(label), zone.start_of_day(first), zone.start_of_day(next)};
}

}  // namespace jianlu::store
