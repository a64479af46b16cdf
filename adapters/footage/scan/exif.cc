#include "adapters/footage/scan/exif.h"

#include <array>
#include <cstdio>
#include <optional>

#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/place.h"
#include "adapters/footage/scan/times.h"

namespace jianlu::footage {
namespace {

constexpr int max_entries = 200;

// TIFF 6.0, section 2: a directory is a count, then entries of tag, type, count and value or its offset.
class Exif {
 public:
  Exif(std::string_view tiff, std::int64_t now, FootageFacts& facts) : tiff_(tiff), now_(now), facts_(facts) {}

  void read() {
    if (tiff_.size() < 8) return;
    big_ = tiff_.starts_with("MM");
    if (!big_ && !tiff_.starts_with("II")) return;
    const std::size_t main = number(4, 4);
    directory(main, Place::main);
    if (exif_ != 0) directory(exif_, Place::exif);
    if (gps_ != 0) directory(gps_, Place::gps);
    finish();
  }

 private:
  enum class Place { main, exif, gps };
  struct Entry {
    std::size_t tag, type, count, at;   // at: of the value
  };

  std::size_t number(std::size_t at, std::size_t width) const {
    if (at > tiff_.size() || tiff_.size() - at < width) return 0;
    return big_ ? big_endian(tiff_, at, width) : little_endian(tiff_, at, width);
  }

  void directory(std::size_t at, Place place) {
    const std::size_t count = std::min<std::size_t>(number(at, 2), max_entries);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t entry = at + 2 + i * 12;
      if (entry + 12 > tiff_.size()) return;
      static constexpr std::array<std::size_t, 13> widths{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
      Entry e{number(entry, 2), number(entry + 2, 2), number(entry + 4, 4), entry + 8};
      if (e.type == 0 || e.type >= widths.size() || e.count > 65'535) continue;
      const std::size_t length = widths[e.type] * e.count;
      if (length > 4) e.at = number(entry + 8, 4);
      if (e.at > tiff_.size() || tiff_.size() - e.at < length) continue;
      take(e, place);
    }
  }

  std::string text(const Entry& e) const { return e.type == 2 ? trimmed(tiff_.substr(e.at, std::min<std::size_t>(e.count, 200)).substr(0, tiff_.substr(e.at, e.count).find('\0'))) : ""; }

  double rational(const Entry& e, std::size_t index) const {
    if (e.type != 5 || index >= e.count) return 0;
    const std::size_t below = number(e.at + index * 8 + 4, 4);
    return below == 0 ? 0 : static_cast<double>(number(e.at + index * 8, 4)) / static_cast<double>(below);
  }

  void take(const Entry& e, Place place) {
    if (place == Place::main) {
      if (e.tag == 0x010f) tag("make", text(e));
      if (e.tag == 0x0110) tag("model", text(e));
      if (e.tag == 0x0131) tag("software", text(e));
      if (e.tag == 0x0132) modified_ = text(e);
      if (e.tag == 0x8769) exif_ = number(e.at, 4);
      if (e.tag == 0x8825) gps_ = number(e.at, 4);
    } else if (place == Place::exif) {
      if (e.tag == 0x9003) taken_ = text(e);
      if (e.tag == 0x9011) offset_ = text(e);
    } else {
      if (e.tag == 1) south_ = text(e) == "S";
      if (e.tag == 3) west_ = text(e) == "W";
      if (e.tag == 2 || e.tag == 4) (e.tag == 2 ? latitude_ : longitude_) = rational(e, 0) + rational(e, 1) / 60 + rational(e, 2) / 3600;
      if (e.tag == 7) for (std::size_t i = 0; i < 3; ++i) clock_[i] = rational(e, i);
      if (e.tag == 0x1d) date_ = text(e);
    }
  }

  void tag(const char* name, const std::string& value) {
    if (!value.empty()) facts_.tags.emplace_back(name, value);
  }

  void finish() {
    if (!taken_.empty()) facts_.times.push_back(stated_time("exif DateTimeOriginal", taken_ + offset_, false, now_));
    if (!modified_.empty()) facts_.times.push_back(stated_time("exif DateTime", modified_, false, now_));
    if (!latitude_ || !longitude_) return;
    const double latitude = *latitude_ * (south_ ? -1 : 1), longitude = *longitude_ * (west_ ? -1 : 1);
    if (!plausible_place(latitude, longitude)) return;   // nor is the time of a receiver without a fix one
    facts_.place = footage::Place{"exif GPS", latitude, longitude};
    if (date_.empty()) return;
    char at[40];
    std::snprintf(at, sizeof at, " %02d:%02d:%02dZ", static_cast<int>(clock_[0]) % 100, static_cast<int>(clock_[1]) % 100, static_cast<int>(clock_[2]) % 100);
    facts_.times.push_back(stated_time("exif GPS", date_ + at, false, now_));
  }

  std::string_view tiff_;
  std::int64_t now_;
  FootageFacts& facts_;
  bool big_ = false, south_ = false, west_ = false;
  std::size_t exif_ = 0, gps_ = 0;
  std::string taken_, offset_, modified_, date_;
  std::optional<double> latitude_, longitude_;
  std::array<double, 3> clock_{};
};

}  // namespace

void read_exif(std::string_view tiff, std::int64_t now, FootageFacts& facts) { Exif(tiff, now, facts).read(); }

}  // namespace jianlu::footage
