// How values are written in manifests, the same in YAML and in JSON lines.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/calendar/text.h"
#include "engine/calendar/zone.h"
#include "engine/diag/diag.h"

namespace jianlu::manifest {

// 是 否 true false yes no, as fact::Truth.
std::optional<std::int64_t> parse_truth(std::string_view text);
// A decimal number with at most six decimals, as millionths: 12, -0.5, 1e3 is none.
std::optional<std::int64_t> parse_number(std::string_view text);
// 1h20m, 90m, 30s, 1.5s, 2小时30分10秒, or ISO 8601 with hours, minutes and seconds: PT1H20M. Microseconds.
// Days and months are no durations: 24 hours and 1 day differ.
std::optional<std::int64_t> parse_duration(std::string_view text);
// As calendar::parse_instant, and 24:00 as the next day's 00:00.
calendar::ParsedInstant read_instant(std::string_view text, const calendar::Zone& zone);
// An instant, or a day, which means through its end.
calendar::ParsedInstant parse_through(std::string_view text, const calendar::Zone& zone);

}  // namespace jianlu::manifest
