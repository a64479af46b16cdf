#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "adapters/manifest/keys.h"
#include "engine/model/vocabulary.h"

namespace jianlu::manifest {

// What of a vocabulary the fast way asks again and again.
class Shapes {
 public:
  struct Field {
    model::TypeKind kind;
    std::int32_t of = model::kNone;           // enumeration
    model::EntityId owned = model::kNone;     // list of rows that are written inside
    bool never_empty = false;                 // a key, or a reference
    bool elsewhere = false;                   // list of rows that are not written inside
  };
  struct Entity {
    Keys names;
    std::vector<Field> fields;
    model::FieldId starts, ends;              // its period, or kNone
  };

  explicit Shapes(const model::Vocabulary& vocabulary) : ledgers(ledger_names(vocabulary)) {
    for (std::size_t id = 0; id < vocabulary.entities.size(); ++id) {
      const model::Entity& e = vocabulary.entities[id];
      std::vector<std::pair<std::string, std::int32_t>> names;
      std::vector<Field> fields;
      for (std::size_t f = 0; f < e.fields.size(); ++f) {
        const model::Field& field = e.fields[f];
        names.emplace_back(field.name.zh, static_cast<std::int32_t>(f));
        names.emplace_back(field.name.en, static_cast<std::int32_t>(f));
        Field shape{field.type.kind};
        if (field.kind == model::FieldKind::list) {
          const model::Entity& of = vocabulary.entities[field.list_of];
          shape.elsewhere = of.owner != static_cast<model::EntityId>(id) || of.owner_list != static_cast<model::FieldId>(f);
          shape.owned = field.list_of;
        } else {
          shape.of = field.type.of;
          shape.never_empty = field.type.kind == model::TypeKind::reference || e.key == static_cast<model::FieldId>(f);
        }
        fields.push_back(shape);
      }
      entities.push_back({Keys(std::move(names)), std::move(fields), e.starts, e.ends});
    }
    for (const model::Enumeration& e : vocabulary.enums) {
      std::vector<std::pair<std::string, std::int32_t>> names;
      for (std::size_t code = 0; code < e.values.size(); ++code) {
        names.emplace_back(e.values[code].zh, static_cast<std::int32_t>(code));
        names.emplace_back(e.values[code].en, static_cast<std::int32_t>(code));
      }
      enums.emplace_back(std::move(names));
    }
  }

  Keys ledgers;                               // that rows can be handed in for
  std::vector<Entity> entities;
  std::vector<Keys> enums;

 private:
  static std::vector<std::pair<std::string, std::int32_t>> ledger_names(const model::Vocabulary& vocabulary) {
    std::vector<std::pair<std::string, std::int32_t>> names;
    for (std::size_t id = 0; id < vocabulary.entities.size(); ++id) {
      const model::Entity& e = vocabulary.entities[id];
      if (e.derived || e.calendar != model::Entity::Calendar::no) continue;
      names.emplace_back(e.name.zh, static_cast<std::int32_t>(id));
      names.emplace_back(e.name.en, static_cast<std::int32_t>(id));
    }
    return names;
  }
};

}  // namespace jianlu::manifest
