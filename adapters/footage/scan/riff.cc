#include <algorithm>

#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/signature.h"
#include "adapters/footage/scan/structure.h"

namespace jianlu::footage {
namespace {
constexpr std::int64_t max_text = 64 * 1024;
constexpr int max_chunks = 10'000;
}  // namespace

// Top level of AVI (Microsoft AVI RIFF, OpenDML) and WAVE: RIFF forms one after the other, chunks in each.
Structure read_riff(Input& input) {
  Structure out;
  Layout layout;
  Signature signature;
  int chunks = 0;
  std::int64_t form_end = 0;
  for (std::int64_t at = 0; at + 8 <= input.size();) {
    if (++chunks > max_chunks) {
      out.over_limit = "chunks";
      break;
    }
    const auto head = input.read_text(at, 12);
    if (head.size() < 8) break;
    auto type = head.substr(0, 4);
    const auto length = static_cast<std::int64_t>(little_endian(head, 4, 4));
    if (type == "RIFF") {
      form_end = at + 8 + length;
      at += 12;
      continue;
    }
    if (type == "LIST" && head.size() == 12) type = head.substr(8, 4);
    type = printable(type);
    layout.add(trimmed(type));
    signature.open(trimmed(type));
    signature.close();
    // A recorder that lost power leaves 0 or all ones here: the data then runs to the end of the file.
    const bool open_ended = (type == "data" || type == "movi") && (length == 0 || length == 0xffffffff);
    const auto end = open_ended ? std::max(form_end, input.size()) : at + 8 + length;
    const auto present = std::min(end, input.size());
    if (type == "hdrl" || type == "fmt ") out.has_index = end <= input.size();
    if (type == "data" || type == "movi") {
      const auto body = at + (type == "movi" ? 12 : 8);
      if (type == "data") out.payload.push_back({body, present});
      out.payload_present += std::max<std::int64_t>(0, present - body);
      out.payload_missing += end - present;
    } else if (type == "INFO" || type == "JUNK" || type == "IDIT" || type == "hdrl") {
      if (out.texts.size() < 64)
        out.texts.push_back(
            {trimmed(type), at + 8, input.read_text(at + 8, std::min(present - at - 8, max_text))});
    }
    at = end + (end & 1);
  }
  out.layout = layout.text();
  out.signature = signature.text();
  return out;
}

}  // namespace jianlu::footage
