// NMEA 0183: RMC sentences carry date, time and position; the others are only checked.
#include <charconv>

#include "adapters/track/track.h"
#include "adapters/track/parts.h"

namespace jianlu::track {
namespace {

using Fields = std::vector<std::string_view>;

// Between '$' and '*', where the two hex digits after it are the exclusive or of what lies between.
std::optional<std::string_view> checked(std::string_view sentence) {
  const auto star = sentence.rfind('*');
  if (star == sentence.npos || star + 3 > sentence.size()) return std::nullopt;
  const std::string_view body = sentence.substr(1, star - 1);
  unsigned stated = 0, sum = 0;
  const char* digits = sentence.data() + star + 1;
  if (std::from_chars(digits, digits + 2, stated, 16).ptr != digits + 2) return std::nullopt;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  return sum == stated ? std::optional(body) : std::nullopt;
}

// "ddmm.mmmm" and its hemisphere.
std::optional<double> degrees(std::string_view text, std::string_view side, std::string_view sides) {
  const auto value = number(text);
  if (!value || *value < 0 || side.size() != 1 || sides.find(side[0]) == sides.npos) return std::nullopt;
  const double whole = static_cast<double>(static_cast<int>(*value / 100));
  const double minutes = *value - whole * 100;
  if (minutes >= 60) return std::nullopt;
  return (whole + minutes / 60) * (side[0] == sides[0] ? 1 : -1);
}

// "hhmmss.sss", "ddmmyy"
std::optional<std::int64_t> instant(std::string_view time, std::string_view date) {
  if (time.size() < 6 || date.size() != 6) return std::nullopt;
  const auto two = [](std::string_view s, std::size_t at) { return whole(s.substr(at, 2)); };
  const auto h = two(time, 0), m = two(time, 2), s = two(time, 4), day = two(date, 0), month = two(date, 2), year = two(date, 4);
  if (!h || !m || !s || !day || !month || !year) return std::nullopt;
  const auto at = utc(2000 + *year, *month, *day, *h, *m, *s);
  if (!at) return std::nullopt;
  const auto fraction = time.size() > 6 ? number(time.substr(6)) : 0.0;
  if (!fraction || *fraction < 0 || *fraction >= 1) return std::nullopt;
  return *at + static_cast<std::int64_t>(*fraction * 1e6 + 0.5);
}

}  // namespace

Track read_nmea(std::string_view text) {
  Track out;
  out.format = "nmea";
  Lines lines(text);
  while (const auto line = lines.next()) {
    std::string_view rest = *line;
    std::optional<std::int64_t> device;
    if (rest.starts_with('[')) {
      const auto close = rest.find(']');
      const auto stamp = close == rest.npos ? std::nullopt : whole(rest.substr(1, close - 1));
      if (!stamp || *stamp > 100'000'000'000'000) {
        ++out.corrupt;
        continue;
      }
      device = *stamp * calendar::millisecond;
      rest.remove_prefix(close + 1);
    }
    if (!rest.starts_with('$') || rest.starts_with("$GSENSOR")) continue;
    const auto body = checked(rest);
    if (!body) {
      ++out.corrupt;
      continue;
    }
    const Fields f = split(*body, ',');
    if (f[0].size() != 5 || f[0].substr(2) != "RMC") continue;
    if (f.size() < 10) {
      ++out.corrupt;
      continue;
    }
    const auto latitude = degrees(f[3], f[4], "NS"), longitude = degrees(f[5], f[6], "EW");
    const auto at = instant(f[1], f[9]);
    if (f[2] != "A" || (latitude && longitude && !plausible(*latitude, *longitude))) {
      ++out.refused;
    } else if (!latitude || !longitude || !at) {
      ++out.corrupt;
    } else {
      out.fixes.push_back({*at, *latitude, *longitude, device, lines.number()});
    }
  }
  return out;
}

}  // namespace jianlu::track
