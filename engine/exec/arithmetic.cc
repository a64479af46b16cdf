// Arithmetic on bounds. Exact operands take a fast path that falls back when an end is open or a result out of range.
#include <algorithm>

#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

using Word = std::int64_t;
using Wide = __int128;
constexpr Word kMillion = 1'000'000;

bool open(Word end) { return end == kMin || end == kMax; }
bool finish(Wide value, Word& out) {
  out = static_cast<Word>(value);
  return JIANLU_FAULT(overflow_wraps, value > kMin && value < kMax, true);
}
Word flipped(Word end) { return end == kMin ? kMax : end == kMax ? kMin : -end; }

bool add_ends(Word a, Word b, Word& out) {
  if (open(a) || open(b)) {
    out = open(a) ? a : b;
    return true;
  }
  return finish(Wide{a} + b, out);
}

Word open_product(Word a, Word b) { return a == 0 || b == 0 ? 0 : (a < 0) == (b < 0) ? kMax : kMin; }

bool multiply_ends(Word a, Word b, Word& out) {
  if (open(a) || open(b)) {
    out = open_product(a, b);
    return true;
  }
  return finish(Wide{a} * b / kMillion, out);
}

bool divide_ends(Word a, Word b, Word& out) {
  if (open(b)) {
    out = 0;
    return true;
  }
  if (open(a)) {
    out = open_product(a, b);
    return true;
  }
  return finish(Wide{a} * kMillion / b, out);
}

struct Bound {
  Word lo, hi;
};

template <typename Ends>
bool corners(Bound a, Bound b, Bound& out, Ends ends) {
  Word e[4];
  if (!ends(a.lo, b.lo, e[0]) || !ends(a.lo, b.hi, e[1]) || !ends(a.hi, b.lo, e[2]) || !ends(a.hi, b.hi, e[3])) return false;
  out = {*std::min_element(e, e + 4), *std::max_element(e, e + 4)};
  return true;
}

// Row by row, whatever the operands are. `operation(a, b, out)` is false where there is no result.
template <typename Operation>
Column general(Frame& frame, const plan::Node& n, Operation operation) {
  const std::int32_t size = frame.size(n.domain);
  const Column a = frame.full(frame.of(n.operands[0]), size);
  const Column b = n.operands.size() > 1 ? frame.full(frame.of(n.operands[1]), size) : a;
  std::uint8_t* states = frame.take_bytes(size);
  Word* lo = frame.take_words(size);
  Word* hi = frame.take_words(size);
  bool values = true, exact = true;
  for (std::int32_t i = 0; i < size; ++i) {
    states[i] = kleene_and(a.bytes[i], b.bytes[i]);
    Bound out{0, 0};
    if (states[i] == kValue && !operation(Bound{a.lo[i], a.hi[i]}, Bound{b.lo[i], b.hi[i]}, out)) states[i] = kUnknown;
    lo[i] = out.lo;
    hi[i] = out.hi;
    values = values && states[i] == kValue;
    exact = exact && out.lo == out.hi;
  }
  return {values ? nullptr : states, lo, exact ? nullptr : hi, false};
}

// Whether all values and results lie within (kMin, kMax), so that wrapping arithmetic was right.
JIANLU_VECTOR bool add_exact(const Word* a, const Word* b, Word* out, std::int32_t n) {
  bool bad = false;
  for (std::int32_t i = 0; i < n; ++i) {
    out[i] = static_cast<Word>(static_cast<std::uint64_t>(a[i]) + static_cast<std::uint64_t>(b[i]));
    bad |= (a[i] <= kMin) | (a[i] >= kMax) | (b[i] <= kMin) | (b[i] >= kMax) | (out[i] <= kMin) | (out[i] >= kMax);
  }
  return !bad;
}
JIANLU_VECTOR bool add_constant(const Word* a, Word b, Word* out, std::int32_t n) {
  bool bad = b <= kMin || b >= kMax;
  for (std::int32_t i = 0; i < n; ++i) {
    out[i] = static_cast<Word>(static_cast<std::uint64_t>(a[i]) + static_cast<std::uint64_t>(b));
    bad |= (a[i] <= kMin) | (a[i] >= kMax) | (out[i] <= kMin) | (out[i] >= kMax);
  }
  return !bad;
}
JIANLU_VECTOR bool subtract_exact(const Word* a, const Word* b, Word* out, std::int32_t n) {
  bool bad = false;
  for (std::int32_t i = 0; i < n; ++i) {
    out[i] = static_cast<Word>(static_cast<std::uint64_t>(a[i]) - static_cast<std::uint64_t>(b[i]));
    bad |= (a[i] <= kMin) | (a[i] >= kMax) | (b[i] <= kMin) | (b[i] >= kMax) | (out[i] <= kMin) | (out[i] >= kMax);
  }
  return !bad;
}

JIANLU_VECTOR void larger(const Word* a, const Word* b, Word* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = a[i] > b[i] ? a[i] : b[i];
}
JIANLU_VECTOR void smaller(const Word* a, const Word* b, Word* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = a[i] < b[i] ? a[i] : b[i];
}

Column extreme(Frame& frame, const plan::Node& n, bool largest) {
  const std::int32_t size = frame.size(n.domain);
  const Column& x = frame.of(n.operands[0]);
  const Column& y = frame.of(n.operands[1]);
  const Column a = x.splat ? frame.full(x, size) : x, b = y.splat ? frame.full(y, size) : y;
  const auto pass = [&](const Word* p, const Word* q) {
    Word* out = frame.take_words(size);
    largest ? larger(p, q, out, size) : smaller(p, q, out, size);
    return out;
  };
  Column out{both_states(frame, x, y, size), pass(a.lo, b.lo), nullptr, false};
  if (x.hi || y.hi) out.hi = pass(a.hi ? a.hi : a.lo, b.hi ? b.hi : b.lo);
  return out;
}

}  // namespace

const std::uint8_t* both_states(Frame& frame, const Column& a, const Column& b, std::int32_t n) {
  if (!a.bytes && !b.bytes) return nullptr;
  const bool plain_a = !a.bytes || !a.splat, plain_b = !b.bytes || !b.splat;
  if (plain_a && plain_b && !a.bytes) return b.bytes;
  if (plain_a && plain_b && !b.bytes) return a.bytes;
  const Column x = frame.full(a, n), y = frame.full(b, n);
  std::uint8_t* out = frame.take_bytes(n);
  for (std::int32_t i = 0; i < n; ++i) out[i] = kleene_and(x.bytes[i], y.bytes[i]);
  return out;
}

Column negate(Frame& frame, const plan::Node& n) {
  return general(frame, n, [](Bound a, Bound, Bound& out) {
    out = {flipped(a.hi), flipped(a.lo)};
    return true;
  });
}

Column add(Frame& frame, const plan::Node& n) {
  const Column& a = frame.of(n.operands[0]);
  const Column& b = frame.of(n.operands[1]);
  const std::int32_t size = frame.size(n.domain);
  if (!a.hi && !b.hi && !a.splat) {
    Word* out = frame.take_words(size);
    const bool good = b.splat ? add_constant(a.lo, b.lo[0], out, size) : add_exact(a.lo, b.lo, out, size);
    if (good) return {both_states(frame, a, b, size), out, nullptr, false};
  }
  if (a.hi && !a.splat && b.splat && !b.hi && !b.bytes) {
    Word* lo = frame.take_words(size);
    Word* hi = frame.take_words(size);
    if (add_constant(a.lo, b.lo[0], lo, size) && add_constant(a.hi, b.lo[0], hi, size)) return {a.bytes, lo, hi, false};
  }
  return general(frame, n, [](Bound x, Bound y, Bound& out) {
    return add_ends(x.lo, y.lo, out.lo) && add_ends(x.hi, y.hi, out.hi);
  });
}

Column subtract(Frame& frame, const plan::Node& n) {
  const Column& a = frame.of(n.operands[0]);
  const Column& b = frame.of(n.operands[1]);
  const std::int32_t size = frame.size(n.domain);
  if (!a.hi && !b.hi && !a.splat) {
    Word* out = frame.take_words(size);
    const bool good = b.splat ? add_constant(a.lo, -b.lo[0], out, size) : subtract_exact(a.lo, b.lo, out, size);
    if (good) return {both_states(frame, a, b, size), out, nullptr, false};
  }
  return general(frame, n, [](Bound x, Bound y, Bound& out) {
    const Bound z = JIANLU_FAULT(subtract_keeps_ends, (Bound{flipped(y.hi), flipped(y.lo)}), (Bound{flipped(y.lo), flipped(y.hi)}));
    return add_ends(x.lo, z.lo, out.lo) && add_ends(x.hi, z.hi, out.hi);
  });
}

Column multiply(Frame& frame, const plan::Node& n) {
  return general(frame, n, [](Bound a, Bound b, Bound& out) {
    if (a.lo == a.hi && b.lo == b.hi) {
      const bool good = multiply_ends(a.lo, b.lo, out.lo);
      out.hi = out.lo;
      return good;
    }
    return corners(a, b, out, multiply_ends);
  });
}

Column divide(Frame& frame, const plan::Node& n) {
  return general(frame, n, [](Bound a, Bound b, Bound& out) {
    if (b.lo <= 0 && b.hi >= 0) return false;
    return corners(a, b, out, divide_ends);
  });
}

Column later(Frame& frame, const plan::Node& n) { return extreme(frame, n, JIANLU_FAULT(later_is_earlier, true, false)); }
Column earlier(Frame& frame, const plan::Node& n) { return extreme(frame, n, false); }

Column distance(Frame& frame, const plan::Node& n) {
  return general(frame, n, [](Bound a, Bound b, Bound& out) {
    Bound d{0, 0};
    if (!add_ends(a.lo, flipped(b.hi), d.lo) || !add_ends(a.hi, flipped(b.lo), d.hi)) return false;
    const Bound other{flipped(d.hi), flipped(d.lo)};
    out = {std::max({Word{0}, d.lo, other.lo}), std::max(d.hi, other.hi)};
    return true;
  });
}

Column joined(Frame& frame, const plan::Node& n) {
  const Column& a = frame.of(n.operands[0]);
  const Column& b = frame.of(n.operands[1]);
  const std::int32_t size = frame.size(n.domain);
  Column out = a.splat ? frame.full(a, size) : a;
  out.bytes = both_states(frame, a, b, size);
  return out;
}

}  // namespace jianlu::exec
