// Lengths of time: those that a Chinese text names, and those that expressions use.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/rulebook.h"

namespace jianlu::graph {

// Hours, minutes and seconds; days; months and years; working days: lengths of different measures are never compared.
enum class Measure : std::uint8_t { clock, days, months, working_days };

struct Length {
  Measure measure{};
  std::int64_t size = 0;   // seconds, days, months, working days
  std::string written;     // as the text has it; empty for those of expressions
  auto operator<=>(const Length&) const = default;
};

// 二十四小时, 3个月, 两个工作日. An ordinal (第三日) is no length.
std::vector<Length> lengths_in(std::string_view text);

// Those that an expression and the definitions it calls use.
void lengths_of(const model::Rulebook& book, model::ExprId expr, std::set<Length>& out);

// 24小时 / 24 hours
std::string say(const Length& length, source::Language language);

}  // namespace jianlu::graph
