// A frame of some rows of another frame.
#include "engine/exec/frame.h"

namespace jianlu::exec {

void Frame::narrow(Frame& whole, DomainId domain, std::span<const std::int32_t> chosen) {
  clear();
  whole_ = &whole;
  reach_ = &run.reach[static_cast<std::size_t>(domain)];
  std::fill(in_whole_.begin(), in_whole_.end(), nullptr);
  const std::int32_t* at = chosen.data();
  auto count = static_cast<std::int32_t>(chosen.size());
  for (DomainId d = domain; d != kNone; d = run.plan.domains[static_cast<std::size_t>(d)].parent) {
    const Rows& from = whole.rows_of(d);
    Rows some;
    some.size = count;
    some.missing = from.missing;
    some.orphans = from.orphans;
    some.gaps = from.gaps;
    if (!from.gaps.exists) {
      auto* table_rows = arena.take<fact::Row>(static_cast<std::size_t>(count));
      for (std::int32_t i = 0; i < count; ++i) table_rows[i] = from.row(at[i]);
      some.rows = table_rows;
    }
    in_whole_[static_cast<std::size_t>(d)] = at;
    const std::int32_t size = count;
    if (run.plan.domains[static_cast<std::size_t>(d)].parent != kNone) {
      // The rows above, each once.
      const std::int32_t* parents = whole.parents_of(d);
      auto* above = arena.take<std::int32_t>(static_cast<std::size_t>(size));
      auto* mine = arena.take<std::int32_t>(static_cast<std::size_t>(size));
      count = 0;
      for (std::int32_t i = 0; i < size; ++i) {
        const std::int32_t parent = parents[at[i]];
        if (count == 0 || above[count - 1] != parent) above[count++] = parent;
        mine[i] = JIANLU_FAULT(narrow_mixes_owners, count - 1, 0);
      }
      some.parents = mine;
      at = above;
    }
    place(d, some);
  }
}

// Whether a node hangs on rows that this frame does not have, or has without what they are derived from.
bool Frame::only_whole(NodeId id) const {
  const plan::Node& n = node(id);
  switch (n.kernel) {
    case Kernel::gap_start:
    case Kernel::gap_end:
    case Kernel::gap_length:
    case Kernel::gap_previous:
    case Kernel::gap_next:
    case Kernel::exists:
    case Kernel::pick: return (*reach_)[static_cast<std::size_t>(n.domain)] == Reach::those;
    default:
      return n.over != kNone && (*reach_)[static_cast<std::size_t>(n.over)] != Reach::below;
  }
}

void Frame::read_whole(NodeId id) {
  const plan::Node& n = node(id);
  const std::int32_t count = size(n.domain), *at = rows_in_whole(n.domain);
  if (n.kind == plan::Kind::set) {
    const SetColumn& from = whole_->set_of(id);
    SetColumn& out = sets[static_cast<std::size_t>(id)];
    out.source = from.source ? from.source : &from;
    out.map = !from.source ? at : from.map ? through(from.map, at, count) : nullptr;
    return;
  }
  Column column = whole_->carried(id);
  if (!column.splat) column.at = column.at ? through(column.at, at, count) : JIANLU_FAULT(narrow_reads_own_rows, at, nullptr);
  columns[static_cast<std::size_t>(id)] = column;
}

// By row of the domain, its row in the frame that this one was narrowed from.
const std::int32_t* Frame::rows_in_whole(DomainId domain) {
  const std::int32_t*& known = in_whole_[static_cast<std::size_t>(domain)];
  if (known) return known;
  const DomainId parent = run.plan.domains[static_cast<std::size_t>(domain)].parent;
  const std::int32_t* parents = rows_in_whole(parent);
  const Rows& from = whole_->rows_of(domain);
  auto* out = arena.take<std::int32_t>(static_cast<std::size_t>(size(domain)));
  std::int32_t count = 0;
  for (std::int32_t i = 0; i < size(parent); ++i) {
    for (std::int32_t c = from.begin(parents[i]); c < from.end(parents[i]); ++c) out[count++] = c;
  }
  return known = out;
}

}  // namespace jianlu::exec
