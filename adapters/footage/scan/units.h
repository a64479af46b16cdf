// Access units inside the payload of a PES packet that arrives in pieces.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jianlu::footage {

// Where start codes (0 0 1) begin in `bytes`, wherever those come from.
void find_starts(std::string_view bytes, std::vector<const char*>& to);

// A coded picture in Annex B form (H.264, H.265) that should fill a PES packet exactly.
class PictureReader {
 public:
  explicit PictureReader(bool hevc) : hevc_(hevc) {}
  void begin();
  // `starts`: those that begin in the piece. False: not one picture. The piece stays where it is until begin().
  bool add(std::string_view piece, std::span<const char* const> starts);
  bool end();  // likewise
  std::uint32_t size() const { return size_; }
  std::string_view head() const;                                    // with unit_padding zero bytes behind it
  std::string_view bytes(std::uint32_t from, std::uint32_t count);  // valid until the next call

 private:
  bool unit(const unsigned char* header, std::uint32_t at);
  bool across(std::string_view piece);

  bool hevc_, slice_ = false;
  std::uint32_t size_ = 0, wanted_ = 0;  // bytes of the head
  std::vector<char> head_;
  std::size_t head_size_ = 0;
  std::vector<std::string_view> pieces_;
  std::string joined_;       // what bytes() gave last
  bool zero_ahead_ = false;  // among the last bytes, where a start code may begin that ends in the next piece
};

// The header of a frame of sound in ADTS form (AAC, ISO/IEC 14496-3 1.A.3.2).
struct AdtsHeader {
  static constexpr std::size_t size = 7;
  std::uint32_t frame = 0;  // bytes, the header among them
  std::uint32_t kind = 0;   // what stays the same from frame to frame; never 0
  int rate = 0;             // of the core: a spectral extension may double it
  int channels = 0;         // 0: the stream tells elsewhere
  bool one_block = false;   // of 1024 samples
};
std::optional<AdtsHeader> adts_header(std::string_view bytes);

// Such frames that arrive in pieces.
class AdtsReader {
 public:
  void begin() { have_ = left_ = 0; }
  // Calls `told(size)` for each frame that ends; false: no frame begins where one should, or its kind
  // changes.
  template <typename Told>
  bool add(std::string_view piece, Told&& told) {
    while (!piece.empty()) {
      if (left_ == 0) {
        while (have_ < header_.size() && !piece.empty()) {
          header_[have_++] = piece.front();
          piece.remove_prefix(1);
        }
        if (have_ < header_.size()) return true;
        if (!read_header()) return false;
      }
      const auto n = piece.size() < left_ ? static_cast<std::uint32_t>(piece.size()) : left_;
      left_ -= n;
      piece.remove_prefix(n);
      if (left_ == 0) {
        have_ = 0;
        if (!told(frame_)) return false;
      }
    }
    return true;
  }
  bool end() const { return left_ == 0 && have_ == 0; }
  int rate() const { return rate_; }

 private:
  bool read_header();

  std::array<char, AdtsHeader::size> header_{};
  std::size_t have_ = 0;
  std::uint32_t left_ = 0, frame_ = 0, kind_ = 0;
  int rate_ = 0;
};

}  // namespace jianlu::footage
