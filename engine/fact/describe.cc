#include "engine/fact/describe.h"

#include <fmt/format.h>

#include "engine/calendar/text.h"

namespace jianlu::fact {

using model::EntityId;
using model::FieldId;
using model::kNone;
using model::TypeKind;
using source::Language;

namespace {

std::string fraction(std::uint64_t value) {
  if (value == 0) return {};
  std::string digits = fmt::format(".{:06}", value);
  while (digits.back() == '0') digits.pop_back();
  return digits;
}

std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

}  // namespace

std::string format_number(std::int64_t millionths) {
  const std::uint64_t m = magnitude(millionths);
  return fmt::format("{}{}{}", millionths < 0 ? "-" : "", m / 1'000'000, fraction(m % 1'000'000));
}

std::string format_duration(std::int64_t microseconds) {
  const std::uint64_t m = magnitude(microseconds), seconds = m / 1'000'000;
  std::string text = microseconds < 0 ? "-" : "";
  if (seconds >= 3600) text += fmt::format("{}h", seconds / 3600);
  if (seconds / 60 % 60 != 0) text += fmt::format("{}m", seconds / 60 % 60);
  if (m % 60'000'000 != 0 || m == 0) text += fmt::format("{}{}s", seconds % 60, fraction(m % 1'000'000));
  return text;
}

std::string row_name(const Facts& facts, const model::Vocabulary& vocabulary, EntityId entity, Row row,
                     Language language) {
  const model::Entity& e = vocabulary.entities[entity];
  const Table& table = facts.tables[entity];
  std::string own;
  if (e.key != kNone && table.columns[e.key].state[row] == kValue) own = facts.texts[table.columns[e.key].lo[row]];
  if (e.owner == kNone) return own.empty() ? fmt::format("{}/{}", e.name.in(language), row + 1) : own;
  const std::string& list = vocabulary.field(e.owner, e.owner_list).name.in(language);
  const Column& owners = table.columns[e.owner_field];
  if (owners.state[row] != kValue) return fmt::format("{}/{}", e.name.in(language), own.empty() ? std::to_string(row - table.owned + 1) : own);
  const auto owner = static_cast<Row>(owners.lo[row]);
  if (own.empty()) own = std::to_string(row - facts.tables[e.owner].lists[e.owner_list].offsets[owner] + 1);
  return fmt::format("{}/{}/{}", row_name(facts, vocabulary, e.owner, owner, language), list, own);
}

std::string describe_cell(const Facts& facts, const model::Vocabulary& vocabulary, EntityId entity, Row row,
                          FieldId field, Language language, const calendar::Zone& zone) {
  const bool zh = language == Language::zh;
  const model::Field& f = vocabulary.field(entity, field);
  const Column& column = facts.tables[entity].columns[field];
  const std::int64_t lo = column.lo[row], hi = column.hi.empty() ? lo : column.hi[row];
  if (f.type.kind == TypeKind::truth) return lo == kTrue ? (zh ? "是" : "yes") : lo == kFalse ? (zh ? "否" : "no") : (zh ? "不明" : "unknown");
  if (column.state[row] == kNothing) return zh ? "无" : "none";
  if (column.state[row] == kUnknown) return zh ? "不明" : "unknown";
  const auto bound = [&](std::int64_t from, std::int64_t to, const auto& format) {
    return from == to ? format(from) : fmt::format("[{} … {}]", format(from), format(to));
  };
  const auto instant = [&](std::int64_t value) { return calendar::format_instant(value, zone); };
  switch (f.type.kind) {
    case TypeKind::number: return bound(lo, hi, format_number);
    case TypeKind::text: return fmt::format("\"{}\"", facts.texts[lo]);
    case TypeKind::instant: return bound(lo, hi, instant);
    case TypeKind::duration: return bound(lo, hi, format_duration);
    case TypeKind::interval: {
      const std::int64_t end = column.end_lo[row], end_hi = column.end_hi.empty() ? end : column.end_hi[row];
      return fmt::format("{} – {}", bound(lo, hi, instant), bound(end, end_hi, instant));
    }
    case TypeKind::enum_value: return vocabulary.enums[f.type.of].values[lo].in(language);
    case TypeKind::enum_set: {
      std::string text;
      const std::vector<model::Name>& values = vocabulary.enums[f.type.of].values;
      for (std::size_t i = 0; i < values.size(); ++i) {
        if ((lo >> i & 1) == 0) continue;
        if (!text.empty()) text += zh ? "、" : ", ";
        text += values[i].in(language);
      }
      return "{" + text + "}";
    }
    case TypeKind::reference: return row_name(facts, vocabulary, f.type.of, static_cast<Row>(lo), language);
    default: return {};
  }
}

namespace {

void describe_row(std::string& out, const Facts& facts, const model::Vocabulary& vocabulary, EntityId entity, Row row,
                  Language language, const calendar::Zone& zone, int depth) {
  const model::Entity& e = vocabulary.entities[entity];
  const std::string indent(static_cast<std::size_t>(depth) * 2, ' ');
  out += fmt::format("{}{} {}\n", indent, e.name.in(language), row_name(facts, vocabulary, entity, row, language));
  for (FieldId f = 0; f < static_cast<FieldId>(e.fields.size()); ++f) {
    const model::Field& field = e.fields[f];
    if (field.kind != model::FieldKind::list) {
      out += fmt::format("{}  {}: {}\n", indent, field.name.in(language),
                         describe_cell(facts, vocabulary, entity, row, f, language, zone));
      continue;
    }
    const List& list = facts.tables[entity].lists[f];
    const std::int64_t through = list.through[row];
    out += fmt::format("{}  {}: {} {}\n", indent, field.name.in(language), list.offsets[row + 1] - list.offsets[row],
                       through == kMin ? "-" : calendar::format_instant(through, zone));
    for (std::int32_t i = list.offsets[row]; i < list.offsets[row + 1]; ++i) {
      if (list.contiguous) {
        describe_row(out, facts, vocabulary, field.list_of, i, language, zone, depth + 2);
      } else {
        out += fmt::format("{}    {}\n", indent, row_name(facts, vocabulary, field.list_of, list.rows[i], language));
      }
    }
  }
}

}  // namespace

std::string describe(const Facts& facts, const model::Vocabulary& vocabulary, EntityId entity, Row row,
                     Language language, const calendar::Zone& zone) {
  std::string out;
  describe_row(out, facts, vocabulary, entity, row, language, zone, 0);
  return out;
}

std::string describe(const Facts& facts, const model::Vocabulary& vocabulary, Language language,
                     const calendar::Zone& zone) {
  std::string out;
  for (EntityId id = 0; id < static_cast<EntityId>(vocabulary.entities.size()); ++id) {
    const Table& table = facts.tables[id];
    for (Row row = table.owned; row < table.size; ++row) describe_row(out, facts, vocabulary, id, row, language, zone, 0);
  }
  return out;
}

Document document_of(const Facts& facts, const model::Vocabulary& vocabulary, EntityId entity, Row row) {
  const model::Entity& e = vocabulary.entities[entity];
  const Table& table = facts.tables[entity];
  Document document;
  document.entity = entity;
  document.origin = table.origins[row];
  for (FieldId f = 0; f < static_cast<FieldId>(e.fields.size()); ++f) {
    const model::Field& field = e.fields[f];
    if (field.kind == model::FieldKind::list) {
      if (!table.lists[f].contiguous) continue;
      for (Row i = table.lists[f].offsets[row]; i < table.lists[f].offsets[row + 1]; ++i) {
        document.rows.push_back(document_of(facts, vocabulary, field.list_of, i));
      }
    } else if (field.kind == model::FieldKind::stored) {
      const Column& column = table.columns[f];
      Cell cell;
      cell.field = f;
      const bool no = field.type.kind == TypeKind::truth && column.state[row] == kFalse;
      cell.state = no ? std::uint8_t{kValue} : column.state[row];
      if (cell.state == kValue) {
        if (field.type.kind == TypeKind::text) {
          cell.text = facts.texts[column.lo[row]];
        } else if (field.type.kind == TypeKind::reference) {
          const Column& keys = facts.tables[field.type.of].columns[vocabulary.entities[field.type.of].key];
          cell.text = facts.texts[keys.lo[column.lo[row]]];
        } else {
          cell.lo = column.lo[row];
          cell.hi = column.hi.empty() ? cell.lo : column.hi[row];
          if (field.type.kind == TypeKind::interval) {
            cell.end_lo = column.end_lo[row];
            cell.end_hi = column.end_hi.empty() ? cell.end_lo : column.end_hi[row];
          }
        }
      }
      document.cells.push_back(std::move(cell));
    }
  }
  return document;
}

}  // namespace jianlu::fact
