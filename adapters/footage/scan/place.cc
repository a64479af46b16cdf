#include "adapters/footage/scan/place.h"

#include <charconv>
#include <cmath>

namespace jianlu::footage {
namespace {

// "+33.0498", taken off the front.
std::optional<double> signed_degrees(std::string_view& rest) {
  if (rest.empty() || (rest[0] != '+' && rest[0] != '-')) return std::nullopt;
  const double sign = rest[0] == '-' ? -1 : 1;
  rest.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value, std::chars_format::fixed);
  if (error != std::errc() || value < 0) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return sign * value;
}

}  // namespace

bool plausible_place(double latitude, double longitude) {
  const bool zero = std::abs(latitude) < 1e-6 && std::abs(longitude) < 1e-6;
  return !zero && std::abs(latitude) <= 90 && std::abs(longitude) <= 180;
}

std::optional<Place> stated_place(std::string_view source, std::string_view text) {
  const auto latitude = signed_degrees(text), longitude = signed_degrees(text);
  if (!latitude || !longitude || !plausible_place(*latitude, *longitude)) return std::nullopt;
  return Place{std::string(source), *latitude, *longitude};
}

}  // namespace jianlu::footage
