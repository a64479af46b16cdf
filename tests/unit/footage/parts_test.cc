// The parts that need no process.
#include <fcntl.h>
#include <unistd.h>

#include "adapters/footage/json.h"
#include "adapters/footage/open.h"
#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/exif.h"
#include "adapters/footage/scan/gpmf.h"
#include "adapters/footage/scan/place.h"
#include "adapters/footage/scan/signs.h"
#include "adapters/footage/scan/sniff.h"
#include "adapters/footage/scan/timeline.h"
#include "adapters/footage/scan/times.h"
#include "tests/unit/footage/files.h"

using namespace jianlu::footage;

namespace {
constexpr std::int64_t now = 1'800'000'000'000'000;  // 2027

StreamFacts run(Timeline timeline, const std::vector<Timeline::Packet>& packets) {
  for (const auto& p : packets) timeline.add(p);
  StreamFacts facts;
  timeline.finish(facts);
  return facts;
}
}  // namespace

TEST_CASE("signatures decide, names never do") {
  const auto format = [](std::string_view head) { return sniff(head).format; };
  CHECK(format(std::string_view("\0\0\0\x18"
                                "ftypmp42",
                                12)) == "mp4");
  CHECK(format(std::string_view("\0\0\0\x14"
                                "ftypqt  ",
                                12)) == "mov");
  CHECK(format(std::string_view("\0\0\0\x18"
                                "ftyp3gp5",
                                12)) == "3gp");
  CHECK(sniff(std::string_view("\0\0\0\x18"
                               "ftypheic",
                               12))
            .family == Family::photo);
  CHECK(format("RIFF....AVI LIST") == "avi");
  CHECK(format("RIFF....WAVEfmt ") == "wav");
  CHECK(sniff("....WAVE....").family == Family::text);
  std::string ts(192 * 5, '\0');
  for (int i = 0; i < 5; ++i) ts[4 + 192 * i] = 'G';
  CHECK(format(ts) == "mpegts");
  CHECK(sniff(std::string(400, '\x01')).family == Family::unknown);
  CHECK(sniff("").family == Family::unknown);
  CHECK(format("a,b\n1,2\n") == "csv");
  CHECK(format("\xef\xbb\xbf"
               "WEBVTT\n") == "vtt");
  CHECK(format("1\n00:00:01,000 --> 00:00:02,000\n\xe4\xbd\xa0") == "srt");
  CHECK(sniff("#EXTM3U\n").demuxer.empty());
  CHECK(sniff("BMW,record").family == Family::text);
}

TEST_CASE("frames out of coded order are measured in presented order") {
  std::vector<Timeline::Packet> packets;
  for (const int n : {0, 4, 2, 1, 3, 8, 6, 5, 7}) packets.push_back({n * 40'000, 40'000, n == 0});
  const auto f = run(Timeline(true, 50'000), packets);
  CHECK(f.packets == 9);
  CHECK(f.key_frames == 1);
  CHECK(f.gap_count == 0);
  CHECK(f.longest_step == 40'000);
  CHECK(f.last_pts == 320'000);
  CHECK(f.duration == 360'000);
  CHECK(f.duration_measured);
}

TEST_CASE("audio gaps run from the end of one packet to the next") {
  const auto f = run(Timeline(false, 100'000), {{0, 960'000}, {960'000, 960'000}, {2'120'000, 960'000}});
  REQUIRE(f.gaps.size() == 1);
  CHECK(f.gaps[0].start == 1'920'000);
  CHECK(f.gaps[0].length == 200'000);
}

TEST_CASE("hidden frames and packets without time count, and are not on the line") {
  const auto f =
      run(Timeline(true, 1), {{-40'000, 40'000, true, true}, {std::nullopt, 0}, {0, 40'000, true}});
  CHECK(f.packets == 3);
  CHECK(f.discarded == 1);
  CHECK(f.first_pts == 0);
  CHECK(f.gap_count == 0);
}

TEST_CASE("gaps are counted beyond those that are listed") {
  Timeline timeline(true, 10);
  for (std::int64_t i = 0; i < 3000; ++i) timeline.add({i * 100, 1});
  StreamFacts f;
  timeline.finish(f);
  CHECK(f.gaps.size() == Timeline::max_gaps);
  CHECK(f.gap_count == 2999);
}

TEST_CASE("times keep their text and say how far to trust them") {
  const auto utc = stated_time("creation_time", "2020-06-01T16:29:17.250000Z", true, now);
  CHECK(utc.instant == 1591028957250000);
  CHECK(utc.trust == TimeTrust::utc_claimed);
  const auto zone = stated_time("date", "2016-01-03T21:23:39-0800", false, now);
  CHECK(zone.instant == 1451885019000000);
  CHECK(zone.trust == TimeTrust::zone_stated);
  const auto local = stated_time("IDIT", "2012-09-10 20:52:00", false, now);
  CHECK_FALSE(local.instant);
  CHECK(local.trust == TimeTrust::zone_unstated);
  CHECK(stated_time("t", "1970-01-01T00:00:07Z", true, now).trust == TimeTrust::implausible);
  CHECK(stated_time("t", "2040-01-01T00:00:00Z", true, now).trust == TimeTrust::implausible);
  for (const char* bad : {"", "yesterday", "2020-13-01T00:00:00Z", "2020-02-30T00:00:00Z",
                          "2020-06-01T25:00:00Z", "2020-06-01"})
    CHECK_FALSE(stated_time("t", bad, true, now).instant);
}

TEST_CASE("signs read together") {
  const auto read = [](std::vector<SignKind> kinds) {
    std::vector<Sign> signs;
    for (auto k : kinds) signs.push_back(make_sign(k, ""));
    return reading_of(signs);
  };
  using enum SignKind;
  CHECK(read({}) == Reading::unknown);
  CHECK(read({device_marks}) == Reading::original);
  CHECK(read({container_library}) == Reading::unknown);
  CHECK(read({device_marks, container_library}) == Reading::unknown);
  CHECK(read({container_library, container_library}) == Reading::unknown);
  CHECK(read({container_library, software_encoder}) == Reading::edited);
  CHECK(read({device_marks, saved_later}) == Reading::exported);
  CHECK(read({device_marks, default_clock}) == Reading::original);
  CHECK(read({device_marks, editor_named}) == Reading::edited);
  CHECK(read({hidden_video}) == Reading::edited);
}

TEST_CASE("every id has both wordings and finds its way back") {
  for (int i = 0; i < 10; ++i) {
    const auto v = static_cast<Verdict>(i);
    CHECK(verdict_of(wording(v).id) == v);
    CHECK_FALSE(wording(v).zh.empty());
    const auto s = static_cast<SignKind>(i);
    CHECK(sign_kind_of(wording(s).name.id) == s);
    CHECK_FALSE(wording(s).innocent_zh.empty());
    CHECK_FALSE(wording(s).innocent_en.empty());
  }
  CHECK_FALSE(verdict_of("fine"));
}

TEST_CASE("facts survive the way through JSON") {
  FootageFacts f;
  f.verdict = Verdict::truncated;
  f.reason = "a \"quote\"\nand a line";
  f.reason_zh = "不完整";
  f.size = 5'000'000'000;
  f.duration = 12;
  f.times.push_back({"creation_time", "x", 7, TimeTrust::utc_claimed});
  f.tags.emplace_back("comment", "bad \xff byte");
  f.streams.push_back(
      {.index = 1, .kind = StreamKind::audio, .codec = "aac", .sample_rate = 8000, .channels = 1});
  f.streams[0].gaps.push_back({1, 2});
  f.streams[0].edits.push_back({3, std::nullopt});
  f.signs.push_back(make_sign(SignKind::hidden_video, "e", 9));
  f.observed.push_back({Event::frozen, 0, 5, 6, 7, 0.5});
  f.clock = BurntInClock{
      0, 1, 2, 3, 4, "2020-06-01 16:29:10", {{8, 9, 1}}, 2, {{10, 11, -12, 0.5}}, 13, std::nullopt};
  f.stills.push_back({14, 0, "/9j="});
  f.reading = Reading::edited;
  const auto text = to_json(f);
  CHECK(text.find('\n') == std::string::npos);
  const auto back = facts_from_json(text);
  REQUIRE(back);
  CHECK(to_json(*back) == text);
  CHECK(back->streams[0].gaps[0].length == 2);
  CHECK(back->observed[0].event == Event::frozen);
  CHECK(back->clock->steps[0].jump == -12);
  CHECK(back->stills[0].jpeg == "/9j=");
  CHECK(back->tags[0].second == "bad \xef\xbf\xbd byte");
  CHECK_FALSE(facts_from_json("{}"));
  CHECK_FALSE(facts_from_json(text.substr(0, text.size() / 2)));
  CHECK_FALSE(facts_from_json(std::string(100'000, '[')));
}

TEST_CASE("layouts fold runs") {
  Layout layout;
  for (const char* name : {"ftyp", "mdat", "mdat", "moov"}) layout.add(name);
  CHECK(layout.text() == "ftyp mdat*2 moov");
}

TEST_CASE("what could be written to is opened anew, what is no file is closed") {
  Folder folder;
  const int writable = open(folder.add("a", "abc").c_str(), O_RDWR);
  const auto file = take_footage(writable);
  REQUIRE(file.descriptor >= 0);
  CHECK(file.size == 3);
  CHECK((fcntl(file.descriptor, F_GETFL) & O_ACCMODE) == O_RDONLY);
  CHECK(fcntl(writable, F_GETFD) < 0);
  close(file.descriptor);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  CHECK(take_footage(ends[0]).failure.verdict == Verdict::unreadable);
  CHECK(fcntl(ends[0], F_GETFD) < 0);
  close(ends[1]);
}

namespace {

std::string be(std::uint64_t n, int bytes) {
  std::string out;
  while (bytes-- > 0) out += static_cast<char>(n >> (8 * bytes));
  return out;
}

std::string klv(const std::string& key, char type, int size, int repeat, std::string value) {
  while (value.size() % 4) value += '\0';
  return key + type + be(size, 1) + be(repeat, 2) + value;
}

std::string nest(const std::string& key, const std::string& inside) { return klv(key, '\0', 1, static_cast<int>(inside.size()), inside); }

}  // namespace

TEST_CASE("GPMF: a fix where the receiver has one, nothing from what is cut or nested too deep") {
  const std::string scale = klv("SCAL", 'l', 4, 5, be(10'000'000, 4) + be(10'000'000, 4) + be(1000, 4) + be(1000, 4) + be(100, 4));
  const auto payload = [&](int fix, std::int64_t latitude) {
    return nest("DEVC", nest("STRM", klv("GPSU", 'U', 16, 1, "240508010203.250") + klv("GPSF", 'L', 4, 1, be(fix, 4)) + scale +
                                          klv("GPS5", 'l', 20, 1, be(latitude, 4) + be(1'194'000'000, 4) + std::string(12, '\0'))));
  };
  const std::string good = payload(3, 399'000'000);
  const auto fix = read_gpmf(good, 7);
  REQUIRE(fix);
  CHECK(fix->time == 7);
  CHECK(fix->utc == 1'715'130'123'250'000);
  CHECK(fix->latitude == Approx(39.9));
  CHECK(fix->longitude == Approx(119.4));
  CHECK_FALSE(read_gpmf(payload(0, 399'000'000), 0));
  CHECK_FALSE(read_gpmf(payload(3, 2'000'000'000), 0));
  for (std::size_t cut = 0; cut < good.size(); ++cut) {
    const std::string copy = good.substr(0, cut);   // its own allocation, so that reading beyond it would be seen
    CHECK_FALSE(read_gpmf(copy, 0));
  }
  std::string deep = good;
  for (int i = 0; i < 10; ++i) deep = nest("STRM", deep);
  CHECK_FALSE(read_gpmf(deep, 0));
  const std::string sample = klv("SCAL", 'l', 4, 9, be(10'000'000, 4) + be(10'000'000, 4) + be(1, 4) + be(1, 4) + be(1, 4) + be(1, 4) + be(1000, 4) + be(1, 4) + be(1, 4)) +
                             klv("GPS9", '?', 32, 1, be(399'000'000, 4) + be(1'194'000'000, 4) + std::string(12, '\0') + be(8894, 4) + be(3'723'250, 4) + be(1, 2) + be(3, 2));
  const auto newer = read_gpmf(nest("DEVC", nest("STRM", sample)), 0);
  REQUIRE(newer);
  CHECK(newer->utc == fix->utc);
}

TEST_CASE("a place is stated in degrees, and 0/0 is none") {
  REQUIRE(stated_place("location", "+33.0498-116.8087+026.756/"));
  CHECK(stated_place("location", "+33.0498-116.8087/")->longitude == Approx(-116.8087));
  for (const char* bad : {"", "+00.0000+000.0000/", "+91.0+10.0", "33.0-116.0", "+33.0", "+1e5+2"}) CHECK_FALSE(stated_place("location", bad));
}

TEST_CASE("EXIF: directories that lie are left") {
  const auto entry = [](int tag, int type, std::uint64_t count, std::uint64_t value) { return be(tag, 2) + be(type, 2) + be(count, 4) + be(value, 4); };
  const std::string head = "MM" + be(42, 2) + be(8, 4);
  FootageFacts facts;
  // An EXIF directory with a time and its offset, both behind it.
  std::string tiff = head + be(1, 2) + entry(0x8769, 4, 1, 26) + be(0, 4) + be(2, 2) + entry(0x9003, 2, 20, 56) + entry(0x9011, 2, 7, 76) + be(0, 4);
  tiff += std::string("2024:05:08 09:02:03\0", 20) + std::string("+08:00\0", 7);
  read_exif(tiff, now, facts);
  REQUIRE(facts.times.size() == 1);
  CHECK(facts.times[0].trust == TimeTrust::zone_stated);
  CHECK(facts.times[0].instant == 1'715'130'123'000'000);
  for (std::size_t cut = 0; cut < tiff.size(); ++cut) {
    FootageFacts less;
    const std::string copy = tiff.substr(0, cut);
    read_exif(copy, now, less);
    CHECK(std::none_of(less.times.begin(), less.times.end(), [](const StatedTime& t) { return t.instant.has_value(); }));
  }
  FootageFacts none;
  read_exif(head + be(0xffff, 2) + entry(0x8769, 4, 1, 8) + entry(0x010f, 2, 0xffffffff, 0), now, none);   // refers to itself
  CHECK(none.times.empty());
  CHECK(none.tags.empty());
}

TEST_CASE("a recorder's comment is a time only where it is one") {
  const auto times = [](const std::string& comment) { return stated_times({{"comment", comment}}, false, now); };
  REQUIRE(times("Recorded at 09:02:03 08/05/2024 (UTC+8) by AudioMoth 24").size() == 1);
  CHECK(times("Recorded at 09:02:03 08/05/2024 (UTC+8) by AudioMoth 24")[0].instant == 1'715'130'123'000'000);
  CHECK(times("Recorded at 09:02:03 08/05/2024 (UTC+8) by AudioMoth 24")[0].text == "09:02:03 08/05/2024 (UTC+8)");
  CHECK(times("Recorded at 04:32:03 08/05/2024 (UTC+3:30) by AudioMoth 24")[0].instant == 1'715'130'123'000'000);
  for (const char* bad : {"Recorded at noon by AudioMoth", "Recorded at 09:02:03 31/02/2024 (UTC) by AudioMoth", "Recorded at 09:02:03 08/05/2024 (CET) by AudioMoth",
                          "Recorded at ) by AudioMoth", "Recorded at 09:02:03 08/05/2024 (UTC) by me"})
    CHECK(times(bad).empty());
  const auto bext = stated_times({{"date", "2024-05-08"}, {"creation_time", "09:02:03"}}, false, now);
  REQUIRE(bext.size() == 1);
  CHECK(bext[0].source == "bext");
  CHECK(bext[0].text == "2024-05-08 09:02:03");
}
