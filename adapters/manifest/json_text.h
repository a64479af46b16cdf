// The least that a reader of one line of JSON asks of its characters. Behind the line stand a line end or a zero, and 64
// readable bytes, so nothing here asks where the line ends: neither can stand inside a value.
#pragma once

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace jianlu::manifest::json {

inline std::uint64_t load(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof word);
  return word;
}

// Past blanks. Carriage returns inside a line are rare enough for the general reader.
inline const char* skip(const char* at) {
  if (static_cast<unsigned char>(*at) > ' ') [[likely]] return at;
  while (*at == ' ' || *at == '\t') ++at;
  return at;
}

// The first quotation mark, backslash or control character.
#ifdef __SSE2__
inline const char* plain(const char* at) {
  for (;; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    const int found = _mm_movemask_epi8(_mm_or_si128(control, marks));
    if (found != 0) return at + __builtin_ctz(static_cast<unsigned>(found));
  }
}
#else
// Eight bytes at a time: of each word the lowest byte marked is marked rightly.
inline const char* plain(const char* at) {
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101u, highs = 0x8080'8080'8080'8080u;
  for (;; at += 8) {
    const std::uint64_t word = load(at), quotes = word ^ ones * '"', slashes = word ^ ones * '\\';
    const std::uint64_t found = ((quotes - ones) & ~quotes) | ((slashes - ones) & ~slashes) | ((word - ones * 0x20) & ~word);
    if ((found & highs) != 0) return at + (__builtin_ctzll(found & highs) >> 3);
  }
}
#endif

// A string: `at` stands behind its opening quotation mark, what is returned behind its closing one; null where it is no
// string. `text` lies in the line, or in `room` where something was escaped. That it is UTF-8 is not looked at.
const char* escaped(const char* at, const char* from, std::string& room, std::string_view& text);
[[gnu::always_inline]] inline const char* string(const char* at, std::string& room, std::string_view& text) {
  const char* const end = plain(at);
  if (*end != '"') return *end == '\\' ? escaped(at, end, room, text) : nullptr;
  text = std::string_view(at, static_cast<std::size_t>(end - at));
  return end + 1;
}

// Behind a number without an exponent; null where it is none.
const char* number(const char* at);

}  // namespace jianlu::manifest::json
