// The rows of lists and their copies in a batch.
#include "engine/exec/kernels.h"

namespace jianlu::exec {
namespace {

constexpr std::int32_t kNoOffsets[] = {0, 0};

}  // namespace

void list_rows(Frame& frame, DomainId id) {
  const plan::Domain& d = frame.run.plan.domains[static_cast<std::size_t>(id)];
  const Rows& parents = frame.rows_of(d.parent);
  Rows& out = frame.rows[static_cast<std::size_t>(id)];
  out = {};
  out.offsets = kNoOffsets;
  const fact::List& list = frame.run.facts->tables[static_cast<std::size_t>(d.owner_entity)].lists[static_cast<std::size_t>(d.field)];
  const plan::Node& reference = frame.node(d.reference);
  const bool by_row = reference.kernel == Kernel::row;
  if (by_row && parents.missing) return;
  if (by_row && parents.contiguous() && list.contiguous) {
    out.offsets = list.offsets.data() + parents.first;
    out.base = out.offsets[0];
    out.first = out.base;
    out.size = out.offsets[parents.size] - out.base;
    return;
  }
  Column owners;
  if (!by_row) owners = frame.of(d.reference);
  auto* offsets = frame.arena.take<std::int32_t>(static_cast<std::size_t>(parents.size) + 1);
  const auto row_of = [&](std::int32_t i) -> fact::Row {
    if (by_row) return parents.row(i);
    const std::int32_t at = owners.splat ? 0 : i;
    return owners.bytes && owners.bytes[at] != kValue ? fact::kNoRow : static_cast<fact::Row>(owners.lo[at]);
  };
  // The rows may be anywhere in the table: they are fetched ahead.
  constexpr std::int32_t kAhead = 16;
  auto* firsts = frame.arena.take<std::int32_t>(static_cast<std::size_t>(parents.size));
  std::int32_t total = 0;
  for (std::int32_t i = 0; i < parents.size; ++i) {
    if (i + kAhead < parents.size) {
      if (const fact::Row next = row_of(i + kAhead); next != fact::kNoRow) __builtin_prefetch(&list.offsets[static_cast<std::size_t>(next)]);
    }
    offsets[i] = total;
    firsts[i] = 0;
    if (const fact::Row row = row_of(i); row != fact::kNoRow) {
      firsts[i] = list.offsets[static_cast<std::size_t>(row)];
      total += list.offsets[static_cast<std::size_t>(row) + 1] - firsts[i];
    }
  }
  offsets[parents.size] = total;
  auto* rows = frame.arena.take<fact::Row>(static_cast<std::size_t>(total));
  for (std::int32_t i = 0; i < parents.size; ++i) {
    for (std::int32_t at = offsets[i], c = firsts[i]; at < offsets[i + 1]; ++at, ++c) rows[at] = list.contiguous ? c : list.rows[static_cast<std::size_t>(c)];
  }
  out.offsets = offsets;
  out.rows = rows;
  out.size = total;
}

void copy_rows(Frame& frame, DomainId id) {
  const plan::Plan& plan = frame.run.plan;
  const plan::Domain& d = plan.domains[static_cast<std::size_t>(id)];
  const Rows& source = frame.rows_of(d.source);
  const DomainId ancestor = plan.domains[static_cast<std::size_t>(d.source)].parent;
  const std::int32_t n = frame.size(d.parent);
  const std::int32_t* up = frame.up(d.parent, ancestor);
  const std::int32_t* of_source = source.orphans ? kNoOffsets : source.offsets;
  const std::int32_t base = source.orphans ? 0 : source.base;
  std::int32_t total = 0;
  for (std::int32_t i = 0; i < n; ++i) total += of_source[up[i] + 1] - of_source[up[i]];
  // Lists are short: eight rows are written at once, and those too many are written over by the next.
  constexpr std::int32_t kAtOnce = 8;
  auto* offsets = frame.arena.take<std::int32_t>(static_cast<std::size_t>(n) + 1);
  auto* picked = frame.arena.take<std::int32_t>(static_cast<std::size_t>(total) + kAtOnce);
  auto* parents = frame.arena.take<std::int32_t>(static_cast<std::size_t>(total) + kAtOnce);
  std::int32_t next = 0;
  for (std::int32_t i = 0; i < n; ++i) {
    const std::int32_t first = of_source[up[i]], count = of_source[up[i] + 1] - first;
    std::int32_t from = first - base, at = offsets[i] = next;
    next += count;
    do {   // once even for none, rather than find out
      for (std::int32_t k = 0; k < kAtOnce; ++k) picked[at + k] = from + k;
      for (std::int32_t k = 0; k < kAtOnce; ++k) parents[at + k] = i;
      at += kAtOnce;
      from += kAtOnce;
    } while (at < next);
  }
  offsets[n] = total;
  Rows& out = frame.rows[static_cast<std::size_t>(id)];
  out = {};
  out.size = total;
  out.offsets = offsets;
  out.picked = picked;
  out.parents = parents;
  out.first = source.first;
  if (source.gaps.exists || (!source.rows && !source.picked)) return;
  auto* rows = frame.arena.take<fact::Row>(static_cast<std::size_t>(total));
  for (std::int32_t i = 0; i < total; ++i) rows[i] = source.row(picked[i]);
  out.rows = rows;
}

}  // namespace jianlu::exec
