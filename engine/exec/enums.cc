// Enumeration values and sets of them, as codes and bits; always exact.
#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

using Word = std::int64_t;
using Byte = std::uint8_t;

JIANLU_VECTOR void any_of_bits(const Word* a, Word b, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(2 - ((a[i] & b) != 0));
}
JIANLU_VECTOR void bit_of(const Word* a, Word b, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(2 - ((b >> (a[i] & 63)) & 1));
}

template <typename Test>
Column test(Frame& frame, const plan::Node& n, Test holds) {
  const std::int32_t size = frame.size(n.domain);
  const Column& a = frame.of(n.operands[0]);
  const Column& b = frame.of(n.operands[1]);
  Byte* out = frame.take_bytes(size);
  const int step_a = a.splat ? 0 : 1, step_b = b.splat ? 0 : 1;
  for (std::int32_t i = 0; i < size; ++i) out[i] = plan::truth_of(holds(a.lo[i * step_a], b.lo[i * step_b]));
  undecide(out, a, size);
  undecide(out, b, size);
  return {out, nullptr, nullptr, false};
}

}  // namespace

Column is_in(Frame& frame, const plan::Node& n) {
  const Column& a = frame.of(n.operands[0]);
  const Column& b = frame.of(n.operands[1]);
  if (a.splat || !b.splat || b.bytes) {
    return test(frame, n, [](Word value, Word set) { return ((set >> (value & 63)) & 1) != 0; });
  }
  const std::int32_t size = frame.size(n.domain);
  Byte* out = frame.take_bytes(size);
  bit_of(a.lo, b.lo[0], out, size);
  undecide(out, a, size);
  return {out, nullptr, nullptr, false};
}

Column has_any(Frame& frame, const plan::Node& n) {
  const Column& a = frame.of(n.operands[0]);
  const Column& b = frame.of(n.operands[1]);
  if (a.splat || !b.splat || b.bytes || JIANLU_FAULT(has_any_wants_all, false, true)) {
    return test(frame, n, [](Word x, Word y) {
      return JIANLU_FAULT(has_any_wants_all, (x & y) != 0, (x & y) == y);
    });
  }
  const std::int32_t size = frame.size(n.domain);
  Byte* out = frame.take_bytes(size);
  any_of_bits(a.lo, b.lo[0], out, size);
  undecide(out, a, size);
  return {out, nullptr, nullptr, false};
}

Column has_all(Frame& frame, const plan::Node& n) {
  return test(frame, n, [](Word a, Word b) { return JIANLU_FAULT(has_all_is_swapped, (a & b) == b, (a & b) == a); });
}

Column set_union(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const Column& a = frame.of(n.operands[0]);
  const Column& b = frame.of(n.operands[1]);
  const int step_a = a.splat ? 0 : 1, step_b = b.splat ? 0 : 1;
  Word* out = frame.take_words(size);
  for (std::int32_t i = 0; i < size; ++i) out[i] = a.lo[i * step_a] | b.lo[i * step_b];
  return {both_states(frame, a, b, size), out, nullptr, false};
}

}  // namespace jianlu::exec
