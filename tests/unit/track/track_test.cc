#include "adapters/track/track.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "engine/calendar/date.h"

using namespace jianlu;
using namespace jianlu::track;

namespace {

constexpr std::int64_t kSecond = calendar::second;

std::int64_t at(int year, int month, int day, int hour, int minute, int second) {
  return calendar::to_day({year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)}) * calendar::hours_24 +
         hour * calendar::hour + minute * calendar::minute + second * kSecond;
}

std::string sample(const std::string& name) {
  const char* folder = std::getenv("JIANLU_SAMPLES");
  if (!folder) {
    if (std::getenv("JIANLU_REQUIRE_SAMPLES")) FAIL("JIANLU_SAMPLES is not set");
    return {};
  }
  std::ifstream in(std::string(folder) + "/" + name, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

// With its checksum.
std::string sentence(const std::string& body) {
  unsigned sum = 0;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  const char* hex = "0123456789ABCDEF";
  return "$" + body + "*" + hex[sum >> 4] + hex[sum & 15] + "\r\n";
}

// The samples had their positions rounded after the cameras wrote them, so that their checksums no longer hold: this gives
// each sentence the one that belongs to it now.
std::string with_checksums(const std::string& text) {
  std::istringstream in(text);
  std::string out;
  for (std::string line; std::getline(in, line);) {
    const auto dollar = line.find('$'), star = line.find('*');
    if (dollar == line.npos || star == line.npos) continue;
    out += line.substr(0, dollar) + sentence(line.substr(dollar + 1, star - dollar - 1));
  }
  return out;
}

}  // namespace

TEST_CASE("NMEA: a fix is where the receiver has one") {
  const std::string text = sentence("GPRMC,235959.500,A,3955.0000,N,11923.0000,E,0.0,0.0,311225,,,A") +
                           sentence("GPGGA,235959.500,3955.0000,N,11923.0000,E,1,08,1.2,31.5,M,47.0,M,,0000") +
                           sentence("GPRMC,000001.000,V,3955.0000,N,11923.0000,E,0.0,0.0,010126,,,N") +
                           sentence("GPRMC,000002.000,A,0000.0000,N,00000.0000,E,0.0,0.0,010126,,,A") +
                           sentence("GNRMC,000003,A,3956.0000,S,11923.0000,W,0.0,0.0,010126,,,A");
  const Track t = read(text);
  CHECK(t.format == "nmea");
  REQUIRE(t.fixes.size() == 2);
  CHECK(t.fixes[0].utc == at(2025, 12, 31, 23, 59, 59) + kSecond / 2);
  CHECK(t.fixes[0].latitude == Approx(39.916667));
  CHECK(t.fixes[0].longitude == Approx(119.383333));
  CHECK(t.fixes[1].utc == at(2026, 1, 1, 0, 0, 3));
  CHECK(t.fixes[1].latitude == Approx(-39.933333));
  CHECK(t.fixes[1].longitude == Approx(-119.383333));
  CHECK(t.refused == 2);
  CHECK(t.corrupt == 0);
  CHECK(place(t.fixes[1].latitude, t.fixes[1].longitude) == "39.9333S 119.3833W");
}

TEST_CASE("NMEA: what does not add up is not a fix") {
  const std::string good = sentence("GPRMC,060329.000,A,5200.0000,N,00100.0000,W,048.0,145.2,180726,,,A");
  std::string wrong_sum = good;
  wrong_sum[20] ^= 1;
  const std::string no_sum = good.substr(0, good.find('*')) + "\n";
  for (const std::string& text :
       {wrong_sum, no_sum, sentence("GPRMC,246060.000,A,5200.0000,N,00100.0000,W,0,0,180726,,,A"),
        sentence("GPRMC,060329.000,A,5200.0000,N,00100.0000,W,0,0,310226,,,A"),
        sentence("GPRMC,060329.000,A,5260.0000,N,00100.0000,W,0,0,180726,,,A"),
        sentence("GPRMC,060329.000,A,5200.0000,X,00100.0000,W,0,0,180726,,,A"), sentence("GPRMC,060329.000,A"),
        std::string("[178x]" + good), std::string("[1784358211371\n")}) {
    CAPTURE(text);
    const Track t = read_nmea(text);
    CHECK(t.fixes.empty());
    CHECK(t.corrupt == 1);
  }
}

TEST_CASE("GPX: points with a time; a document type is refused") {
  const std::string head = R"(<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>)";
  const std::string tail = "</trkseg></trk></gpx>";
  const Track t = read(head + R"(<trkpt lat="39.9" lon="119.4"><ele>3</ele><time>2024-05-08T01:00:00.250Z</time></trkpt>
<trkpt lat="39.9" lon="119.5"><time>2024-05-08T09:00:01+08:00</time></trkpt>
<trkpt lat="0" lon="0"><time>2024-05-08T01:00:02Z</time></trkpt><trkpt lat="39.9" lon="x"/><trkpt lat="39.9" lon="119.6"/>)" + tail);
  CHECK(t.format == "gpx");
  REQUIRE(t.fixes.size() == 2);
  CHECK(t.fixes[0].utc == at(2024, 5, 8, 1, 0, 0) + kSecond / 4);
  CHECK(t.fixes[1].utc == at(2024, 5, 8, 1, 0, 1));
  CHECK(t.fixes[1].line == 2);
  CHECK(t.refused == 1);
  CHECK(t.corrupt == 2);

  const std::string entity = R"(<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY t SYSTEM "file:///etc/passwd">]><gpx><trk><trkseg>
<trkpt lat="39.9" lon="119.4"><time>&t;</time></trkpt>)" + tail;
  const Track refused = read_gpx(entity);
  CHECK(refused.fixes.empty());
  REQUIRE(refused.faults.size() == 1);
  CHECK(refused.faults[0].en.find("DOCTYPE") == std::string::npos);
  CHECK(refused.faults[0].en.find("document type") != std::string::npos);

  const Track cut = read_gpx(head + R"(<trkpt lat="39.9" lon="119.4"><time>2024-05-08T01:00:00Z</time></trkpt><trkpt)");
  CHECK(cut.fixes.size() == 1);
  CHECK(cut.faults.size() == 1);
  std::string deep = "<gpx>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  CHECK(read_gpx(deep).faults.size() == 1);
}

TEST_CASE("samples: sidecars of dash cameras and of a recorder state the clock and the place") {
  const std::string blackvue = sample("blackvue-nmea-sidecar.gps");
  if (blackvue.empty()) return;
  const std::string mivue = sample("mivue-nmea-sidecar.nmea");
  CHECK(read(blackvue).fixes.empty());
  CHECK(read(blackvue).corrupt == 43);
  CHECK(read(mivue).fixes.empty());
  CHECK(read(mivue).corrupt >= 51);
  const Track b = read(with_checksums(blackvue));
  REQUIRE(b.fixes.size() == 8);
  CHECK(b.corrupt == 0);
  CHECK(b.fixes[0].utc == at(2026, 7, 18, 6, 3, 29));
  CHECK(place(b.fixes[0].latitude, b.fixes[0].longitude) == "52.0000N 0.0000E");
  // The camera writes an epoch of its local time, an hour ahead, and is about two seconds fast.
  const auto behind = device_behind(b);
  REQUIRE(behind);
  CHECK(behind->lo >= -(calendar::hour + 3 * kSecond));
  CHECK(behind->hi <= -(calendar::hour + kSecond));

  const Track m = read(with_checksums(mivue));
  REQUIRE(!m.fixes.empty());
  CHECK(m.corrupt == 0);
  CHECK(m.fixes[0].utc == at(2026, 6, 25, 4, 48, 58));
  CHECK(place(m.fixes[0].latitude, m.fixes[0].longitude) == "23.0000S 150.0000E");
  CHECK_FALSE(device_behind(m));

  const Track a = read(sample("audiomoth-gps-edited.csv"));
  CHECK(a.format == "pps-log");
  REQUIRE(a.fixes.size() == 3);
  CHECK(a.refused == 1);   // the first pulse came before the first fix
  CHECK(place(a.fixes[0].latitude, a.fixes[0].longitude) == "39.9062N 79.3648W");
  const auto recorder = device_behind(a);
  REQUIRE(recorder);
  CHECK(recorder->lo == -345'000);
  CHECK(recorder->hi == 476'000);
}
