// The fast way from a line of JSON to a row: fields straight into a sink (fact::Builder, fact::Recorder), each character
// looked at once. It reads what is right and usual; anything else it gives up, and the general reader (reader.cc) reads
// the line and finds the words. Names come mostly in the order of the row before, and are compared with that first.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/manifest/clock.h"
#include "adapters/manifest/json_text.h"
#include "adapters/manifest/shapes.h"
#include "adapters/manifest/values.h"
#include "adapters/manifest/words.h"
#include "engine/fact/fact.h"
#include "engine/model/vocabulary.h"

namespace jianlu::manifest {

template <typename Sink>
class JsonRow {
 public:
  JsonRow(Shapes& shapes, Clock& clock, Sink& sink) : shapes_(shapes), clock_(clock), sink_(sink) {}

  // A line that is one row: {"ledger": {…}}, of `only` where that is given. False: given up; the sink may have rows open.
  bool read(std::string_view line, model::EntityId only, fact::Origin origin) {
    const char* at = json::skip(line.data());
    if (*at != '{') return false;
    at = json::skip(at + 1);
    if (*at != '"') return false;
    const std::int32_t place = shapes_.ledgers.find(at + 1, -1);
    if (place < 0) return false;
    const model::EntityId id = shapes_.ledgers.id(place);
    if (only != model::kNone && only != id) return false;
    at = json::skip(at + shapes_.ledgers.length(place) + 2);
    if (*at != ':') return false;
    at = cells(json::skip(at + 1), id, origin);
    if (at == nullptr) return false;
    at = json::skip(at);
    if (*at != '}' || json::skip(at + 1) != line.data() + line.size()) return false;
    sink_.end();
    return true;
  }

 private:
  // Each of these takes the first character of what it reads and returns the one behind it, or null.

  // An object as an open row.
  const char* cells(const char* at, model::EntityId id, fact::Origin origin) {
    if (*at != '{') return nullptr;
    sink_.begin(id, origin);
    Shapes::Entity& shape = shapes_.entities[id];
    std::int32_t place = -1;
    std::uint64_t lists = 0;
    at = json::skip(at + 1);
    if (*at == '}') return at + 1;
    for (;; at = json::skip(at + 1)) {
      if (*at != '"' || (place = shape.names.find(at + 1, place)) < 0) return nullptr;
      at = json::skip(at + shape.names.length(place) + 2);
      if (*at != ':') return nullptr;
      at = json::skip(at + 1);
      const model::FieldId f = shape.names.id(place);
      const Shapes::Field& plan = shape.fields[f];
      if (plan.owned != model::kNone) {
        if (plan.elsewhere || f >= 64 || (lists >> f & 1) != 0) return nullptr;
        lists |= std::uint64_t{1} << f;
        at = rows(at, plan.owned, origin);
      } else {
        at = cell(at, f, plan);
      }
      if (at == nullptr) return nullptr;
      at = json::skip(at);
      if (*at == '}') return shape.starts != model::kNone && sink_.reversed(shape.starts, shape.ends) ? nullptr : at + 1;
      if (*at != ',') return nullptr;
    }
  }

  // What stands between brackets: `take` reads one item.
  template <typename Take>
  static const char* items(const char* at, Take take) {
    if (*at != '[') return nullptr;
    at = json::skip(at + 1);
    if (*at == ']') return at + 1;
    for (;; at = json::skip(at + 1)) {
      if ((at = take(at)) == nullptr) return nullptr;
      at = json::skip(at);
      if (*at == ']') return at + 1;
      if (*at != ',') return nullptr;
    }
  }

  const char* rows(const char* at, model::EntityId owned, fact::Origin origin) {
    return items(at, [&](const char* item) {
      item = cells(item, owned, origin);
      if (item != nullptr) sink_.end();
      return item;
    });
  }

  // A second value of a field is given up, too. In line, since it is read for each field.
  [[gnu::always_inline]] const char* cell(const char* at, model::FieldId f, const Shapes::Field& plan) {
    using model::TypeKind;
    std::int64_t value = 0;
    if (*at == '"' && plan.kind == TypeKind::instant) {
      at = clock_.read(at + 1, value);
      return at != nullptr && sink_.put(f, value) ? at : nullptr;
    }
    if (*at == '"' && (plan.kind == TypeKind::text || plan.kind == TypeKind::reference)) {
      std::string_view text;
      at = json::string(at + 1, room_, text);
      return at != nullptr && !(plan.never_empty && text.empty()) && sink_.put_text(f, text) ? at : nullptr;
    }
    if (*at == '{') return parts(at, f, plan.kind);
    if (*at == 'n') return std::memcmp(at, "null", 4) == 0 && sink_.put_state(f, fact::kNothing) ? at + 4 : nullptr;
    at = plan.kind == TypeKind::truth ? truth(at, value) : other(at, plan, value);
    return at != nullptr && sink_.put(f, value) ? at : nullptr;
  }

  const char* other(const char* at, const Shapes::Field& plan, std::int64_t& value) {
    using model::TypeKind;
    std::string_view text;
    switch (plan.kind) {
      case TypeKind::enum_value:
        at = code(at, shapes_.enums[plan.of], value);
        break;
      case TypeKind::enum_set:
        at = items(at, [&](const char* item) {
          std::int64_t one = 0;
          item = code(item, shapes_.enums[plan.of], one);
          value |= std::int64_t{1} << one;
          return item;
        });
        break;
      case TypeKind::number: {
        const char* const end = json::number(at);
        const auto parsed = end == nullptr ? std::nullopt : parse_number({at, static_cast<std::size_t>(end - at)});
        if (!parsed) return nullptr;
        value = *parsed;
        at = end;
        break;
      }
      case TypeKind::duration: {
        at = string(at, text);
        const auto parsed = at == nullptr ? std::nullopt : parse_duration(text);
        if (!parsed) return nullptr;
        value = *parsed;
        break;
      }
      default: return nullptr;
    }
    return at;
  }

  const char* string(const char* at, std::string_view& text) {
    return *at == '"' ? json::string(at + 1, room_, text) : nullptr;
  }
  const char* instant(const char* at, std::int64_t& value) { return *at == '"' ? clock_.read(at + 1, value) : nullptr; }
  static const char* truth(const char* at, std::int64_t& value) {
    const bool is_true = std::memcmp(at, "true", 4) == 0;
    if (!is_true && std::memcmp(at, "false", 5) != 0) return nullptr;
    value = is_true ? fact::kTrue : fact::kFalse;
    return at + (is_true ? 4 : 5);
  }
  // A value of an enumeration, mostly the one that came before.
  const char* code(const char* at, Keys& values, std::int64_t& value) {
    if (*at != '"') return nullptr;
    std::int32_t found = values.find(at + 1, -1);
    const char* end = at + 1;
    if (found >= 0) {
      end += values.length(found) + 1;
    } else {
      std::string_view text;
      end = json::string(end, room_, text);
      if (end == nullptr || (found = values.find(text)) < 0) return nullptr;
    }
    value = values.id(found);
    return end;
  }

  // {unknown: true}, {earliest, latest} and {from, to} with exact ends.
  static constexpr int kUnknownSaid = 4;
  const char* parts(const char* at, model::FieldId f, model::TypeKind kind) {
    const bool interval = kind == model::TypeKind::interval;
    const bool quantity = interval || kind == model::TypeKind::instant;
    const Word& low = interval ? word::from : word::earliest;
    const Word& high = interval ? word::to : word::latest;
    std::int64_t lo = 0, hi = 0;
    int seen = 0;
    do {
      std::string_view key;
      if ((at = string(json::skip(at + 1), key)) == nullptr) return nullptr;
      const bool unsaid = seen == 0 && word::unknown == key;
      const int which = low == key ? 1 : high == key ? 2 : 0;
      at = json::skip(at);
      if (*at != ':') return nullptr;
      at = json::skip(at + 1);
      if (unsaid) {
        std::int64_t said = 0;
        if ((at = truth(at, said)) == nullptr || said != fact::kTrue) return nullptr;
        seen = kUnknownSaid;
      } else {
        if (!quantity || which == 0 || seen == kUnknownSaid || (seen & which) != 0) return nullptr;
        if ((at = instant(at, which == 1 ? lo : hi)) == nullptr) return nullptr;
        seen |= which;
      }
      at = json::skip(at);
    } while (*at == ',');
    if (*at != '}') return nullptr;
    bool first = false;   // value of the field
    if (seen == kUnknownSaid) {
      first = sink_.put_state(f, fact::kUnknown);
    } else if (seen != 3 || hi < lo) {
      return nullptr;
    } else if (interval) {
      first = sink_.put_interval(f, {lo, lo}, {hi, hi});
    } else {
      first = sink_.put_bound(f, lo, hi);
    }
    return first ? at + 1 : nullptr;
  }

  Shapes& shapes_;
  Clock& clock_;
  Sink& sink_;
  std::string room_;   // of a text that is not written as it is
};

}  // namespace jianlu::manifest
