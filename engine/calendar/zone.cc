#include "engine/calendar/zone.h"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace jianlu::calendar {

// Stretches of constant offset: starts[i] is the instant at which offsets[i] begins; starts[0] is the beginning of time.
struct ZoneTable {
  std::string name;
  std::vector<Instant> starts;
  std::vector<std::int64_t> offsets;
};

namespace {

std::unique_ptr<ZoneTable> read_table(const std::string& name) {
  const date::time_zone* zone = nullptr;
  try {
    zone = date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
  auto table = std::make_unique<ZoneTable>();
  table->name = name;
  date::sys_seconds at = date::sys_days{date::year{1900} / 1 / 1};
  const date::sys_seconds until = date::sys_days{date::year{2200} / 1 / 1};
  while (at < until) {
    const date::sys_info info = zone->get_info(at);
    const std::int64_t offset = info.offset.count() * second;
    if (table->starts.empty()) {
      table->starts.push_back(beginning_of_time);
      table->offsets.push_back(offset);
    } else if (offset != table->offsets.back()) {
      table->starts.push_back(info.begin.time_since_epoch().count() * second);
      table->offsets.push_back(offset);
    }
    if (info.end <= at) break;
    at = info.end;
  }
  return table;
}

}  // namespace

Zone::Zone(const ZoneTable& table)
    : table_(&table), last_start_(table.starts.back()), last_offset_(table.offsets.back()) {}

std::optional<Zone> Zone::find(std::string_view name) {
  static std::mutex guard;
  static std::map<std::string, std::unique_ptr<ZoneTable>, std::less<>> tables;
  const std::lock_guard lock(guard);
  auto found = tables.find(name);
  if (found == tables.end()) {
    auto table = read_table(std::string(name));
    if (!table) return std::nullopt;
    found = tables.emplace(std::string(name), std::move(table)).first;
  }
  return Zone(*found->second);
}

Zone Zone::utc() {
  static const ZoneTable table{"UTC", {beginning_of_time}, {0}};
  return Zone(table);
}

std::string_view Zone::name() const { return table_->name; }

std::int64_t Zone::earlier_offset(Instant instant) const {
  const auto after = std::upper_bound(table_->starts.begin(), table_->starts.end(), instant);
  return table_->offsets[static_cast<std::size_t>(after - table_->starts.begin()) - 1];
}

Instant Zone::to_instant(LocalTime local) const {
  if (local.day < first_day) return beginning_of_time;
  if (local.day > last_day) return end_of_time;
  const std::int64_t wall = std::int64_t{local.day} * hours_24 + local.of_day;
  const auto& starts = table_->starts;
  const auto& offsets = table_->offsets;
  // Offsets stay within a day, so only stretches that begin at most a day later can hold the time. The first stretch
  // that has not ended when the clock shows `wall` is the answer: its own time, or its start if the clock skipped.
  auto stretch = static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), wall - hours_24) -
                                          starts.begin()) - 1;
  while (stretch + 1 < starts.size() && wall - offsets[stretch] >= starts[stretch + 1]) ++stretch;
  return std::max(wall - offsets[stretch], starts[stretch]);
}

Instant end_of_day(Instant instant, const Zone& zone) {
  if (instant == beginning_of_time || instant == end_of_time) return instant;
  return zone.end_of_day(zone.day_of(instant));
}

Bound end_of_day(const Bound& bound, const Zone& zone) {
  return {end_of_day(bound.lo, zone), end_of_day(bound.hi, zone)};
}

bool same_day(Instant a, Instant b, const Zone& zone) { return zone.day_of(a) == zone.day_of(b); }

}  // namespace jianlu::calendar
