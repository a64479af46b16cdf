// Signs that are read from lists of packets.
#include <catch2/catch.hpp>

#include "adapters/footage/scan/damage.h"
#include "adapters/footage/scan/packet_signs.h"
#include "adapters/footage/scan/signature.h"

using namespace jianlu::footage;

namespace {

constexpr std::int64_t frame = 40'000;

// 25 pictures a second, a key frame every 25, no two alike.
PacketStream pictures(std::size_t count) {
  PacketStream s;
  s.kind = StreamKind::video;
  s.codec = "h264";
  s.time_scale = 90'000;
  std::int64_t offset = 100;
  for (std::size_t i = 0; i < count; ++i) {
    Packet p;
    p.time = static_cast<std::int64_t>(i) * frame;
    p.key = i % 25 == 0;
    p.size = static_cast<std::uint32_t>((p.key ? 20'000 : 5'000) + i % 7 * 31);
    p.offset = offset;
    p.print = 1'000 + i;
    offset += p.size;
    s.packets.push_back(p);
  }
  return s;
}

PacketStream sound(std::size_t count) {
  PacketStream s;
  s.index = 1;
  s.kind = StreamKind::audio;
  s.codec = "aac";
  s.sample_rate = 48'000;
  s.time_scale = 48'000;
  for (std::size_t i = 0; i < count; ++i) {
    Packet p;
    p.time = static_cast<std::int64_t>(i) * 64'000 / 3;
    p.size = static_cast<std::uint32_t>(180 + i % 11);
    p.key = true;
    s.packets.push_back(p);
  }
  return s;
}

FootageFacts read(std::vector<PacketStream> streams, const Structure& structure = {}) {
  PacketLog log;
  FootageFacts facts;
  for (auto& s : streams) {
    s.index = static_cast<int>(log.streams.size());
    facts.streams.push_back({.index = s.index, .kind = s.kind});
    log.count += s.packets.size();
    log.streams.push_back(std::move(s));
  }
  read_packet_signs(log, structure, facts);
  read_together(facts);
  return facts;
}

const Sign* first(const FootageFacts& facts, SignKind kind) {
  for (const auto& s : facts.signs)
    if (s.kind == kind) return &s;
  return nullptr;
}

}  // namespace

TEST_CASE("an even recording shows no sign") {
  const auto f = read({pictures(300), sound(560)});
  for (const auto& s : f.signs) FAIL(wording(s.kind).name.id << ": " << s.evidence.en);
  CHECK(f.streams[0].key_interval == 25);
  CHECK(f.streams[0].usual_rate == Approx(25));
  CHECK(f.streams[1].usual_rate == Approx(46.875).epsilon(0.001));
  CHECK(f.prints.size() > 12);
}

TEST_CASE("a join off the rhythm of key frames and of time is found at its place, and reads as edited") {
  auto v = pictures(300);
  v.packets.erase(v.packets.begin() + 110, v.packets.begin() + 150);  // 150 is a key frame
  for (std::size_t i = 110; i < v.packets.size(); ++i) v.packets[i].time -= 40 * frame - 60'000;
  const auto f = read({v});
  const auto* rhythm = first(f, SignKind::key_rhythm);
  REQUIRE(rhythm);
  CHECK(*rhythm->time == 110 * frame + 60'000);
  CHECK(first(f, SignKind::phase_step));
  const auto* both = first(f, SignKind::signs_at_one_place);
  REQUIRE(both);
  CHECK(both->weight == Weight::strong);
  CHECK(f.reading == Reading::edited);
}

TEST_CASE("a short first interval, dropped pictures and a jittering clock break no rhythm") {
  auto early = pictures(300);
  early.packets[1].key = true;
  CHECK_FALSE(first(read({early}), SignKind::key_rhythm));
  auto dropped = pictures(300);
  dropped.packets.erase(dropped.packets.begin() + 130, dropped.packets.begin() + 133);
  const auto f = read({dropped});
  CHECK_FALSE(first(f, SignKind::key_rhythm));
  CHECK(first(f, SignKind::time_step)->weight == Weight::weak);
  CHECK(f.reading == Reading::unknown);
  auto jitter = pictures(300);
  for (std::size_t i = 0; i < 300; i += 9) jitter.packets[i].time += 9'000;
  CHECK_FALSE(first(read({jitter}), SignKind::time_step));
}

TEST_CASE("what was put together goes on at another beat; dropped and late pictures keep theirs") {
  const auto shifted = [](PacketStream s, std::size_t from, std::int64_t by) {
    for (std::size_t i = from; i < s.packets.size(); ++i) s.packets[i].time += by;
    return read({s});
  };
  for (const std::int64_t by : {15'000, 20'000, -12'000, 40'000 + 9'000}) {
    INFO(by);
    const auto f = shifted(pictures(300), 150, by);
    const auto* step = first(f, SignKind::phase_step);
    REQUIRE(step);
    CHECK(*step->time == 150 * frame + by);
    CHECK(step->weight == Weight::medium);
    CHECK_FALSE(first(f, SignKind::time_step));
  }
  CHECK_FALSE(first(shifted(pictures(300), 150, 3 * frame), SignKind::phase_step));
  CHECK_FALSE(first(shifted(pictures(300), 150, 3 * frame + 500), SignKind::phase_step));
  auto late = pictures(300);
  late.packets[150].time += 18'000;
  CHECK_FALSE(first(read({late}), SignKind::phase_step));
  const auto heard = shifted(sound(560), 300, 100'000);
  REQUIRE(first(heard, SignKind::phase_step));
  CHECK(first(heard, SignKind::phase_step)->weight == Weight::weak);
}

TEST_CASE("a still stretch is told from a recording that is quiet throughout") {
  auto v = pictures(300);
  for (std::size_t i = 101; i < 180; ++i)
    if (!v.packets[i].key) v.packets[i].size = 40;
  const auto f = read({v});
  const auto* still = first(f, SignKind::still_stretch);
  REQUIRE(still);
  CHECK(std::abs(*still->time - 101 * frame) <= frame);
  CHECK(std::abs(*still->length - 79 * frame) <= 2 * frame);
  auto same = pictures(300);  // the coder spends bits even on what does not change, but always as many
  for (std::size_t i = 101; i < 180; ++i)
    if (!same.packets[i].key) same.packets[i].size = 2'000;
  CHECK(first(read({same}), SignKind::still_stretch));
  auto quiet = pictures(300);
  for (auto& p : quiet.packets) p.size = p.key ? 900 : 30;
  CHECK_FALSE(first(read({quiet}), SignKind::still_stretch));
}

TEST_CASE("a muted stretch is told from silence throughout") {
  auto a = sound(560);
  for (std::size_t i = 200; i < 300; ++i) a.packets[i].size = 6;
  const auto f = read({a});
  REQUIRE(first(f, SignKind::silent_stretch));
  CHECK(*first(f, SignKind::silent_stretch)->time == a.packets[200].time);
  for (auto& p : a.packets) p.size = 6;
  CHECK_FALSE(first(read({a}), SignKind::silent_stretch));
}

TEST_CASE("pictures that occur twice, and one that is repeated, are strong signs") {
  auto v = pictures(300);
  for (std::size_t i = 200; i < 230; ++i) {
    v.packets[i].print = v.packets[i - 125].print;
    v.packets[i].size = v.packets[i - 125].size;
  }
  const auto f = read({v});
  const auto* twice = first(f, SignKind::repeated_pictures);
  REQUIRE(twice);
  CHECK(*twice->time == 200 * frame);
  CHECK(f.reading == Reading::edited);
  auto same = pictures(300);
  for (std::size_t i = 0; i + 1 < 300; i += 2) {  // a webcam that shows each picture twice
    same.packets[i + 1].print = same.packets[i].print;
    same.packets[i + 1].size = same.packets[i].size;
  }
  CHECK_FALSE(first(read({same}), SignKind::repeated_pictures));
}

TEST_CASE("the index is held against the footage bytes") {
  auto v = pictures(300);
  Structure structure;
  const auto end = v.packets.back().offset + v.packets.back().size;
  structure.payload = {{100, end}};
  CHECK_FALSE(first(read({v}, structure), SignKind::unindexed_pictures));
  auto gone = v;
  gone.packets.erase(gone.packets.begin() + 100, gone.packets.begin() + 140);
  const auto f = read({gone}, structure);
  REQUIRE(first(f, SignKind::unindexed_pictures));
  CHECK(*first(f, SignKind::unindexed_pictures)->byte_offset == v.packets[100].offset);
  auto twice = v;
  twice.packets[50].offset = twice.packets[49].offset;
  CHECK(first(read({twice}, structure), SignKind::shared_bytes));
}

TEST_CASE("sound that the container plays at another pace") {
  auto a = sound(300);
  for (auto& p : a.packets) p.time = p.time * 4 / 5;
  CHECK(first(read({a}), SignKind::speed_disagrees));
}

TEST_CASE("new parameter sets midway, a change of sizes, a picture coded anew") {
  auto v = pictures(300);
  for (std::size_t i = 0; i < 300; i += 25) v.packets[i].parameters = i < 150 ? 7 : 9;
  const auto f = read({v});
  REQUIRE(first(f, SignKind::parameters_change));
  CHECK(*first(f, SignKind::parameters_change)->time == 150 * frame);
  auto step = pictures(300);
  for (std::size_t i = 150; i < 300; ++i) step.packets[i].size /= 5;
  const auto h = read({step});
  REQUIRE(first(h, SignKind::size_step));
  CHECK(std::abs(*first(h, SignKind::size_step)->time - 150 * frame) <= 2 * frame);
  auto burst = pictures(300);
  burst.packets[110].size = 19'000;
  const auto g = read({burst});
  REQUIRE(first(g, SignKind::size_burst));
  CHECK(*first(g, SignKind::size_burst)->time == 110 * frame);
}

TEST_CASE("parameter sets are found behind lengths and behind start codes") {
  using namespace std::literals;
  const auto a = "\0\0\0\4\x67""abc\0\0\0\2\x68z\0\0\0\1\x65"s;
  const auto b = "\0\0\0\1\x67""abc\0\0\0\1\x68z\0\0\1\x65"s;
  CHECK(parameters_of(a, "h264", false) != 0);
  CHECK(parameters_of(a, "h264", false) == parameters_of(b, "h264", true));
  CHECK(parameters_of("\0\0\0\2\x65z"s, "h264", false) == 0);
  CHECK(parameters_of(a, "mjpeg", false) == 0);
  CHECK(parameters_of("\xff\xff\xff\xff\x67", "h264", false) == 0);
}

TEST_CASE("prints are of the end of a picture, and of no filler") {
  std::string end(80, '\0');
  for (std::size_t i = 0; i < end.size(); ++i) end[i] = static_cast<char>(i * 37);
  CHECK(print_of(end) != 0);
  CHECK(print_of(end) == print_of(end.substr(10)));
  // Pictures whose lower edge is the same differ further in; a start code that is a byte longer on the way is no difference.
  std::string one(6000, '\0'), other(6000, '\0');
  for (std::size_t k = 0; k < one.size(); ++k) {
    one[k] = static_cast<char>(k * 7919 >> 3);
    other[k] = static_cast<char>(k * 104'729 >> 5);
  }
  CHECK(print_of(one + end) != print_of(other + end));
  CHECK(print_of(one + end) == print_of(one.substr(0, 5900) + "x" + one.substr(5900) + end));
  CHECK(print_of(std::string(80, '\xff')) == 0);
  CHECK(print_of("short") == 0);
}

TEST_CASE("a signature folds what differs from clip to clip") {
  const auto of = [](std::vector<std::string> types) {
    Signature s;
    for (const auto& t : types) {
      s.open(t);
      s.close();
    }
    return s.text();
  };
  CHECK(of({"ftyp", "mdat", "mdat", "mdat", "moov"}) == "ftyp mdat moov");
  CHECK(of({"moof", "mdat", "moof", "mdat", "moof", "mdat"}) == "moof mdat");
  Signature s;
  s.open("trak");
  s.open("hdlr");
  s.note("vide");
  s.close();
  s.close();
  CHECK(s.text() == "trak(hdlr[vide])");
}

TEST_CASE("coded pictures of one file in another") {
  FootageFacts camera, copy, stranger;
  for (std::int64_t i = 0; i < 10; ++i) {
    camera.prints.push_back({static_cast<std::uint64_t>(50 + i), i * 1'000'000});
    stranger.prints.push_back({static_cast<std::uint64_t>(900 + i), i * 1'000'000});
    if (i >= 4) copy.prints.push_back({static_cast<std::uint64_t>(50 + i), (i - 4) * 1'000'000});
  }
  camera.reading = Reading::original;
  camera.sha256 = "a";
  copy.sha256 = "b";
  add_shared_picture_signs({&camera, &copy, &stranger}, {"camera.mp4", "copy.mp4", "stranger.mp4"});
  REQUIRE(copy.signs.size() == 1);
  CHECK(copy.signs[0].weight == Weight::medium);
  CHECK(copy.signs[0].evidence.en.find("camera.mp4 from 4.000 s") != std::string::npos);
  REQUIRE(camera.signs.size() == 1);
  CHECK(camera.signs[0].weight == Weight::weak);
  CHECK(stranger.signs.empty());
}

TEST_CASE("a packet whose units do not add up, or that holds a page of zeros, is damaged") {
  const auto damaged = [](std::string_view codec, unsigned length_bytes, std::string_view bytes) {
    return is_damaged(codec, length_bytes, static_cast<std::uint32_t>(bytes.size()),
                      [&](std::uint32_t from, std::uint32_t count) { return bytes.substr(from, count); });
  };
  const auto unit = [](std::size_t length) { return std::string("\0\0", 2) + static_cast<char>(length >> 8) + static_cast<char>(length) + std::string(length, 'e'); };
  const auto good = unit(20'000) + unit(30) + unit(9'000);
  CHECK(unit_length_bytes("h264", std::string_view("\1\x4d\0\x1e\xff", 5)) == 4);
  CHECK(unit_length_bytes("h264", std::string_view("\0\0\0\1\x67", 5)) == 0);
  CHECK(unit_length_bytes("aac", std::string_view("\1\x4d\0\x1e\xff", 5)) == 0);
  CHECK_FALSE(damaged("h264", 4, good));
  CHECK_FALSE(damaged("h264", 4, good + std::string(20, '\0')));   // padding
  CHECK(damaged("h264", 4, good.substr(0, 29'000)));
  CHECK(damaged("h264", 4, good.substr(1)));
  CHECK(damaged("h264", 4, std::string(8'000, '\0')));
  auto holed = good;
  holed.replace(6'000, 5'000, std::string(5'000, '\0'));
  CHECK(damaged("h264", 4, holed));
  CHECK(damaged("mpeg4", 0, holed));
  CHECK_FALSE(damaged("pcm_s16le", 0, std::string(8'000, '\0')));   // silence
  CHECK(damaged("aac", 0, std::string(300, '\0')));
  CHECK_FALSE(damaged("h264", 0, std::string(5'000, 'e') + std::string(9'000, '\0')));   // may stand before a start code
  CHECK_FALSE(damaged("h264", 4, ""));
}

TEST_CASE("what was written over reads as no original") {
  FootageFacts facts;
  facts.verdict = Verdict::readable;
  facts.streams.emplace_back();
  facts.signs.push_back(make_sign(SignKind::device_marks, ""));
  read_together(facts);
  CHECK(facts.reading == Reading::original);
  facts.streams[0].corrupt = 1;
  read_together(facts);
  CHECK(facts.reading == Reading::unknown);
  facts.verdict = Verdict::truncated;   // it ends in the middle of a packet
  read_together(facts);
  CHECK(facts.reading == Reading::original);
}
