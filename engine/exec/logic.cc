// Kleene logic, a byte per row.
#include <utility>

#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

JIANLU_VECTOR void and_bytes(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    out[i] = JIANLU_FAULT(and_forgets_undecided, kleene_and(a[i], b[i]), static_cast<std::uint8_t>(a[i] == 1 && b[i] == 1 ? 1 : 2));
  }
}

JIANLU_VECTOR void or_bytes(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    out[i] = JIANLU_FAULT(or_takes_undecided_as_true, kleene_or(a[i], b[i]), static_cast<std::uint8_t>((a[i] | b[i]) & 1 ? 1 : 2));
  }
}

JIANLU_VECTOR void not_bytes(const std::uint8_t* a, std::uint8_t* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    out[i] = JIANLU_FAULT(not_flips_undecided, kleene_not(a[i]), static_cast<std::uint8_t>(a[i] == 1 ? 2 : 1));
  }
}

// `and` and `or`: one operand may settle it for all rows, and then the other one is never worked out. First comes the one that may.
template <typename Combine>
Column settle(Frame& frame, const plan::Node& n, std::uint8_t settles, std::uint8_t neutral, Combine combine) {
  NodeId first = n.operands[0], second = n.operands[1];
  const auto ready = [&](NodeId id) { return frame.has(id) || frame.run.of_states[static_cast<std::size_t>(id)]; };
  if (!ready(first) && ready(second)) std::swap(first, second);
  for (const auto& [one, other] : {std::pair{first, second}, {second, first}}) {
    const Column& column = frame.carried(one);
    if (!column.splat) continue;
    if (column.bytes[0] == settles) return uniform(settles);
    if (column.bytes[0] == neutral) return frame.carried(other);
  }
  const std::int32_t size = frame.size(n.domain);
  const std::uint8_t* a = frame.truths(n.operands[0], size);
  const std::uint8_t* b = frame.truths(n.operands[1], size);
  std::uint8_t* out = frame.take_bytes(size);
  combine(a, b, out, size);
  return {out, nullptr, nullptr, false};
}

}  // namespace

Column is_given(Frame& frame, const plan::Node& n) {
  if (frame.node(n.operands[0]).kernel == Kernel::row && !frame.rows_of(n.domain).missing) return uniform(kTrue);
  const Column& a = frame.carried(n.operands[0]);
  if (!a.bytes) return uniform(kTrue);
  return {a.bytes, nullptr, nullptr, a.splat, a.at};
}

Column logical_not(Frame& frame, const plan::Node& n) {
  const Column& a = frame.of(n.operands[0]);
  if (a.splat) return uniform(JIANLU_FAULT(not_flips_undecided, kleene_not(a.bytes[0]), static_cast<std::uint8_t>(a.bytes[0] == 1 ? 2 : 1)));
  const std::int32_t size = frame.size(n.domain);
  std::uint8_t* out = frame.take_bytes(size);
  not_bytes(a.bytes, out, size);
  return {out, nullptr, nullptr, false};
}

Column logical_and(Frame& frame, const plan::Node& n) {
  return settle(frame, n, JIANLU_FAULT(and_settled_by_undecided, kFalse, kUndecided), kTrue, and_bytes);
}

Column logical_or(Frame& frame, const plan::Node& n) {
  return settle(frame, n, JIANLU_FAULT(or_settled_by_undecided, kTrue, kUndecided), kFalse, or_bytes);
}

Column same_truth(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const std::uint8_t* a = frame.truths(n.operands[0], size);
  const std::uint8_t* b = frame.truths(n.operands[1], size);
  std::uint8_t* out = frame.take_bytes(size);
  for (std::int32_t i = 0; i < size; ++i) {
    out[i] = (a[i] | b[i]) == kUndecided && (a[i] == kUndecided || b[i] == kUndecided) ? std::uint8_t{kUndecided}
                                                                                      : plan::truth_of(a[i] == b[i]);
  }
  return {out, nullptr, nullptr, false};
}

Column is_decided(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const std::uint8_t* a = frame.truths(n.operands[0], size);
  std::uint8_t* out = frame.take_bytes(size);
  for (std::int32_t i = 0; i < size; ++i) out[i] = a[i] == kUndecided ? std::uint8_t{kUndecided} : std::uint8_t{kTrue};
  return {out, nullptr, nullptr, false};
}

Column is_ruled_on(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const Column& cell = frame.of(n.operands[0]);
  const Column& row = frame.of(n.operands[1]);
  static_assert(kUnknown == kUndecided && kNothing == kFalse && kValue == kTrue);
  std::uint8_t* out = frame.take_bytes(size);
  for (std::int32_t i = 0; i < size; ++i) {
    const std::uint8_t found = cell.bytes ? cell.bytes[cell.splat ? 0 : i] : std::uint8_t{kValue};
    const std::uint8_t of = row.bytes ? row.bytes[row.splat ? 0 : i] : std::uint8_t{kValue};
    const std::uint8_t looked = JIANLU_FAULT(ruling_must_be_a_value, plan::truth_of(found != kUnknown), found);
    out[i] = of == kValue ? looked : of;
  }
  return {out, nullptr, nullptr, false};
}

}  // namespace jianlu::exec
