// What an absent cell means (language.md, section 3): none inside a delivery, otherwise unknown.
#include <algorithm>
#include <utility>

#include "engine/fact/builder.h"
#include "engine/fact/states.h"

namespace jianlu::fact {

using model::EntityId;
using model::FieldId;
using model::kNone;
using model::TypeKind;

std::int64_t Builder::delivered(EntityId ledger, std::int64_t unit) const {
  if (unit < 0) return kMin;
  const auto found = deliveries_[ledger].find(unit);
  return found == deliveries_[ledger].end() ? kMin : found->second;
}

// The latest instant that the governing time can be; kMax where it is not known at all. A row without a governing
// time of its own has that of its owner.
void Builder::find_times(EntityId id) {
  const model::Entity& e = entity(id);
  const auto size = static_cast<std::size_t>(table(id).size);
  std::vector<std::int64_t>& times = times_[id];
  times.assign(size, kMax);
  if (e.time != kNone) {
    const Column& column = table(id).columns[e.time];
    const bool interval = e.fields[e.time].type.kind == TypeKind::interval;
    const std::vector<std::int64_t>& exact = interval ? column.end_lo : column.lo;
    const std::vector<std::int64_t>& hi = interval ? column.end_hi : column.hi;
    for (std::size_t row = 0; row < size; ++row) {
      if (column.state[row] == kValue) times[row] = hi.empty() ? exact[row] : hi[row];
    }
  } else if (e.owner != kNone) {
    const Column& owners = table(id).columns[e.owner_field];
    for (std::size_t row = 0; row < size; ++row) {
      if (owners.state[row] == kValue) times[row] = times_[e.owner][owners.lo[row]];
    }
  }
}

void Builder::settle(EntityId id) {
  const model::Entity& e = entity(id);
  const auto size = static_cast<std::size_t>(table(id).size);
  if (size == 0) {
    std::fill(shapes_[id].blank.begin(), shapes_[id].blank.end(), 0);
    return;
  }
  const std::vector<std::int64_t>& times = times_[id];
  // Whether the delivery of a row's unit reaches it: asked once for all its fields.
  std::vector<std::uint8_t> reached(size);
  Through through(*this, id);
  for (std::size_t row = 0; row < size; ++row) reached[row] = times[row] <= through.of(units_[id][row]);
  const bool all_reached = std::find(reached.begin(), reached.end(), 0) == reached.end();
  const std::int64_t earliest = *std::min_element(times.begin(), times.end());
  for (FieldId f = 0; f < static_cast<FieldId>(e.fields.size()); ++f) {
    const model::Field& field = e.fields[f];
    if (field.kind != model::FieldKind::stored) continue;
    Column& column = table(id).columns[f];
    const bool truth = field.type.kind == TypeKind::truth, set = field.type.kind == TypeKind::enum_set;
    const calendar::Instant since = field.since ? zone_.start_of_day(static_cast<calendar::Day>(*field.since)) : kMin;
    const bool optional = field.presence == model::Presence::optional;
    const std::int64_t blank = truth ? kUndecided : field.type.kind == TypeKind::reference ? kNoRow : 0;
    // Most columns have a value in each row, or were not mentioned at all.
    std::uint8_t any = 0, all = 0xFF;
    for (const std::uint8_t state : column.state) {
      any |= state;
      all &= state;
    }
    std::size_t& blanks = shapes_[id].blank[f];
    const std::size_t before = std::exchange(blanks, 0);
    static_assert(kNothing == static_cast<int>(kFalse) && kUnknown == static_cast<int>(kUndecided));   // so a truth is its own state
    if (any == kValue && all == kValue) {
      for (std::size_t row = 0; truth && row < size; ++row) column.state[row] = static_cast<std::uint8_t>(column.lo[row]);
      continue;
    }
    if (any == kAbsent && (!optional || (all_reached && earliest >= since))) {
      const bool none = optional && (truth || set);
      std::fill(column.state.begin(), column.state.end(), none && set ? kValue : optional ? kNothing : kUnknown);
      if (none && truth) {
        std::fill(column.lo.begin(), column.lo.end(), kFalse);
      } else {
        std::fill(column.lo.begin() + static_cast<std::ptrdiff_t>(std::min(before, size)), column.lo.end(), blank);
        blanks = size;
      }
      column.hi.clear();
      continue;
    }
    for (std::size_t row = 0; row < size; ++row) {
      std::uint8_t state = column.state[row];
      if (state == kValue) {
        if (truth) column.state[row] = static_cast<std::uint8_t>(column.lo[row]);
        continue;
      }
      if (state == kAbsent) state = optional && reached[row] && times[row] >= since ? kNothing : kUnknown;
      if (state == kNothing && (truth || set)) {
        column.state[row] = truth ? std::uint8_t{kNothing} : std::uint8_t{kValue};
        column.lo[row] = truth ? kFalse : 0;
      } else {
        column.state[row] = state;
        column.lo[row] = blank;
      }
      if (!column.hi.empty()) column.hi[row] = column.lo[row];
    }
  }
}

}  // namespace jianlu::fact
