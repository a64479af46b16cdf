#include "adapters/track/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "adapters/track/track.h"

namespace jianlu::track {

std::optional<std::int64_t> iso_time(std::string_view t) {
  if (t.size() < 19 || t[4] != '-' || t[7] != '-' || (t[10] != 'T' && t[10] != ' ') || t[13] != ':' || t[16] != ':') return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t n) { return whole(t.substr(at, n)).value_or(-1); };
  const std::int64_t parts[] = {part(0, 4), part(5, 2), part(8, 2), part(11, 2), part(14, 2), part(17, 2)};
  if (std::any_of(std::begin(parts), std::end(parts), [](std::int64_t n) { return n < 0; })) return std::nullopt;
  const auto at = utc(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
  if (!at) return std::nullopt;
  t.remove_prefix(19);
  std::int64_t out = *at;
  if (t.starts_with('.')) {
    t.remove_prefix(1);
    for (std::int64_t unit = 100'000; !t.empty() && t[0] >= '0' && t[0] <= '9'; unit /= 10, t.remove_prefix(1)) out += (t[0] - '0') * unit;
  }
  if (t.empty() || t == "Z") return out;
  if ((t[0] != '+' && t[0] != '-') || t.size() < 3) return std::nullopt;
  const auto hours = whole(t.substr(1, 2)), minutes = t.size() >= 5 ? whole(t.substr(t.size() - 2)) : std::optional<std::int64_t>(0);
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  const std::int64_t offset = *hours * calendar::hour + *minutes * calendar::minute;
  return t[0] == '+' ? out - offset : out + offset;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  for (;;) {
    const auto end = text.find(at);
    out.push_back(text.substr(0, end));
    if (end == text.npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::string_view> Lines::next() {
  if (rest_.empty()) return std::nullopt;
  constexpr std::size_t longest = 1024;
  const auto end = std::min(rest_.find_first_of("\r\n"), std::min(rest_.size(), longest));
  const std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end);
  if (rest_.starts_with("\r\n")) rest_.remove_prefix(2);
  else if (rest_.starts_with('\r') || rest_.starts_with('\n')) rest_.remove_prefix(1);
  ++number_;
  return line;
}

bool plausible(double latitude, double longitude) {
  const bool zero = std::abs(latitude) < 1e-6 && std::abs(longitude) < 1e-6;
  return !zero && std::abs(latitude) <= 90 && std::abs(longitude) <= 180;
}

std::string place(double latitude, double longitude) {
  return fmt::format("{:.4f}{} {:.4f}{}", std::abs(latitude), latitude < 0 ? 'S' : 'N', std::abs(longitude), longitude < 0 ? 'W' : 'E');
}

std::optional<calendar::Bound> device_behind(const Track& track, std::int64_t latency) {
  // Each fix was taken at most `latency` before the device wrote it down, so the device was behind by at least
  // utc - device, and by at most that and the latency.
  std::optional<calendar::Bound> out;
  for (const Fix& fix : track.fixes) {
    if (!fix.device) continue;
    const calendar::Bound said{fix.utc - *fix.device, fix.utc - *fix.device + latency};
    if (!out) out = said;
    // Sentences that waited longer widen it; they do not contradict it.
    out = said.hi < out->lo || said.lo > out->hi ? calendar::Bound{std::min(out->lo, said.lo), std::max(out->hi, said.hi)}
                                                 : calendar::Bound{std::max(out->lo, said.lo), std::min(out->hi, said.hi)};
  }
  return out;
}

Track read(std::string_view text) {
  constexpr std::string_view bom = "\xef\xbb\xbf";
  if (text.starts_with(bom)) text.remove_prefix(bom.size());
  const std::string_view head = text.substr(0, std::min<std::size_t>(text.size(), 4096));
  if (head.find("<gpx") != head.npos) return read_gpx(text);
  if (head.find("LAST_RMC_GPS_TIME") != head.npos) return read_pps_log(text);
  if (head.starts_with('$') || head.find("\n$") != head.npos || head.find("]$") != head.npos) return read_nmea(text);
  return {};
}

}  // namespace jianlu::track
