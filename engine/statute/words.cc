#include "engine/statute/words.h"

#include <algorithm>
#include <cstdint>

namespace jianlu::statute {
namespace {

// Characters; a number or a Latin word is one, so that 24 becomes 48 and not 2 something else.
std::vector<std::string_view> characters(std::string_view text) {
  const auto word = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (word(text[at]) && end < text.size() && word(text[end])) ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

void put(std::vector<Run>& runs, Run::Of of, std::string_view text) {
  if (text.empty()) return;
  if (runs.empty() || runs.back().of != of) runs.push_back({of, {}});
  runs.back().text += text;
}

}  // namespace

std::vector<Run> word_difference(std::string_view before, std::string_view now) {
  constexpr std::size_t kMost = 4000;
  const auto a = characters(before), b = characters(now);
  std::vector<Run> runs;
  if (a.size() > kMost || b.size() > kMost) {
    put(runs, Run::Of::before, before);
    put(runs, Run::Of::now, now);
    return runs;
  }
  // common[i][j]: characters that a from i and b from j have in common, in order.
  const std::size_t width = b.size() + 1;
  std::vector<std::uint16_t> common((a.size() + 1) * width);
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      common[i * width + j] = a[i] == b[j] ? static_cast<std::uint16_t>(common[(i + 1) * width + j + 1] + 1)
                                           : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  std::string gone, come;
  const auto flush = [&] {
    put(runs, Run::Of::before, gone);
    put(runs, Run::Of::now, come);
    gone.clear();
    come.clear();
  };
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      flush();
      put(runs, Run::Of::both, a[i]);
      ++i, ++j;
    } else if (j == b.size() || (i < a.size() && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      gone += a[i++];
    } else {
      come += b[j++];
    }
  }
  flush();
  return runs;
}

}  // namespace jianlu::statute
