#pragma once

#include <cstdint>

#include "engine/calendar/instant.h"
#include "engine/calendar/working_days.h"
#include "engine/calendar/zone.h"

namespace jianlu::calendar {

// A length of time in units that do not convert into one another: 24 hours, 1 day and 1 working day differ.
struct Period {
  std::int64_t months = 0;  // a year is 12 months
  std::int64_t days = 0;
  std::int64_t working_days = 0;
  std::int64_t micros = 0;  // by the hour

  // Counted by dates: ends at the end of a local day.
  constexpr bool by_date() const { return months != 0 || days != 0 || working_days != 0; }
  friend constexpr bool operator==(const Period&, const Period&) = default;
};

// What happens when the last day is a day off: it becomes the day after the days off (Civil Code, art. 203), or it
// stays (不顺延, as for retention).
enum class Rollover : std::uint8_t { move, stay };

// The last instant that is still in time. `missing_notice` is the first year whose days off would have to be known,
// 0 when nothing is missing; then the end is exact for an exact start. Without the notice every day of that year may be
// worked or not, so `lo` takes them all as worked and `hi`, for which no law sets a limit, may be end_of_time.
struct PeriodEnd : Bound {
  int missing_notice = 0;
  friend constexpr bool operator==(const PeriodEnd&, const PeriodEnd&) = default;
};

// The end of a period that an event at `from` starts (Civil Code, arts 200 to 204):
// - by the hour it starts at once and ends exactly `micros` later;
// - by dates the day of the event is not counted and the end is the last microsecond of the last day (24:00, so the
//   same as end_of_day of any instant of that day). Months come first (same date, else the last day of the month),
//   then days, then working days; a length by the hour is added after that.
// Negative amounts count back in the same way, the end being the last microsecond of the day reached; only an end that
// lies after the day of the event rolls over. Nothing to add gives `from`. Results saturate at the sentinels.
PeriodEnd add(Instant from, const Period& period, const Zone& zone, const WorkingDays& working, Rollover rollover);

// From an uncertain event: the earliest to the latest end. add() never decreases when `from` grows.
PeriodEnd add(const Bound& from, const Period& period, const Zone& zone, const WorkingDays& working,
              Rollover rollover);

}  // namespace jianlu::calendar
