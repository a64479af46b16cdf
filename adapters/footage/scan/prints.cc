#include <algorithm>
#include <cstring>

#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/packets.h"

namespace jianlu::footage {
namespace {

std::uint64_t mixed(std::uint64_t h, std::uint64_t word) {
  h = (h ^ word) * 0x9e3779b97f4a7c15ull;
  return h ^ h >> 29;
}

std::uint64_t hash_of(std::string_view bytes, std::uint64_t h) {
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) h = mixed(h, big_endian(bytes, 0, 8));
  return mixed(h, big_endian(bytes, 0, bytes.size()) + 1);
}

// Of any eight bytes in a row: mostly the same when the window is some bytes off, since containers part the
// slices of a picture by three bytes or by four.
std::uint64_t least_hash(std::string_view window) {
  std::uint64_t least = ~0ull;
  for (std::size_t i = 0; i + 8 <= window.size(); ++i) {
    std::uint64_t word;
    std::memcpy(&word, window.data() + i, sizeof word);
    least = std::min(least, mixed(0, word));
  }
  return least;
}

// From the end of a picture of this size to the second place that its print is made of; 0: there is none.
std::uint32_t further_in(std::uint32_t size) {
  std::uint32_t back = 0;
  for (std::uint32_t distance = 1024; distance <= size / 2; distance *= 4) back = distance;
  return back;
}

bool is_parameter_set(unsigned char head, bool hevc) {
  const int type = hevc ? head >> 1 & 63 : head & 31;
  return hevc ? type >= 32 && type <= 34 : type == 7 || type == 8;
}

// The next unit behind lengths or start codes; what is cut off at the end of `rest` is no unit.
std::string_view next_unit(std::string_view& rest, bool annex_b) {
  using namespace std::literals;
  if (!annex_b) {
    if (rest.size() < 4) return rest = {};
    const auto length = big_endian(rest, 0, 4);
    rest.remove_prefix(4);
    if (length == 0 || length > rest.size()) return rest = {};
    const auto unit = rest.substr(0, length);
    rest.remove_prefix(length);
    return unit;
  }
  const auto begin = rest.find("\0\0\1"sv);
  if (begin == rest.npos) return rest = {};
  rest.remove_prefix(begin + 3);
  const auto end = rest.find("\0\0\1"sv);
  if (end == rest.npos) return rest = {};
  auto unit = rest.substr(0, end);
  while (!unit.empty() && unit.back() == '\0') unit.remove_suffix(1);
  rest.remove_prefix(end);
  return unit;
}

}  // namespace

std::uint64_t print_of(std::uint32_t size, const BytesAt& at) {
  if (size < print_bytes) return 0;
  const auto end = at(size - print_bytes, print_bytes);
  if (end.size() < print_bytes) return 0;
  // Filler and stuffing are alike in every picture.
  int different = 0;
  for (std::size_t k = 8; k < print_bytes; k += 8)
    different += std::memcmp(end.data() + k, end.data(), 8) != 0;
  if (different < 4) return 0;
  auto h = hash_of(end, 0);
  // The lower edge of a scene that stands still ends many pictures in the same bytes.
  const auto back = further_in(size);
  if (back > 0) h = mixed(h, least_hash(at(size - back, 2 * print_bytes)));
  h &= 0x1fffffffffffff;  // exact in every reader of JSON
  return h ? h : 1;
}

std::uint64_t print_of(std::string_view picture) {
  return print_of(static_cast<std::uint32_t>(picture.size()),
                  [&](std::uint32_t from, std::uint32_t count) { return picture.substr(from, count); });
}

std::uint32_t parameters_of(std::string_view begin, std::string_view codec, bool annex_b) {
  const bool hevc = codec == "hevc";
  if (!hevc && codec != "h264") return 0;
  std::uint64_t h = 0;
  while (!begin.empty()) {
    const auto unit = next_unit(begin, annex_b);
    if (!unit.empty() && is_parameter_set(static_cast<unsigned char>(unit[0]), hevc)) h = hash_of(unit, h);
  }
  return h ? static_cast<std::uint32_t>(h) | 1 : 0;
}

void read_prints(Input& input, PacketLog& log) {
  for (auto& stream : log.streams) {
    if (stream.kind != StreamKind::video) continue;
    for (std::size_t i = 0; i < stream.packets.size(); ++i) {
      auto& p = stream.packets[i];
      // Packets lie far apart and were hashed long ago.
      if (constexpr std::size_t ahead = 8; i + ahead < stream.packets.size()) {
        const auto& later = stream.packets[i + ahead];
        input.expect(later.offset + later.size - print_bytes, print_bytes);
        input.expect(later.offset + later.size - further_in(later.size), 2 * print_bytes);
        if (later.key) input.expect(later.offset, parameter_bytes);
      }
      if (p.offset < 0 || p.size < print_bytes || p.print != 0) continue;
      if (p.key)
        p.parameters =
            parameters_of(input.view(p.offset, std::min(p.size, parameter_bytes)), stream.codec, false);
      p.print = print_of(p.size, [&](std::uint32_t from, std::uint32_t count) {
        return input.view(p.offset + from, count);
      });
    }
  }
}

}  // namespace jianlu::footage
