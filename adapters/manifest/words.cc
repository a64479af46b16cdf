#include "adapters/manifest/words.h"

#include <algorithm>

namespace jianlu::manifest {
namespace {

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80 && !out.empty()) {
      out.back() = out.back() << 6 | (byte & 0x3F);
    } else {
      out.push_back(byte);
    }
  }
  return out;
}

std::size_t distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before, last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before = last;
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view written, const std::vector<model::Name>& names) {
  const std::u32string text = code_points(written.substr(0, 64));
  std::string best;
  std::size_t least = SIZE_MAX;
  for (const model::Name& name : names) {
    for (const std::string* spelling : {&name.zh, &name.en}) {
      const std::u32string other = code_points(*spelling);
      const std::size_t apart = distance(text, other);
      if (apart < least && apart <= std::max<std::size_t>(1, std::max(text.size(), other.size()) / 3) && apart < other.size()) {
        least = apart;
        best = *spelling;
      }
    }
  }
  return best;
}

}  // namespace jianlu::manifest
