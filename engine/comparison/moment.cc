// Instants: what they are counted from, and how long after it they lie at least and at most.
#include <algorithm>

#include "engine/calendar/period.h"
#include "engine/comparison/terms.h"

namespace jianlu::comparison {

using model::Expr;
using model::ExprId;
using model::kNone;
using model::Op;

// Over every day of the years whose days off are known: the zone decides nothing here, since both ends are local.
Span Terms::span_of(const calendar::Period& period, bool rollover) {
  if (!period.by_date()) return {period.micros, period.micros};
  const std::string id = std::to_string(period.months) + "," + std::to_string(period.days) + "," + std::to_string(period.working_days);
  const auto [known, fresh] = spans_.try_emplace({id, rollover});
  Span& out = known->second;
  if (!fresh) return out;
  const calendar::Zone zone = calendar::Zone::utc();
  const auto mode = rollover ? calendar::Rollover::move : calendar::Rollover::stay;
  bool any = false;
  for (const calendar::YearNotice& year : working_days_.notices()) {
    for (calendar::Day day = calendar::to_day({year.year, 1, 1}); day <= calendar::to_day({year.year, 12, 31}); ++day) {
      const auto end = calendar::add(zone.start_of_day(day), period, zone, working_days_, mode);
      if (end.missing_notice != 0) continue;
      const std::int64_t longest = end.lo - zone.start_of_day(day), shortest = end.lo - zone.end_of_day(day);
      out.longest = any ? std::max(out.longest, longest) : longest;
      out.shortest = any ? std::min(out.shortest, shortest) : shortest;
      any = true;
    }
  }
  return out;
}

std::vector<Choice> Terms::later_by(std::vector<Choice> choices, const Words& length, Span span) const {
  for (Choice& choice : choices) {
    for (Moment& m : choice.latest) {
      m.length = m.length.zh.empty() ? length : Words{m.length.zh + "、" + length.zh, m.length.en + ", " + length.en};
      m.span.shortest += span.shortest;
      m.span.longest += span.longest;
    }
  }
  return choices;
}

std::vector<Choice> Terms::instant(ExprId id) { return instant(id, Rows{}); }

std::vector<Choice> Terms::instant(ExprId id, const Rows& rows) {
  const Expr e = expr(id);
  switch (e.op) {
    case Op::call: {
      const model::Definition d = book_.definitions[static_cast<std::size_t>(e.definition)];
      const Rows inner = arguments(e, rows);
      std::vector<Choice> general, special;
      for (const model::Alternative& a : d.alternatives) {
        const bool exception = a.when != kNone && a.value != kNone;
        for (Choice choice : instant(a.value != kNone ? a.value : a.when, inner)) {
          if (exception) {
            choice.when = both(cases(a.when, true, inner), choice.when);
            choice.when_text = comparison::text(choice.when);
          }
          (exception ? special : general).push_back(std::move(choice));
        }
      }
      general.insert(general.end(), special.begin(), special.end());
      return general;
    }
    case Op::add_period: case Op::add: {
      const ExprId length = opened(e.operands[1], rows);
      const Expr& by = expr(length);
      if (by.op != Op::period && by.op != Op::duration) break;
      const bool nothing = by.op == Op::period && !by.period.by_date() && by.period.micros == 0;
      if (nothing) return instant(e.operands[0], rows);
      const Span span = by.op == Op::duration ? Span{by.integer, by.integer} : span_of(by.period, e.rollover);
      return later_by(instant(e.operands[0], rows), print(length), span);
    }
    case Op::end_of_day:
      return later_by(instant(e.operands[0], rows), {"当日终了", "end of that day"}, {0, calendar::hours_24});
    case Op::later: {
      std::vector<Choice> a = instant(e.operands[0], rows);
      const std::vector<Choice> b = instant(e.operands[1], rows);
      if (a.size() != 1 || b.size() != 1) break;
      a[0].latest.insert(a[0].latest.end(), b[0].latest.begin(), b[0].latest.end());
      return a;
    }
    default: break;
  }
  const ExprId open = opened(id, rows);
  Choice self;
  self.when = {{}};
  self.latest = {{key(open), print(open), {}, {}}};
  return {self};
}

}  // namespace jianlu::comparison
