#include "engine/calendar/period.h"

#include <algorithm>

namespace jianlu::calendar {
namespace {

// Walks over days, taking unknown days either as worked or as off. Beyond the years that the notices touch every day is
// unknown: taken as worked they can be counted at once, taken as off the walk would never end.
struct Walker {
  const WorkingDays& working;
  bool unknown_counts;
  int missing_notice = 0;
  bool endless = false;

  bool worked(Day day) {
    const DayKind kind = working.kind(day);
    if (kind != DayKind::unknown) return kind == DayKind::working;
    if (missing_notice == 0) missing_notice = working.notice_needed(day);
    return unknown_counts;
  }

  bool beyond_notices(Day day, int step) const {
    if (working.notices().empty()) return true;
    const int year = to_date(day).year;
    return step > 0 ? year > working.notices().back().year : year < working.notices().front().year - 1;
  }

  Day count(Day day, std::int64_t amount) {
    const int step = amount < 0 ? -1 : 1;
    while (amount != 0) {
      const Day next = add_days(day, step);
      if (beyond_notices(next, step)) {
        if (worked(next)) return add_days(day, amount);
        endless = true;
        return step > 0 ? last_day : first_day;
      }
      if (worked(next)) amount -= step;
      day = next;
    }
    return day;
  }

  Day roll(Day day) { return worked(day) ? day : count(day, 1); }
};

PeriodEnd end_by_date(Day event_day, const Period& period, const Zone& zone, const WorkingDays& working,
                      Rollover rollover) {
  const Day plain = add_days(add_months(event_day, period.months), period.days);
  const auto reach = [&](bool unknown_counts, int& missing) {
    Walker walker{working, unknown_counts};
    Day day = walker.count(plain, period.working_days);
    if (rollover == Rollover::move && day > event_day && !walker.endless) day = walker.roll(day);
    if (missing == 0) missing = walker.missing_notice;
    if (!walker.endless) return zone.end_of_day(day);
    return day == last_day ? end_of_time : beginning_of_time;
  };
  int missing = 0;
  const Instant one = reach(true, missing);
  if (missing == 0) return {{one, one}, 0};
  const Instant other = reach(false, missing);
  return {{std::min(one, other), std::max(one, other)}, missing};
}

}  // namespace

PeriodEnd add(Instant from, const Period& period, const Zone& zone, const WorkingDays& working, Rollover rollover) {
  if (from == beginning_of_time || from == end_of_time) return {{from, from}, 0};
  PeriodEnd end{{from, from}, 0};
  if (period.by_date()) end = end_by_date(zone.day_of(from), period, zone, working, rollover);
  end.lo = saturating_add(end.lo, period.micros);
  end.hi = saturating_add(end.hi, period.micros);
  return end;
}

PeriodEnd add(const Bound& from, const Period& period, const Zone& zone, const WorkingDays& working,
              Rollover rollover) {
  const PeriodEnd first = add(from.lo, period, zone, working, rollover);
  if (from.exact()) return first;
  const PeriodEnd last = add(from.hi, period, zone, working, rollover);
  return {{first.lo, last.hi}, first.missing_notice != 0 ? first.missing_notice : last.missing_notice};
}

}  // namespace jianlu::calendar
