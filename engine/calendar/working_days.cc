#include "engine/calendar/working_days.h"

#include <algorithm>
#include <utility>

namespace jianlu::calendar {
namespace {

constexpr std::uint8_t first_shared_december_day = 25;

bool waits_for_next_year(const Date& date) { return date.month == 12 && date.day >= first_shared_december_day; }

}  // namespace

WorkingDays::WorkingDays(std::vector<YearNotice> notices) : notices_(std::move(notices)) {
  if (notices_.empty()) return;
  std::sort(notices_.begin(), notices_.end(),
            [](const YearNotice& a, const YearNotice& b) { return a.year < b.year; });
  begin_ = to_day({notices_.front().year - 1, 1, 1});
  const Day end = to_day({notices_.back().year + 2, 1, 1});
  kinds_.assign(static_cast<std::size_t>(end - begin_), DayKind::unknown);
  for (Day day = begin_; day < end; ++day) {
    const Date date = to_date(day);
    if (!has_notice(date.year) || (waits_for_next_year(date) && !has_notice(date.year + 1))) continue;
    kinds_[static_cast<std::size_t>(day - begin_)] =
        weekday(day) >= Weekday::saturday ? DayKind::off : DayKind::working;
  }
  const auto mark = [&](const std::vector<Day>& days, DayKind kind) {
    for (const Day day : days) {
      if (day >= begin_ && day < end) kinds_[static_cast<std::size_t>(day - begin_)] = kind;
    }
  };
  for (const YearNotice& notice : notices_) {
    mark(notice.days_off, DayKind::off);
    mark(notice.make_up_days, DayKind::working);
  }
}

bool WorkingDays::has_notice(int year) const {
  return std::any_of(notices_.begin(), notices_.end(), [&](const YearNotice& notice) { return notice.year == year; });
}

int WorkingDays::notice_needed(Day day) const {
  const Date date = to_date(day);
  return has_notice(date.year) && waits_for_next_year(date) ? date.year + 1 : date.year;
}

}  // namespace jianlu::calendar
