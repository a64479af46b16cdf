#include "engine/fact/recorder.h"

#include <utility>

#include "engine/fact/repeated.h"

namespace jianlu::fact {

using model::FieldId;
using model::kNone;

void Recorder::begin(model::EntityId entity, Origin origin) {
  if (open_.empty()) {
    root_ = {};
    kept_ = false;
    problems_before_ = problems_.size();
    open_.push_back({&root_, {}});
  } else {
    open_.push_back({&open_.back().row->rows.emplace_back(), {}});
  }
  open_.back().row->entity = entity;
  open_.back().row->origin = origin;
}

const Cell* Recorder::find(const Document& row, FieldId field) const {
  for (const Cell& cell : row.cells) {
    if (cell.field == field) return &cell;
  }
  return nullptr;
}

bool Recorder::has(FieldId field) const { return find(*open_.back().row, field) != nullptr; }

bool Recorder::reversed(FieldId from, FieldId to) const {
  const Cell *const start = find(*open_.back().row, from), *const end = find(*open_.back().row, to);
  return start != nullptr && end != nullptr && start->state == kValue && end->state == kValue && end->hi < start->lo;
}

Cell* Recorder::add(FieldId field) {
  if (has(field)) return nullptr;
  Cell& cell = open_.back().row->cells.emplace_back();
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
  const Document& row = *open_.back().row;
  const std::vector<model::Field>& fields = vocabulary_.entities[row.entity].fields;
  for (FieldId f = 0; f < static_cast<FieldId>(fields.size()); ++f) {
    if (fields[f].kind != model::FieldKind::stored || fields[f].presence != model::Presence::required) continue;
    const Cell* const cell = find(row, f);
    if (cell != nullptr && cell->state == kValue) continue;
    report(missing(fields[f].name), give(fields[f].name));
    return abandon();
  }
  if (repeated()) return;
  open_.pop_back();
  kept_ = open_.empty();
}

const Cell* Recorder::key_of(const Document& row) const {
  const FieldId key = vocabulary_.entities[row.entity].key;
  const Cell* const cell = key == kNone ? nullptr : find(row, key);
  return cell != nullptr && cell->state == kValue ? cell : nullptr;
}

// Whether the open row has the key of an earlier one of its owner, and was dropped or kept aside therefore.
bool Recorder::repeated() {
  const Document& row = *open_.back().row;
  const Cell* const key = open_.size() == 1 ? nullptr : key_of(row);
  if (key == nullptr) return false;
  Open& owner = open_[open_.size() - 2];
  std::vector<Document>& rows = owner.row->rows;
  const auto [first, fresh] = owner.keys.emplace(std::to_string(row.entity) + '/' + key->text, rows.size() - 1);
  if (fresh) return false;
  Document& other = rows[first->second];
  if (serialise(other, vocabulary_) == serialise(row, vocabulary_)) {
    open_.pop_back();
    rows.pop_back();
    return true;
  }
  report(stated_already(key->text, other.origin.line), keep_one());
  // What it owned may belong to the first one: that this has none proves nothing.
  other.lost.insert(other.lost.end(), row.lost.begin(), row.lost.end());
  for (const Document& owned : row.rows) other.lost.push_back(owned.entity);
  abandon();
  return true;
}

// Says which row is open by its key and those of its owners.
void Recorder::report(diag::Words what, diag::Words mend) {
  Problem problem;
  problem.origin = open_.back().row->origin;
  problem.what = std::move(what);
  problem.mend = std::move(mend);
  for (const Open& at : open_) {
    const model::Entity& e = vocabulary_.entities[at.row->entity];
    diag::Words name(e.name.zh, e.name.en);
    if (const Cell* const key = key_of(*at.row)) {
      name.zh += " " + key->text;
      name.en += " " + key->text;
    }
    problem.path.zh += (at.row == &root_ ? "" : " / ") + name.zh;
    problem.path.en += (at.row == &root_ ? "" : " / ") + name.en;
  }
  problems_.push_back(std::move(problem));
}

void Recorder::undo() {
  if (open_.empty()) return;
  problems_.resize(problems_before_);
  open_.clear();
}

void Recorder::abandon() {
  const Document& row = *open_.back().row;
  const model::EntityId entity = row.entity;
  open_.pop_back();
  if (!open_.empty()) {
    open_.back().row->rows.pop_back();
    open_.back().row->lost.push_back(entity);
    return;
  }
  doubt_ = {entity, {}};
  const model::Entity& e = vocabulary_.entities[entity];
  if (e.unit != kNone) {
    if (const Cell* const unit = find(row, e.unit)) doubt_.unit = unit->text;
  }
}

}  // namespace jianlu::fact
