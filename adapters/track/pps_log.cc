// The log of AudioMoth GPS.Sync: for each pulse the recorder's time, and the last RMC sentence with the time at which it came.
#include <algorithm>

#include "adapters/track/parts.h"
#include "adapters/track/track.h"

namespace jianlu::track {

Track read_pps_log(std::string_view text) {
  Track out;
  out.format = "pps-log";
  Lines lines(text);
  const auto head = lines.next();
  const std::vector<std::string_view> names = head ? split(*head, ',') : std::vector<std::string_view>{};
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  const std::size_t device = column("LAST_RMC_AUDIOMOTH_TIME"), utc = column("LAST_RMC_GPS_TIME"), status = column("STATUS");
  const std::size_t sides[] = {column("LAT_DEG"), column("LAT_MIN"), column("LAT_DIR"),
                               column("LONG_DEG"), column("LONG_MIN"), column("LONG_DIR")};
  const bool whole_head = std::max({device, utc, status, *std::max_element(std::begin(sides), std::end(sides))}) < names.size();
  if (!whole_head) {
    out.faults.push_back({1, "缺少列；表头应当是 AudioMoth GPS.Sync 写的", "columns are missing; the header must be the one that AudioMoth GPS.Sync writes"});
    return out;
  }
  while (const auto line = lines.next()) {
    const std::vector<std::string_view> f = split(*line, ',');
    if (f.size() != names.size()) {
      if (!line->empty()) ++out.corrupt;
      continue;
    }
    if (f[status] != "A") {
      ++out.refused;
      continue;
    }
    const auto at = iso_time(f[utc]), stamp = iso_time(f[device]);
    const auto angle = [&](std::size_t first, char positive, char negative) -> std::optional<double> {
      const auto degrees = number(f[sides[first]]), minutes = number(f[sides[first + 1]]);
      const std::string_view side = f[sides[first + 2]];
      if (!degrees || !minutes || side.size() != 1 || (side[0] != positive && side[0] != negative)) return std::nullopt;
      return (*degrees + *minutes / 60) * (side[0] == positive ? 1 : -1);
    };
    const auto latitude = angle(0, 'N', 'S'), longitude = angle(3, 'E', 'W');
    if (!at || !stamp || !latitude || !longitude) ++out.corrupt;
    else if (!plausible(*latitude, *longitude)) ++out.refused;
    else out.fixes.push_back({*at, *latitude, *longitude, *stamp, lines.number()});
  }
  return out;
}

}  // namespace jianlu::track
