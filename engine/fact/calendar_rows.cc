// Rows per unit and period: a unit's month exists where rows of the ledger that it gathers fall into it.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "engine/fact/builder.h"
#include "engine/fact/states.h"

namespace jianlu::fact {

using model::EntityId;
using model::FieldId;
using model::kNone;
using model::TypeKind;

namespace {

using Calendar = model::Entity::Calendar;
using calendar::Day;

Day first_day(Calendar kind, Day day) {
  const calendar::Date date = calendar::to_date(day);
  switch (kind) {
    case Calendar::week: return day - static_cast<Day>(calendar::weekday(day));
    case Calendar::month: return calendar::to_day({date.year, date.month, 1});
    case Calendar::year: return calendar::to_day({date.year, 1, 1});
    default: return day;
  }
}

Day next_first_day(Calendar kind, Day first) {
  switch (kind) {
    case Calendar::week: return first + 7;
    case Calendar::month: return calendar::add_months(first, 1);
    case Calendar::year: return calendar::add_months(first, 12);
    default: return first + 1;
  }
}

// 2024-05-07, 2024-W19 (ISO 8601: the year of the week's Thursday), 2024-05, 2024.
std::string label(Calendar kind, Day first) {
  const calendar::Date date = calendar::to_date(kind == Calendar::week ? first + 3 : first);
  switch (kind) {
    case Calendar::week:
      return fmt::format("{:04}-W{:02}", date.year, (first + 3 - calendar::to_day({date.year, 1, 1})) / 7 + 1);
    case Calendar::month: return fmt::format("{:04}-{:02}", date.year, date.month);
    case Calendar::year: return fmt::format("{:04}", date.year);
    default: return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
  }
}

}  // namespace

void Builder::make_calendar_rows(EntityId id) {
  if (!is_live_[id]) return;
  const model::Entity& e = entity(id);
  const EntityId of = e.calendar_of;
  const Table& rows = table(of);
  Table& made = table(id);
  for (Column& column : made.columns) empty(column);
  made.origins.clear();
  made.size = 0;

  struct Place {
    std::int64_t unit;
    Day first;
    Row row;
  };
  std::vector<Place> places;
  std::vector<std::int64_t> torn;  // units with a row that falls into one period or another
  const FieldId time = entity(of).time;
  for (Row row = 0; time != kNone && row < rows.size; ++row) {
    const std::int64_t unit = units_[of][row];
    if (unit < 0) continue;
    const Column& column = rows.columns[time];
    const bool interval = entity(of).fields[time].type.kind == TypeKind::interval;
    const std::vector<std::int64_t>& lows = interval ? column.end_lo : column.lo;
    const std::vector<std::int64_t>& highs = interval ? column.end_hi : column.hi;
    const bool known_time = column.state[row] == kValue;
    const Day lo = known_time ? first_day(e.calendar, zone_.day_of(lows[row])) : 0;
    if (!known_time || (!highs.empty() && first_day(e.calendar, zone_.day_of(highs[row])) != lo)) {
      torn.push_back(unit);
      continue;
    }
    places.push_back({unit, lo, row});
  }
  std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
    if (a.unit != b.unit) return facts_.texts[a.unit] < facts_.texts[b.unit];
    return std::tie(a.first, a.row) < std::tie(b.first, b.row);
  });

  std::vector<FieldId> lists;
  for (FieldId f = 0; f < static_cast<FieldId>(e.fields.size()); ++f) {
    if (e.fields[f].kind == model::FieldKind::list && e.fields[f].list_of == of && e.fields[f].back == kNone) lists.push_back(f);
  }
  for (const FieldId f : lists) {
    made.lists[f].contiguous = false;
    made.lists[f].offsets.clear();
    made.lists[f].rows.clear();
  }
  units_[id].clear();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Place& place = places[i];
    if (i == 0 || place.unit != places[i - 1].unit || place.first != places[i - 1].first) {
      units_[id].push_back(place.unit);
      made.origins.push_back(rows.origins[place.row]);
      for (const FieldId f : lists) made.lists[f].offsets.push_back(static_cast<std::int32_t>(i));
      const calendar::Instant start = zone_.start_of_day(place.first);
      const calendar::Instant next = zone_.start_of_day(next_first_day(e.calendar, place.first));
      for (FieldId f = 0; f < static_cast<FieldId>(e.fields.size()); ++f) {
        const model::Field& field = e.fields[f];
        if (field.kind == model::FieldKind::list) continue;
        Column& column = made.columns[f];
        std::uint8_t state = kValue;
        std::int64_t lo = 0;
        switch (field.type.kind) {
          case TypeKind::text:
            lo = facts_.texts.intern(std::string(facts_.texts[place.unit]) + "/" + label(e.calendar, place.first));
            break;
          case TypeKind::instant: lo = next - 1; break;
          case TypeKind::interval: lo = start; break;
          case TypeKind::reference:
            lo = entity(field.type.of).key == kNone ? kNoRow : known(field.type.of, place.unit);
            if (lo == kNoRow) state = kUnknown;
            break;
          case TypeKind::truth: lo = kUndecided; [[fallthrough]];
          default: state = kUnknown;
        }
        column.state.push_back(state);
        column.lo.push_back(lo);
        if (field.type.kind == TypeKind::interval) column.end_lo.push_back(next);
      }
      ++made.size;
    }
    for (const FieldId f : lists) made.lists[f].rows.push_back(place.row);
  }
  for (const FieldId f : lists) {
    made.lists[f].offsets.push_back(static_cast<std::int32_t>(places.size()));
    list_through(id, f);
    for (Row row = 0; row < made.size; ++row) {
      if (std::find(torn.begin(), torn.end(), units_[id][row]) != torn.end()) made.lists[f].through[row] = kMin;
    }
  }
}

}  // namespace jianlu::fact
