// The vocabulary: entities (each a ledger), their fields, and enumerations. Store tables, the manifest's
// schema, the data dictionary and the editor's completions are all generated from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/source/source.h"

namespace jianlu::model {

using EntityId = std::int32_t;
using FieldId = std::int32_t;  // index into Entity::fields
using EnumId = std::int32_t;
constexpr std::int32_t kNone = -1;

struct Name {
  std::string zh, en;
  std::string bureau = {};         // whose own vocabulary declares it; empty: the shared one, or no name of a vocabulary
  const std::string& in(source::Language language) const { return language == source::Language::zh ? zh : en; }
};

enum class TypeKind : std::uint8_t {
  truth,         // 是否: Kleene truth value
  number,        // 数: millionths
  text,          // 文本
  instant,       // 时刻: UTC microseconds
  duration,      // 时长: microseconds
  period,        // a calendar, working or hours period; literals and interpretations only
  interval,      // 期间: half open, two instants
  interval_set,  // expressions only
  enum_value,    // one value of an enumeration
  enum_set,      // a set of values
  reference,     // one row of an entity
  rows,          // the rows of a list
};

struct Type {
  TypeKind kind = TypeKind::truth;
  std::int32_t of = kNone;  // EnumId for enum_*, EntityId for reference and rows
  bool operator==(const Type&) const = default;
};

enum class Presence : std::uint8_t { required, optional, observed };

// How a field gets its value.
enum class FieldKind : std::uint8_t {
  stored,     // a cell of the row
  owner,      // reference to the row that owns this one; none where the row has no owner
  list,       // rows of another entity that belong to this row
};

struct Field {
  Name name;
  Type type;
  FieldKind kind = FieldKind::stored;
  Presence presence = Presence::optional;
  std::optional<std::int64_t> since;  // collected since this day (days since 1970-01-01)
  // list only: the entity whose rows are listed, and the field of it that refers back to this entity.
  EntityId list_of = kNone;
  FieldId back = kNone;
  std::string text;        // what the field says, for the data dictionary
  source::Span span;
};

struct Entity {
  Name name;
  std::string text;
  std::string supplier;            // who supplies the ledger
  // An owned entity's rows are delivered inside their owner's and stored in its order.
  EntityId owner = kNone;
  FieldId owner_field = kNone;     // the field of kind owner
  FieldId owner_list = kNone;      // the list at the owner
  FieldId key = kNone;             // identifies the row (text); owned rows may have none
  FieldId time = kNone;            // governing time: an instant, or the end of an interval
  FieldId starts = kNone, ends = kNone;  // the period of the row: two instants, both declared or none; it never ends before it starts
  FieldId unit = kNone;            // reference to the unit, or the key where the row is a unit; kNone: through the owner
  FieldId clock = kNone;           // by which the row is timed, a text or reference: rows that agree in it share the error of their times
  // A calendar entity has a row per unit and period in which rows of `calendar_of` exist.
  enum class Calendar : std::uint8_t { no, day, week, month, year } calendar = Calendar::no;
  EntityId calendar_of = kNone;
  bool derived = false;            // rows come from a derivation (间断), not from a source
  std::vector<Field> fields;
  source::Span span;
};

struct Enumeration {
  Name name;
  bool open = false;               // a bureau's own vocabulary may add values
  std::vector<Name> values;        // at most 64; the index is the code
  source::Span span;
};

struct Vocabulary {
  std::vector<Entity> entities;
  std::vector<Enumeration> enums;

  // Whose names count when one is looked up: the shared ones, and those of this bureau's own vocabulary. Without it all do; a
  // book of one bureau needs no other. Two bureaus may declare one name, and neither sees the other's.
  std::optional<std::string> viewer;
  bool visible(const Name& name) const { return name.bureau.empty() || !viewer || *viewer == name.bureau; }
  Vocabulary seen_from(std::string bureau) const;

  // By either spelling; kNone where there is no such name.
  EntityId entity(std::string_view name) const;
  EnumId enumeration(std::string_view name) const;
  FieldId field(EntityId entity, std::string_view name) const;
  std::int32_t value(EnumId enumeration, std::string_view name) const;
  const Field& field(EntityId entity, FieldId id) const { return entities[entity].fields[id]; }
};

}  // namespace jianlu::model
