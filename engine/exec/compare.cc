// Comparisons of bounds: a comparison can be true if some pair of values within the bounds makes it so.
#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

using Word = std::int64_t;
using Byte = std::uint8_t;

JIANLU_VECTOR void less_exact(const Word* a, const Word* b, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(2 - (a[i] < b[i]));
}
JIANLU_VECTOR void less_than(const Word* a, Word b, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(2 - (a[i] < b));
}
JIANLU_VECTOR void more_than(const Word* a, Word b, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(2 - (a[i] > b));
}
JIANLU_VECTOR void equal_exact(const Word* a, const Word* b, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(2 - (a[i] == b[i]));
}
JIANLU_VECTOR void equal_to(const Word* a, Word b, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(2 - (a[i] == b));
}
JIANLU_VECTOR void not_bytes(Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = kleene_not(out[i]);
}
JIANLU_VECTOR void less_bounds(const Word* alo, const Word* ahi, const Word* blo, const Word* bhi, Byte* out,
                               std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    const Byte can = alo[i] < bhi[i];
    const Byte cannot = JIANLU_FAULT(less_ignores_upper_end, ahi[i] >= blo[i], alo[i] >= blo[i]);
    out[i] = static_cast<Byte>(can | (cannot << 1));
  }
}
JIANLU_VECTOR void equal_bounds(const Word* alo, const Word* ahi, const Word* blo, const Word* bhi, Byte* out,
                                std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    const Byte can = (alo[i] <= bhi[i]) & (blo[i] <= ahi[i]);
    const Byte cannot = JIANLU_FAULT(equal_of_bounds_is_certain, (alo[i] != bhi[i]) | (ahi[i] != blo[i]), !can);
    out[i] = static_cast<Byte>(can | (cannot << 1));
  }
}

JIANLU_VECTOR void undecide_states(Byte* __restrict truth, const Byte* __restrict states, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    const bool value = JIANLU_FAULT(none_compares, states[i] == kValue, states[i] != kUnknown);
    truth[i] = static_cast<Byte>(truth[i] | (value ? 0 : kUndecided));
  }
}

// a < b, or with operands swapped and the result negated a <= b.
Column less_of(Frame& frame, NodeId left, NodeId right, std::int32_t n, bool negated) {
  const Column &a = frame.of(left), &b = frame.of(right);
  Byte* out = frame.take_bytes(n);
  if (a.hi || b.hi) {
    const Column x = frame.full(a, n), y = frame.full(b, n);
    less_bounds(x.lo, x.hi, y.lo, y.hi, out, n);
  } else if (b.splat && !a.splat) {
    less_than(a.lo, b.lo[0], out, n);
  } else if (a.splat && !b.splat) {
    more_than(b.lo, a.lo[0], out, n);
  } else if (a.splat) {
    const Column x = frame.full(a, n), y = frame.full(b, n);
    less_exact(x.lo, y.lo, out, n);
  } else {
    less_exact(a.lo, b.lo, out, n);
  }
  if (negated) not_bytes(out, n);
  undecide(out, a, n);
  undecide(out, b, n);
  return {out, nullptr, nullptr, false};
}

}  // namespace

void undecide(std::uint8_t* truth, const Column& operand, std::int32_t n) {
  if (!operand.bytes) return;
  if (operand.splat) {
    if (operand.bytes[0] != kValue) std::fill_n(truth, n, std::uint8_t{kUndecided});
    return;
  }
  undecide_states(truth, operand.bytes, n);
}

Column less(Frame& frame, const plan::Node& n) {
  return less_of(frame, n.operands[0], n.operands[1], frame.size(n.domain), false);
}

Column less_equal(Frame& frame, const plan::Node& n) {
  if (JIANLU_FAULT(less_equal_is_less, false, true)) return less(frame, n);
  return less_of(frame, n.operands[1], n.operands[0], frame.size(n.domain), true);
}

Column equal(Frame& frame, const plan::Node& n) {
  const Column &a = frame.of(n.operands[0]), &b = frame.of(n.operands[1]);
  const std::int32_t size = frame.size(n.domain);
  Byte* out = frame.take_bytes(size);
  if (a.hi || b.hi) {
    const Column x = frame.full(a, size), y = frame.full(b, size);
    equal_bounds(x.lo, x.hi, y.lo, y.hi, out, size);
  } else if (b.splat && !a.splat) {
    equal_to(a.lo, b.lo[0], out, size);
  } else if (a.splat && !b.splat) {
    equal_to(b.lo, a.lo[0], out, size);
  } else if (a.splat) {
    equal_exact(frame.full(a, size).lo, frame.full(b, size).lo, out, size);
  } else {
    equal_exact(a.lo, b.lo, out, size);
  }
  undecide(out, a, size);
  undecide(out, b, size);
  return {out, nullptr, nullptr, false};
}

}  // namespace jianlu::exec
