// Quantifiers: the rows of a list reduced to one value per row of its owner.
#include <algorithm>

#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

using Word = std::int64_t;
using Byte = std::uint8_t;
constexpr Word kMillion = 1'000'000;

// What a quantifier reduces: `size` rows of the owner, and the rows of the list.
struct Segments {
  Segments(Frame& frame, const plan::Node& n)
      : rows(frame.rows_of(n.over)),
        size(frame.size(n.domain)),
        closed_column(frame.of(n.operands[0])),
        orphaned(frame.rows_of(n.domain).missing) {}
  std::int32_t begin(std::int32_t i) const { return rows.begin(i); }
  // Rows without an owner are no rows of a common one.
  std::int32_t end(std::int32_t i) const { return orphaned ? rows.begin(i) : rows.end(i); }
  bool closed(std::int32_t i) const { return closed_column.bytes[closed_column.splat ? 0 : i] == kTrue; }

  const Rows& rows;
  std::int32_t size;
  const Column& closed_column;
  bool orphaned;
};

const Byte* filter_of(Frame& frame, const plan::Node& n, std::size_t operand, std::int32_t size) {
  return n.operands[operand] == kNone ? nullptr : frame.truths(n.operands[operand], size);
}

// A slot reduced: with `any` bit 0 of the truth is set if one row has it, bit 1 if all rows do; else the other way round.
template <bool any>
Byte reduce_slot(Byte can, Byte cannot, Byte there) {
  there = JIANLU_FAULT(lanes_past_the_end, there, Byte{0xff});
  const bool some = ((any ? can : cannot) & there) != 0, each = static_cast<Byte>(~there | (any ? cannot : can)) == 0xff;
  return static_cast<Byte>(any ? some | (each << 1) : each | (some << 1));
}
template <bool any>
void reduce_slots(const Byte* __restrict can, const Byte* __restrict cannot, const Byte* __restrict there, Byte* __restrict out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = reduce_slot<any>(can[i], cannot[i], there[i]);
}
JIANLU_VECTOR void any_of_slots(const Byte* can, const Byte* cannot, const Byte* there, Byte* out, std::int32_t n) {
  reduce_slots<true>(can, cannot, there, out, n);
}
JIANLU_VECTOR void every_of_slots(const Byte* can, const Byte* cannot, const Byte* there, Byte* out, std::int32_t n) {
  reduce_slots<false>(can, cannot, there, out, n);
}

// An open list may hold a row that settles it the other way.
JIANLU_VECTOR void leave_open(const Byte* closed, Byte bit, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(out[i] | (closed[i] != kTrue ? bit : Byte{0}));
}

Byte reaches(Word through, Word until) {
  return static_cast<Byte>(2 - (through >= JIANLU_FAULT(closed_a_day_early, until, until - calendar::hours_24)));
}
JIANLU_VECTOR void reaches(const Word* __restrict through, const Word* __restrict until, Byte* __restrict out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    out[i] = static_cast<Byte>(2 - (through[i] >= JIANLU_FAULT(closed_a_day_early, until[i], until[i] - calendar::hours_24)));
  }
}

JIANLU_VECTOR void close_none(const Byte* __restrict horizon, Byte* __restrict out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = horizon[i] == kValue ? out[i] : Byte{kFalse};
}

// For lists of the rows that the rows lie in, `lists` of them; of n rows those of list i begin at offsets[i] - base.
JIANLU_VECTOR void parents_reach(const Word* __restrict through, const std::int32_t* __restrict offsets, std::int32_t base, std::int32_t lists,
                                 const Word* __restrict until, Byte* __restrict out, std::int32_t n) {
  constexpr std::int32_t kAtOnce = 8;   // lists are short: those too many are written over by the next
  for (std::int32_t i = 0; i < lists; ++i) {
    const Word reached = through[i];
    std::int32_t at = offsets[i] - base;
    const std::int32_t end = offsets[i + 1] - base;
    for (; at < end && at + kAtOnce <= n; at += kAtOnce) {
      for (std::int32_t k = 0; k < kAtOnce; ++k) out[at + k] = reaches(reached, until[at + k]);
    }
    for (; at < end; ++at) out[at] = reaches(reached, until[at]);
  }
}

// Whether the lists asked about are those of rows that follow one another, in whose lists the rows are.
bool of_parents(Frame& frame, const plan::Node& n) {
  const plan::Node& owner = frame.node(n.operands[0]);
  if (owner.kernel != Kernel::broadcast || frame.node(owner.operands[0]).kernel != Kernel::row) return false;
  const Rows& rows = frame.rows_of(n.domain);
  return rows.offsets && !rows.orphans && frame.rows_of(frame.run.plan.domains[static_cast<std::size_t>(n.domain)].parent).contiguous();
}

template <bool any>
Column reduce_truth(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const Column& closed_column = frame.of(n.operands[0]);
  const Slots& slots = frame.slots_of(n.over);
  const Byte nothing = any ? Byte{kFalse} : Byte{kTrue};
  Lanes holds{nullptr, nullptr, nothing};
  if (slots.count > 0) holds = frame.lanes(n.operands[1], n.over);
  const bool closed = closed_column.splat && closed_column.bytes[0] == kTrue;
  if (closed && holds.all == nothing) return uniform(nothing);
  Byte* out = frame.take_bytes(size);
  if (holds.all == nothing) {
    std::fill_n(out, size, nothing);
  } else {
    holds = frame.spelt(holds, slots.count);
    Byte* reduced = slots.parents ? frame.take_bytes(slots.count) : out;
    (any ? any_of_slots : every_of_slots)(holds.can, holds.cannot, slots.there, reduced, slots.count);
    if (slots.parents) {
      std::fill_n(out, size, nothing);
      for (std::int32_t s = 0; s < slots.count; ++s) {
        Byte& whole = out[slots.parents[s]];
        whole = any ? kleene_or(whole, reduced[s]) : kleene_and(whole, reduced[s]);
      }
    }
  }
  if (!closed && JIANLU_FAULT(open_list_counts_as_closed, true, false)) leave_open(frame.truths(n.operands[0], size), any ? 1 : 2, out, size);
  return {out, nullptr, nullptr, false};
}

Column extreme(Frame& frame, const plan::Node& n, bool least) {
  const Segments s(frame, n);
  const Column body = frame.full(frame.of(n.operands[1]), s.rows.size);
  const Byte* filter = filter_of(frame, n, 2, s.rows.size);
  Byte* states = frame.take_bytes(s.size);
  Word* lo = frame.take_words(s.size);
  Word* hi = frame.take_words(s.size);
  // `latest` is `earliest` of negated instants.
  const auto low = [&](std::int32_t c) { return least ? body.lo[c] : -body.hi[c]; };
  const auto high = [&](std::int32_t c) { return least ? body.hi[c] : -body.lo[c]; };
  const Word open = least ? kMin : -kMax;
  for (std::int32_t i = 0; i < s.size; ++i) {
    bool certain = false, possible = !s.closed(i);
    Word l = possible ? open : INT64_MAX, h = INT64_MAX;
    for (std::int32_t c = s.begin(i); c < s.end(i); ++c) {
      const Byte counts = filter ? filter[c] : Byte{kTrue};
      if (counts == kFalse || body.bytes[c] == kNothing) continue;
      possible = true;
      l = std::min(l, body.bytes[c] == kValue ? low(c) : open);
      if (JIANLU_FAULT(extreme_trusts_undecided, counts == kTrue, true) && body.bytes[c] == kValue) {
        certain = true;
        h = std::min(h, high(c));
      }
    }
    states[i] = certain ? Byte{kValue} : possible ? Byte{kUnknown} : Byte{kNothing};
    lo[i] = !certain ? 0 : least ? l : -h;
    hi[i] = !certain ? 0 : least ? h : -l;
  }
  return {states, lo, hi, false};
}

}  // namespace

Column closed(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const fact::List& list = frame.run.facts->tables[static_cast<std::size_t>(n.entity)].lists[static_cast<std::size_t>(n.field)];
  const Word* through = list.through.data();
  const Column horizon = frame.of(n.operands[1]);
  const Word* until = horizon.hi ? horizon.hi : horizon.lo;
  if (horizon.splat) {
    Word* same = frame.take_words(size);
    std::fill_n(same, size, until[0]);
    until = same;
  }
  Byte* out = frame.take_bytes(size);
  const Rows rows = frame.rows_of(n.domain);
  if (frame.node(n.operands[0]).kernel == Kernel::row) {
    if (rows.contiguous()) {
      reaches(through + rows.first, until, out, size);
    } else if (rows.missing) {
      std::fill_n(out, size, Byte{kFalse});
    } else {
      // The rows may be anywhere in the table: they are fetched ahead.
      constexpr std::int32_t kAhead = 16;
      for (std::int32_t i = 0; i < size; ++i) {
        if (i + kAhead < size) __builtin_prefetch(through + rows.row(i + kAhead));
        out[i] = reaches(through[rows.row(i)], until[i]);
      }
    }
  } else if (of_parents(frame, n)) {
    const Rows& parents = frame.rows_of(frame.run.plan.domains[static_cast<std::size_t>(n.domain)].parent);
    parents_reach(through + parents.first, rows.offsets, rows.base, parents.size, until, out, size);
  } else {
    const Column owner = frame.carried(n.operands[0]);
    for (std::int32_t i = 0; i < size; ++i) {
      const std::int32_t at = owner.splat ? 0 : owner.at ? owner.at[i] : i;
      out[i] = !owner.bytes || owner.bytes[at] == kValue ? reaches(through[owner.lo[at]], until[i]) : Byte{kFalse};
    }
  }
  if (horizon.bytes && !horizon.splat) {
    close_none(horizon.bytes, out, size);
  } else if (horizon.bytes && horizon.bytes[0] != kValue) {
    std::fill_n(out, size, Byte{kFalse});
  }
  return {out, nullptr, nullptr, false};
}

Column all_exist(Frame& frame, const plan::Node& n) {
  const Rows& rows = frame.rows_of(n.over);
  const std::int32_t size = frame.size(n.domain);
  const bool row = frame.node(n.operands[0]).kernel == Kernel::row;
  Column owner;
  if (!row) owner = frame.of(n.operands[0]);
  Byte* out = frame.take_bytes(size);
  for (std::int32_t i = 0; i < size; ++i) {
    const bool given = row ? !frame.rows_of(n.domain).missing : !owner.bytes || owner.bytes[i] == kValue;
    Byte all = given ? Byte{kTrue} : Byte{kFalse};
    for (std::int32_t c = rows.begin(i); c < rows.end(i); ++c) {
      if (rows.gaps.exists[c] != kTrue) all = kFalse;
    }
    out[i] = all;
  }
  return {out, nullptr, nullptr, false};
}

Column any(Frame& frame, const plan::Node& n) { return reduce_truth<true>(frame, n); }
Column every(Frame& frame, const plan::Node& n) { return reduce_truth<false>(frame, n); }

Column count(Frame& frame, const plan::Node& n) {
  const Segments s(frame, n);
  const Byte* filter = filter_of(frame, n, 1, s.rows.size);
  Word* lo = frame.take_words(s.size);
  Word* hi = frame.take_words(s.size);
  bool exact = true;
  for (std::int32_t i = 0; i < s.size; ++i) {
    const std::int32_t begin = s.begin(i), end = s.end(i);
    std::int32_t certain = 0, possible = 0;
    if (filter) {
      for (std::int32_t c = begin; c < end; ++c) {
        certain += filter[c] == kTrue;
        possible += JIANLU_FAULT(count_skips_undecided, filter[c] & 1, filter[c] == kTrue);
      }
    } else {
      certain = possible = end - begin;
    }
    lo[i] = certain * kMillion;
    hi[i] = JIANLU_FAULT(count_is_closed, s.closed(i), true) ? possible * kMillion : kMax;
    exact = exact && lo[i] == hi[i];
  }
  return {nullptr, lo, exact ? nullptr : hi, false};
}

Column sum(Frame& frame, const plan::Node& n) {
  const Segments s(frame, n);
  const Column body = frame.full(frame.of(n.operands[1]), s.rows.size);
  const Byte* filter = filter_of(frame, n, 2, s.rows.size);
  Byte* states = frame.take_bytes(s.size);
  Word* lo = frame.take_words(s.size);
  Word* hi = frame.take_words(s.size);
  const auto add = [](Word& total, Word share) {
    if (total == kMin || total == kMax) return true;
    if (share == kMin || share == kMax) {
      total = share;
      return true;
    }
    total += share;
    return total > kMin && total < kMax;
  };
  for (std::int32_t i = 0; i < s.size; ++i) {
    bool known = s.closed(i);
    Word l = 0, h = 0;
    for (std::int32_t c = s.begin(i); known && c < s.end(i); ++c) {
      const Byte counts = filter ? filter[c] : Byte{kTrue};
      if (counts == kFalse || body.bytes[c] == kNothing) continue;
      const bool certain = JIANLU_FAULT(sum_takes_undecided, counts == kTrue, true);
      known = body.bytes[c] == kValue && add(l, certain ? body.lo[c] : std::min(body.lo[c], Word{0})) &&
              add(h, certain ? body.hi[c] : std::max(body.hi[c], Word{0}));
    }
    states[i] = known ? Byte{kValue} : Byte{kUnknown};
    lo[i] = known ? l : 0;
    hi[i] = known ? h : 0;
  }
  return {states, lo, hi, false};
}

Column earliest(Frame& frame, const plan::Node& n) { return extreme(frame, n, true); }
Column latest(Frame& frame, const plan::Node& n) { return extreme(frame, n, false); }

}  // namespace jianlu::exec
