#include "engine/exec/judge.h"

#include <algorithm>
#include <optional>

#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

using Word = std::int64_t;
using Byte = std::uint8_t;
using outcome::Outcome;

const Byte* truths(Frame& frame, NodeId id, std::int32_t n) {
  const Column& column = frame.of(id);
  return column.splat ? frame.same(column.bytes[0], n) : column.bytes;
}

void keys(Frame& frame, const plan::NormPlan& norm, NormVerdicts& out) {
  const plan::Domain& domain = frame.run.plan.domains[static_cast<std::size_t>(norm.domain)];
  const Rows& rows = frame.rows[norm.domain];
  const Rows& source = domain.kind == plan::Domain::Kind::copy ? frame.rows[domain.source] : rows;
  const bool derived = source.gaps.exists != nullptr;
  if (!norm.pair && !derived && rows.contiguous()) {
    out.first = rows.first;
    return;
  }
  out.keys.resize(static_cast<std::size_t>(rows.size));
  if (!norm.pair && !derived) {
    for (std::int32_t i = 0; i < rows.size; ++i) out.keys[static_cast<std::size_t>(i)].subject = rows.row(i);
    return;
  }
  const Rows& parents = frame.rows[domain.parent];
  for (std::int32_t p = 0; p < parents.size; ++p) {
    for (std::int32_t c = rows.begin(p); c < rows.end(p); ++c) {
      outcome::RowKey& key = out.keys[static_cast<std::size_t>(c)];
      key.subject = parents.row(p);
      if (!derived) {
        key.element = rows.row(c);
        continue;
      }
      const std::int32_t at = rows.picked ? rows.picked[c] : c;
      key.previous = static_cast<fact::Row>(source.gaps.previous.lo[at]);
      key.next = static_cast<fact::Row>(source.gaps.next.lo[at]);
    }
  }
}

// When a breached row was performed at last, too late.
class Cure {
 public:
  Cure(Frame& frame, const plan::NormPlan& norm) : norm_(norm), rows_(frame.rows[norm.performances]) {
    const auto& domains = frame.run.plan.domains;
    where_ = frame.of(norm.where);
    decisive_ = frame.of(norm.decisive);
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
      const std::int32_t i = decisive_.splat ? 0 : c;
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

void details(Frame& frame, const plan::NormPlan& norm, NormVerdicts& out) {
  if (norm.due == kNone) return;
  const Column& due = frame.of(norm.due);
  const Column* deadline = norm.deadline == kNone ? nullptr : &frame.of(norm.deadline);
  std::optional<Cure> cure;
  // The rows that have something, found without branches: which they are cannot be predicted.
  const auto n = static_cast<std::int32_t>(out.outcomes.size());
  auto* found = frame.arena.take<std::int32_t>(static_cast<std::size_t>(n));
  const auto late = static_cast<Byte>(deadline ? Outcome::breached : Outcome::pending);
  std::size_t count = 0;
  for (std::int32_t i = 0; i < n; ++i) {
    const Byte outcome = out.outcomes[static_cast<std::size_t>(i)];
    found[count] = i;
    count += static_cast<std::size_t>((outcome == static_cast<Byte>(Outcome::pending)) | (outcome == late));
  }
  out.details.reserve(count);
  for (std::size_t k = 0; k < count; ++k) {
    const std::int32_t i = found[k];
    if (static_cast<Outcome>(out.outcomes[static_cast<std::size_t>(i)]) == Outcome::pending) {
      out.details.push_back({i, due.lo[due.splat ? 0 : i], kMin});
      continue;
    }
    const Word passed = deadline->lo[deadline->splat ? 0 : i];
    Detail detail{i, passed == kMin ? kMax : passed, kMin};
    if (norm.performances != kNone) {
      if (!cure) cure.emplace(frame, norm);
      detail.cured_at = cure->at(i);
    }
    out.details.push_back(detail);
  }
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
    out[i] = full.bytes[i] == kValue     ? JIANLU_FAULT(upper_is_lower, full.hi[i], full.lo[i])
             : full.bytes[i] == kNothing ? JIANLU_FAULT(no_trigger_no_wait, kMax, kMin)
                                         : kMin;
  }
  return {nullptr, out, nullptr, false};
}

Column if_undecided(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const Byte* truth = truths(frame, n.operands[0], size);
  const Column& instant = frame.of(n.operands[1]);
  Word* out = frame.take_words(size);
  for (std::int32_t i = 0; i < size; ++i) out[i] = truth[i] == kUndecided ? instant.lo[instant.splat ? 0 : i] : kMin;
  return {nullptr, out, nullptr, false};
}

Column after_claim(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const Byte* truth = truths(frame, n.operands[0], size);
  const Column deadline = frame.full(frame.of(n.operands[1]), size);
  const Word as_of = frame.run.context->as_of;
  Byte* out = frame.take_bytes(size);
  for (std::int32_t i = 0; i < size; ++i) {
    const bool over = deadline.bytes[i] == kValue && as_of > deadline.hi[i];
    out[i] = JIANLU_FAULT(no_claim_counts_at_once, truth[i] == kFalse && !over, false) ? Byte{kUndecided} : truth[i];
  }
  return {out, nullptr, nullptr, false};
}

void judge(Frame& frame, const plan::NormPlan& norm, NormVerdicts& out) {
  const std::int32_t n = frame.size(norm.domain);
  out.norm = norm.norm;
  out.first = 0;
  out.keys.clear();
  out.details.clear();
  out.outcomes.resize(static_cast<std::size_t>(n));
  if (n == 0) return;
  const Byte* awaited = norm.awaited == kNone ? nullptr : truths(frame, norm.awaited, n);
  if (!awaited || JIANLU_FAULT(nothing_is_awaited, false, true)) awaited = frame.same(kFalse, n);
  decide({truths(frame, norm.applies, n), truths(frame, norm.unless, n), truths(frame, norm.ban, n), truths(frame, norm.must, n), awaited},
         out.outcomes.data(), n);
  keys(frame, norm, out);
  details(frame, norm, out);
}

}  // namespace jianlu::exec
