// The packets of a file as a list: what the signs that hang on single packets are read from.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/footage/footage.h"
#include "adapters/footage/scan/input.h"
#include "adapters/footage/scan/structure.h"

namespace jianlu::footage {

struct Packet {
  std::int64_t time = 0;     // of its presentation, microseconds
  std::int64_t offset = -1;  // in the file; negative: not known
  std::uint64_t print = 0;   // see print_of(); 0: not read, too small or of no content
  std::uint32_t size = 0;
  std::uint32_t parameters = 0;  // hash of the parameter sets that it begins with; 0: none
  bool key = false, hidden = false;
  bool seen_whole = false, damaged = false;  // its bytes went by with the demuxer, which is where they were looked at
};

struct PacketStream {
  int index = 0, track = 0;  // track: the container's own number
  StreamKind kind = StreamKind::data;
  std::string codec;
  int sample_rate = 0;
  std::int64_t time_scale = 0;
  std::vector<Packet> packets;      // as coded
  unsigned unit_length_bytes = 0;  // see scan/damage.h
};

struct PacketLog {
  static constexpr std::size_t most = 4'000'000;  // packets of all streams; the rest is not looked at
  std::vector<PacketStream> streams;              // as in FootageFacts
  std::size_t count = 0;
};

// From the sample tables of a track: every sample that is stored, those that its edit list hides too. At most
// `most` of them; none where the tables contradict each other.
std::vector<Packet> read_samples(Input& input, const Track& track, std::size_t most);

// The hash of a coded picture's last bytes and of some further in, counted from its end, since containers differ in
// what they put before a picture. `at` gives `count` bytes from a place on, valid until the next call.
// 0: too small, or it ends in stuffing.
inline constexpr std::uint32_t print_bytes = 64;
using BytesAt = std::function<std::string_view(std::uint32_t from, std::uint32_t count)>;
std::uint64_t print_of(std::uint32_t size, const BytesAt& at);
std::uint64_t print_of(std::string_view picture);

// The hash of the parameter sets (SPS, PPS, VPS) at the beginning of an H.264 or H.265 packet; 0 when it
// begins with none. `annex_b`: start codes, else lengths of four bytes.
std::uint32_t parameters_of(std::string_view packet_begin, std::string_view codec, bool annex_b);
inline constexpr std::uint32_t parameter_bytes = 192;

// Goes over the file and fills in prints and parameters of the video packets that have an offset and no print.
void read_prints(Input& input, PacketLog& log);

}  // namespace jianlu::footage
