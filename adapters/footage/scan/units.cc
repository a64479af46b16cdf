#include "adapters/footage/scan/units.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "adapters/footage/scan/transport.h"

namespace jianlu::footage {
namespace {

constexpr std::uint32_t least_head = 512, behind_slice = 1100, most_head = 64 * 1024;
constexpr std::string_view start_code("\0\0\1", 3);
constexpr std::uint32_t told_by = 6;  // a start code and what of the unit's header is looked at

constexpr std::uint32_t carried = told_by - 1;  // of a start code in so many last bytes not all is known yet

using Words = std::uint16_t __attribute__((vector_size(16)));
using Halves = std::uint64_t __attribute__((vector_size(16)));

bool has_zero(std::uint64_t bytes) { return (bytes - 0x0101010101010101) & ~bytes & 0x8080808080808080; }

constexpr std::size_t block = 8 * sizeof(Words);  // looked at together

// Of a start code one even pair of bytes is 0 0 or 0 1.
bool may_start(const char* bytes) {
  static_assert(std::endian::native == std::endian::little);
  Words found{};
  for (std::size_t i = 0; i < block; i += sizeof(Words)) {
    Words pairs;
    std::memcpy(&pairs, bytes + i, sizeof pairs);
    found |= (pairs & 0xfeff) == 0;
  }
  const auto both = std::bit_cast<Halves>(found);
  return both[0] | both[1];
}

}  // namespace

void find_starts(std::string_view bytes, std::vector<const char*>& to) {
  const auto *const begin = bytes.data(), *const end = begin + bytes.size();
  // The pairs of a block tell of those that begin in it or one byte before it, its last byte excepted.
  const auto* at = begin;
  const auto exactly = [&](const char* until) {
    for (const auto* p = std::max(begin, at - 1); p < until && p + 3 <= end; ++p)
      if (p[0] == 0 && p[1] == 0 && p[2] == 1) to.push_back(p);
  };
  for (; at + block <= end; at += block)
    if (may_start(at)) exactly(at + block - 1);
  exactly(end);
}

void PictureReader::begin() {
  slice_ = false;
  size_ = 0;
  wanted_ = most_head;
  head_size_ = 0;
  zero_ahead_ = false;
  pieces_.clear();
  if (head_.empty()) head_.resize(least_head * 4);
}

// H.264 7.4.1.2.3 and H.265 7.4.2.4.4: which units begin the next picture.
bool PictureReader::unit(const unsigned char* header, std::uint32_t at) {
  bool slice, first, opens;
  if (hevc_) {
    const int type = header[0] >> 1 & 63;
    const bool base = (header[0] & 1) == 0 && header[1] >> 3 == 0;
    if (!base) return false;
    slice = type <= 9 || (type >= 16 && type <= 21);
    first = header[2] & 0x80;
    opens = (type >= 32 && type <= 37) || type == 39 || (type >= 41 && type <= 44) || type >= 48;
  } else {
    const int type = header[0] & 31;
    if (type == 0 || (type >= 2 && type <= 4) || type >= 14) return false;
    slice = type == 1 || type == 5;
    first = header[1] & 0x80;
    opens = type >= 6 && type <= 9;
  }
  if (slice) {
    if (slice_ == first) return false;  // a second picture, or one that lacks its beginning
    if (!slice_) wanted_ = std::max(least_head, at + behind_slice);
    slice_ = true;
  }
  return !(opens && slice_);
}

// Start codes that begin in the last bytes and end in this piece.
bool PictureReader::across(std::string_view piece) {
  const auto before = std::min(size_, carried);
  std::string joint(bytes(size_ - before, before));
  joint += piece.substr(0, carried);
  const auto there = before + std::min<std::size_t>(piece.size(), carried);
  for (std::uint32_t i = 0; i < before && i + told_by <= there; ++i)
    if (std::string_view(joint).substr(i, 3) == start_code &&
        !unit(reinterpret_cast<const unsigned char*>(&joint[i + 3]), size_ - before + i))
      return false;
  return true;
}

bool PictureReader::add(std::string_view piece, std::span<const char* const> starts) {
  if (zero_ahead_ && !across(piece)) return false;
  for (const auto* start : starts) {
    const auto at = static_cast<std::size_t>(start - piece.data());
    if (at + told_by > piece.size()) break;  // see across()
    if (!unit(reinterpret_cast<const unsigned char*>(start + 3), size_ + static_cast<std::uint32_t>(at)))
      return false;
  }
  std::uint64_t last = 0;
  if (piece.size() >= sizeof last) std::memcpy(&last, piece.data() + piece.size() - sizeof last, sizeof last);
  zero_ahead_ = has_zero(last);
  if (head_size_ < wanted_) {
    const auto n = std::min<std::size_t>(piece.size(), wanted_ - head_size_);
    if (head_.size() < head_size_ + n + unit_padding) head_.resize((head_size_ + n + unit_padding) * 2);
    std::memcpy(head_.data() + head_size_, piece.data(), n);
    head_size_ += n;
    if (head_size_ >= most_head) return false;
  }
  size_ += static_cast<std::uint32_t>(piece.size());
  pieces_.push_back(piece);
  return size_ < 1u << 30;
}

bool PictureReader::end() {
  if (!slice_ || (!head().starts_with(std::string_view("\0\0\0\1", 4)) && !head().starts_with(start_code)))
    return false;
  if (zero_ahead_ &&
      bytes(size_ - std::min(size_, carried), carried).find(start_code) != std::string_view::npos)
    return false;
  if (pieces_.back().back() == 0) return false;  // it may belong to the next start code
  std::memset(head_.data() + head_size_, 0, unit_padding);
  return true;
}

std::string_view PictureReader::bytes(std::uint32_t from, std::uint32_t count) {
  auto at = size_;
  auto i = pieces_.size();
  while (i > 0 && at > from) at -= static_cast<std::uint32_t>(pieces_[--i].size());
  joined_.clear();
  for (; i < pieces_.size() && joined_.size() < count; ++i) {
    const auto rest = pieces_[i].substr(std::min<std::size_t>(from - at, pieces_[i].size()));
    joined_ += rest.substr(0, count - joined_.size());
    at += static_cast<std::uint32_t>(pieces_[i].size());
    from = std::max(from, at);
  }
  return joined_;
}

std::string_view PictureReader::head() const { return {head_.data(), head_size_}; }

std::optional<AdtsHeader> adts_header(std::string_view bytes) {
  static constexpr std::array rates{96000, 88200, 64000, 48000, 44100, 32000, 24000,
                                    22050, 16000, 12000, 11025, 8000,  7350};
  if (bytes.size() < AdtsHeader::size) return std::nullopt;
  std::array<unsigned char, AdtsHeader::size> h;
  std::memcpy(h.data(), bytes.data(), h.size());
  const std::size_t rate = h[2] >> 2 & 15;
  const int channels = (h[2] & 1) << 2 | h[3] >> 6;
  if (h[0] != 0xff || (h[1] & 0xf6) != 0xf0 || rate >= rates.size()) return std::nullopt;
  AdtsHeader out;
  out.frame = (h[3] & 3u) << 11 | h[4] << 3 | h[5] >> 5;
  out.kind = 1u << 31 | h[1] << 16 | (h[2] & 0xfdu) << 8 | (h[3] & 0xc0u);  // all but the private bit
  out.rate = rates[rate];
  out.channels = channels == 7 ? 8 : channels;
  out.one_block = (h[6] & 3) == 0;
  if (out.frame <= h.size()) return std::nullopt;
  return out;
}

bool AdtsReader::read_header() {
  const auto header = adts_header({header_.data(), header_.size()});
  if (!header || !header->one_block || (kind_ != 0 && kind_ != header->kind)) return false;
  kind_ = header->kind;
  rate_ = header->rate;
  frame_ = header->frame;
  left_ = frame_ - static_cast<std::uint32_t>(header_.size());
  return true;
}

}  // namespace jianlu::footage
