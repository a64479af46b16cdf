// Calendar operators: monotone, so the ends of a bound go to the ends of the result.
#include <algorithm>

#include "engine/exec/kernels.h"

namespace jianlu::exec {
namespace {

using Word = std::int64_t;
using calendar::Day;

bool open(Word end) { return end <= kMin || end >= kMax; }

// The day of the last instant asked for; neighbours in a table are usually of one day.
class Days {
 public:
  explicit Days(const calendar::Zone& zone) : zone_(zone) {}
  // Whether `instant` is of another day than the last one was.
  bool moved(Word instant) {
    if (instant >= begin_ && instant < end_) return false;
    day_ = zone_.day_of(instant);
    begin_ = zone_.start_of_day(day_);
    end_ = zone_.end_of_day(day_) + 1;
    return true;
  }
  Word begin() const { return begin_; }
  Word last() const { return end_ - 1; }

 private:
  const calendar::Zone& zone_;
  Day day_ = 0;
  Word begin_ = 0, end_ = 0;
};

// `move(instant, upper)`: for an end that is not open.
template <typename Move>
Column each_end(Frame& frame, const plan::Node& n, bool widens, Move move) {
  const std::int32_t size = frame.size(n.domain);
  const Column& given = frame.of(n.operands[0]);
  const Column a = given.splat ? frame.full(given, size) : given;
  const auto pass = [&](const Word* in, bool upper) {
    Word* out = frame.take_words(size);
    for (std::int32_t i = 0; i < size; ++i) {
      out[i] = (a.bytes && a.bytes[i] != kValue) || open(in[i]) ? in[i] : move(in[i], upper);
    }
    return out;
  };
  Column out{given.bytes ? a.bytes : nullptr, pass(a.lo, false), nullptr, false};
  if (a.hi || widens) {
    out.hi = pass(a.hi ? a.hi : a.lo, true);
    if (std::equal(out.lo, out.lo + size, out.hi)) out.hi = nullptr;
  }
  return out;
}

}  // namespace

Column add_period(Frame& frame, const plan::Node& n) {
  static const calendar::WorkingDays kNoNotices;
  const auto& term = frame.run.plan.periods[static_cast<std::size_t>(n.index)];
  const calendar::Zone& zone = frame.run.zones[static_cast<std::size_t>(n.zone)];
  const auto& working = frame.run.context->working_days ? *frame.run.context->working_days : kNoNotices;
  const auto rollover = JIANLU_FAULT(rollover_always, term.rollover, true) ? calendar::Rollover::move : calendar::Rollover::stay;
  // What a period by dates ends at depends on the day of the event alone.
  Days days(zone);
  calendar::PeriodEnd end;
  const bool rolls = term.rollover || term.period.working_days != 0;
  return each_end(frame, n, rolls, [&](Word instant, bool upper) {
    if (days.moved(instant)) end = calendar::add(instant, term.period, zone, working, rollover);
    return upper ? std::min(end.hi, kMax) : std::max(end.lo, kMin);
  });
}

Column end_of_day(Frame& frame, const plan::Node& n) {
  Days days(frame.run.zones[static_cast<std::size_t>(n.zone)]);
  return each_end(frame, n, false, [&](Word instant, bool) {
    days.moved(instant);
    return JIANLU_FAULT(end_of_day_is_next_midnight, days.last(), days.last() + 1);
  });
}

Column start_of_day(Frame& frame, const plan::Node& n) {
  Days days(frame.run.zones[static_cast<std::size_t>(n.zone)]);
  return each_end(frame, n, false, [&](Word instant, bool) {
    days.moved(instant);
    return days.begin();
  });
}

Column same_day(Frame& frame, const plan::Node& n) {
  const calendar::Zone& zone = frame.run.zones[static_cast<std::size_t>(n.zone)];
  const std::int32_t size = frame.size(n.domain);
  const Column a = frame.full(frame.of(n.operands[0]), size), b = frame.full(frame.of(n.operands[1]), size);
  std::uint8_t* out = frame.take_bytes(size);
  for (std::int32_t i = 0; i < size; ++i) {
    out[i] = kUndecided;
    if (a.bytes[i] != kValue || b.bytes[i] != kValue) continue;
    const Day a_lo = zone.day_of(a.lo[i]), a_hi = zone.day_of(a.hi[i]), b_lo = zone.day_of(b.lo[i]), b_hi = zone.day_of(b.hi[i]);
    if (a_lo == a_hi && b_lo == b_hi) {
      out[i] = plan::truth_of(JIANLU_FAULT(same_day_in_utc, a_lo == b_lo,
                                           calendar::Zone::utc().day_of(a.lo[i]) == calendar::Zone::utc().day_of(b.lo[i])));
    } else if (a_hi < b_lo || b_hi < a_lo) {
      out[i] = kFalse;
    }
  }
  return {out, nullptr, nullptr, false};
}

}  // namespace jianlu::exec
