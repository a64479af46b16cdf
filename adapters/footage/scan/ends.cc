#include "adapters/footage/scan/ends.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "adapters/footage/scan/bytes.h"

namespace jianlu::footage {
namespace {

// Element ids of EBML (RFC 8794) and Matroska, with their length marker.
constexpr std::uint64_t ebml = 0x1a45dfa3, segment = 0x18538067, info = 0x1549a966, time_scale = 0x2ad7b1,
                        cluster = 0x1f43b675, cluster_time = 0xe7, simple_block = 0xa3, block_group = 0xa0,
                        block = 0xa1;
constexpr std::uint64_t least_top_level = 1 << 24;  // ids of four bytes: nothing in a cluster has one

struct Element {
  std::uint64_t id = 0;
  std::int64_t body = 0;
  std::optional<std::int64_t> end;  // as declared, it may lie beyond the file; absent: not stated
};

class Matroska {
 public:
  explicit Matroska(Input& input) : input_(input) {}

  MatroskaEnd run() {
    for (std::int64_t at = 0; at < input_.size();) {
      const auto element = read(at);
      if (!element || (element->id != ebml && element->id != segment)) break;
      at = element->id == segment ? inside_segment(*element) : next(*element);
    }
    for (const auto& c : last_) inside_cluster(c);
    if (last_block_) out_.last_block = microseconds(*last_block_);
    return out_;
  }

 private:
  // A number behind a marker of its length; for ids the marker belongs to it.
  struct Number {
    std::uint64_t value = 0;
    int length = 0;
    bool unknown = false;
  };
  std::optional<Number> number(std::int64_t at, int most, bool keep_marker) {
    const auto bytes = input_.view(at, most);
    if (bytes.empty() || bytes[0] == 0) return std::nullopt;
    const int length = std::countl_zero(static_cast<unsigned char>(bytes[0])) + 1;
    if (length > most || static_cast<std::size_t>(length) > bytes.size()) return std::nullopt;
    Number out{big_endian(bytes, 0, static_cast<std::size_t>(length)), length, false};
    const auto marker = 1ull << 7 * length;
    out.unknown = out.value == 2 * marker - 1;
    if (!keep_marker) out.value &= marker - 1;
    return out;
  }

  // Nothing at the end of the file, and where there is no element.
  std::optional<Element> read(std::int64_t at) {
    const auto id = number(at, 4, true);
    const auto size = id ? number(at + id->length, 8, false) : std::nullopt;
    if (!size) {
      if (at < input_.size() && input_.size() - at < 12) promise(input_.size() + 1);
      return std::nullopt;
    }
    Element element{id->value, at + id->length + size->length, std::nullopt};
    if (!size->unknown) element.end = element.body + static_cast<std::int64_t>(size->value);
    return element;
  }

  void promise(std::int64_t end) { out_.missing = std::max(out_.missing, end - input_.size()); }

  std::int64_t next(const Element& element) {
    if (!element.end) return input_.size();
    promise(*element.end);
    return *element.end;
  }

  std::int64_t inside_segment(const Element& parent) {
    if (parent.end) promise(*parent.end);
    const auto end = std::min(parent.end.value_or(input_.size()), input_.size());
    auto at = parent.body;
    while (at < end) {
      const auto element = read(at);
      if (!element) return input_.size();
      if (element->id == info) read_scale(*element);
      if (element->id == cluster && !element->end) {
        at = inside_cluster(*element);
        continue;
      }
      if (element->id == cluster) {
        // The last one may hold no block any more.
        if (last_.size() == 2) last_.erase(last_.begin());
        last_.push_back(*element);
      }
      at = next(*element);
    }
    return parent.end ? *parent.end : input_.size();
  }

  void read_scale(const Element& parent) {
    for (auto at = parent.body; at < std::min(parent.end.value_or(0), input_.size());) {
      const auto element = read(at);
      if (!element || !element->end) return;
      if (element->id == time_scale)
        scale_ = static_cast<std::int64_t>(unsigned_at(*element).value_or(scale_));
      at = *element->end;
    }
  }

  std::optional<std::uint64_t> unsigned_at(const Element& element) {
    const auto bytes = input_.view(element.body, std::min<std::int64_t>(8, *element.end - element.body));
    if (bytes.empty()) return std::nullopt;
    return big_endian(bytes, 0, bytes.size());
  }

  // Gives where the next element begins.
  std::int64_t inside_cluster(const Element& parent) {
    std::int64_t time = 0, at = parent.body;
    const auto end = std::min(parent.end.value_or(input_.size()), input_.size());
    while (at < end) {
      const auto element = read(at);
      if (!element) return input_.size();
      if (!parent.end && element->id >= least_top_level) return at;
      if (element->end && element->id == cluster_time)
        time = static_cast<std::int64_t>(unsigned_at(*element).value_or(0) & ~0ull >> 2);
      if (element->id == simple_block) take_block(*element, time);
      if (element->id == block_group) {
        const auto first = read(element->body);
        if (first && first->id == block) take_block(*first, time);
      }
      at = next(*element);
    }
    return at;
  }

  void take_block(const Element& element, std::int64_t cluster_begins) {
    const auto track = number(element.body, 8, false);
    if (!track) return;
    const auto bytes = input_.view(element.body + track->length, 2);
    if (bytes.size() < 2) return;
    const auto time = cluster_begins + static_cast<std::int16_t>(big_endian(bytes, 0, 2));
    last_block_ = std::max(last_block_.value_or(time), time);
  }

  std::optional<std::int64_t> microseconds(std::int64_t ticks) const {
    const auto us = static_cast<long double>(ticks) * static_cast<long double>(scale_) / 1e3L;
    if (us < 0 || us > 1e15L) return std::nullopt;
    return static_cast<std::int64_t>(us);
  }

  Input& input_;
  MatroskaEnd out_;
  std::int64_t scale_ = 1'000'000;  // nanoseconds
  std::vector<Element> last_;       // clusters of known length
  std::optional<std::int64_t> last_block_;
};

}  // namespace

MatroskaEnd read_matroska_end(Input& input) { return Matroska(input).run(); }

std::int64_t missing_of_ogg(Input& input) {
  constexpr std::int64_t most_page = 27 + 255 + 255 * 255;
  const auto from = std::max<std::int64_t>(0, input.size() - most_page);
  const auto tail = input.view(from, input.size() - from);
  const auto at = tail.rfind("OggS");
  if (at == tail.npos) return 0;
  const auto page = tail.substr(at);
  if (page.size() < 27) return 1;
  const auto segments = static_cast<std::size_t>(static_cast<unsigned char>(page[26]));
  std::size_t length = 27 + segments;
  for (std::size_t i = 27; i < std::min(27 + segments, page.size()); ++i)
    length += static_cast<unsigned char>(page[i]);
  return length > page.size() ? static_cast<std::int64_t>(length - page.size()) : 0;
}

std::int64_t missing_of_program_stream(Input& input) {
  constexpr std::int64_t most_packet = 6 + 65535;
  constexpr unsigned char first_stream = 0xbc, last_stream = 0xef;  // below them is what pictures are made of
  const auto from = std::max<std::int64_t>(0, input.size() - most_packet);
  const auto tail = input.view(from, input.size() - from);
  for (auto at = tail.rfind(std::string_view("\0\0\1", 3)); at != tail.npos && at > 0;
       at = tail.rfind(std::string_view("\0\0\1", 3), at - 1)) {
    const auto stream = at + 3 < tail.size() ? static_cast<unsigned char>(tail[at + 3]) : 0;
    if (stream < first_stream || stream > last_stream) continue;
    if (at + 6 > tail.size()) return 1;
    const auto end = at + 6 + static_cast<std::size_t>(big_endian(tail, at + 4, 2));
    return end > tail.size() ? static_cast<std::int64_t>(end - tail.size()) : 0;
  }
  return 0;
}

}  // namespace jianlu::footage
