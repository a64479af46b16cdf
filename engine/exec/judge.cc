#include "engine/exec/judge.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

using Word = std::int64_t;
using Byte = std::uint8_t;
using outcome::Outcome;

void keys(Frame& frame, const plan::NormPlan& norm, NormVerdicts& out) {
  const plan::Domain& domain = frame.run.plan.domains[static_cast<std::size_t>(norm.domain)];
  const Rows& rows = frame.rows_of(norm.domain);
  const Rows& source = domain.kind == plan::Domain::Kind::copy ? frame.rows_of(domain.source) : rows;
  const bool derived = source.gaps.exists != nullptr;
  if (!norm.pair && !derived && rows.contiguous()) {
    out.first = rows.first;
    return;
  }
  // Norms about gaps share their keys.
  std::vector<outcome::RowKey>& known = frame.gap_keys[static_cast<std::size_t>(norm.domain)];
  if (derived && !known.empty()) {
    out.keys = known;
    return;
  }
  out.keys.resize(static_cast<std::size_t>(rows.size));
  if (!norm.pair && !derived) {
    for (std::int32_t i = 0; i < rows.size; ++i) out.keys[static_cast<std::size_t>(i)].subject = rows.row(i);
    return;
  }
  const Rows& parents = frame.rows_of(domain.parent);
  const std::int32_t* owners = frame.parents_of(norm.domain);
  for (std::int32_t c = 0; c < rows.size; ++c) {
    outcome::RowKey& key = out.keys[static_cast<std::size_t>(c)];
    key.subject = parents.row(owners[c]);
    if (!derived) {
      key.element = rows.row(c);
      continue;
    }
    const std::int32_t at = rows.picked ? rows.picked[c] : c;
    key.previous = static_cast<fact::Row>(source.gaps.previous.lo[at]);
    key.next = static_cast<fact::Row>(source.gaps.next.lo[at]);
  }
  if (derived) known = out.keys;
}

// When a breached row was performed at last, too late.
class Cure {
 public:
  Cure(Frame& frame, const plan::NormPlan& norm) : slots_(frame.slots_of(norm.performances)) {
    if (slots_.count == 0) return;
    where_ = frame.spelt(frame.lanes(norm.where, norm.performances), slots_.count);
    const Side side = side_of(frame, norm.decisive, norm.performances);
    const bool of_rows = side.kind == Side::Kind::row;
    decisive_ = of_rows ? side.column : frame.of(norm.decisive);
    first_ = of_rows ? side.listed.first : frame.first_of(norm.performances);
    // Rows of the norm's domain to rows of the performances' parent, which is an ancestor of it or deeper.
    const auto& domains = frame.run.plan.domains;
    const DomainId parent = domains[static_cast<std::size_t>(norm.performances)].parent;
    if (norm.domain != parent) up_ = frame.up(norm.domain, parent);
  }

  Word at(std::int32_t row) const {
    if (slots_.count == 0) return kMin;
    if (up_) row = up_[row];
    Word first = kMax;
    bool found = false;   // an event whose time is not bounded was performed all the same
    for (std::int32_t s = slots_.begin(row); s < slots_.end(row); ++s) {
      for (unsigned rows = where_.can[s] & ~where_.cannot[s] & slots_.there[s]; rows != 0; rows &= rows - 1) {
        const std::int32_t i = decisive_.splat ? 0 : first_[s] + std::countr_zero(rows);
        if (decisive_.bytes && decisive_.bytes[i] != kValue) continue;
        found = true;
        first = std::min(first, JIANLU_FAULT(cured_at_earliest, (decisive_.hi ? decisive_.hi : decisive_.lo)[i], decisive_.lo[i]));
      }
    }
    return found ? first : kMin;
  }

 private:
  const Slots slots_;
  Lanes where_;
  Column decisive_;
  const std::int32_t* first_ = nullptr;
  const std::int32_t* up_ = nullptr;
};

JIANLU_VECTOR void flag_either(const Byte* __restrict bytes, Byte one, Byte other, Byte* __restrict out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = (bytes[i] == one) | (bytes[i] == other);
}
JIANLU_VECTOR void flag_others(const Byte* __restrict bytes, Byte value, Byte* __restrict out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = bytes[i] != value;
}

// The rows whose flag is 1, in order; most words of eight have none.
std::int32_t flagged_rows(const Byte* __restrict flags, std::int32_t n, std::int32_t* __restrict out) {
  static_assert(std::endian::native == std::endian::little);
  std::int32_t count = 0, i = 0;
  for (; i + 8 <= n; i += 8) {
    std::uint64_t word;
    std::memcpy(&word, flags + i, sizeof word);
    for (; word != 0; word &= word - 1) out[count++] = i + std::countr_zero(word) / 8;
  }
  for (; i < n; ++i) {
    if (flags[i]) out[count++] = i;
  }
  return count;
}

// `outcomes`: of n rows of the frame, which are the rows `chosen` of the batch (nullptr: all).
void find_details(Frame& frame, const plan::NormPlan& norm, const Byte* outcomes, std::int32_t n, const std::int32_t* chosen, NormVerdicts& out) {
  if (norm.due == kNone) return;
  auto* found = frame.arena.take<std::int32_t>(static_cast<std::size_t>(n));
  Byte* flags = frame.take_bytes(n);
  flag_either(outcomes, static_cast<Byte>(Outcome::pending), static_cast<Byte>(norm.deadline == kNone ? Outcome::pending : Outcome::breached), flags, n);
  const std::int32_t count = flagged_rows(flags, n, found);
  if (count == 0) return;
  const Column* due = nullptr;
  const Column* deadline = nullptr;
  std::optional<Cure> cure;
  out.details.resize(static_cast<std::size_t>(count));
  for (std::int32_t k = 0; k < count; ++k) {
    Detail& detail = out.details[static_cast<std::size_t>(k)];
    const std::int32_t i = found[k], index = chosen ? chosen[i] : i;
    if (static_cast<Outcome>(outcomes[i]) == Outcome::pending) {
      if (!due) due = &frame.of(norm.due);
      detail = {index, due->lo[due->splat ? 0 : i], kMin};
      continue;
    }
    if (!deadline) deadline = &frame.of(norm.deadline);
    const Word passed = deadline->lo[deadline->splat ? 0 : i];
    detail = {index, passed == kMin ? kMax : passed, kMin};
    if (norm.performances != kNone) {
      if (!cure) cure.emplace(frame, norm);
      detail.cured_at = cure->at(i);
    }
  }
}

// The outcomes of n rows of the frame.
void outcomes(Frame& frame, const plan::NormPlan& norm, Byte* out, std::int32_t n) {
  const Byte* awaited = norm.awaited == kNone ? nullptr : frame.truths(norm.awaited, n);
  if (!awaited || JIANLU_FAULT(nothing_is_awaited, false, true)) awaited = frame.same(kFalse, n);
  decide({frame.truths(norm.applies, n), frame.truths(norm.unless, n), frame.truths(norm.ban, n), frame.truths(norm.must, n), awaited}, out, n);
}

JIANLU_VECTOR std::int32_t rows_but(const Byte* truth, Byte value, std::int32_t n) {
  std::int32_t count = 0;
  for (std::int32_t i = 0; i < n; ++i) count += truth[i] != value;
  return count;
}

constexpr std::int32_t kFew = 4;   // one row in so many, or less

// Whether the norm can be judged for some rows of the batch alone.
bool can_narrow(const Frame& frame, const plan::NormPlan& norm) {
  return norm.performances == kNone || frame.run.reach[static_cast<std::size_t>(norm.domain)][static_cast<std::size_t>(norm.performances)] == Reach::below;
}

}  // namespace

JIANLU_VECTOR void decide(const Situations& s, std::uint8_t* __restrict out, std::int32_t n) {
  constexpr auto code = [](Outcome outcome) { return static_cast<Byte>(outcome); };
  const Byte* __restrict applies = s.applies;
  const Byte* __restrict unless = s.unless;
  const Byte* __restrict ban = s.ban;
  const Byte* __restrict must = s.must;
  const Byte* __restrict awaited = s.awaited;
  // The lines of the table from the last to the first. Masks instead of branches, or it does not become vector code.
  constexpr auto if_else = [](bool condition, Byte a, Byte b) {
    const auto mask = static_cast<Byte>(-static_cast<int>(condition));
    return static_cast<Byte>((a & mask) | (b & ~mask));
  };
  for (std::int32_t i = 0; i < n; ++i) {
    const Byte x = applies[i], u = unless[i], b = ban[i], m = must[i], w = awaited[i];
    const Byte open = if_else(w == kTrue, code(Outcome::pending), code(Outcome::unknown));
    const Byte held = static_cast<Byte>((x ^ kTrue) | (u ^ kFalse));   // 0 where it applies and nothing excuses
    Byte r = if_else((held | (m ^ kFalse) | (w ^ kFalse)) == 0, code(Outcome::breached), open);
    r = if_else(u == kTrue, code(Outcome::exempt), r);
    r = if_else(m == kTrue, code(Outcome::satisfied), r);
    r = if_else((u != kTrue) & (b != kFalse), open, r);
    r = if_else((held | (b ^ kTrue)) == 0, code(Outcome::conflict), r);
    out[i] = if_else(x == kFalse, code(Outcome::not_applicable), r);
  }
}

namespace {

JIANLU_VECTOR void upper_ends(const Byte* __restrict states, const Word* __restrict lo, const Word* __restrict hi, Word* __restrict out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    const Word above = lo[i] > kMin ? lo[i] : kMin + 1;
    const Word end = hi[i] == kMax ? above : JIANLU_FAULT(upper_is_lower, hi[i], lo[i]);
    const Word none = states[i] == kNothing ? JIANLU_FAULT(no_trigger_no_wait, kMax, kMin) : kMin;
    out[i] = states[i] == kValue ? end : none;
  }
}

}  // namespace

Column upper(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const Column& a = frame.of(n.operands[0]);
  if (!a.bytes && !a.hi) return a;
  const Column full = frame.full(a, size);
  Word* out = frame.take_words(size);
  upper_ends(full.bytes, full.lo, full.hi, out, size);
  return {nullptr, out, nullptr, false};
}

Column if_undecided(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const Byte* truth = frame.truths(n.operands[0], size);
  const Column& instant = frame.of(n.operands[1]);
  Word* out = frame.take_words(size);
  for (std::int32_t i = 0; i < size; ++i) out[i] = truth[i] == kUndecided ? instant.lo[instant.splat ? 0 : i] : kMin;
  return {nullptr, out, nullptr, false};
}

Column after_claim(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const Byte* truth = frame.truths(n.operands[0], size);
  const Column deadline = frame.full(frame.of(n.operands[1]), size);
  const Word as_of = frame.run.context->as_of;
  Byte* out = frame.take_bytes(size);
  for (std::int32_t i = 0; i < size; ++i) {
    const bool over = deadline.bytes[i] == kValue && as_of > deadline.hi[i];
    out[i] = JIANLU_FAULT(no_claim_counts_at_once, truth[i] == kFalse && !over, false) ? Byte{kUndecided} : truth[i];
  }
  return {out, nullptr, nullptr, false};
}

void judge(Frame& frame, Frame& few, const plan::NormPlan& norm, bool details, NormVerdicts& out) {
  const std::int32_t n = frame.size(norm.domain);
  out.norm = norm.norm;
  out.first = 0;
  out.keys.clear();
  out.details.clear();
  out.outcomes.resize(static_cast<std::size_t>(n));
  if (n == 0) return;
  keys(frame, norm, out);
  const Byte* applies = frame.truths(norm.applies, n);
  const std::int32_t count = rows_but(applies, kFalse, n);
  if (count > n / kFew || !can_narrow(frame, norm)) {
    outcomes(frame, norm, out.outcomes.data(), n);
    if (details) find_details(frame, norm, out.outcomes.data(), n, nullptr, out);
    return;
  }
  std::fill(out.outcomes.begin(), out.outcomes.end(), static_cast<Byte>(Outcome::not_applicable));
  if (count == 0) return;
  auto* chosen = frame.arena.take<std::int32_t>(static_cast<std::size_t>(count));
  Byte* flags = frame.take_bytes(n);
  flag_others(applies, kFalse, flags, n);
  flagged_rows(flags, n, chosen);
  few.narrow(frame, norm.domain, {chosen, static_cast<std::size_t>(count)});
  Byte* some = few.take_bytes(count);
  outcomes(few, norm, some, count);
  for (std::int32_t k = 0; k < count; ++k) out.outcomes[static_cast<std::size_t>(chosen[k])] = some[k];
  if (details) find_details(few, norm, some, count, chosen, out);
}

}  // namespace jianlu::exec
