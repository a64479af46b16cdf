#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/calendar/date.h"

namespace jianlu::calendar {

enum class DayKind : std::uint8_t { working, off, unknown };

// What a yearly notice of the State Council General Office arranges. The lists may name days of the year before
// (the notice for 2019 named 29 to 31 December 2018).
struct YearNotice {
  int year = 0;
  std::vector<std::string> sources;  // where the notice was published
  std::vector<Day> days_off;
  std::vector<Day> make_up_days;  // Saturdays and Sundays that are worked (调休)
};

// Which days are worked. A day that a notice names is what the notice says. Any other day of a year with a notice is
// worked from Monday to Friday, except that 25 to 31 December wait for the next year's notice, which may name them.
// Every other day is unknown: a missing notice is no statement that there are no days off.
class WorkingDays {
 public:
  WorkingDays() = default;  // knows no year
  explicit WorkingDays(std::vector<YearNotice> notices);

  DayKind kind(Day day) const {
    const std::int64_t index = std::int64_t{day} - begin_;
    return index >= 0 && index < static_cast<std::int64_t>(kinds_.size()) ? kinds_[static_cast<std::size_t>(index)]
                                                                         : DayKind::unknown;
  }

  // The year whose notice would settle an unknown day.
  int notice_needed(Day day) const;

  // By year, ascending; for reports and receipts.
  const std::vector<YearNotice>& notices() const { return notices_; }

 private:
  bool has_notice(int year) const;

  std::vector<YearNotice> notices_;
  Day begin_ = 0;
  std::vector<DayKind> kinds_;  // of consecutive days from begin_
};

}  // namespace jianlu::calendar
