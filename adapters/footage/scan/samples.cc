#include <algorithm>
#include <limits>
#include <utility>

#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/packets.h"

namespace jianlu::footage {
namespace {

// A table of fixed entries behind version, flags and a count.
class Table {
 public:
  Table(Input& input, const ByteRange& range, std::size_t head, std::size_t width) : head_(head), width_(width) {
    if (range.to <= range.from) return;
    bytes_ = input.read_text(range.from, range.to - range.from);
    if (bytes_.size() < head) bytes_.clear();
    if (bytes_.empty()) return;
    count_ = std::min<std::size_t>(big_endian(bytes_, head - 4, 4), (bytes_.size() - head) / width);
  }
  bool there() const { return !bytes_.empty(); }
  std::size_t size() const { return count_; }
  std::uint64_t at(std::size_t entry, std::size_t column, std::size_t bytes = 4) const {
    return big_endian(bytes_, head_ + entry * width_ + column, bytes);
  }
  std::uint64_t head(std::size_t place, std::size_t bytes = 4) const { return big_endian(bytes_, place, bytes); }

 private:
  std::size_t head_, width_, count_ = 0;
  std::string bytes_;
};

// Runs of (how many, value), read one by one.
class Runs {
 public:
  explicit Runs(const Table& table) : table_(table) {}
  std::uint32_t next() {
    while (left_ == 0 && entry_ < table_.size()) {
      left_ = table_.at(entry_, 0);
      value_ = static_cast<std::uint32_t>(table_.at(entry_++, 4));
    }
    if (left_ > 0) --left_;
    return value_;
  }

 private:
  const Table& table_;
  std::size_t entry_ = 0;
  std::uint64_t left_ = 0;
  std::uint32_t value_ = 0;
};

// From media time to the time of presentation; false where no edit shows it.
class Presentation {
 public:
  explicit Presentation(const Track& track) : edits_(track.edits) {}
  bool place(std::int64_t media, std::int64_t& time) const {
    std::int64_t shown = 0;
    bool any = false;
    for (const auto& edit : edits_) {
      if (edit.media_start) {
        const auto into = media - *edit.media_start;
        if (!any) time = shown + into;  // hidden samples keep their distance to the first edit
        any = true;
        if (into >= -slack && (edit.duration == 0 || into < edit.duration + slack)) {
          time = shown + into;
          return true;
        }
      }
      shown += edit.duration;
    }
    if (!any) time = media;
    return !any;
  }

 private:
  static constexpr std::int64_t slack = 2'000;  // movie and media count in different ticks
  const std::vector<EditSpan>& edits_;
};

}  // namespace

std::vector<Packet> read_samples(Input& input, const Track& track, std::size_t most) {
  const auto& t = track.tables;
  std::vector<Packet> out;
  if (track.time_scale <= 0) return out;
  const Table sizes(input, t.sizes, 12, 1), chunks(input, t.chunks, 8, 12), times(input, t.times, 8, 8),
      shifts(input, t.offsets, 8, 8), keys(input, t.keys, 8, 4);
  const Table offsets(input, t.chunk_offsets, 8, t.wide_offsets ? 8 : 4);
  if (!sizes.there() || chunks.size() == 0) return out;
  const auto claimed = sizes.head(8);
  const auto constant = t.compact_sizes ? 0 : sizes.head(4);
  const unsigned bits = t.compact_sizes ? static_cast<unsigned>(sizes.head(7, 1)) : 32;
  if (bits != 4 && bits != 8 && bits != 16 && bits != 32) return out;
  const auto listed = t.sizes.to - t.sizes.from - 12;
  if (constant == 0 && static_cast<std::int64_t>(claimed) > listed * 8 / bits) return out;
  const auto size_of = [&](std::size_t i) -> std::uint32_t {
    if (constant) return static_cast<std::uint32_t>(constant);
    if (bits == 4) return static_cast<std::uint32_t>(sizes.head(12 + i / 2, 1) >> (i % 2 ? 0 : 4) & 15);
    return static_cast<std::uint32_t>(sizes.head(12 + i * bits / 8, bits / 8));
  };
  // Uncompressed sound lists every sample; a chunk of it is one packet.
  const bool by_chunk = constant > 0 && track.kind == "soun" && times.size() == 1 && times.at(0, 4) == 1;
  const Presentation presentation(track);
  const auto micros = [&](std::int64_t ticks) {
    return static_cast<std::int64_t>(static_cast<long double>(ticks) * 1e6L / track.time_scale + 0.5L);
  };
  Runs steps(times), shift(shifts);
  std::int64_t decode = 0;
  std::size_t sample = 0, key = 0, run = 0;
  for (std::size_t chunk = 0; chunk < offsets.size(); ++chunk) {
    while (run + 1 < chunks.size() && chunks.at(run + 1, 0) <= chunk + 1) ++run;
    const auto per_chunk = chunks.at(run, 4);
    auto offset = static_cast<std::int64_t>(offsets.at(chunk, 0, t.wide_offsets ? 8 : 4));
    for (std::uint64_t k = 0; k < per_chunk && sample < claimed && out.size() < most; ++k) {
      Packet packet;
      packet.offset = offset;
      packet.key = !keys.there();
      if (key < keys.size() && keys.at(key, 0) == sample + 1) packet.key = true, ++key;
      packet.hidden = !presentation.place(micros(decode + static_cast<std::int32_t>(shift.next())), packet.time);
      if (by_chunk) {
        const auto together = std::min<std::uint64_t>(per_chunk, claimed - sample);
        packet.size = static_cast<std::uint32_t>(std::min<std::uint64_t>(together * constant, UINT32_MAX));
        decode += static_cast<std::int64_t>(together);
        sample += together;
        k = per_chunk;
      } else {
        packet.size = size_of(sample++);
        decode += steps.next();
      }
      offset += packet.size;
      out.push_back(packet);
    }
  }
  return out;
}

}  // namespace jianlu::footage
