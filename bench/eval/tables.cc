#include <stdexcept>

#include "bench/eval/archive.h"

namespace jianlu::bench {

Tables::Tables(const model::Vocabulary& vocabulary, fact::Facts& facts) : vocabulary_(vocabulary), facts_(facts) {
  for (const model::Entity& e : vocabulary.entities) {
    fact::Table& t = facts.tables.emplace_back();
    t.columns.resize(e.fields.size());
    t.lists.resize(e.fields.size());
  }
}

model::EntityId Tables::entity(const char* name) const {
  const model::EntityId id = vocabulary_.entity(name);
  if (id == model::kNone) throw std::runtime_error(std::string("the vocabulary has no ledger ") + name);
  return id;
}

Tables::Cells Tables::cells(model::EntityId id, const char* name) {
  const model::FieldId f = vocabulary_.field(id, name);
  if (f == model::kNone) {
    throw std::runtime_error("the ledger " + vocabulary_.entities[static_cast<std::size_t>(id)].name.en + " has no field " + name);
  }
  return {table(id).columns[static_cast<std::size_t>(f)], vocabulary_.field(id, f).type.kind == model::TypeKind::interval};
}

std::int64_t Tables::value(const char* enumeration, const char* name) const {
  const model::EnumId id = vocabulary_.enumeration(enumeration);
  const std::int32_t code = id == model::kNone ? model::kNone : vocabulary_.value(id, name);
  if (code == model::kNone) throw std::runtime_error(std::string("the vocabulary has no ") + enumeration + " " + name);
  return code;
}

// Counts, then places: rows with a reference back need not be in the owner's order, owned rows are.
void Tables::fill_list(model::EntityId owner, model::FieldId f) {
  const model::Field& field = vocabulary_.field(owner, f);
  fact::List& list = table(owner).lists[static_cast<std::size_t>(f)];
  if (field.back == model::kNone) return;   // gathered by period: made with the rows
  const model::Entity& listed = vocabulary_.entities[static_cast<std::size_t>(field.list_of)];
  list.contiguous = field.back == listed.owner_field;
  list.offsets.assign(static_cast<std::size_t>(table(owner).size) + 1, 0);
  const fact::Column& back = table(field.list_of).columns[static_cast<std::size_t>(field.back)];
  const auto rows = static_cast<fact::Row>(back.lo.size());
  for (fact::Row row = 0; row < rows; ++row) {
    const auto at = static_cast<std::size_t>(row);
    if (back.state[at] == fact::kValue) ++list.offsets[static_cast<std::size_t>(back.lo[at]) + 1];
  }
  for (std::size_t i = 1; i < list.offsets.size(); ++i) list.offsets[i] += list.offsets[i - 1];
  if (list.contiguous) return;
  std::vector<std::int32_t> next(list.offsets.begin(), list.offsets.end() - 1);
  list.rows.resize(static_cast<std::size_t>(list.offsets.back()));
  for (fact::Row row = 0; row < rows; ++row) {
    const auto at = static_cast<std::size_t>(row);
    if (back.state[at] == fact::kValue) list.rows[static_cast<std::size_t>(next[static_cast<std::size_t>(back.lo[at])]++)] = row;
  }
}

}  // namespace jianlu::bench
