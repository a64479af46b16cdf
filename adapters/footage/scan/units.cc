#include "adapters/footage/scan/units.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "adapters/footage/scan/transport.h"

namespace jianlu::footage {
namespace {

constexpr std::uint32_t least_head = 512, behind_slice = 1100, most_head = 64 * 1024;
constexpr std::size_t told_by = 6;  // a start code and what of the unit's header is looked at

using Lanes = std::uint8_t __attribute__((vector_size(16)));
using Halves = std::uint64_t __attribute__((vector_size(16)));

bool has_zero(std::uint64_t bytes) { return (bytes - 0x0101010101010101) & ~bytes & 0x8080808080808080; }

constexpr std::size_t block = 2 * sizeof(Lanes);  // places looked at together, the byte behind them too

bool zeros_in_block(const unsigned char* bytes) {
  Lanes a, b, c, d;
  std::memcpy(&a, bytes, sizeof a);
  std::memcpy(&b, bytes + 1, sizeof b);
  std::memcpy(&c, bytes + sizeof a, sizeof c);
  std::memcpy(&d, bytes + sizeof a + 1, sizeof d);
  const auto both = reinterpret_cast<Halves>(((a | b) == 0) | ((c | d) == 0));
  return both[0] | both[1];
}

// A place from `at` on before which no two zeros follow each other; `size` when there are none.
std::size_t next_zeros(const unsigned char* bytes, std::size_t at, std::size_t size) {
  for (; at + block < size; at += block)
    if (zeros_in_block(bytes + at)) break;
  if (at + block >= size && size > block && !zeros_in_block(bytes + size - block - 1)) return size;
  while (at + 1 < size && (bytes[at] | bytes[at + 1]) != 0) ++at;
  return at + 1 < size ? at : size;
}

}  // namespace

void PictureReader::begin() {
  slice_ = false;
  size_ = 0;
  wanted_ = most_head;
  head_size_ = carried_ = 0;
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

bool PictureReader::add(std::string_view piece) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(piece.data());
  const auto is_start = [](const unsigned char* p) { return p[0] == 0 && p[1] == 0 && p[2] == 1; };
  // Start codes that lie across the joint.
  std::array<unsigned char, 10> joint{};
  const auto few = std::min<std::size_t>(piece.size(), carry_.size());
  std::memcpy(joint.data(), carry_.data(), carried_);
  std::memcpy(joint.data() + carried_, bytes, few);
  std::uint64_t here, next;
  std::memcpy(&here, joint.data(), sizeof here);
  std::memcpy(&next, joint.data() + 1, sizeof next);
  for (std::size_t i = 0; has_zero(here | next) && i < carried_ && i + told_by <= carried_ + few; ++i)
    if (is_start(&joint[i]) && !unit(&joint[i + 3], size_ - static_cast<std::uint32_t>(carried_ - i)))
      return false;
  for (std::size_t i = 0; (i = next_zeros(bytes, i, piece.size())) + told_by <= piece.size(); ++i)
    if (is_start(bytes + i) && !unit(bytes + i + 3, size_ + static_cast<std::uint32_t>(i))) return false;
  if (piece.size() >= carry_.size()) {
    carried_ = carry_.size();
    std::memcpy(carry_.data(), bytes + piece.size() - carried_, carried_);
  } else {
    const auto all = carried_ + few, keep = std::min(all, carry_.size());
    std::memcpy(carry_.data(), joint.data() + all - keep, keep);
    carried_ = keep;
  }
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
  static constexpr std::array<unsigned char, 3> start{0, 0, 1};
  if (!slice_ || (!head().starts_with(std::string_view("\0\0\0\1", 4)) &&
                  !head().starts_with(std::string_view("\0\0\1", 3))))
    return false;
  const unsigned char* last = carry_.data() + carried_;
  if (std::search(std::as_const(carry_).data(), last, start.begin(), start.end()) != last) return false;
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
