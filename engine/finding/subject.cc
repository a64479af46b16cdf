#include "engine/finding/subject.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "engine/fact/document.h"

namespace jianlu::finding {

using fact::kNoRow;
using fact::Row;
using model::EntityId;
using model::FieldId;
using model::kNone;
using model::TypeKind;

void escape(std::string_view key, std::string& out) {
  if (key == "-") {
    out += "%2D";
    return;
  }
  for (const char c : key) {
    if (c == '%' || c == '/' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    } else {
      out.push_back(c);
    }
  }
}

std::string unescape(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

Place place(const model::Vocabulary& vocabulary, std::string_view subject) {
  Place out;
  const std::size_t slash = subject.find('/');
  if (slash == std::string_view::npos) return out;
  out.entity = vocabulary.entity(subject.substr(0, slash));
  const std::string_view rest = subject.substr(slash + 1);
  const std::size_t end = std::min(rest.find('/'), rest.size());
  out.key = unescape(rest.substr(0, end));
  out.suffix = rest.substr(end);
  return out;
}

std::string root_subject(const model::Vocabulary& vocabulary, EntityId entity, std::string_view key) {
  std::string out = vocabulary.entities[entity].name.en + '/';
  escape(key, out);
  return out;
}

Subjects::Subjects(const model::Vocabulary& vocabulary, const fact::Facts& facts)
    : vocabulary_(vocabulary), facts_(facts) {}

Row Subjects::owner(EntityId entity, Row row) const {
  const model::Entity& e = vocabulary_.entities[entity];
  if (e.owner == kNone) return kNoRow;
  const fact::Column& owners = facts_.tables[entity].columns[e.owner_field];
  return owners.state[row] == fact::kValue ? static_cast<Row>(owners.lo[row]) : kNoRow;
}

Subjects::Root Subjects::root(EntityId entity, Row row) const {
  for (Row up = owner(entity, row); up != kNoRow; up = owner(entity, row)) {
    entity = vocabulary_.entities[entity].owner;
    row = up;
  }
  return {entity, row};
}

std::string_view Subjects::key(EntityId entity, Row row) const {
  const FieldId field = vocabulary_.entities[entity].key;
  if (field == kNone) return {};
  const fact::Column& keys = facts_.tables[entity].columns[field];
  return keys.state[row] == fact::kValue ? facts_.texts[keys.lo[row]] : std::string_view();
}

// The values that sources stated for the row itself, as bytes. What absence means depends on deliveries, so absent
// cells do not count.
std::string Subjects::content(EntityId entity, Row row) const {
  std::string out;
  const fact::Table& table = facts_.tables[entity];
  for (FieldId f = 0; f < static_cast<FieldId>(table.columns.size()); ++f) {
    const model::Field& field = vocabulary_.field(entity, f);
    const fact::Column& column = table.columns[f];
    if (field.kind != model::FieldKind::stored || column.state[row] != fact::kValue) continue;
    const std::int64_t lo = column.lo[row];
    if (field.type.kind == TypeKind::truth && lo == fact::kUndecided) continue;
    if ((field.type.kind == TypeKind::truth && lo == fact::kFalse) || (field.type.kind == TypeKind::enum_set && lo == 0)) {
      continue;  // what absence means where it is none
    }
    out += fmt::format("{}=", f);
    if (field.type.kind == TypeKind::text) {
      escape(facts_.texts[lo], out);
    } else if (field.type.kind == TypeKind::reference) {
      escape(key(field.type.of, static_cast<Row>(lo)), out);
    } else {
      fmt::format_to(std::back_inserter(out), "{},{}", lo, column.hi.empty() ? lo : column.hi[row]);
      if (!column.end_lo.empty()) {
        fmt::format_to(std::back_inserter(out), ",{},{}", column.end_lo[row],
                       column.end_hi.empty() ? column.end_lo[row] : column.end_hi[row]);
      }
    }
    out += '/';
  }
  return out;
}

// 1-based.
std::int32_t Subjects::position(EntityId entity, Row row) const {
  const model::Entity& e = vocabulary_.entities[entity];
  const Row up = owner(entity, row);
  if (up == kNoRow) return row + 1;
  const fact::List& siblings = facts_.tables[e.owner].lists[e.owner_list];
  const auto time = [&](Row r) {
    if (e.time == kNone) return std::int64_t{0};
    const fact::Column& column = facts_.tables[entity].columns[e.time];
    if (column.state[r] != fact::kValue) return fact::kMax;
    return column.end_lo.empty() ? column.lo[r] : column.end_lo[r];
  };
  const auto order = [&](Row r) { return std::tuple(time(r), fact::digest(content(entity, r)), r); };
  const auto own = order(row);
  std::int32_t before = 0;
  for (Row r = siblings.offsets[up]; r < siblings.offsets[up + 1]; ++r) {
    if (r != row && order(r) < own) ++before;
  }
  return before + 1;
}

std::string Subjects::name(EntityId entity, Row row) const {
  const std::string_view given = key(entity, row);
  if (given.empty()) return std::to_string(position(entity, row));
  std::string out;
  escape(given, out);
  return out;
}

std::string Subjects::element(EntityId entity, Row row) const {
  return '/' + vocabulary_.entities[entity].name.en + '/' + name(entity, row);
}

std::string Subjects::suffix(EntityId entity, Row row) const {
  const Row up = owner(entity, row);
  if (up == kNoRow) return {};
  return suffix(vocabulary_.entities[entity].owner, up) + element(entity, row);
}

std::string Subjects::suffix(EntityId subject, EntityId of, const outcome::RowKey& row) const {
  const model::Entity& judged = vocabulary_.entities[subject];
  if (judged.derived) return suffix(judged.owner, subject, row);
  std::string out = suffix(subject, row.subject);
  if (of == kNone) return out;
  const model::Entity& e = vocabulary_.entities[of];
  if (e.derived) {
    out += '/' + e.name.en;
    for (const Row neighbour : {row.previous, row.next}) {
      out += '/';
      neighbour == kNoRow ? out += '-' : out += name(neighbours(of), neighbour);
    }
    return out;
  }
  if (e.owner == subject && owner(of, row.element) == row.subject) return out + element(of, row.element);
  // A row that the list only refers to: its own full name behind the subject's.
  const Root top = root(of, row.element);
  return out + element(top.entity, top.row) + suffix(of, row.element);
}

// The entity whose rows stand before and after a derived row.
EntityId Subjects::neighbours(EntityId derived) const {
  for (const model::Field& field : vocabulary_.entities[derived].fields) {
    if (field.kind == model::FieldKind::stored && field.type.kind == TypeKind::reference) return field.type.of;
  }
  return kNone;
}

}  // namespace jianlu::finding
