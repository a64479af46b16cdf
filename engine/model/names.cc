#include "engine/model/names.h"

namespace jianlu::model {

const std::vector<FunctionName>& functions() {
  static const std::vector<FunctionName> all{
      {Function::end_of_day, "日终", "end_of_day"},
      {Function::start_of_day, "日始", "start_of_day"},
      {Function::same_day, "同日", "same_day"},
      {Function::later, "较晚", "later_of"},
      {Function::earlier, "较早", "earlier_of"},
      {Function::distance, "相差", "distance"},
      {Function::similarity, "相似度", "similarity"},
      {Function::contains, "包含", "contains"},
      {Function::overlaps, "重叠", "overlaps"},
      {Function::total_length, "总时长", "total_length"},
      {Function::union_of, "并集", "union_of"},
      {Function::intersection_of, "交集", "intersection_of"},
      {Function::difference_of, "差集", "difference_of"},
      {Function::gaps, "空隙", "gaps"},
      {Function::as_of, "审核时刻", "as_of"},
  };
  return all;
}

const std::vector<TypeName>& type_names() {
  static const std::vector<TypeName> all{
      {TypeKind::truth, "是否", "yes_no"},       {TypeKind::number, "数", "number"},
      {TypeKind::text, "文本", "text"},          {TypeKind::instant, "时刻", "instant"},
      {TypeKind::duration, "时长", "duration"},  {TypeKind::period, "期限长度", "period"},
      {TypeKind::interval, "期间", "interval"},  {TypeKind::interval_set, "期间集", "interval_set"},
  };
  return all;
}

const std::vector<IntervalFieldName>& interval_fields() {
  static const std::vector<IntervalFieldName> all{
      {IntervalField::start, "起", "from"},
      {IntervalField::end, "止", "to"},
      {IntervalField::length, "时长", "length"},
  };
  return all;
}

const std::vector<GapFieldName>& gap_fields() {
  static const std::vector<GapFieldName> all{
      {"起", "from", TypeKind::instant},
      {"止", "to", TypeKind::instant},
      {"时长", "length", TypeKind::duration},
      {"前一录像", "previous", TypeKind::reference},
      {"后一录像", "next", TypeKind::reference},
  };
  return all;
}

diag::Words describe(const Type& type, const Vocabulary& vocabulary) {
  const auto named = [&](TypeKind kind) -> diag::Words {
    for (const TypeName& name : type_names()) {
      if (name.kind == kind) return {std::string(name.zh), std::string(name.en)};
    }
    return "?";
  };
  switch (type.kind) {
    case TypeKind::enum_value:
      return {vocabulary.enums[type.of].name.zh, vocabulary.enums[type.of].name.en};
    case TypeKind::enum_set:
      return {"{" + vocabulary.enums[type.of].name.zh + "}", "{" + vocabulary.enums[type.of].name.en + "}"};
    case TypeKind::reference:
      return {vocabulary.entities[type.of].name.zh, vocabulary.entities[type.of].name.en};
    case TypeKind::rows:
      return {"若干" + vocabulary.entities[type.of].name.zh, "rows of " + vocabulary.entities[type.of].name.en};
    default:
      return named(type.kind);
  }
}

std::optional<std::string> other_spelling(std::string_view name) {
  const auto look = [&](const auto& table) -> std::optional<std::string> {
    for (const auto& entry : table) {
      if (entry.zh == name) return std::string(entry.en);
      if (entry.en == name) return std::string(entry.zh);
    }
    return std::nullopt;
  };
  if (auto found = look(functions())) return found;
  if (auto found = look(type_names())) return found;
  if (auto found = look(interval_fields())) return found;
  return look(gap_fields());
}

}  // namespace jianlu::model
