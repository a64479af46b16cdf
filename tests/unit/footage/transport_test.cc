// Transport streams read straight from their bytes: what is whole is told as it stands, what is unclear is
// refused.
#include "adapters/footage/scan/transport.h"

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "adapters/footage/scan/units.h"

using namespace jianlu::footage;
using namespace std::literals;

namespace {

constexpr int picture_pid = 256, sound_pid = 257;

// Packets of 188 bytes, continuity counted.
class Stream {
 public:
  Stream& pes(int pid, std::int64_t pts, const std::string& payload, bool bounded = false) {
    std::string bytes = "\0\0\1"s + (pid == sound_pid ? '\xc0' : '\xe0');
    const auto length = bounded ? payload.size() + 8 : 0;
    bytes += {static_cast<char>(length >> 8), static_cast<char>(length), '\x80', '\x80', 5};
    bytes +=
        {static_cast<char>(0x21 | (pts >> 29 & 14)), static_cast<char>(pts >> 22),
         static_cast<char>((pts >> 14) | 1), static_cast<char>(pts >> 7), static_cast<char>((pts << 1) | 1)};
    bytes += payload;
    return packets(pid, bytes);
  }
  Stream& section(int pid, const std::string& section) { return packets(pid, "\0"s + section); }
  Stream& packets(int pid, std::string bytes) {
    for (bool first = true; !bytes.empty(); first = false) {
      const auto part = bytes.substr(0, 184);
      bytes.erase(0, part.size());
      std::string packet{'G', static_cast<char>((first ? 0x40 : 0) | pid >> 8), static_cast<char>(pid)};
      const auto spare = 184 - part.size();
      packet += static_cast<char>((spare ? 0x30 : 0x10) | (counters_[pid]++ & 15));
      if (spare) packet += static_cast<char>(spare - 1);
      if (spare > 1) packet += '\0';
      if (spare > 2) packet.append(spare - 2, '\xff');
      out += packet + part;
    }
    return *this;
  }
  std::string out;

 private:
  std::map<int, int> counters_;
};

// An access unit delimiter and one slice, or more.
std::string picture(char filler, std::size_t size, const std::string& more = "") {
  return "\0\0\0\1\x09\xf0\0\0\1\x65\x88"s + std::string(size, filler) + more;
}

std::string adts(std::size_t body) {
  const auto size = body + 7;
  return std::string{'\xff',
                     '\xf1',
                     '\x4c',
                     static_cast<char>(0x40 | size >> 11),
                     static_cast<char>(size >> 3),
                     static_cast<char>((size & 7) << 5 | 0x1f),
                     '\xfc'} +
         std::string(body, 's');
}

struct Told {
  std::size_t stream;
  std::optional<std::int64_t> pts;
  std::int64_t position;
  std::uint32_t size;
  std::string head;
  std::uint64_t print;
};

struct Reading {
  bool sure;
  std::vector<Told> units;
};

Reading read(const std::string& bytes) {
  Input input(bytes, nullptr);
  Reading out;
  out.sure = read_transport(
      input, {{picture_pid, TransportCoding::h264}, {sound_pid, TransportCoding::adts}},
      [&](const AccessUnit& u) {
        out.units.push_back({u.stream, u.pts, u.position, u.size, std::string(u.head), u.print});
        return true;
      });
  return out;
}

Stream plain() {
  Stream s;
  s.pes(picture_pid, 90'000, picture('a', 1000)).pes(sound_pid, 90'100, adts(100) + adts(200), true);
  s.pes(picture_pid, 93'600, picture('b', 175)).pes(picture_pid, 97'200, picture('c', 60'000));
  return s;
}

}  // namespace

TEST_CASE("pictures and frames of sound come with their times, places and sizes") {
  for (const bool stamped : {false, true}) {
    std::string bytes;
    const auto packets = plain().out;
    for (std::size_t at = 0; at < packets.size(); at += 188)
      bytes += (stamped ? "time"s : "") + packets.substr(at, 188);
    const auto reading = read(bytes);
    REQUIRE(reading.sure);
    REQUIRE(reading.units.size() == 5);
    const auto stride = stamped ? 192 : 188;
    const auto& sound = reading.units[0];
    CHECK((sound.stream == 1 && sound.pts == 90'100 && sound.size == 107 && sound.position == 6 * stride));
    CHECK((!reading.units[1].pts && reading.units[1].size == 207 && reading.units[1].position == -1));
    const auto& first = reading.units[2];
    CHECK((first.stream == 0 && first.pts == 90'000 && first.size == 1011 && first.position == 0));
    CHECK(first.head == picture('a', 1000));
    CHECK(first.print == 0);  // ends in the same byte over and over
    CHECK(first.size == picture('a', 1000).size());
    CHECK(reading.units[3].size == 186);
    CHECK(reading.units[4].size == 60'011);
    CHECK(reading.units[4].head == picture('c', 60'000).substr(0, reading.units[4].head.size()));
    CHECK(reading.units[4].head.size() >= 512);
  }
}

TEST_CASE("start codes are seen wherever the packets cut them") {
  // Behind 170 payload bytes of the first packet in all, a second picture at each place around its end.
  for (std::size_t before = 130; before < 400; ++before) {
    Stream two;
    two.pes(picture_pid, 90'000, picture('a', before, "\0\0\1\x41\x9a"s + std::string(300, 'b')));
    INFO(before);
    CHECK_FALSE(read(two.out).sure);
    Stream slices;  // of one picture: the second one does not begin at its first macroblock
    slices.pes(picture_pid, 90'000, picture('a', before, "\0\0\1\x65\x5a"s + std::string(300, 'b')));
    CHECK(read(slices.out).sure);
  }
}

TEST_CASE("what a demuxer might take otherwise is refused") {
  const auto good = plain().out;
  REQUIRE(read(good).sure);
  const auto changed = [&](std::size_t at, char to) {
    auto bytes = good;
    bytes[at] = to;
    return read(bytes).sure;
  };
  CHECK_FALSE(changed(188 * 3, 'F'));                                              // no packet begins
  CHECK_FALSE(changed(188 * 3 + 1, static_cast<char>(good[188 * 3 + 1] | 0x80)));  // marked as damaged
  CHECK_FALSE(changed(188 * 3 + 3, static_cast<char>(good[188 * 3 + 3] | 0x80)));  // scrambled
  CHECK_FALSE(changed(188 * 3 + 3, static_cast<char>(good[188 * 3 + 3] ^ 1)));     // one missing
  CHECK_FALSE(changed(4 + 3, '\xc0'));                                     // a picture that says it is sound
  CHECK_FALSE(read(good.substr(0, 188 * 7)).sure);                         // sound that ends within a frame
  CHECK_FALSE(read(plain().pes(258, 90'000, picture('a', 50)).out).sure);  // a stream that nobody announced
  CHECK_FALSE(read(plain().pes(picture_pid, 100'000, "no start code"s + std::string(200, 'x')).out).sure);
  CHECK_FALSE(
      read(plain().pes(picture_pid, 100'000, picture('a', 300) + '\0').out).sure);  // whose zero is it?
  CHECK_FALSE(
      read(plain().pes(picture_pid, (1ll << 33) - 9000, picture('a', 300)).out).sure);  // the clock runs over
  CHECK_FALSE(read(plain().pes(sound_pid, 99'000, adts(90) + "junk that is no frame").out).sure);
  auto other_rate = adts(90);
  other_rate[2] = '\x50';
  CHECK_FALSE(read(plain().pes(sound_pid, 99'000, adts(90) + other_rate).out).sure);
}

TEST_CASE("a programme that changes on the way is refused, one that repeats itself is not") {
  const auto table = [](char version, int pid) {
    return "\2\xb0\x0d\0\1"s + version + "\0\0\xe1\0\xf0\0"s + static_cast<char>(pid) + "crc."s;
  };
  const auto with = [&](const std::string& later) {
    auto s = plain();
    return read(s.section(4096, table('\xc1', 1)).pes(sound_pid, 99'000, adts(90)).section(4096, later).out)
        .sure;
  };
  CHECK(with(table('\xc1', 1)));
  CHECK_FALSE(with(table('\xc3', 1)));
  CHECK_FALSE(with(table('\xc1', 2)));
}

TEST_CASE("the header of an ADTS frame") {
  const auto header = adts_header(adts(100));
  REQUIRE(header);
  CHECK((header->frame == 107 && header->rate == 48'000 && header->channels == 1 && header->one_block));
  CHECK_FALSE(adts_header("\xff\xf1\x4c"));
  CHECK_FALSE(adts_header("ID3 is none"));
}
