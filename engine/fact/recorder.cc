#include "engine/fact/recorder.h"

namespace jianlu::fact {

using model::FieldId;
using model::kNone;

void Recorder::begin(model::EntityId entity, Origin origin) {
  if (open_.empty()) {
    root_ = {};
    kept_ = false;
    problems_before_ = problems_.size();
    open_.push_back(&root_);
  } else {
    open_.push_back(&open_.back()->rows.emplace_back());
  }
  open_.back()->entity = entity;
  open_.back()->origin = origin;
}

const Cell* Recorder::find(const Document& row, FieldId field) const {
  for (const Cell& cell : row.cells) {
    if (cell.field == field) return &cell;
  }
  return nullptr;
}

bool Recorder::has(FieldId field) const { return find(*open_.back(), field) != nullptr; }

bool Recorder::reversed(FieldId from, FieldId to) const {
  const Cell *const start = find(*open_.back(), from), *const end = find(*open_.back(), to);
  return start != nullptr && end != nullptr && start->state == kValue && end->state == kValue && end->hi < start->lo;
}

Cell* Recorder::add(FieldId field) {
  if (has(field)) return nullptr;
  Cell& cell = open_.back()->cells.emplace_back();
  cell.field = field;
  return &cell;
}

bool Recorder::put_bound(FieldId field, std::int64_t lo, std::int64_t hi) {
  return put_interval(field, {lo, hi}, {0, 0});
}

bool Recorder::put_interval(FieldId field, calendar::Bound from, calendar::Bound to) {
  Cell* const cell = add(field);
  if (cell == nullptr) return false;
  cell->lo = from.lo;
  cell->hi = from.hi;
  cell->end_lo = to.lo;
  cell->end_hi = to.hi;
  return true;
}

bool Recorder::put_text(FieldId field, std::string_view text) {
  Cell* const cell = add(field);
  if (cell != nullptr) cell->text = text;
  return cell != nullptr;
}

bool Recorder::put_state(FieldId field, std::uint8_t state) {
  Cell* const cell = add(field);
  if (cell != nullptr) cell->state = state;
  return cell != nullptr;
}

void Recorder::end() {
  const Document& row = *open_.back();
  const std::vector<model::Field>& fields = vocabulary_.entities[row.entity].fields;
  for (FieldId f = 0; f < static_cast<FieldId>(fields.size()); ++f) {
    if (fields[f].kind != model::FieldKind::stored || fields[f].presence != model::Presence::required) continue;
    const Cell* const cell = find(row, f);
    if (cell != nullptr && cell->state == kValue) continue;
    Problem problem;
    problem.origin = row.origin;
    for (const Document* at : open_) {
      const model::Entity& e = vocabulary_.entities[at->entity];
      diag::Words name(e.name.zh, e.name.en);
      if (const Cell* const key = e.key == kNone ? nullptr : find(*at, e.key)) {
        name.zh += " " + key->text;
        name.en += " " + key->text;
      }
      problem.path.zh += (at == open_.front() ? "" : " / ") + name.zh;
      problem.path.en += (at == open_.front() ? "" : " / ") + name.en;
    }
    problem.what = missing(fields[f].name);
    problem.mend = give(fields[f].name);
    problems_.push_back(std::move(problem));
    return abandon();
  }
  open_.pop_back();
  kept_ = open_.empty();
}

void Recorder::undo() {
  if (open_.empty()) return;
  problems_.resize(problems_before_);
  open_.clear();
}

void Recorder::abandon() {
  const Document& row = *open_.back();
  const model::EntityId entity = row.entity;
  open_.pop_back();
  if (!open_.empty()) {
    open_.back()->rows.pop_back();
    open_.back()->lost.push_back(entity);
    return;
  }
  doubt_ = {entity, {}};
  const model::Entity& e = vocabulary_.entities[entity];
  if (e.unit != kNone) {
    if (const Cell* const unit = find(row, e.unit)) doubt_.unit = unit->text;
  }
}

}  // namespace jianlu::fact
