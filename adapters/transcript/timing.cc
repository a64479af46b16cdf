#include "adapters/transcript/timing.h"

#include <algorithm>
#include <string>

namespace jianlu::transcript {
namespace {

struct Sign {
  std::string_view written;
  char meant;
};
constexpr Sign kSigns[] = {{"‐", '-'}, {"‑", '-'}, {"‒", '-'}, {"–", '-'},  {"—", '-'},      {"―", '-'},
                           {"−", '-'}, {"─", '-'}, {"→", '>'}, {"》", '>'}, {"\u3000", ' '}, {"\u00A0", ' '}};

// Full-width signs, dashes and arrows as those of ASCII that are meant.
std::string folded(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size();) {
    const auto byte = [&](std::size_t k) {
      return i + k < line.size() ? static_cast<unsigned char>(line[i + k]) : 0u;
    };
    const unsigned wide =
        ((byte(1) & 0x3Fu) << 6) | (byte(2) & 0x3Fu);  // U+FF01 to U+FF5E: EF BC 81 to EF BD 9E
    if (byte(0) == 0xEF && wide >= 0xF01 && wide <= 0xF5E) {
      out += static_cast<char>(wide - 0xF01 + '!');
      i += 3;
      continue;
    }
    const Sign* found = nullptr;
    for (const Sign& sign : kSigns) {
      if (line.substr(i).starts_with(sign.written)) found = &sign;
    }
    out += found != nullptr ? found->meant : line[i];
    i += found != nullptr ? found->written.size() : 1;
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// "00:01:23,456", "00:01:23.456" or, in WebVTT, "01:23.456"; microseconds.
std::optional<std::int64_t> time_of(std::string_view text) {
  std::int64_t parts[3] = {0, 0, 0};
  int count = 0;
  std::size_t i = 0;
  const auto digits = [&](std::int64_t& value, std::size_t most) {
    const std::size_t begin = i;
    value = 0;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9' && i - begin < most)
      value = value * 10 + (text[i++] - '0');
    return i > begin;
  };
  while (count < 3) {
    if (!digits(parts[count++], 4)) return std::nullopt;
    if (i >= text.size() || text[i] != ':') break;
    ++i;
  }
  if (count < 2) return std::nullopt;
  std::int64_t millis = 0;
  if (i < text.size() && (text[i] == ',' || text[i] == '.')) {
    const std::size_t begin = ++i;
    if (!digits(millis, 3)) return std::nullopt;
    for (std::size_t n = i - begin; n < 3; ++n) millis *= 10;
  }
  if (i != text.size()) return std::nullopt;
  const std::int64_t hours = count == 3 ? parts[0] : 0;
  const std::int64_t minutes = count == 3 ? parts[1] : parts[0];
  const std::int64_t seconds = count == 3 ? parts[2] : parts[1];
  if (minutes > 59 || seconds > 59) return std::nullopt;
  return ((hours * 60 + minutes) * 60 + seconds) * 1'000'000 + millis * 1'000;
}

bool to_the_millisecond(std::string_view text) {
  return time_of(text) && text.find_first_of(",.") != text.npos;
}

struct Arrow {
  std::size_t begin = std::string_view::npos, end = 0;
};

// The first run of dashes that ends in ">".
Arrow arrow_in(std::string_view line) {
  const std::size_t head = line.find('>');
  if (head == line.npos) return {};
  Arrow out{head, std::min(line.find_first_not_of('>', head), line.size())};
  while (out.begin > 0 && line[out.begin - 1] == '-') --out.begin;
  return out;
}

}  // namespace

std::optional<Timing> timing(std::string_view written) {
  const std::string all = folded(written);
  const std::string_view line = trimmed(all);
  const bool plain = written.find("-->") != written.npos;
  if (const Arrow arrow = arrow_in(line); arrow.end != 0) {
    const bool meant = !line.empty() && line.front() >= '0' && line.front() <= '9' &&
                       line.substr(0, arrow.begin).find(':') != line.npos;
    if (!plain && !meant) return std::nullopt;
    const std::string_view after = trimmed(line.substr(arrow.end));  // settings of WebVTT follow the time
    Timing out{time_of(trimmed(line.substr(0, arrow.begin))),
               time_of(after.substr(0, after.find_first_of(" \t"))), false};
    out.odd = !plain || line.substr(arrow.begin, arrow.end - arrow.begin) != "-->" || all != written;
    return out;
  }
  // Two times and no arrow.
  const std::size_t first = line.find_first_of(" \t-"), last = line.find_last_of(" \t-");
  if (first == line.npos || !to_the_millisecond(line.substr(0, first)) ||
      !to_the_millisecond(line.substr(last + 1)))
    return std::nullopt;
  return Timing();
}

}  // namespace jianlu::transcript
