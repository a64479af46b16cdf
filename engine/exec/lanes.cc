// Truths by slot.
#include <algorithm>

#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

using Byte = std::uint8_t;
using Word = std::int64_t;

// All ones where the bit of the truth is set.
JIANLU_VECTOR void spread(const Byte* __restrict truths, Byte* __restrict can, Byte* __restrict cannot, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) can[i] = static_cast<Byte>(-(truths[i] & 1));
  for (std::int32_t i = 0; i < n; ++i) cannot[i] = static_cast<Byte>(-(truths[i] >> 1));
}

JIANLU_VECTOR void both(const Byte* a, const Byte* b, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = a[i] & b[i];
}
JIANLU_VECTOR void either(const Byte* a, const Byte* b, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = a[i] | b[i];
}
JIANLU_VECTOR void invert(const Byte* a, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(~a[i]);
}

// out |= a & b
JIANLU_VECTOR void allow_where(const Byte* a, const Byte* b, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(out[i] | (a[i] & b[i]));
}
JIANLU_VECTOR void make_certain(const Byte* can, const Byte* cannot, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(out[i] | (can[i] & ~cannot[i]));
}

}  // namespace

const Lanes& Frame::lanes(NodeId id, DomainId domain) {
  const auto at = static_cast<std::size_t>(id);
  if (packed_[at] < batch_) {
    lanes_[at] = lanes_of(*this, id, domain);
    packed_[at] = batch_;
  }
  return lanes_[at];
}

Lanes Frame::spelt(const Lanes& lanes, std::int32_t slots) {
  if (lanes.all == 0) return lanes;
  Byte* can = take_bytes(slots);
  Byte* cannot = take_bytes(slots);
  std::fill_n(can, slots, static_cast<Byte>(-(lanes.all & 1)));
  std::fill_n(cannot, slots, static_cast<Byte>(-(lanes.all >> 1)));
  return {can, cannot, 0};
}

Side side_of(Frame& frame, NodeId id, DomainId domain) {
  const plan::Node& n = frame.node(id);
  const plan::Domain& d = frame.run.plan.domains[static_cast<std::size_t>(domain)];
  if (n.domain == 0) return {frame.of(id), {}, Side::Kind::owner};
  if (n.kernel == Kernel::broadcast) return {frame.of(n.operands[0]), {}, Side::Kind::owner};
  Side side{{}, {}, Side::Kind::row};
  if (d.kind != plan::Domain::Kind::copy) {
    side.column = frame.of(id);
    side.listed = {frame.slots_of(domain).first, frame.size(domain), frame.slots_of(domain).most};
  } else if (n.kernel == Kernel::pick) {
    side.column = frame.of(n.operands[0]);
    side.listed = {frame.slots_of(domain).picked, frame.size(d.source), frame.slots_of(domain).most};
  } else {
    side.kind = Side::Kind::other;
  }
  if (side.column.splat) side.kind = Side::Kind::other;
  return side;
}

namespace {

// `bit0`, `bit1`: of the states of an operand; what is no value leaves it undecided.
JIANLU_VECTOR void leave_undecided([[maybe_unused]] const Byte* __restrict bit0, const Byte* __restrict bit1, Byte* __restrict can, Byte* __restrict cannot,
                                   std::int32_t n) {
  static_assert((kValue & 2) == 0 && (kNothing & 2) != 0 && (kUnknown & 2) != 0);
  for (std::int32_t s = 0; s < n; ++s) {
    const Byte none = JIANLU_FAULT(none_compares, bit1[s], static_cast<Byte>(bit1[s] & bit0[s]));
    can[s] = static_cast<Byte>(can[s] | none);
    cannot[s] = static_cast<Byte>(cannot[s] | none);
  }
}

class Laner {
 public:
  Laner(Frame& frame, DomainId domain) : frame_(frame), slots_(frame.slots_of(domain)), domain_(domain) {}

  Lanes of(NodeId id) {
    const plan::Node& n = frame_.node(id);
    const bool copied = frame_.run.plan.domains[static_cast<std::size_t>(domain_)].kind == plan::Domain::Kind::copy;
    if (!frame_.has(id) && (copied || frame_.run.crosses[static_cast<std::size_t>(id)])) {
      switch (n.kernel) {
        case Kernel::logical_not: return negated(frame_.lanes(n.operands[0], domain_));
        case Kernel::logical_and: return settled(n, JIANLU_FAULT(and_settled_by_undecided, kFalse, kUndecided), kTrue);
        case Kernel::logical_or: return settled(n, JIANLU_FAULT(or_settled_by_undecided, kTrue, kUndecided), kFalse);
        case Kernel::choose_truth: return chosen(n);
        case Kernel::broadcast: return of_owner(n.operands[0]);
        case Kernel::pick: return picked(n.operands[0]);
        case Kernel::less:
        case Kernel::less_equal:
        case Kernel::equal: return compared(id);
        default: break;
      }
    }
    return packed(id);
  }

 private:
  Byte* take() { return frame_.take_bytes(slots_.count); }

  static Lanes negated(const Lanes& a) { return {a.cannot, a.can, a.all == 0 ? Byte{0} : kleene_not(a.all)}; }

  // As in logic.cc: one operand may settle it for all rows.
  Lanes settled(const plan::Node& n, Byte settles, Byte neutral) {
    NodeId first = n.operands[0], second = n.operands[1];
    const auto ready = [&](NodeId id) { return frame_.has_lanes(id) || frame_.has(id) || frame_.run.of_states[static_cast<std::size_t>(id)]; };
    if (!ready(first) && ready(second)) std::swap(first, second);
    for (const auto& [one, other] : {std::pair{first, second}, {second, first}}) {
      const Lanes& lanes = frame_.lanes(one, domain_);
      if (lanes.all == settles) return lanes;
      if (lanes.all == neutral) return frame_.lanes(other, domain_);
    }
    const Lanes a = frame_.spelt(frame_.lanes(first, domain_), slots_.count), b = frame_.spelt(frame_.lanes(second, domain_), slots_.count);
    Byte *can = take(), *cannot = take();
    const bool is_and = n.kernel == Kernel::logical_and;
    (is_and ? both : either)(a.can, b.can, can, slots_.count);
    (is_and ? either : both)(a.cannot, b.cannot, cannot, slots_.count);
    return {can, cannot, 0};
  }

  // As in choose.cc: what the exceptions that may hold allow, and the default where none certainly holds.
  Lanes chosen(const plan::Node& n) {
    Byte *can = take(), *cannot = take(), *certain = take();
    std::fill_n(can, slots_.count, Byte{0});
    std::fill_n(cannot, slots_.count, Byte{0});
    std::fill_n(certain, slots_.count, Byte{0});
    bool some = false;
    for (std::size_t e = 1; e + 1 < n.operands.size(); e += 2) {
      const Lanes& condition = frame_.lanes(n.operands[e], domain_);
      if (condition.all == kFalse) continue;
      some = true;
      const Lanes when = frame_.spelt(condition, slots_.count), value = frame_.spelt(frame_.lanes(n.operands[e + 1], domain_), slots_.count);
      allow_where(when.can, value.can, can, slots_.count);
      allow_where(when.can, value.cannot, cannot, slots_.count);
      make_certain(when.can, when.cannot, certain, slots_.count);
    }
    const Lanes& otherwise = frame_.lanes(n.operands[0], domain_);
    if (!some) return otherwise;
    const Lanes rest = frame_.spelt(otherwise, slots_.count);
    invert(certain, certain, slots_.count);
    allow_where(certain, rest.can, can, slots_.count);
    allow_where(certain, rest.cannot, cannot, slots_.count);
    return {can, cannot, 0};
  }

  template <typename T>
  const T* by_slot(const T* of_owner) {
    return slots_.parents ? frame_.through(of_owner, slots_.parents, slots_.count) : of_owner;
  }

  Lanes of_owner(NodeId id) {
    if (const Column& column = frame_.carried(id); column.splat) return {nullptr, nullptr, column.bytes[0]};
    Byte *can = take(), *cannot = take();
    spread(by_slot(frame_.of(id).bytes), can, cannot, slots_.count);
    return {can, cannot, 0};
  }

  Lanes picked(NodeId id) {
    const plan::Domain& d = frame_.run.plan.domains[static_cast<std::size_t>(domain_)];
    const Lanes& from = frame_.lanes(id, d.source);
    if (from.all != 0) return from;
    for (const auto& [there, here] : frame_.picked_lanes[static_cast<std::size_t>(domain_)]) {
      if (there == from.can) return here;
    }
    const auto here = [&](const Byte* there) {
      return slots_.source ? frame_.through(there, slots_.source, slots_.count) : frame_.to_rows(d.parent, there);
    };
    const Lanes lanes{here(from.can), here(from.cannot), 0};
    frame_.picked_lanes[static_cast<std::size_t>(domain_)].emplace_back(from.can, lanes);
    return lanes;
  }

  // Worked out by row.
  Lanes packed(NodeId id) {
    if (const Column& column = frame_.carried(id); column.splat) return {nullptr, nullptr, column.bytes[0]};
    // What settled nothing left the other operand as it was.
    const plan::Node& n = frame_.node(id);
    if (n.kernel == Kernel::logical_and || n.kernel == Kernel::logical_or) {
      for (const NodeId operand : n.operands) {
        if (!frame_.has(operand)) continue;
        const Column &whole = frame_.carried(id), &part = frame_.carried(operand);
        if (whole.bytes == part.bytes && whole.at == part.at) return frame_.lanes(operand, domain_);
      }
    }
    Byte *can = take(), *cannot = take();
    pack_lanes(frame_.of(id).bytes, {frame_.first_of(domain_), frame_.size(domain_), slots_.most}, can, cannot, slots_.count);
    return {can, cannot, 0};
  }

  Lanes compared(NodeId id) {
    const plan::Node& n = frame_.node(id);
    const bool negate = n.kernel == Kernel::less_equal && JIANLU_FAULT(less_equal_is_less, true, false);   // a <= b: not b < a
    const Side left = side_of(frame_, n.operands[negate], domain_), right = side_of(frame_, n.operands[!negate], domain_);
    const bool rows_left = left.kind == Side::Kind::row && right.kind == Side::Kind::owner;
    const bool rows_right = right.kind == Side::Kind::row && left.kind == Side::Kind::owner;
    const bool exact = !left.column.hi && !right.column.hi;
    if ((!rows_left && !rows_right) || (n.kernel == Kernel::equal && !exact)) return packed(id);
    const Side &rows = rows_left ? left : right, &owner = rows_left ? right : left;
    if (owner.column.splat && owner.column.bytes && owner.column.bytes[0] != kValue) return {nullptr, nullptr, kUndecided};
    const Word* row_hi = rows.column.hi ? rows.column.hi : rows.column.lo;
    const Word* owner_lo = by_slot_words(owner.column, owner.column.lo);
    const Word* owner_hi = owner.column.hi ? by_slot_words(owner.column, owner.column.hi) : owner_lo;
    const std::int32_t step = owner.column.splat ? 0 : 1;
    Byte *can = take(), *cannot = take();
    const auto compare = [&](Order order, const Word* of_rows, const Word* of_owners, Byte* out) {
      compare_lanes(order, of_rows, rows.listed, of_owners, step, out, slots_.count);
    };
    if (n.kernel == Kernel::equal) {
      compare(Order::equal, rows.column.lo, owner_lo, can);
    } else if (rows_left) {
      compare(Order::less, rows.column.lo, owner_hi, can);
    } else {
      compare(Order::more, row_hi, owner_lo, can);
    }
    const Byte* could = can;
    if (!exact) {
      if (rows_left) compare(Order::less, JIANLU_FAULT(less_ignores_upper_end, row_hi, rows.column.lo), owner_lo, cannot);
      else compare(Order::more, rows.column.lo, JIANLU_FAULT(less_ignores_upper_end, owner_hi, owner_lo), cannot);
      could = cannot;
    }
    invert(could, cannot, slots_.count);
    if (rows.column.bytes) {
      Byte *decided = take(), *undecided = take();
      pack_lanes(rows.column.bytes, rows.listed, decided, undecided, slots_.count);
      leave_undecided(decided, undecided, can, cannot, slots_.count);
    }
    if (owner.column.bytes && !owner.column.splat) {
      Byte *decided = take(), *undecided = take();
      spread(by_slot(owner.column.bytes), decided, undecided, slots_.count);
      leave_undecided(decided, undecided, can, cannot, slots_.count);
    }
    return negate ? Lanes{cannot, can, 0} : Lanes{can, cannot, 0};
  }

  const Word* by_slot_words(const Column& column, const Word* words) { return column.splat ? words : by_slot(words); }

  Frame& frame_;
  const Slots slots_;
  DomainId domain_;
};

}  // namespace

Lanes lanes_of(Frame& frame, NodeId id, DomainId domain) {
  if (frame.node(id).domain == 0) return {nullptr, nullptr, frame.carried(id).bytes[0]};
  return Laner(frame, domain).of(id);
}

}  // namespace jianlu::exec
