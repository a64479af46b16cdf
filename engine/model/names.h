// Names that the language itself knows: types, functions, fields of intervals and gaps. Both spellings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/model/vocabulary.h"

namespace jianlu::model {

enum class Function {
  end_of_day, start_of_day, same_day, later, earlier, distance, similarity, contains, overlaps, total_length, union_of,
  intersection_of, difference_of, gaps, as_of,
};

struct FunctionName {
  Function function;
  std::string_view zh, en;
};
const std::vector<FunctionName>& functions();

struct TypeName {
  TypeKind kind;
  std::string_view zh, en;
};
const std::vector<TypeName>& type_names();

// Fields of an interval: its two ends and its length.
enum class IntervalField { start, end, length };
struct IntervalFieldName {
  IntervalField field;
  std::string_view zh, en;
};
const std::vector<IntervalFieldName>& interval_fields();

// Fields of the rows that a derivation of gaps yields, besides the owner.
struct GapFieldName {
  std::string_view zh, en;
  TypeKind kind;
};
const std::vector<GapFieldName>& gap_fields();  // start, end, length, previous, next, in this order

// 时刻 / instant; 设备 / device for a reference.
diag::Words describe(const Type& type, const Vocabulary& vocabulary);

// Every name that a file may use, for translation: the other spelling of `name`, or nothing.
std::optional<std::string> other_spelling(std::string_view name);

}  // namespace jianlu::model
