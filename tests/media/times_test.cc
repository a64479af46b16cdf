// When and where the samples were recorded, as MANIFEST.md has it.
#include <cstdlib>

#include "adapters/match/match.h"
#include "tests/unit/footage/files.h"

using namespace jianlu;
using footage::FootageFacts;
using footage::TimeTrust;

namespace {

constexpr std::int64_t kSecond = calendar::second;

std::string sample(const std::string& name) { return std::string(std::getenv("JIANLU_SAMPLES")) + "/" + name; }

std::int64_t at(int year, int month, int day, int hour, int minute, int second) {
  return calendar::to_day({year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)}) * calendar::hours_24 +
         hour * calendar::hour + minute * calendar::minute + second * kSecond;
}

const calendar::Zone& shanghai() {
  static const calendar::Zone zone = *calendar::Zone::find("Asia/Shanghai");
  return zone;
}

clock::Time told(const FootageFacts& facts, const std::string& path) {
  match::Clip clip;
  clip.path = path;
  clip.facts = &facts;
  const std::vector<clock::Clip> clips{match::readings(clip, shanghai())};
  return clock::tell(clips).front();
}

const footage::StatedTime* stated(const FootageFacts& f, const std::string& source) {
  for (const auto& t : f.times)
    if (t.source == source) return &t;
  return nullptr;
}

}  // namespace

TEST_CASE("the satellite track inside a clip tells its time and place, and what its container's time is written in") {
  for (const auto depth : {footage::Depth::container, footage::Depth::packets}) {
    const auto f = probe({sample("gopro-hero5-karma-original.mp4"), sample("gopro-hero10-proxy-original.lrv")}, 2, 1'000'000, depth);
    // HERO5: the container's time is UTC.
    REQUIRE(!f[0].fixes.empty());
    const clock::Time karma = told(f[0], "karma.mp4");
    REQUIRE(karma.start);
    CHECK(karma.start->lo <= at(2017, 4, 17, 19, 27, 57) + kSecond / 2);
    CHECK(karma.start->hi >= at(2017, 4, 17, 19, 27, 57));
    CHECK(karma.start->hi - karma.start->lo <= 3 * kSecond);
    CHECK(karma.sources == std::vector{clock::Source::gps, clock::Source::container});
    CHECK_FALSE(karma.written_in);
    CHECK(karma.disagreements.empty());
    REQUIRE(f[0].place);
    // HERO10: local time, eight hours west, written as UTC.
    REQUIRE(!f[1].fixes.empty());
    const clock::Time proxy = told(f[1], "GL012297.LRV");
    REQUIRE(proxy.start);
    CHECK(proxy.start->lo <= at(2022, 2, 6, 21, 48, 43));
    CHECK(proxy.start->hi >= at(2022, 2, 6, 21, 48, 42));
    CHECK(proxy.written_in == -8 * calendar::hour);
    CHECK(proxy.disagreements.empty());
    REQUIRE(f[1].place);
    CHECK(f[1].place->latitude == Approx(33.0498).margin(0.001));
    CHECK(f[1].place->longitude == Approx(-116.8087).margin(0.001));
  }
}

TEST_CASE("a place without a fix is none") {
  const auto f = probe({sample("samsung-3gp5-silent-zero-gps.mp4"), sample("trailcam-default-clock-zero-gps.jpg"),
                        sample("iphone6-gps.mov"), sample("iphone4-gps.jpg")});
  CHECK_FALSE(f[0].place);
  CHECK_FALSE(f[1].place);
  REQUIRE(f[2].place);
  CHECK(f[2].place->latitude == Approx(32.0929));
  REQUIRE(f[3].place);
  CHECK(f[3].place->latitude == Approx(41.853).margin(0.001));
  CHECK(f[3].place->longitude == Approx(12.489).margin(0.001));
}

TEST_CASE("photos state when they were taken, in no zone, and a default clock is said to be one") {
  const auto f = probe({sample("iphone4-gps.jpg"), sample("trailcam-default-clock-zero-gps.jpg"), sample("amcrest-ipcam-1591027084-osd.jpg"),
                        sample("gopro-hero10-thumb.thm.jpg")});
  const auto* taken = stated(f[0], "exif DateTimeOriginal");
  REQUIRE(taken);
  CHECK(taken->text == "2011:01:13 14:33:39");
  CHECK(taken->trust == TimeTrust::zone_unstated);
  CHECK(std::count(f[0].tags.begin(), f[0].tags.end(), std::pair<std::string, std::string>("model", "iPhone 4")) == 1);
  taken = stated(f[1], "exif DateTimeOriginal");
  REQUIRE(taken);
  CHECK(taken->trust == TimeTrust::implausible);
  CHECK_FALSE(stated(f[1], "exif GPS"));
  taken = stated(f[2], "camera comment");
  REQUIRE(taken);
  CHECK(taken->text == "2020-06-01 15:58:04");
  CHECK(f[3].times.empty());
}

TEST_CASE("a recorder says in its comment when it began") {
  const auto f = probe({sample("audiomoth-20200404.wav"), sample("audiomoth-gps-edited.wav")});
  REQUIRE(stated(f[0], "comment"));
  CHECK(stated(f[0], "comment")->instant == at(2020, 4, 4, 10, 25, 0));
  CHECK(stated(f[0], "comment")->trust == TimeTrust::zone_stated);
  REQUIRE(stated(f[1], "comment"));
  CHECK(stated(f[1], "comment")->instant == at(2024, 5, 28, 10, 0, 0));
}

TEST_CASE("pieces of one recording: their burnt-in clock joins them, and a missing one is a gap of a second") {
  const std::string name = "garmin-minidash2-seg";
  const auto f = probe({sample(name + "1-lavf58.mp4"), sample(name + "2-lavf58.mp4"), sample(name + "3-lavf58.mp4")});
  // Read by eye from the pictures: 01:42:50, :51 and :52 PM up to frame 10, a second more from frame 11.
  std::vector<match::Clip> clips(3);
  std::vector<FootageFacts> facts = f;
  std::vector<clock::Clip> told;
  for (int i = 0; i < 3; ++i) {
    footage::BurntInClock osd;
    osd.text = "11/09/2024 01:42:5" + std::to_string(i) + " PM";
    osd.readings = {{0, at(2024, 11, 9, 13, 42, 50 + i), 1.0}, {333'667, at(2024, 11, 9, 13, 42, 50 + i), 1.0}, {367'033, at(2024, 11, 9, 13, 42, 51 + i), 1.0}};
    facts[i].clock = osd;
    devices::NameFacts profile;
    profile.device = "mini2";
    profile.clock_uncertainty = 3 * kSecond;
    profile.segment_gap = 40 * calendar::millisecond;
    clips[i].path = name;
    clips[i].name = profile;
    clips[i].facts = &facts[i];
    told.push_back(match::readings(clips[i], shanghai()));
  }
  const std::vector<clock::Time> whole = clock::tell(told);
  CHECK(whole[1].continues == std::size_t{0});
  CHECK(whole[2].continues == std::size_t{1});
  CHECK(*whole[0].end == *whole[1].start);
  CHECK(*whole[1].end == *whole[2].start);
  CHECK(whole[0].start->lo >= at(2024, 11, 9, 5, 42, 47));
  CHECK(whole[0].start->hi <= at(2024, 11, 9, 5, 42, 54));

  const std::vector<clock::Clip> two{told[0], told[2]};
  const std::vector<clock::Time> apart = clock::tell(two);
  CHECK_FALSE(apart[1].continues);
  CHECK(apart[0].clock == apart[1].clock);
  // The clock's step from one second to the next is seen to a frame.
  CHECK(std::abs(apart[1].start->lo - apart[0].end->lo - kSecond) <= 40 * calendar::millisecond);
}
