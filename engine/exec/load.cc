// Columns from outside: constants, facts, derived rows; and columns carried to other domains.
#include <cstring>

#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

// Distinct from every id of fact::Texts, so that no fact equals a text that occurs in none.
std::int64_t absent_text(std::int32_t index) { return -2 - std::int64_t{index}; }

struct Cells {
  const std::uint8_t* state;   // truth: the value
  const std::int64_t* lo;
  const std::int64_t* hi;   // nullptr: exact
};

Cells cells(const fact::Table& table, const plan::Node& n) {
  const fact::Column& column = table.columns[static_cast<std::size_t>(n.field)];
  const auto& lo = n.part == 1 ? column.end_lo : column.lo;
  const auto& hi = n.part == 1 ? column.end_hi : column.hi;
  return {column.state.data(), lo.data(), hi.empty() ? nullptr : hi.data()};
}

Column slice(const plan::Node& n, const Cells& from, fact::Row first, std::int32_t size) {
  if (n.kind == plan::Kind::truth) {
    const std::uint8_t* truths = from.state + first;
    if (size > 0 && all_are(truths, size, truths[0])) return uniform(truths[0]);
    return {truths, nullptr, nullptr, false};
  }
  Column out{from.state + first, from.lo + first, from.hi ? from.hi + first : nullptr, false};
  if (all_are(out.bytes, size, kValue)) out.bytes = nullptr;
  if (out.hi && std::memcmp(out.lo, out.hi, static_cast<std::size_t>(size) * sizeof(std::int64_t)) == 0) out.hi = nullptr;
  return out;
}

// `row_of(i)`: the row that row i refers to; every one does.
template <typename RowOf>
Column gather(Frame& frame, const plan::Node& n, const Cells& from, std::int32_t size, RowOf row_of) {
  std::uint8_t* bytes = frame.take_bytes(size);
  if (n.kind == plan::Kind::truth) {
    for (std::int32_t i = 0; i < size; ++i) bytes[i] = from.state[row_of(i)];
    return {bytes, nullptr, nullptr, false};
  }
  std::int64_t* lo = frame.take_words(size);
  std::int64_t* hi = from.hi ? frame.take_words(size) : nullptr;
  for (std::int32_t i = 0; i < size; ++i) bytes[i] = from.state[row_of(i)];
  for (std::int32_t i = 0; i < size; ++i) lo[i] = from.lo[row_of(i)];
  for (std::int32_t i = 0; hi && i < size; ++i) hi[i] = from.hi[row_of(i)];
  return {all_are(bytes, size, kValue) ? nullptr : bytes, lo, hi, false};
}

// The same where a reference may be none or unknown: `state_of(i)`.
template <typename State, typename RowOf>
Column gather(Frame& frame, const plan::Node& n, const Cells& from, std::int32_t size, State state_of, RowOf row_of) {
  std::uint8_t* bytes = frame.take_bytes(size);
  if (n.kind == plan::Kind::truth) {
    for (std::int32_t i = 0; i < size; ++i) {
      bytes[i] = state_of(i) == kValue ? from.state[row_of(i)] : std::uint8_t{kUndecided};
    }
    return {bytes, nullptr, nullptr, false};
  }
  std::int64_t* lo = frame.take_words(size);
  std::int64_t* hi = from.hi ? frame.take_words(size) : nullptr;
  bool values = true;
  for (std::int32_t i = 0; i < size; ++i) {
    const std::uint8_t state = state_of(i);
    if (state != kValue) {
      bytes[i] = JIANLU_FAULT(none_through_reference, state, kNothing);
      lo[i] = 0;
      if (hi) hi[i] = 0;
      values = false;
      continue;
    }
    const auto at = row_of(i);
    bytes[i] = from.state[at];
    values = values && bytes[i] == kValue;
    lo[i] = from.lo[at];
    if (hi) hi[i] = from.hi[at];
  }
  return {values ? nullptr : bytes, lo, hi, false};
}

Column missing(Frame& frame, const plan::Node& n) {
  std::uint8_t* bytes = frame.take_bytes(1);
  std::int64_t* lo = frame.take_words(1);
  bytes[0] = n.kind == plan::Kind::truth ? std::uint8_t{kUndecided} : std::uint8_t{kNothing};
  lo[0] = 0;
  return {bytes, lo, nullptr, false};
}

}  // namespace

JIANLU_VECTOR bool all_are(const std::uint8_t* bytes, std::int32_t n, std::uint8_t value) {
  std::uint8_t different = 0;
  for (std::int32_t i = 0; i < n; ++i) different = static_cast<std::uint8_t>(different | (bytes[i] ^ value));
  return different == 0;
}

Column constant(Frame& frame, const plan::Node& n) {
  std::uint8_t* bytes = nullptr;
  if (n.kind == plan::Kind::truth) {
    bytes = frame.take_bytes(1);
    bytes[0] = static_cast<std::uint8_t>(n.imm);
  }
  std::int64_t* lo = frame.take_words(1);
  lo[0] = n.imm;
  return {bytes, lo, nullptr, true};
}

Column text_constant(Frame& frame, const plan::Node& n) {
  std::int64_t* lo = frame.take_words(1);
  const std::int64_t id = frame.run.text_ids[static_cast<std::size_t>(n.index)];
  lo[0] = id >= 0 ? id : absent_text(n.index);
  return {nullptr, lo, nullptr, true};
}

Column as_of(Frame& frame, const plan::Node&) {
  std::int64_t* lo = frame.take_words(1);
  lo[0] = frame.run.context->as_of;
  return {nullptr, lo, nullptr, true};
}

Column row(Frame& frame, const plan::Node& n) {
  const Rows& rows = frame.rows_of(n.domain);
  if (rows.missing) return missing(frame, n);
  std::int64_t* lo = frame.take_words(rows.size);
  for (std::int32_t i = 0; i < rows.size; ++i) lo[i] = rows.row(i);
  return {nullptr, lo, nullptr, false};
}

Column load(Frame& frame, const plan::Node& n) {
  const plan::Node& reference = frame.node(n.operands[0]);
  const Cells from = cells(frame.run.facts->tables[static_cast<std::size_t>(n.entity)], n);
  const std::int32_t size = frame.size(n.domain);
  if (reference.kernel == Kernel::row) {
    const Rows& rows = frame.rows_of(n.domain);
    if (rows.missing) return missing(frame, n);
    if (rows.contiguous()) return slice(n, from, rows.first, size);
    return gather(frame, n, from, size, [&](std::int32_t i) { return rows.row(i); });
  }
  const Column& to = frame.of(n.operands[0]);
  const auto row_of = [&](std::int32_t i) { return to.lo[i]; };
  if (!to.bytes) return gather(frame, n, from, size, row_of);
  return gather(frame, n, from, size, [&](std::int32_t i) { return to.bytes[i]; }, row_of);
}

Column gap_field(Frame& frame, const plan::Node& n) {
  const GapRows& gaps = frame.rows_of(n.domain).gaps;
  switch (n.kernel) {
    case Kernel::gap_start: return gaps.start;
    case Kernel::gap_end: return gaps.end;
    case Kernel::gap_length: return gaps.length;
    case Kernel::gap_previous: return gaps.previous;
    case Kernel::gap_next: return gaps.next;
    default: return {gaps.exists, nullptr, nullptr, false};
  }
}

namespace {

// Rows of another domain: row i is row at()[i] there.
template <typename At>
Column carry(Frame& frame, const plan::Node& n, At at) {
  Column from = frame.carried(n.operands[0]);
  if (!from.splat) from.at = from.at ? frame.through(from.at, at(), frame.size(n.domain)) : at();
  return from;
}

}  // namespace

Column broadcast(Frame& frame, const plan::Node& n) {
  if (n.kind == plan::Kind::value) return carry(frame, n, [&] { return frame.parents_of(n.domain); });
  if (n.kind == plan::Kind::truth) {
    if (const Column& from = frame.carried(n.operands[0]); from.splat) return from;
    return {frame.to_rows(n.domain, frame.of(n.operands[0]).bytes), nullptr, nullptr, false};
  }
  const std::int32_t* parents = frame.parents_of(n.domain);
  const SetColumn& from = frame.set_of(n.operands[0]);
  SetColumn& out = frame.sets[static_cast<std::size_t>(&n - frame.run.plan.nodes.data())];
  out.source = from.source ? from.source : &from;
  out.map = !from.source ? parents : from.map ? frame.through(from.map, parents, frame.size(n.domain)) : nullptr;
  return {};
}

Column pick(Frame& frame, const plan::Node& n) { return carry(frame, n, [&] { return frame.rows_of(n.domain).picked; }); }

}  // namespace jianlu::exec
