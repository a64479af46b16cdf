#include "adapters/footage/scan/photo.h"

#include "adapters/footage/scan/bytes.h"

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

// Marker segments up to the start of scan (ITU-T T.81, B.1.1).
Structure jpeg(Input& input, FootageFacts& facts) {
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
    }
    at += 2 + length;
  }
  out.layout = layout.text();
  return out;
}

}  // namespace

Structure read_photo(Input& input, const std::string& format, FootageFacts& facts) {
  if (format == "jpeg") return jpeg(input, facts);
  if (format == "png") {
    const auto head = input.read_text(16, 8);
    if (head.size() == 8) picture(facts, "png", big_endian(head, 0, 4), big_endian(head, 4, 4));
  }
  return {};
}

}  // namespace jianlu::footage
