#include "adapters/footage/scan/transport.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/packets.h"
#include "adapters/footage/scan/units.h"

namespace jianlu::footage {
namespace {

constexpr std::int64_t packet_size = 188;
constexpr std::int64_t at_once = 64;  // packets: as much as stays in the first-level cache
constexpr std::int64_t full_clock = 1ll << 33;
constexpr std::int64_t minute = 60 * 90'000;
constexpr std::size_t pids = 8192, null_pid = 8191;

unsigned byte(std::string_view s, std::size_t at) { return static_cast<unsigned char>(s[at]); }

// 13818-1 2.4.3.7: three bits, 15 and 15, each followed by a marker.
std::int64_t clock_of(std::string_view s) {
  return static_cast<std::int64_t>(byte(s, 0) >> 1 & 7) << 30 | byte(s, 1) << 22 | (byte(s, 2) >> 1) << 15 |
         byte(s, 3) << 7 | byte(s, 4) >> 1;
}

class Walk {
 public:
  Walk(Input& input, const std::vector<TransportStream>& streams,
       const std::function<bool(const AccessUnit&)>& told)
      : input_(input), told_(told), stream_of_(pids, none) {
    for (const auto& s : streams) {
      sure_ = sure_ && s.pid > 0 && s.pid < static_cast<int>(null_pid) && stream_of_[s.pid] == none;
      if (!sure_) return;
      stream_of_[s.pid] = static_cast<std::int16_t>(lanes_.size());
      lanes_.emplace_back(s.coding);
    }
  }

  bool run() {
    const auto head = input_.view(0, 2 * 192);
    const bool stamped = head.size() == 2 * 192 && head[4] == 'G' && head[4 + 192] == 'G';
    const std::int64_t stride = stamped ? 192 : packet_size, lead = stride - packet_size;
    const auto whole = input_.size() / stride * stride;
    const auto many = at_once * stride;
    for (std::int64_t at = 0; at < whole && sure_; at += many) {
      const auto bytes = input_.view(at, std::min(many, whole - at));
      starts_.clear();
      find_starts(bytes, starts_);
      next_start_ = 0;
      for (std::size_t k = 0; k + stride <= bytes.size() && sure_; k += static_cast<std::size_t>(stride))
        sure_ = packet(bytes.substr(k + static_cast<std::size_t>(lead), packet_size),
                       at + static_cast<std::int64_t>(k));
    }
    for (std::size_t i = 0; i < lanes_.size() && sure_; ++i) sure_ = close(i);
    return sure_ && !input_.failed();
  }

 private:
  static constexpr std::int16_t none = -1;

  struct Lane {  // of one stream
    explicit Lane(TransportCoding c) : coding(c), picture(c == TransportCoding::hevc) {}
    TransportCoding coding;
    PictureReader picture;
    AdtsReader sound;
    int counter = -1;
    std::uint32_t more = 0;  // see more()
    bool open = false;
    std::int64_t position = 0, left = -1;  // bytes still to come; negative: until the next one begins
    std::optional<std::int64_t> pts;       // not yet given to a unit
    bool first = false;                    // no unit of this PES packet was told
  };

  // What the first four bytes of a packet are that brings nothing but more of a picture.
  static std::uint32_t more(unsigned pid, int counter) { return 'G' << 24 | pid << 8 | 0x10 | ((counter + 1) & 15); }

  bool packet(std::string_view p, std::int64_t at) {
    if (lane_ && big_endian(p, 0, 4) == lane_->more) {
      lane_->counter = (lane_->counter + 1) & 15;
      lane_->more = more(lane_->more >> 8 & 0x1fff, lane_->counter);
      return add(static_cast<std::size_t>(lane_ - lanes_.data()), p.substr(4));
    }
    lane_ = nullptr;
    if (p[0] != 'G') return false;
    const auto pid = (byte(p, 1) & 31) << 8 | byte(p, 2);
    if (pid == null_pid) return true;
    const bool begins = byte(p, 1) & 0x40, has_payload = byte(p, 3) & 0x10;
    std::size_t from = 4;
    bool jump = false;
    if (byte(p, 3) & 0x20) {
      jump = byte(p, 4) > 0 && byte(p, 5) & 0x80;
      from += 1 + byte(p, 4);
    }
    const auto index = stream_of_[pid];
    if (index == none) return !begins || !has_payload || from >= p.size() || other(pid, p.substr(from));
    if (byte(p, 1) & 0x80 || byte(p, 3) & 0xc0 || jump) return false;  // damaged, scrambled, spliced
    auto& lane = lanes_[static_cast<std::size_t>(index)];
    const int counter = byte(p, 3) & 15;
    if (lane.counter >= 0 && counter != ((lane.counter + has_payload) & 15)) return false;
    lane.counter = counter;
    lane.more = more(pid, counter);
    if (!has_payload) return from <= p.size();
    if (from >= p.size()) return false;
    p.remove_prefix(from);
    if (begins && !(close(static_cast<std::size_t>(index)) && open(lane, p, at))) return false;
    if (!lane.open) return true;
    lane_ = &lane;
    return add(static_cast<std::size_t>(index), p);
  }

  // Programs must stay what they are, and no stream may begin that was not announced.
  bool other(unsigned pid, std::string_view payload) {
    if (payload.starts_with(std::string_view("\0\0\1", 3))) return false;
    const std::size_t section = 1 + byte(payload, 0);
    if (section + 8 > payload.size() || (payload[section] != 0 && payload[section] != 2)) return true;
    const auto length = 3 + (big_endian(payload, section + 1, 2) & 0xfff);
    const auto table = payload.substr(section, length);
    auto& key = tables_[pid << 16 | static_cast<unsigned>(big_endian(table, 3, 2))];  // by its program
    if (key.empty()) key = table;
    return key == table;
  }

  // The header of a PES packet; leaves the payload behind it.
  bool open(Lane& lane, std::string_view& p, std::int64_t at) {
    if (lane.coding == TransportCoding::other || p.size() < 14 ||
        !p.starts_with(std::string_view("\0\0\1", 3)))
      return false;
    const auto id = byte(p, 3);
    const bool sound = lane.coding == TransportCoding::adts;
    if (sound ? (id & 0xe0) != 0xc0 : (id & 0xf0) != 0xe0) return false;
    const auto length = static_cast<std::int64_t>(big_endian(p, 4, 2));
    const std::size_t header = 9 + byte(p, 8);
    if ((byte(p, 6) & 0xf0) != 0x80 || !(byte(p, 7) & 0x80) || header < 14 || header >= p.size())
      return false;
    const auto pts = clock_of(p.substr(9));
    const auto dts = byte(p, 7) & 0x40 && header >= 19 ? clock_of(p.substr(14)) : pts;
    if (first_clock_ < 0) first_clock_ = dts;
    // Near the end of the clock, or before it began: which way it runs over is anybody's guess.
    if (pts > full_clock - full_clock / 4 || dts > pts || dts < first_clock_ - minute / 2) return false;
    lane.open = lane.first = true;
    lane.position = at;
    lane.pts = pts;
    lane.left = length == 0 ? -1 : length + 6 - static_cast<std::int64_t>(header);
    if (sound)
      lane.sound.begin();
    else
      lane.picture.begin();
    p.remove_prefix(header);
    return true;
  }

  bool add(std::size_t index, std::string_view p) {
    auto& lane = lanes_[index];
    if (lane.left >= 0 && (lane.left -= static_cast<std::int64_t>(p.size())) < 0) return false;
    if (lane.coding != TransportCoding::adts) return lane.picture.add(p, starts_in(p));
    return lane.sound.add(p, [&](std::uint32_t size) {
      AccessUnit unit{index, std::exchange(lane.pts, std::nullopt), lane.first ? lane.position : -1, size,
                      lane.sound.rate()};
      lane.first = false;
      return told_(unit);
    });
  }

  // Of the start codes those in a payload, which comes after all that were asked about before.
  std::span<const char* const> starts_in(std::string_view payload) {
    while (next_start_ < starts_.size() && starts_[next_start_] < payload.data()) ++next_start_;
    const auto from = next_start_;
    while (next_start_ < starts_.size() && starts_[next_start_] < payload.data() + payload.size()) ++next_start_;
    return std::span(starts_).subspan(from, next_start_ - from);
  }

  bool close(std::size_t index) {
    auto& lane = lanes_[index];
    if (!lane.open) return true;
    lane.open = false;
    if (lane.left > 0) return false;
    if (lane.coding == TransportCoding::adts) return lane.sound.end();
    if (!lane.picture.end()) return false;
    auto& picture = lane.picture;
    const auto print = print_of(
        picture.size(), [&](std::uint32_t from, std::uint32_t count) { return picture.bytes(from, count); });
    return told_({index, lane.pts, lane.position, picture.size(), 0, picture.head(), print});
  }

  Input& input_;
  const std::function<bool(const AccessUnit&)>& told_;
  std::vector<std::int16_t> stream_of_;
  std::vector<Lane> lanes_;
  Lane* lane_ = nullptr;  // of the last packet, where a stream is open
  std::map<unsigned, std::string> tables_;
  std::vector<const char*> starts_;  // in the bytes that are being walked, headers and all
  std::size_t next_start_ = 0;
  std::int64_t first_clock_ = -1;
  bool sure_ = true;
};

}  // namespace

bool read_transport(Input& input, const std::vector<TransportStream>& streams,
                    const std::function<bool(const AccessUnit&)>& told) {
  return Walk(input, streams, told).run();
}

}  // namespace jianlu::footage
