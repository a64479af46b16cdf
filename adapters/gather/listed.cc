#include "adapters/gather/listed.h"

#include <algorithm>

namespace jianlu::gather {
namespace {

using fact::Cell;
using model::FieldId;

const Cell* cell(const fact::Document& row, FieldId field) {
  const auto found = std::find_if(row.cells.begin(), row.cells.end(), [&](const Cell& c) { return c.field == field; });
  return found == row.cells.end() ? nullptr : &*found;
}

}  // namespace

Fit find_session(fact::Document& recording, const std::vector<match::Session>& sessions, const model::Vocabulary& vocabulary,
                 std::int64_t slack) {
  const auto field = [&](const char* id) { return cell(recording, vocabulary.field(recording.entity, id)); };
  const FieldId owner = vocabulary.entities[recording.entity].owner_field;
  if (cell(recording, owner) != nullptr) return Fit::stated;
  const Cell *started = field("started"), *ended = field("ended"), *device = field("device");
  if (started == nullptr || ended == nullptr) return Fit::none;
  const bool knows = device != nullptr && device->state == fact::kValue;
  std::vector<const match::Session*> by_device, by_time;
  for (const match::Session& session : sessions) {
    if (ended->hi < session.started - slack || started->lo > session.ended + slack) continue;
    if (session.devices.empty() || !knows) by_time.push_back(&session);
    else if (std::find(session.devices.begin(), session.devices.end(), device->text) != session.devices.end()) by_device.push_back(&session);
  }
  // A session that states the device goes before those that state none.
  const auto& fitting = by_device.empty() ? by_time : by_device;
  if (fitting.size() != 1) return fitting.empty() ? Fit::none : Fit::several;
  Cell& to = recording.cells.emplace_back();
  to.field = owner;
  to.text = fitting.front()->key;
  return Fit::found;
}

void add_listed(fact::Document& shown, const fact::Document& listed) {
  for (const Cell& said : listed.cells) {
    if (cell(shown, said.field) == nullptr) shown.cells.push_back(said);
  }
  std::vector<model::EntityId> has;
  for (const fact::Document& row : shown.rows) has.push_back(row.entity);
  for (const fact::Document& row : listed.rows) {
    if (std::find(has.begin(), has.end(), row.entity) == has.end()) shown.rows.push_back(row);
  }
  shown.lost.insert(shown.lost.end(), listed.lost.begin(), listed.lost.end());
}

}  // namespace jianlu::gather
