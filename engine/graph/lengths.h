// What a text says in figures, and what it leaves open: lengths of time, head counts and shares, in Chinese or Arabic
// numerals, against those that expressions use; and vague terms.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/model/rulebook.h"

namespace jianlu::graph {

// Hours, minutes and seconds; days; months and years; working days; persons; shares: different measures are never compared.
enum class Measure : std::uint8_t { clock, days, months, working_days, persons, share };

struct Length {
  Measure measure{};
  std::int64_t size = 0;   // seconds, days, months, working days, persons, hundredths of a per cent
  std::string written;     // as the text has it; empty for those of expressions
  auto operator<=>(const Length&) const = default;
};

// 二十四小时, 3个月, 两个工作日, 不少于2名, 百分之五, 5%. An ordinal (第三日) is no length.
std::vector<Length> lengths_in(std::string_view text);

// Those that an expression and the definitions it calls use.
void lengths_of(const model::Rulebook& book, model::ExprId expr, std::set<Length>& out);

// 24小时 / 24 hours
std::string say(const Length& length, source::Language language);

// What `used` has in the measure of `said`, where it has something and not that; else empty.
diag::Words others_than(const Length& said, const std::set<Length>& used);

// 及时, 必要时 … and their English spellings, as far as the text has them; 无法及时 demands nothing.
std::vector<std::string_view> vague_terms(std::string_view text);

}  // namespace jianlu::graph
