#include "adapters/devices/clocks.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace jianlu::devices {
namespace {

constexpr std::int64_t second = 1'000'000, minute = 60 * second, hour = 60 * minute;
constexpr std::int64_t zones = 26 * hour;       // from UTC-12 to UTC+14
constexpr std::int64_t one_clock = 2 * minute;  // name and picture: the device may name a file before it records

std::optional<std::int64_t> container(const footage::FootageFacts& facts) {
  for (const auto& t : facts.times)
    if (t.instant && (t.trust == footage::TimeTrust::zone_stated || t.trust == footage::TimeTrust::utc_claimed))
      return t.instant;
  return std::nullopt;
}

// When the footage began by the clock in its picture.
std::optional<std::int64_t> picture(const footage::FootageFacts& facts, const calendar::Zone& zone) {
  if (!facts.clock || facts.clock->readings.empty()) return std::nullopt;
  const auto& first = facts.clock->readings.front();
  return zone.to_instant(calendar::Zone::utc().to_local(first.local)) - first.time;
}

}  // namespace

std::optional<footage::Sign> clocks_apart(const NameFacts& name, const footage::FootageFacts& facts) {
  const auto stated = container(facts);
  if (!name.start || !stated) return std::nullopt;
  const auto apart = std::abs(*stated - *name.start);
  if (apart <= zones + name.clock_uncertainty + facts.duration.value_or(0)) return std::nullopt;
  const auto shown = name.zone ? picture(facts, *name.zone) : std::nullopt;
  const bool borne_out = shown && std::abs(*shown - *name.start) <= one_clock + name.resolution;
  auto sign = footage::make_sign(
      footage::SignKind::times_disagree,
      {"封装的创建时间比文件名中的时间" + std::string(*stated < *name.start ? "早 " : "晚 ") + std::to_string(apart / hour) + " 小时" +
           (borne_out ? "，画面上的时钟与文件名相符" : ""),
       "the container was made " + std::to_string(apart / hour) + " hours " +
           (*stated < *name.start ? "before" : "after") + " the time in the file's name" +
           (borne_out ? ", which the clock in the picture bears out" : "")});
  if (!borne_out) sign.weight = footage::Weight::weak;
  return sign;
}

}  // namespace jianlu::devices
