// Which slots the rows of a domain have.
#include <algorithm>

#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

using Byte = std::uint8_t;
constexpr std::int32_t kLanes = 8;
constexpr std::int32_t kSparse = 4;   // one row in so many lists, or less

Byte rows_there(std::int32_t count) { return static_cast<Byte>((1u << std::min(count, kLanes)) - 1); }

JIANLU_VECTOR std::int32_t longest(const std::int32_t* offsets, std::int32_t lists) {
  std::int32_t most = 0;
  for (std::int32_t i = 0; i < lists; ++i) most = std::max(most, offsets[i + 1] - offsets[i]);
  return most;
}

// No list has more than eight rows: one slot for each.
JIANLU_VECTOR void slot_each(const std::int32_t* offsets, std::int32_t base, std::int32_t lists, std::int32_t* first, Byte* there) {
  for (std::int32_t i = 0; i < lists; ++i) first[i] = offsets[i] - base;
  for (std::int32_t i = 0; i < lists; ++i) there[i] = static_cast<Byte>((1 << (offsets[i + 1] - offsets[i])) - 1);
}

// Lists without the empty ones, and longer ones in several slots.
Slots slots_of_some(Frame& frame, const Rows& rows, std::int32_t lists) {
  constexpr std::int32_t kEmpty = 32;   // lists that are passed over at once
  const std::int32_t most = rows.size;  // slots, if each has one row
  auto* parents = frame.arena.take<std::int32_t>(static_cast<std::size_t>(most));
  auto* first = frame.arena.take<std::int32_t>(static_cast<std::size_t>(most));
  Byte* there = frame.take_bytes(most);
  std::int32_t count = 0;
  for (std::int32_t i = 0; i < lists; ++i) {
    while (i + kEmpty <= lists && rows.offsets[i + kEmpty] == rows.offsets[i]) i += kEmpty;
    if (i == lists) break;
    for (std::int32_t at = rows.begin(i), end = JIANLU_FAULT(long_lists_are_cut, rows.end(i), std::min(rows.end(i), at + kLanes)); at < end; at += kLanes) {
      parents[count] = i;
      first[count] = at;
      there[count++] = rows_there(end - at);
    }
  }
  return {count, parents, first, nullptr, nullptr, there, kLanes};
}

Slots slots_of_lists(Frame& frame, const plan::Domain& d, DomainId domain) {
  const Rows& rows = frame.rows_of(domain);
  const Rows& parents = frame.rows_of(d.parent);
  const std::int32_t lists = parents.size;
  // Rows without an owner are no rows of a common one.
  static constexpr std::int32_t none[] = {0};
  if (rows.orphans || parents.missing || rows.size == 0) return {0, none, none, nullptr, nullptr, nullptr, kLanes};
  if (rows.size < lists / kSparse) return slots_of_some(frame, rows, lists);
  const std::int32_t most = longest(rows.offsets, lists);
  if (most > kLanes) return slots_of_some(frame, rows, lists);
  auto* first = frame.arena.take<std::int32_t>(static_cast<std::size_t>(lists));
  Byte* there = frame.take_bytes(lists);
  slot_each(rows.offsets, rows.base, lists, first, there);
  return {lists, nullptr, first, nullptr, nullptr, there, most};
}

Slots slots_of_copy(Frame& frame, const plan::Domain& d) {
  const auto& domains = frame.run.plan.domains;
  const Slots& of = frame.slots_of(d.source);
  const std::int32_t *first = frame.first_of(d.source), n = frame.size(d.parent);
  const DomainId ancestor = domains[static_cast<std::size_t>(d.source)].parent;
  if (!of.parents && domains[static_cast<std::size_t>(d.parent)].parent == ancestor) {
    return {n, nullptr, nullptr, frame.to_rows(d.parent, first), nullptr, frame.to_rows(d.parent, of.there), of.most};
  }
  const std::int32_t* up = frame.up(d.parent, ancestor);
  if (!of.parents) return {n, nullptr, nullptr, frame.through(first, up, n), up, frame.through(of.there, up, n), of.most};
  const auto each = [&](auto use) {
    std::int32_t begin = 0;
    for (std::int32_t i = 0; i < n; ++i) {
      if (i == 0 || up[i] != up[i - 1]) begin = of.begin(up[i]);
      for (std::int32_t s = begin; s < of.count && of.parents[s] == up[i]; ++s) use(i, s);
    }
  };
  std::int32_t count = 0, next = 0;
  each([&](std::int32_t, std::int32_t) { ++count; });
  auto* parents = frame.arena.take<std::int32_t>(static_cast<std::size_t>(count));
  auto* source = frame.arena.take<std::int32_t>(static_cast<std::size_t>(count));
  each([&](std::int32_t i, std::int32_t s) {
    parents[next] = i;
    source[next++] = s;
  });
  return {count, parents, nullptr, frame.through(first, source, count), source, frame.through(of.there, source, count), of.most};
}

}  // namespace

const Slots& Frame::slots_of(DomainId domain) {
  const auto at = static_cast<std::size_t>(domain);
  if (slotted_[at] < batch_) {
    const plan::Domain& d = run.plan.domains[at];
    slots_[at] = d.kind == plan::Domain::Kind::copy ? slots_of_copy(*this, d) : slots_of_lists(*this, d, domain);
    slotted_[at] = batch_;
  }
  return slots_[at];
}

const std::int32_t* Frame::first_of(DomainId domain) {
  slots_of(domain);
  Slots& slots = slots_[static_cast<std::size_t>(domain)];
  if (slots.first) return slots.first;
  // The rows of a copy follow one another as its slots do.
  auto* first = arena.take<std::int32_t>(static_cast<std::size_t>(slots.count));
  std::int32_t next = 0;
  for (std::int32_t s = 0; s < slots.count; ++s) {
    first[s] = next;
    next += __builtin_popcount(slots.there[s]);
  }
  return slots.first = first;
}

}  // namespace jianlu::exec
