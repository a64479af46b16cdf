#pragma once

#include <optional>
#include <string_view>

#include "engine/calendar/date.h"
#include "engine/calendar/instant.h"

namespace jianlu::calendar {

struct ZoneTable;

// What a clock on the wall shows.
struct LocalTime {
  Day day = 0;
  std::int64_t of_day = 0;  // microseconds since 00:00, in [0, hours_24)
  friend constexpr auto operator<=>(const LocalTime&, const LocalTime&) = default;
};

// A time zone of the IANA database. Small and trivially copyable; its transitions are read once and kept for the life
// of the process. Thread-safe. Before 1900 and after 2200 the nearest known offset continues.
class Zone {
 public:
  // "Asia/Shanghai". Nothing when the database has no such zone or there is no database.
  static std::optional<Zone> find(std::string_view name);
  static Zone utc();

  std::string_view name() const;

  // Local time minus UTC, in microseconds.
  std::int64_t offset_at(Instant instant) const {
    return instant >= last_start_ ? last_offset_ : earlier_offset(instant);
  }

  LocalTime to_local(Instant instant) const {
    const std::int64_t local = saturating_add(instant, offset_at(instant));
    std::int64_t day = local / hours_24;
    if (local % hours_24 < 0) --day;
    return {static_cast<Day>(day), local - day * hours_24};
  }
  Day day_of(Instant instant) const { return to_local(instant).day; }

  // A local time that occurs twice means its first occurrence; one that the clock skips means the instant of the skip.
  Instant to_instant(LocalTime local) const;
  // Whether the clock of this zone ever shows this time.
  bool exists(LocalTime local) const { return to_local(to_instant(local)) == local; }

  // The first and the last instant (microsecond) of a local day. An end of day is a deadline that is itself in time:
  // whatever happens at 24:00:00.000000 happens on the next day.
  Instant start_of_day(Day day) const { return to_instant({day, 0}); }
  Instant end_of_day(Day day) const { return to_instant({day + 1, 0}) - 1; }

  friend bool operator==(const Zone& a, const Zone& b) { return a.table_ == b.table_; }

 private:
  explicit Zone(const ZoneTable& table);
  std::int64_t earlier_offset(Instant instant) const;

  const ZoneTable* table_;
  Instant last_start_;        // when the last stretch of constant offset began
  std::int64_t last_offset_;
};

// The last instant of the local day on which `instant` falls; a sentinel stays what it is.
Instant end_of_day(Instant instant, const Zone& zone);
Bound end_of_day(const Bound& bound, const Zone& zone);
bool same_day(Instant a, Instant b, const Zone& zone);

}  // namespace jianlu::calendar
