// A small MP4 made in memory: one video track, frames of one size at 25 a second.
#pragma once

#include <cstdint>
#include <string>

namespace made {

inline std::string be(std::uint64_t n, int bytes) {
  std::string out;
  for (int i = bytes; i-- > 0;) out += static_cast<char>(n >> (8 * i));
  return out;
}

inline std::string box(const std::string& type, const std::string& body) {
  return be(body.size() + 8, 4) + type + body;
}

struct Mp4 {
  std::uint32_t frames = 50;
  std::uint32_t claimed_frames = 0;  // 0: the truth
  std::uint32_t frame_size = 100;
  int width = 640, height = 360;
  std::string brand = "mp42", handler = "VideoHandler";
  std::int32_t edit_start = 0;  // first shown frame, in frames
  std::uint32_t gap_after = 0;  // this frame lasts 100 frames
  bool index_first = false;
  std::string user_data;       // body of moov/udta
  std::string data_reference;  // box of dinf/dref; none: the footage is in this file

  std::string build() const {
    const std::string zeros(64, '\0');
    const auto count = claimed_frames ? claimed_frames : frames;
    const auto ftyp = box("ftyp", brand + be(0, 4) + "isom");
    std::string pictures(std::size_t(frames) * frame_size, 'v');
    // Each picture is one unit behind its length.
    for (std::size_t at = 0; frame_size > 5 && at < pictures.size(); at += frame_size) pictures.replace(at, 4, be(frame_size - 4, 4));
    const auto mdat = box("mdat", pictures);
    const auto length = count + (gap_after ? 99 : 0);
    const auto make = [&](std::uint32_t offset) {
      const auto avcc = box("avcC", std::string("\x01\x4d\x00\x1e\xff\xe0\x00", 7));
      const auto entry = zeros.substr(0, 6) + be(1, 2) + zeros.substr(0, 16) + be(width, 2) + be(height, 2) +
                         be(0x480000, 4) + be(0x480000, 4) + be(0, 4) + be(1, 2) + zeros.substr(0, 32) +
                         be(24, 2) + be(0xffff, 2) + avcc;
      const auto stts = gap_after ? be(0, 4) + be(3, 4) + be(gap_after - 1, 4) + be(1, 4) + be(1, 4) +
                                        be(100, 4) + be(count - gap_after, 4) + be(1, 4)
                                  : be(0, 4) + be(1, 4) + be(count, 4) + be(1, 4);
      const auto stbl =
          box("stbl", box("stsd", be(0, 4) + be(1, 4) + box("avc1", entry)) + box("stts", stts) +
                          box("stss", be(0, 4) + be(1, 4) + be(1, 4)) +
                          box("stsc", be(0, 4) + be(1, 4) + be(1, 4) + be(count, 4) + be(1, 4)) +
                          box("stsz", be(0, 4) + be(frame_size, 4) + be(count, 4)) +
                          box("stco", be(0, 4) + be(1, 4) + be(offset, 4)));
      const auto minf =
          box("minf", box("vmhd", be(1, 4) + be(0, 8)) +
                          box("dinf", box("dref", be(0, 4) + be(1, 4) +
                                                      (data_reference.empty() ? box("url ", be(1, 4))
                                                                              : data_reference))) +
                          stbl);
      const auto mdia =
          box("mdia", box("mdhd", be(0, 12) + be(25, 4) + be(length, 4) + be(0x55c4, 2) + be(0, 2)) +
                          box("hdlr", be(0, 8) + "vide" + be(0, 12) + handler + '\0') + minf);
      const auto tkhd =
          box("tkhd", be(7, 4) + be(0, 8) + be(1, 4) + be(0, 4) + be(length, 4) + be(0, 16) + be(0x10000, 4) +
                          be(0, 12) + be(0x10000, 4) + be(0, 12) + be(0x40000000, 4) + be(width, 2) +
                          be(0, 2) + be(height, 2) + be(0, 2));
      const auto elst = edit_start
                            ? box("edts", box("elst", be(0, 4) + be(1, 4) + be(length - edit_start, 4) +
                                                          be(edit_start, 4) + be(0x10000, 4)))
                            : std::string();
      const auto mvhd =
          box("mvhd", be(0, 4) + be(3786825600, 4) + be(3786825600, 4) + be(25, 4) + be(length, 4) +
                          be(0x10000, 4) + be(0x100, 2) + be(0, 10) + be(0x10000, 4) + be(0, 12) +
                          be(0x10000, 4) + be(0, 12) + be(0x40000000, 4) + be(0, 24) + be(2, 4));
      return box("moov",
                 mvhd + box("trak", tkhd + elst + mdia) + (user_data.empty() ? "" : box("udta", user_data)));
    };
    const auto moov_size = make(0).size();
    if (index_first) return ftyp + make(std::uint32_t(ftyp.size() + moov_size + 8)) + mdat;
    return ftyp + mdat + make(std::uint32_t(ftyp.size() + 8));
  }
};

}  // namespace made
