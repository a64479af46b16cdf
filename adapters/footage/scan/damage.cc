#include "adapters/footage/scan/damage.h"

#include <algorithm>
#include <array>

#include "adapters/footage/scan/bytes.h"

namespace jianlu::footage {
namespace {

constexpr std::uint32_t page = 4096, window = 16;
constexpr std::uint32_t most_padding = 64;
constexpr int most_units = 256;

bool zeros(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == 0; });
}

// Codecs in which no run of zeros as long as a window can occur before a packet's end.
bool never_zero(std::string_view codec) {
  static constexpr std::array names{"h264", "hevc", "mpeg4", "h263", "vp8", "vp9"};
  return std::find(names.begin(), names.end(), codec) != names.end();
}

// … whose packets begin with something.
bool begins(std::string_view codec) {
  static constexpr std::array names{"aac", "mp3", "mp2", "ac3", "eac3", "mjpeg", "mpeg2video", "opus"};
  return never_zero(codec) || std::find(names.begin(), names.end(), codec) != names.end();
}

bool units_add_up(unsigned length_bytes, std::uint32_t size, const BytesAt& at) {
  std::uint32_t from = 0;
  for (int n = 0; from < size && n < most_units; ++n) {
    const auto rest = size - from;
    if (rest < most_padding && n > 0 && zeros(at(from, rest))) return true;
    if (rest <= length_bytes) return false;
    const auto head = at(from, length_bytes + 1);
    if (head.size() <= length_bytes) return true;
    const auto length = big_endian(head, 0, length_bytes);
    const bool forbidden = static_cast<unsigned char>(head[length_bytes]) & 0x80;
    if (length == 0 || length > rest - length_bytes || forbidden) return false;
    from += length_bytes + static_cast<std::uint32_t>(length);
  }
  return true;
}

// A window of each page. Between start codes zeros may stand at the end.
bool holds_zeros(bool start_codes, std::uint32_t size, const BytesAt& at) {
  bool found = false;
  for (std::uint32_t from = 0; from + most_padding <= size; from += page) {
    const bool zero = zeros(at(from, window));
    if ((found && !zero) || (zero && !start_codes)) return true;
    found = found || zero;
  }
  return found && !zeros(at(size - window, window));
}

}  // namespace

unsigned unit_length_bytes(std::string_view codec, std::string_view extradata) {
  const std::size_t place = codec == "h264" ? 4 : 21;
  if ((codec != "h264" && codec != "hevc") || extradata.size() <= place || extradata[0] != 1) return 0;
  return (static_cast<unsigned char>(extradata[place]) & 3u) + 1;
}

bool is_damaged(std::string_view codec, unsigned length_bytes, std::uint32_t size, const BytesAt& at) {
  if (length_bytes > 0 && !units_add_up(length_bytes, size, at)) return true;
  if (size < window || !begins(codec)) return false;
  if (zeros(at(0, window))) return true;
  if (!never_zero(codec)) return false;
  return holds_zeros(length_bytes == 0, size, at);
}

void read_damage(Input& input, const PacketLog& log, FootageFacts& facts) {
  for (const auto& stream : log.streams) {
    if (stream.kind != StreamKind::video && stream.kind != StreamKind::audio) continue;
    std::int64_t count = 0;
    const Packet *first = nullptr, *last = nullptr;
    for (const auto& p : stream.packets) {
      if (p.offset >= 0 && p.offset + p.size > input.size()) continue;  // missing, not damaged
      const bool placed = p.offset >= 0 && !p.seen_whole;
      const bool damaged = p.damaged || (placed && is_damaged(stream.codec, stream.unit_length_bytes, p.size,
                                                              [&](std::uint32_t from, std::uint32_t bytes) {
                                                                return input.view(p.offset + from, bytes);
                                                              }));
      if (!damaged) continue;
      ++count;
      if (!first) first = &p;
      last = &p;
    }
    if (count == 0) continue;
    facts.streams[static_cast<std::size_t>(stream.index)].corrupt += count;
    const auto number = std::to_string(count), all = std::to_string(stream.packets.size()),
               byte = std::to_string(first->offset);
    const auto from = seconds_text(first->time), to = seconds_text(last->time);
    const auto words = at_stream(stream.index,
                                 all + " 个数据包中有 " + number + " 个内容损坏（为零或长度不符），自 " +
                                     from + "（第 " + byte + " 字节）至 " + to,
                                 number + " of " + all +
                                     " packets are damaged (zeros, or lengths that do not add up), from " +
                                     from + " (byte " + byte + ") to " + to);
    facts.reason += (facts.reason.empty() ? "" : "; ") + words.en;
    facts.reason_zh += (facts.reason_zh.empty() ? "" : "；") + words.zh;
  }
}

}  // namespace jianlu::footage
