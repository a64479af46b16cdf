#include "engine/exec/judge.h"

#include <algorithm>
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
  Cure(Frame& frame, const plan::NormPlan& norm) : norm_(norm), rows_(frame.rows_of(norm.performances)) {
    const auto& domains = frame.run.plan.domains;
    where_ = frame.of(norm.where);
    decisive_ = frame.carried(norm.decisive);
    // Rows of the norm's domain to rows of the performances' parent, which is an ancestor of it or deeper.
    parent_ = domains[static_cast<std::size_t>(norm.performances)].parent;
    for (DomainId d = norm.domain; d != parent_; d = domains[static_cast<std::size_t>(d)].parent) {
      levels_.push_back(frame.parents_of(d));
    }
  }

  Word at(std::int32_t row) const {
    for (const std::int32_t* parents : levels_) row = parents[row];
    Word first = kMax;
    bool found = false;   // an event whose time is not bounded was performed all the same
    for (std::int32_t c = rows_.begin(row); c < rows_.end(row); ++c) {
      if (where_.bytes[where_.splat ? 0 : c] != kTrue) continue;
      const std::int32_t i = decisive_.splat ? 0 : decisive_.at ? decisive_.at[c] : c;
      if (decisive_.bytes && decisive_.bytes[i] != kValue) continue;
      found = true;
      first = std::min(first, JIANLU_FAULT(cured_at_earliest, (decisive_.hi ? decisive_.hi : decisive_.lo)[i], decisive_.lo[i]));
    }
    return found ? first : kMin;
  }

 private:
  const plan::NormPlan& norm_;
  const Rows& rows_;
  Column where_, decisive_;
  DomainId parent_ = 0;
  std::vector<const std::int32_t*> levels_;
};

// The rows whose outcome is one of two, in order; which they are cannot be predicted, and most words of eight have none.
std::size_t rows_with(const Byte* outcomes, std::int32_t n, Byte one, Byte other, std::int32_t* out) {
  std::size_t count = 0;
  const auto look = [&](std::int32_t i) {
    out[count] = i;
    count += static_cast<std::size_t>((outcomes[i] == one) | (outcomes[i] == other));
  };
  constexpr std::uint64_t kEach = 0x0101010101010101u, kHigh = 0x8080808080808080u;
  const auto has_zero = [](std::uint64_t word) { return ((word - kEach) & ~word & kHigh) != 0; };
  std::int32_t i = 0;
  for (; i + 8 <= n; i += 8) {
    std::uint64_t word;
    std::memcpy(&word, outcomes + i, sizeof word);
    if (!has_zero(word ^ (kEach * one)) && !has_zero(word ^ (kEach * other))) continue;
    for (std::int32_t k = i; k < i + 8; ++k) look(k);
  }
  for (; i < n; ++i) look(i);
  return count;
}

// `outcomes`: of n rows of the frame, which are the rows `chosen` of the batch (nullptr: all).
void details(Frame& frame, const plan::NormPlan& norm, const Byte* outcomes, std::int32_t n, const std::int32_t* chosen, NormVerdicts& out) {
  if (norm.due == kNone) return;
  auto* found = frame.arena.take<std::int32_t>(static_cast<std::size_t>(n) + 1);
  const auto late = static_cast<Byte>(norm.deadline == kNone ? Outcome::pending : Outcome::breached);
  const std::size_t count = rows_with(outcomes, n, static_cast<Byte>(Outcome::pending), late, found);
  if (count == 0) return;
  const Column* due = nullptr;
  const Column* deadline = nullptr;
  std::optional<Cure> cure;
  out.details.reserve(count);
  for (std::size_t k = 0; k < count; ++k) {
    const std::int32_t i = found[k], index = chosen ? chosen[i] : i;
    if (static_cast<Outcome>(outcomes[i]) == Outcome::pending) {
      if (!due) due = &frame.of(norm.due);
      out.details.push_back({index, due->lo[due->splat ? 0 : i], kMin});
      continue;
    }
    if (!deadline) deadline = &frame.of(norm.deadline);
    const Word passed = deadline->lo[deadline->splat ? 0 : i];
    Detail detail{index, passed == kMin ? kMax : passed, kMin};
    if (norm.performances != kNone) {
      if (!cure) cure.emplace(frame, norm);
      detail.cured_at = cure->at(i);
    }
    out.details.push_back(detail);
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

Column upper(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const Column& a = frame.of(n.operands[0]);
  if (!a.bytes && !a.hi) return a;
  const Column full = frame.full(a, size);
  Word* out = frame.take_words(size);
  for (std::int32_t i = 0; i < size; ++i) {
    out[i] = full.bytes[i] == kValue     ? (full.hi[i] == kMax ? std::max(full.lo[i], kMin + 1) : JIANLU_FAULT(upper_is_lower, full.hi[i], full.lo[i]))
             : full.bytes[i] == kNothing ? JIANLU_FAULT(no_trigger_no_wait, kMax, kMin)
                                         : kMin;
  }
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

void judge(Frame& frame, Frame& few, const plan::NormPlan& norm, NormVerdicts& out) {
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
    details(frame, norm, out.outcomes.data(), n, nullptr, out);
    return;
  }
  std::fill(out.outcomes.begin(), out.outcomes.end(), static_cast<Byte>(Outcome::not_applicable));
  if (count == 0) return;
  auto* chosen = frame.arena.take<std::int32_t>(static_cast<std::size_t>(count) + 1);
  std::int32_t found = 0;
  for (std::int32_t i = 0; found < count; ++i) {
    chosen[found] = i;
    found += applies[i] != kFalse;
  }
  few.narrow(frame, norm.domain, {chosen, static_cast<std::size_t>(count)});
  Byte* some = few.take_bytes(count);
  outcomes(few, norm, some, count);
  for (std::int32_t k = 0; k < count; ++k) out.outcomes[static_cast<std::size_t>(chosen[k])] = some[k];
  details(few, norm, some, count, chosen, out);
}

}  // namespace jianlu::exec
