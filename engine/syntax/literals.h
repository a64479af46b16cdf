// The values of literal tokens. Spellings are those of a file: full-width digits and signs count as their ASCII twins.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/calendar/period.h"
#include "engine/source/source.h"

namespace jianlu::syntax {

// Full-width digits, letters and signs as ASCII; everything else as it is.
std::string narrow(std::string_view text);

// 24小时, 24 hours. Nothing for another unit, another spelling of it (24 hour, 1 hours) or a number above a million.
std::optional<calendar::Period> parse_period(std::string_view text);
// Whether its unit is a day, a month, a year or a working day: 0日 is no length by the hour.
bool counted_by_date(std::string_view text);
// The same period in the other language, its digits as they are written.
std::string translate_period(std::string_view text, source::Language to);
// The accepted spelling that was probably meant: 3月 -> 3个月, 2天 -> 2日, 1 hours -> 1 hour; empty where none is.
std::string suggest_period(std::string_view text);

// Millionths, 5% being 50000. Nothing above a thousand million or with more digits than that holds.
std::optional<std::int64_t> parse_number(std::string_view text);

// The bytes of a FIELD token before its name: ".", "的  ", "'s ".
std::size_t field_mark(std::string_view text);

// A quoted text without its marks, a doubled mark counting once.
std::string unquote(std::string_view text);

// The accepted spelling of a citation that is written in another way (第15条, 第二十五 条); empty where none is.
std::string suggest_citation(std::string_view text, source::Language language);

}  // namespace jianlu::syntax
