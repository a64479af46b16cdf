// Kleene logic, a byte per row.
#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

const std::uint8_t* truths(Frame& frame, NodeId id, std::int32_t n) {
  const Column& column = frame.of(id);
  return column.splat ? frame.same(column.bytes[0], n) : column.bytes;
}

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

}  // namespace

Column is_given(Frame& frame, const plan::Node& n) {
  const Column& a = frame.of(n.operands[0]);
  static constexpr std::uint8_t given = kTrue;
  if (!a.bytes) return {&given, nullptr, nullptr, true};
  return {a.bytes, nullptr, nullptr, a.splat};
}

Column logical_not(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  std::uint8_t* out = frame.take_bytes(size);
  not_bytes(truths(frame, n.operands[0], size), out, size);
  return {out, nullptr, nullptr, false};
}

Column logical_and(Frame& frame, const plan::Node& n) {
  const Column& a = frame.of(n.operands[0]);
  const Column& b = frame.of(n.operands[1]);
  if (a.splat && a.bytes[0] == kTrue) return b;
  if (b.splat && b.bytes[0] == kTrue) return a;
  const std::int32_t size = frame.size(n.domain);
  std::uint8_t* out = frame.take_bytes(size);
  and_bytes(truths(frame, n.operands[0], size), truths(frame, n.operands[1], size), out, size);
  return {out, nullptr, nullptr, false};
}

Column logical_or(Frame& frame, const plan::Node& n) {
  const Column& a = frame.of(n.operands[0]);
  const Column& b = frame.of(n.operands[1]);
  if (a.splat && a.bytes[0] == kFalse) return b;
  if (b.splat && b.bytes[0] == kFalse) return a;
  const std::int32_t size = frame.size(n.domain);
  std::uint8_t* out = frame.take_bytes(size);
  or_bytes(truths(frame, n.operands[0], size), truths(frame, n.operands[1], size), out, size);
  return {out, nullptr, nullptr, false};
}

Column same_truth(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const std::uint8_t* a = truths(frame, n.operands[0], size);
  const std::uint8_t* b = truths(frame, n.operands[1], size);
  std::uint8_t* out = frame.take_bytes(size);
  for (std::int32_t i = 0; i < size; ++i) {
    out[i] = (a[i] | b[i]) == kUndecided && (a[i] == kUndecided || b[i] == kUndecided) ? std::uint8_t{kUndecided}
                                                                                      : plan::truth_of(a[i] == b[i]);
  }
  return {out, nullptr, nullptr, false};
}

Column is_decided(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const std::uint8_t* a = truths(frame, n.operands[0], size);
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
