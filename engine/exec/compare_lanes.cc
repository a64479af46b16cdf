// Comparisons of the rows of a list with one value of their owner, eight at once.
#include "engine/exec/lanes.h"

#include <bit>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define JIANLU_X86 1
#endif

namespace jianlu::exec {
namespace {

using Word = std::int64_t;
using Byte = std::uint8_t;

template <Order order>
bool holds(Word a, Word b) {
  return order == Order::less ? a < b : order == Order::more ? a > b : a == b;
}

// Up to eight rows from `first` on that are within the arrays.
template <Order order>
Byte compare_some(const Word* values, std::int32_t first, std::int32_t size, Word other) {
  unsigned bits = 0;
  for (std::int32_t k = 0; k < 8 && first + k < size; ++k) bits |= static_cast<unsigned>(holds<order>(values[first + k], other)) << k;
  return static_cast<Byte>(bits);
}

template <Order order>
void compare_plain(const Word* values, const Listed& listed, const Word* other, std::int32_t step, Byte* out, std::int32_t slots) {
  for (std::int32_t s = 0; s < slots; ++s) out[s] = compare_some<order>(values, listed.first[s], listed.size, other[s * step]);
}

#ifdef JIANLU_X86
template <Order order>
__attribute__((target("avx2"))) inline __m256i compare_four(const Word* values, __m256i other) {
  const __m256i four = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values));
  if constexpr (order == Order::less) return _mm256_cmpgt_epi64(other, four);
  if constexpr (order == Order::more) return _mm256_cmpgt_epi64(four, other);
  return _mm256_cmpeq_epi64(four, other);
}

// `lanes`: rows that a slot has at most, four or eight.
template <Order order, int lanes>
__attribute__((target("avx2"))) void compare_avx2(const Word* __restrict values, const Listed& listed, const Word* __restrict other, std::int32_t step,
                                                  Byte* __restrict out, std::int32_t slots) {
  const std::int32_t last = listed.size - lanes;
  const std::int32_t* __restrict first = listed.first;
  for (std::int32_t s = 0; s < slots; ++s) {
    if (first[s] > last) {
      out[s] = compare_some<order>(values, first[s], listed.size, other[s * step]);
      continue;
    }
    const __m256i with = _mm256_set1_epi64x(other[s * step]);
    int bits = _mm256_movemask_pd(_mm256_castsi256_pd(compare_four<order>(values + first[s], with)));
    if constexpr (lanes > 4) bits |= _mm256_movemask_pd(_mm256_castsi256_pd(compare_four<order>(values + first[s] + 4, with))) << 4;
    out[s] = static_cast<Byte>(bits);
  }
}
#endif

template <Order order>
void compare(const Word* values, const Listed& listed, const Word* other, std::int32_t step, Byte* out, std::int32_t slots) {
#ifdef JIANLU_X86
  static const bool has_avx2 = __builtin_cpu_supports("avx2");
  if (has_avx2 && listed.most <= 4) return compare_avx2<order, 4>(values, listed, other, step, out, slots);
  if (has_avx2) return compare_avx2<order, 8>(values, listed, other, step, out, slots);
#endif
  compare_plain<order>(values, listed, other, step, out, slots);
}

// Bits 0 and 1 of each byte of a word.
void gather(std::uint64_t word, Byte& bit0, Byte& bit1) {
#ifdef JIANLU_X86
  const __m128i rows = _mm_cvtsi64_si128(static_cast<long long>(word));
  bit0 = static_cast<Byte>(_mm_movemask_epi8(_mm_slli_epi64(rows, 7)));
  bit1 = static_cast<Byte>(_mm_movemask_epi8(_mm_slli_epi64(rows, 6)));
#else
  const auto gathered = [](std::uint64_t bits) { return static_cast<Byte>(((bits & 0x0101010101010101u) * 0x0102040810204080u) >> 56); };
  bit0 = gathered(word);
  bit1 = gathered(word >> 1);
#endif
}

}  // namespace

void compare_lanes(Order order, const Word* values, const Listed& listed, const Word* other, std::int32_t step, Byte* out, std::int32_t slots) {
  switch (order) {
    case Order::less: return compare<Order::less>(values, listed, other, step, out, slots);
    case Order::equal: return compare<Order::equal>(values, listed, other, step, out, slots);
    case Order::more: return compare<Order::more>(values, listed, other, step, out, slots);
  }
}

void pack_lanes(const Byte* __restrict rows, const Listed& listed, Byte* __restrict bit0, Byte* __restrict bit1, std::int32_t slots) {
  static_assert(std::endian::native == std::endian::little);
  const std::int32_t* __restrict firsts = listed.first;
  const std::int32_t size = listed.size;
  for (std::int32_t s = 0; s < slots; ++s) {
    const std::int32_t first = firsts[s], count = size - first;
    std::uint64_t word = 0;
    if (count >= 8) {
      std::memcpy(&word, rows + first, 8);
    } else {
      for (std::int32_t k = 0; k < count; ++k) word |= std::uint64_t{rows[first + k]} << (8 * k);
    }
    gather(word, bit0[s], bit1[s]);
  }
}

}  // namespace jianlu::exec
