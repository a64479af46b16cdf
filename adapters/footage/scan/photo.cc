#include "adapters/footage/scan/photo.h"

#include <chrono>
#include <cstdio>

#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/exif.h"
#include "adapters/footage/scan/times.h"

namespace jianlu::footage {
namespace {

void picture(FootageFacts& facts, const char* codec, std::uint64_t width, std::uint64_t height) {
  StreamFacts s;
  s.kind = StreamKind::video;
  s.codec = codec;
  s.width = static_cast<int>(width);
  s.height = static_cast<int>(height);
  s.packets = s.key_frames = 1;
  facts.streams.push_back(std::move(s));
}

// Dahua and Amcrest cameras put the time of a snapshot into the first comment of 4092 bytes: 00 7c 00 00, then the
// seconds of their local time, counted as if it were UTC.
void read_camera_epoch(std::string_view comment, std::int64_t now, FootageFacts& facts) {
  constexpr std::string_view head("\0|\0\0", 4);
  if (comment.size() != 4092 || !comment.starts_with(head)) return;
  const std::chrono::sys_seconds at{std::chrono::seconds(little_endian(comment, 4, 4))};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(at - day);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  facts.times.push_back(stated_time("camera comment", text, false, now));
}

// Marker segments up to the start of scan (ITU-T T.81, B.1.1).
Structure jpeg(Input& input, std::int64_t now, FootageFacts& facts) {
  Structure out;
  Layout layout;
  std::int64_t at = 2;
  for (int segments = 0; segments < 1000; ++segments) {
    const auto head = input.read_text(at, 4);
    if (head.size() < 4 || head[0] != '\xff') break;
    const auto marker = static_cast<unsigned char>(head[1]);
    const auto length = static_cast<std::int64_t>(big_endian(head, 2, 2));
    if (marker == 0xda || length < 2) break;
    const bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (frame) {
      const auto body = input.read_text(at + 4, 5);
      if (body.size() == 5) picture(facts, "mjpeg", big_endian(body, 3, 2), big_endian(body, 1, 2));
      layout.add("SOF");
    } else if (marker == 0xe1 || marker == 0xed || marker == 0xfe) {
      const std::string name = marker == 0xe1 ? "APP1" : marker == 0xed ? "APP13" : "COM";
      layout.add(name);
      out.texts.push_back({name, at + 4, input.read_text(at + 4, length - 2)});
      const std::string& bytes = out.texts.back().bytes;
      constexpr std::string_view exif("Exif\0\0", 6);
      if (name == "APP1" && bytes.starts_with(exif)) read_exif(std::string_view(bytes).substr(exif.size()), now, facts);
      if (name == "COM") read_camera_epoch(bytes, now, facts);
    }
    at += 2 + length;
  }
  out.layout = layout.text();
  return out;
}

}  // namespace

Structure read_photo(Input& input, const std::string& format, std::int64_t now, FootageFacts& facts) {
  if (format == "jpeg") return jpeg(input, now, facts);
  if (format == "png") {
    const auto head = input.read_text(16, 8);
    if (head.size() == 8) picture(facts, "png", big_endian(head, 0, 4), big_endian(head, 4, 4));
  }
  return {};
}

}  // namespace jianlu::footage
