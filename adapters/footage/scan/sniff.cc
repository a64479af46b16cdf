#include "adapters/footage/scan/sniff.h"

#include <algorithm>
#include <array>
#include <optional>

namespace jianlu::footage {
namespace {

using namespace std::literals;

unsigned char byte(std::string_view s, std::size_t i) { return static_cast<unsigned char>(s[i]); }

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  Family family;
  std::string_view format, demuxer;
};
constexpr std::array magics{
    Magic{8, "AVI ", Family::avi, "avi", "avi"},
    Magic{8, "WAVE", Family::wav, "wav", "wav"},
    Magic{8, "WEBP", Family::photo, "webp", ""},
    Magic{0, "\x1a\x45\xdf\xa3", Family::stream, "matroska", "matroska"},
    Magic{0, "FLV\x01", Family::stream, "flv", "flv"},
    Magic{0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", Family::stream, "asf", "asf"},
    Magic{0, "OggS", Family::stream, "ogg", "ogg"},
    Magic{0, "fLaC", Family::stream, "flac", "flac"},
    Magic{0, "#!AMR", Family::stream, "amr", "amr"},
    Magic{0, "\x00\x00\x01\xba"sv, Family::stream, "mpeg-ps", "mpeg"},
    Magic{0, "ID3", Family::stream, "mp3", "mp3"},
    Magic{0, "\xff\xd8\xff", Family::photo, "jpeg", ""},
    Magic{0, "\x89PNG\r\n\x1a\n", Family::photo, "png", ""},
    Magic{0, "GIF8", Family::photo, "gif", ""},
    Magic{0, "BM", Family::photo, "bmp", ""},
    Magic{0, "II*\0"sv, Family::photo, "tiff", ""},
    Magic{0, "MM\0*"sv, Family::photo, "tiff", ""},
};

Sniffed iso(std::string_view head) {
  if (head.size() < 8) return {};
  static constexpr std::array first{"ftyp"sv, "moov"sv, "mdat"sv, "free"sv, "skip"sv,
                                    "wide"sv, "pnot"sv, "styp"sv, "moof"sv};
  const auto type = head.substr(4, 4);
  if (std::find(first.begin(), first.end(), type) == first.end()) return {};
  const auto brand = type == "ftyp" && head.size() >= 12 ? head.substr(8, 4) : ""sv;
  static constexpr std::array stills{"heic"sv, "heix"sv, "mif1"sv, "msf1"sv, "avif"sv};
  if (std::find(stills.begin(), stills.end(), brand) != stills.end()) return {Family::photo, "heif", ""};
  const bool quicktime = brand == "qt  " || type != "ftyp";
  return {Family::iso, quicktime ? "mov" : brand.substr(0, 2) == "3g" ? "3gp" : "mp4", "mov"};
}

// Sync bytes at a fixed distance: 188, 192 (a four-byte time stamp first) or 204 bytes a packet.
bool mpegts(std::string_view head) {
  for (const auto& [start, step] : {std::pair{0u, 188u}, {4u, 192u}, {0u, 204u}}) {
    const auto packets = std::min<std::size_t>(head.size() / step, 5);
    bool all = packets >= 2;
    for (std::size_t i = 0; i < packets; ++i) all = all && head[start + i * step] == 'G';
    if (all) return true;
  }
  return false;
}

}  // namespace

std::optional<std::size_t> audio_frame(std::string_view s, bool adts) {
  if (s.size() < 7 || byte(s, 0) != 0xff) return std::nullopt;
  if (adts) {
    if ((byte(s, 1) & 0xf6) != 0xf0) return std::nullopt;
    const std::size_t length = (byte(s, 3) & 3u) << 11 | byte(s, 4) << 3 | byte(s, 5) >> 5;
    return length > 7 ? std::optional(length) : std::nullopt;
  }
  if ((byte(s, 1) & 0xe6) != 0xe2) return std::nullopt;  // layer III
  static constexpr std::array kbit1{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0};
  static constexpr std::array kbit2{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0};
  static constexpr std::array rates{44100, 48000, 32000, 0};
  const int version = byte(s, 1) >> 3 & 3;  // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
  const int kbit = (version == 3 ? kbit1 : kbit2)[byte(s, 2) >> 4];
  const int rate = rates[byte(s, 2) >> 2 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  if (version == 1 || kbit == 0 || rate == 0) return std::nullopt;
  return (version == 3 ? 144 : 72) * kbit * 1000 / rate + (byte(s, 2) >> 1 & 1);
}

namespace {

bool audio_frames(std::string_view head, bool adts) {
  for (int i = 0; i < 3; ++i) {
    const auto length = audio_frame(head, adts);
    if (!length) return false;
    if (*length >= head.size()) return i > 0;
    head.remove_prefix(*length);
  }
  return true;
}

std::string text_format(std::string_view s) {
  const auto has = [&](std::string_view part) { return s.find(part) != s.npos; };
  if (s.starts_with("#EXTM3U")) return "m3u8";
  if (s.starts_with("ffconcat")) return "ffconcat";
  if (s.starts_with("WEBVTT")) return "vtt";
  if (has("$GP") || has("$GN") || has("$BD")) return "nmea";
  if (has("<gpx")) return "gpx";
  if (s.starts_with("<")) return "xml";
  if (has("-->")) return "srt";
  if (s.starts_with("{")) return "json";
  if (s.starts_with("[")) return "lrc";
  const auto line = s.substr(0, s.find('\n'));
  return line.find(',') != line.npos ? "csv" : "text";
}

bool is_text(std::string_view s) {
  return !s.empty() && std::none_of(s.begin(), s.end(), [](unsigned char c) {
    return c == 0x7f || (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b);
  });
}

}  // namespace

Sniffed sniff(std::string_view head) {
  for (const auto& m : magics)
    if (head.size() >= m.offset + m.bytes.size() && head.substr(m.offset, m.bytes.size()) == m.bytes &&
        (m.offset == 0 || head.starts_with("RIFF")) && !(m.bytes == "BM" && is_text(head.substr(0, 4096))))
      return {m.family, std::string(m.format), std::string(m.demuxer)};
  if (const auto found = iso(head); found.family != Family::unknown) return found;
  auto text = head.substr(0, 4096);
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) return {Family::text, "text", ""};
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (is_text(text)) return {Family::text, text_format(text), ""};
  if (mpegts(head)) return {Family::stream, "mpegts", "mpegts"};
  if (audio_frames(head, true)) return {Family::stream, "aac", "aac"};
  if (audio_frames(head, false)) return {Family::stream, "mp3", "mp3"};
  return {};
}

}  // namespace jianlu::footage
