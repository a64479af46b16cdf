#include "adapters/footage/scan/gpmf.h"

#include <chrono>
#include <cstdlib>
#include <vector>

#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/place.h"

namespace jianlu::footage {
namespace {

constexpr int max_depth = 4;         // DEVC, STRM, values
constexpr int max_items = 10'000;

struct Item {
  std::string_view key, value;
  char type = 0;
  std::size_t size = 0, repeat = 0;
};

std::int64_t signed32(std::string_view s, std::size_t at) { return static_cast<std::int32_t>(big_endian(s, at, 4)); }

// What one stream says.
struct Stream {
  std::optional<std::int64_t> utc;
  std::vector<std::int64_t> scale;
  std::int64_t fix = -1;              // -1: not said, 0: none
  std::string_view positions, samples;   // of GPS5, of GPS9
};

std::optional<std::int64_t> instant(std::int64_t days, std::int64_t millis) {
  if (days < 0 || days > 100'000 || millis < 0 || millis >= 86'400'000) return std::nullopt;
  constexpr std::int64_t year_2000 = 10'957;
  return ((year_2000 + days) * 86'400'000 + millis) * 1000;
}

// "170417192757.500"
std::optional<std::int64_t> gps_time(std::string_view text) {
  if (text.size() < 12) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\0' && !(i == 12 ? text[i] == '.' : text[i] >= '0' && text[i] <= '9')) return std::nullopt;
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  using namespace std::chrono;
  const year_month_day date{year(2000 + two(0)), month(static_cast<unsigned>(two(2))), day(static_cast<unsigned>(two(4)))};
  if (!date.ok() || two(6) > 23 || two(8) > 59 || two(10) > 60) return std::nullopt;
  std::int64_t millis = ((two(6) * 60 + two(8)) * 60 + two(10)) * 1000ll;
  std::int64_t unit = 100;
  for (std::size_t i = 13; i < text.size() && text[i] != '\0' && unit > 0; ++i, unit /= 10) millis += (text[i] - '0') * unit;
  return sys_days(date).time_since_epoch().count() * 86'400'000'000ll + millis * 1000;
}

class Reader {
 public:
  explicit Reader(std::int64_t time) : time_(time) {}

  void walk(std::string_view bytes, int depth) {
    Stream stream;
    while (!found && bytes.size() >= 8 && ++items_ < max_items) {
      Item item{bytes.substr(0, 4), {}, bytes[4], static_cast<unsigned char>(bytes[5]), static_cast<std::size_t>(big_endian(bytes, 6, 2))};
      const std::size_t length = item.size * item.repeat, padded = (length + 3) & ~std::size_t{3};
      if (length > bytes.size() - 8) return;
      item.value = bytes.substr(8, length);
      bytes.remove_prefix(std::min(bytes.size(), 8 + padded));
      if (item.type != '\0') take(item, stream);
      else if (depth < max_depth) walk(item.value, depth + 1);
    }
    if (!found) finish(stream);
  }

  // A drone counts from its start: GPRI has that count, position and fix; SYST the same count and UTC in milliseconds.
  void drone() {
    if (found || raw_.empty() || system_.empty() || raw_[28] == '\0') return;
    const auto number = [](std::string_view s, std::size_t at) { return static_cast<std::int64_t>(big_endian(s, at, 8)); };
    const std::int64_t count = number(raw_, 0), reference = number(system_, 0), millis = number(system_, 8);
    constexpr std::int64_t hour = 3'600'000'000, year_2000 = 946'684'800'000, year_2100 = 4'102'444'800'000;
    if (count < 0 || reference < 0 || count > year_2100 || reference > year_2100 || std::abs(count - reference) > hour || millis < year_2000 || millis > year_2100) return;
    const double latitude = static_cast<double>(signed32(raw_, 8)) / 1e7, longitude = static_cast<double>(signed32(raw_, 12)) / 1e7;
    if (plausible_place(latitude, longitude)) found = Fix{time_, millis * 1000 + count - reference, latitude, longitude};
  }

  std::optional<Fix> found;

 private:
  void take(const Item& item, Stream& stream) {
    if (item.key == "GPRI" && item.size == 30 && item.repeat > 0) {
      raw_ = item.value;
    } else if (item.key == "SYST" && item.size == 16 && item.repeat > 0) {
      system_ = item.value;
    } else if (item.key == "GPSU") {
      stream.utc = gps_time(item.value);
    } else if (item.key == "GPSF" && item.value.size() >= 4) {
      stream.fix = static_cast<std::int64_t>(big_endian(item.value, 0, 4));
    } else if (item.key == "SCAL") {
      stream.scale.clear();
      for (std::size_t i = 0; i < item.repeat && i < 16 && (item.size == 4 || item.size == 2); ++i)
        stream.scale.push_back(item.size == 4 ? signed32(item.value, i * 4) : static_cast<std::int16_t>(big_endian(item.value, i * 2, 2)));
    } else if (item.key == "GPS5" && item.size == 20 && item.repeat > 0) {
      stream.positions = item.value;
    } else if (item.key == "GPS9" && item.size == 32 && item.repeat > 0) {
      stream.samples = item.value;
    }
  }

  void finish(const Stream& stream) {
    const auto scaled = [&](std::string_view values, std::size_t i) {
      const std::int64_t by = stream.scale.size() == 1 ? stream.scale[0] : i < stream.scale.size() ? stream.scale[i] : 0;
      return by > 0 ? static_cast<double>(signed32(values, i * 4)) / static_cast<double>(by) : 0.0;
    };
    std::optional<std::int64_t> utc = stream.utc;
    std::string_view values = stream.positions;
    std::int64_t fix = stream.fix;
    if (!stream.samples.empty()) {
      // Latitude, longitude, altitude, two speeds, days since 2000, seconds of the day, precision, fix.
      values = stream.samples;
      fix = static_cast<std::int64_t>(big_endian(values, 30, 2));
      const double days = scaled(values, 5), seconds = scaled(values, 6);
      if (days > 0 && days < 100'000 && seconds >= 0 && seconds < 86'400)
        utc = instant(static_cast<std::int64_t>(days), static_cast<std::int64_t>(seconds * 1000 + 0.5));
    }
    if (values.empty() || !utc || fix == 0) return;
    const double latitude = scaled(values, 0), longitude = scaled(values, 1);
    if (plausible_place(latitude, longitude)) found = Fix{time_, *utc, latitude, longitude};
  }

  std::int64_t time_;
  int items_ = 0;
  std::string_view raw_, system_;
};

}  // namespace

std::optional<Fix> read_gpmf(std::string_view payload, std::int64_t time) {
  Reader reader(time);
  reader.walk(payload, 0);
  reader.drone();
  return reader.found;
}

}  // namespace jianlu::footage
