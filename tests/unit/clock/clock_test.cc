#include "adapters/clock/clock.h"

#include <catch2/catch.hpp>

using namespace jianlu;
using namespace jianlu::clock;
using calendar::Bound;

namespace {

constexpr std::int64_t kSecond = calendar::second, kMs = calendar::millisecond;

Clip clip(const std::string& device, std::int64_t name, std::int64_t length, std::int64_t off = 3 * kSecond) {
  Clip c;
  c.device = device;
  c.length = length;
  c.clock_uncertainty = off;
  c.readings = {{Source::file_name, {{name, name}}, "name"}};
  return c;
}

Clip with(Clip c, Source source, std::vector<Bound> starts) {
  c.readings.push_back({source, std::move(starts), "said"});
  return c;
}

Time one(Clip c) {
  const std::vector<Clip> clips{std::move(c)};
  return tell(clips).front();
}

}  // namespace

TEST_CASE("the name's time is off by what the profile says of the clock") {
  const Time t = one(clip("D1", 100 * kSecond, 60 * kSecond));
  REQUIRE(t.start);
  CHECK(*t.start == Bound{97 * kSecond, 103 * kSecond});
  CHECK(*t.end == Bound{157 * kSecond, 163 * kSecond});
  CHECK(t.clock == "D1");
  CHECK(t.sources == std::vector{Source::file_name});
  CHECK(describe(t).en == "timed by the file's name, within ±3 s");
}

TEST_CASE("sources that agree narrow each other, and one that does not is named") {
  SECTION("burnt-in clock and name") {
    const Time t = one(with(clip("D1", 101 * kSecond, kSecond, 0), Source::burnt_in, {{100 * kSecond, 100 * kSecond + 400 * kMs}}));
    CHECK(*t.start == Bound{100 * kSecond, 100 * kSecond + 400 * kMs});
    CHECK(t.disagreements.empty());
  }
  SECTION("a name ten seconds later than the picture's clock: the picture counts") {
    const Time t = one(with(clip("D1", 110 * kSecond, kSecond, 0), Source::burnt_in, {{100 * kSecond, 100 * kSecond}}));
    CHECK(*t.start == Bound{100 * kSecond, 100 * kSecond});
    REQUIRE(t.disagreements.size() == 1);
    CHECK(t.disagreements[0].source == Source::file_name);
    CHECK(t.disagreements[0].ahead == Bound{10 * kSecond, 10 * kSecond});
    CHECK(describe(t).zh == "时间按画面时钟，误差 ±0 秒；文件名不一致：“name”晚 10 秒");
  }
  SECTION("satellites show that the clock is further off than its profile says") {
    const Time t = one(with(clip("D1", 100 * kSecond, kSecond), Source::gps, {{40 * kSecond, 41 * kSecond}}));
    CHECK(*t.start == Bound{40 * kSecond, 41 * kSecond});
    REQUIRE(t.disagreements.size() == 1);
    CHECK(t.disagreements[0].ahead == Bound{59 * kSecond, 60 * kSecond});
    CHECK(t.sources == std::vector{Source::gps});
  }
  SECTION("a manifest within what the clock may be off settles it") {
    const Time t = one(with(clip("D1", 100 * kSecond, kSecond), Source::manifest, {{102 * kSecond, 102 * kSecond}}));
    CHECK(*t.start == Bound{102 * kSecond, 102 * kSecond});
    CHECK(t.disagreements.empty());
  }
}

TEST_CASE("a container's time may be the end's, a moment later, or local time written as UTC") {
  const std::int64_t start = 1000 * calendar::hour;
  const Clip c = clip("D1", start, 60 * kSecond);
  const auto judged = [&](std::int64_t utc) {
    return one(with(c, Source::container, {{utc, utc}, {utc - 8 * calendar::hour, utc - 8 * calendar::hour}}));
  };
  CHECK_FALSE(judged(start + 61 * kSecond).written_in);
  CHECK(judged(start + 61 * kSecond).disagreements.empty());
  CHECK(judged(start + 8 * calendar::hour + 5 * kSecond).written_in == 8 * calendar::hour);
  CHECK(judged(start - 8 * calendar::hour).written_in == -8 * calendar::hour);   // another zone's
  const Time wrong = judged(start + 17 * calendar::minute);
  REQUIRE(wrong.disagreements.size() == 1);
  CHECK(wrong.disagreements[0].source == Source::container);
  CHECK(*wrong.start == *one(c).start);   // it moves nothing
}

TEST_CASE("a container alone tells the time only where it can be read in one way") {
  Clip c;
  c.length = 60 * kSecond;
  CHECK_FALSE(one(c).start);
  c.readings = {{Source::container, {{0, 0}, {-8 * calendar::hour, -8 * calendar::hour}}, "said"}};
  CHECK_FALSE(one(c).start);
  c.readings.front().starts.pop_back();
  const Time t = one(c);
  REQUIRE(t.start);
  CHECK(*t.start == Bound{-(60 + 600) * kSecond, 2 * kSecond});
  CHECK(t.clock.empty());
}

TEST_CASE("what one clip knows of its device's clock holds for the others, as well as the clock runs") {
  const std::int64_t day = calendar::hours_24;
  std::vector<Clip> clips{with(clip("D1", 0, kSecond, 60 * kSecond), Source::gps, {{10 * kSecond, 10 * kSecond}}),
                          clip("D1", day, kSecond, 60 * kSecond), clip("D2", day, kSecond, 60 * kSecond)};
  const std::vector<Time> times = tell(clips);
  CHECK(*times[0].start == Bound{10 * kSecond, 10 * kSecond});
  // 3 s a day either way.
  CHECK(times[1].start->lo == day + 10 * kSecond - 3 * kSecond);
  CHECK(times[1].start->hi == day + 10 * kSecond + 3 * kSecond);
  CHECK(times[2].start->hi - times[2].start->lo == 120 * kSecond);   // another device
  CHECK(times[0].clock == times[1].clock);
}

TEST_CASE("a clock that was set in between is two clocks") {
  std::vector<Clip> clips{with(clip("D1", 0, kSecond, 60 * kSecond), Source::gps, {{0, kSecond}}),
                          with(clip("D1", 600 * kSecond, kSecond, 60 * kSecond), Source::gps, {{630 * kSecond, 631 * kSecond}})};
  const std::vector<Time> times = tell(clips);
  CHECK(*times[0].start == Bound{0, kSecond});
  CHECK(*times[1].start == Bound{630 * kSecond, 631 * kSecond});
  CHECK(times[0].clock.empty());
  CHECK(times[1].clock.empty());
}

TEST_CASE("segments of one device follow each other without a gap") {
  const auto segment = [](std::int64_t name, std::int64_t length) {
    Clip c = clip("D1", name, length);
    c.readings.front().starts.front().hi += kSecond - 1;   // a name counts whole seconds
    c.segment_gap = 40 * kMs;
    return c;
  };
  // Across midnight, and not in the order of time.
  const std::int64_t midnight = 20'000 * calendar::hours_24;
  const std::vector<Clip> clips{segment(midnight + 270 * kSecond, 100 * kSecond), segment(midnight - 30 * kSecond, 300 * kSecond + 20 * kMs)};
  const std::vector<Time> times = tell(clips);
  REQUIRE(times[0].start);
  CHECK(times[0].continues == std::size_t{1});
  CHECK(*times[1].end == *times[0].start);
  CHECK_FALSE(times[1].continues);

  SECTION("a pause that the names show is one") {
    const std::vector<Clip> apart{segment(0, 300 * kSecond), segment(320 * kSecond, 60 * kSecond)};
    const std::vector<Time> paused = tell(apart);
    CHECK_FALSE(paused[1].continues);
    CHECK(paused[1].start->lo - paused[0].end->lo == 20 * kSecond);
    CHECK(paused[1].clock == paused[0].clock);
  }
  SECTION("segments of different devices are not joined") {
    std::vector<Clip> two{segment(0, 300 * kSecond), segment(300 * kSecond, 60 * kSecond)};
    two[1].device = "D2";
    CHECK_FALSE(tell(two)[1].continues);
  }
  SECTION("a device that writes no segments") {
    std::vector<Clip> two{segment(0, 300 * kSecond), segment(300 * kSecond, 60 * kSecond)};
    two[1].segment_gap.reset();
    CHECK_FALSE(tell(two)[1].continues);
  }
}
