// The fast way from a line of JSON to a row: fields straight into a sink (fact::Builder, fact::Recorder). It reads what
// is right and usual; anything else it gives up, and the general reader (reader.cc) reads the line and finds the words.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "adapters/manifest/clock.h"
#include "adapters/manifest/keys.h"
#include "adapters/manifest/values.h"
#include "adapters/manifest/words.h"
#include "engine/fact/fact.h"
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
      entities.push_back({Keys(std::move(names)), std::move(fields)});
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

template <typename Sink>
class JsonRow {
 public:
  JsonRow(Shapes& shapes, Clock& clock, Sink& sink) : shapes_(shapes), clock_(clock), sink_(sink) {}

  // False: given up; the sink may have rows open.
  bool read(simdjson::ondemand::object object, model::EntityId id, fact::Origin origin) {
    sink_.begin(id, origin);
    Shapes::Entity& shape = shapes_.entities[id];
    std::int32_t place = -1;
    std::uint64_t lists = 0;
    for (auto field : object) {
      simdjson::ondemand::raw_json_string key;
      simdjson::ondemand::value value;
      if (field.key().get(key) || field.value().get(value)) return false;
      place = shape.names.find(key.raw(), place);
      if (place < 0) return false;
      const model::FieldId f = shape.names.id(place);
      const Shapes::Field& plan = shape.fields[f];
      if (plan.owned != model::kNone) {
        if (plan.elsewhere || f >= 64 || (lists >> f & 1) != 0 || !rows(value, plan.owned, origin)) return false;
        lists |= std::uint64_t{1} << f;
      } else if (sink_.has(f) || !cell(value, f, plan)) {
        return false;
      }
    }
    sink_.end();
    return true;
  }

 private:
  using Value = simdjson::ondemand::value;

  bool rows(Value& value, model::EntityId owned, fact::Origin origin) {
    simdjson::ondemand::array array;
    if (value.get_array().get(array)) return false;
    for (auto item : array) {
      simdjson::ondemand::object object;
      if (item.get_object().get(object) || !read(object, owned, origin)) return false;
    }
    return true;
  }

  // The text of a string, where it stands if nothing in it is escaped.
  static bool string(Value& value, std::string_view& text) {
    const char* const begin = value.raw_json_token().data() + 1;
    const char* end = begin;
    for (; *end != '"' && *end != '\\'; ++end) {
      if (end == begin + kNear) break;
    }
    if (begin[-1] != '"' || *end != '"') return !value.get_string().get(text);
    simdjson::ondemand::raw_json_string raw;
    text = std::string_view(begin, static_cast<std::size_t>(end - begin));
    return !value.get_raw_json_string().get(raw);
  }
  static constexpr int kNear = 24;  // longer texts are found faster by the copying way

  static char first(Value& value) { return *value.raw_json_token().data(); }

  bool cell(Value& value, model::FieldId f, const Shapes::Field& plan) {
    using model::TypeKind;
    const char start = first(value);
    if (start == '{') return parts(value, f, plan.kind);
    if (start == 'n') {
      bool null = false;
      if (value.is_null().get(null) || !null) return false;
      sink_.put_state(f, fact::kNothing);
      return true;
    }
    std::int64_t number = 0;
    std::string_view text;
    switch (plan.kind) {
      case TypeKind::instant:
        if (!instant(value, number)) return false;
        break;
      case TypeKind::text:
      case TypeKind::reference:
        if (!string(value, text) || (plan.never_empty && text.empty())) return false;
        sink_.put_text(f, text);
        return true;
      case TypeKind::truth: {
        bool truth = false;
        if (value.get_bool().get(truth)) return false;
        number = truth ? fact::kTrue : fact::kFalse;
        break;
      }
      case TypeKind::enum_value: {
        if (!string(value, text)) return false;
        const std::int32_t found = shapes_.enums[plan.of].find(text);
        if (found < 0) return false;
        number = shapes_.enums[plan.of].id(found);
        break;
      }
      case TypeKind::enum_set: {
        simdjson::ondemand::array array;
        if (value.get_array().get(array)) return false;
        for (auto item : array) {
          Value inner;
          if (item.get(inner) || !string(inner, text)) return false;
          const std::int32_t found = shapes_.enums[plan.of].find(text);
          if (found < 0) return false;
          number |= std::int64_t{1} << shapes_.enums[plan.of].id(found);
        }
        break;
      }
      case TypeKind::number: {
        double checked = 0;
        std::string_view token = value.raw_json_token();
        if (value.get_double().get(checked)) return false;
        while (!token.empty() && (token.back() == ' ' || token.back() == '\t')) token.remove_suffix(1);
        const auto parsed = parse_number(token);
        if (!parsed) return false;
        number = *parsed;
        break;
      }
      case TypeKind::duration: {
        if (value.get_string().get(text)) return false;
        const auto parsed = parse_duration(text);
        if (!parsed) return false;
        number = *parsed;
        break;
      }
      default: return false;
    }
    sink_.put(f, number);
    return true;
  }

  bool instant(Value& value, std::int64_t& out) {
    simdjson::ondemand::raw_json_string raw;
    return !value.get_raw_json_string().get(raw) && clock_.read(raw.raw(), out);
  }

  // {unknown: true}, {earliest, latest} and {from, to} with exact ends.
  static constexpr int kUnknownSaid = 4;
  bool parts(Value& value, model::FieldId f, model::TypeKind kind) {
    simdjson::ondemand::object object;
    if (value.get_object().get(object)) return false;
    const bool interval = kind == model::TypeKind::interval;
    const bool quantity = interval || kind == model::TypeKind::instant;
    const Word& low = interval ? word::from : word::earliest;
    const Word& high = interval ? word::to : word::latest;
    std::int64_t lo = 0, hi = 0;
    int seen = 0;
    for (auto part : object) {
      std::string_view key;
      Value inner;
      if (part.unescaped_key().get(key) || part.value().get(inner)) return false;
      if (seen == 0 && word::unknown == key) {
        bool truth = false;
        if (inner.get_bool().get(truth) || !truth) return false;
        seen = kUnknownSaid;
        continue;
      }
      const int which = low == key ? 1 : high == key ? 2 : 0;
      if (!quantity || which == 0 || (seen & which) != 0 || first(inner) != '"' || !instant(inner, which == 1 ? lo : hi)) return false;
      seen |= which;
    }
    if (seen == kUnknownSaid) {
      sink_.put_state(f, fact::kUnknown);
      return true;
    }
    if (seen != 3 || hi < lo) return false;
    if (interval) {
      sink_.put_interval(f, {lo, lo}, {hi, hi});
    } else {
      sink_.put_bound(f, lo, hi);
    }
    return true;
  }

  Shapes& shapes_;
  Clock& clock_;
  Sink& sink_;
};

}  // namespace jianlu::manifest
