#include "engine/exec/judge.h"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/exec/kernels.h"

namespace jianlu::exec {
namespace {

using Word = std::int64_t;
using Byte = std::uint8_t;
using outcome::Outcome;

// outcome::decide by applies | unless << 2 | ban << 4 | must << 6 | awaited << 8.
const std::array<Byte, 512>& outcomes() {
  static const std::array<Byte, 512> table = [] {
    std::array<Byte, 512> t{};
    for (unsigned i = 0; i < t.size(); ++i) {
      const auto bits = [&](unsigned shift) { return static_cast<Byte>((i >> shift) & 3); };
      t[i] = static_cast<Byte>(outcome::decide({bits(0), bits(2), bits(4), bits(6), (i >> 8) != 0}));
    }
    return t;
  }();
  return table;
}

const Byte* truths(Frame& frame, NodeId id, std::int32_t n) {
  const Column& column = frame.of(id);
  return column.splat ? frame.full(column, n).bytes : column.bytes;
}

void keys(Frame& frame, const plan::NormPlan& norm, NormVerdicts& out) {
  const plan::Domain& domain = frame.run.plan.domains[static_cast<std::size_t>(norm.domain)];
  const Rows& rows = frame.rows[norm.domain];
  const bool derived = domain.kind == plan::Domain::Kind::derived || domain.kind == plan::Domain::Kind::copy;
  if (!norm.pair && !derived && !rows.rows) {
    out.first = rows.first;
    return;
  }
  out.keys.resize(static_cast<std::size_t>(rows.size));
  if (!norm.pair && !derived) {
    for (std::int32_t i = 0; i < rows.size; ++i) out.keys[static_cast<std::size_t>(i)].subject = rows.rows[i];
    return;
  }
  const Rows& parents = frame.rows[domain.parent];
  const GapRows& gaps = domain.kind == plan::Domain::Kind::copy ? frame.rows[domain.source].gaps : rows.gaps;
  for (std::int32_t p = 0; p < parents.size; ++p) {
    for (std::int32_t c = rows.begin(p); c < rows.end(p); ++c) {
      outcome::RowKey& key = out.keys[static_cast<std::size_t>(c)];
      key.subject = parents.row(p);
      if (!derived) {
        key.element = rows.row(c);
        continue;
      }
      const std::int32_t at = rows.rows ? rows.rows[c] : c;
      key.previous = static_cast<fact::Row>(gaps.previous.lo[at]);
      key.next = static_cast<fact::Row>(gaps.next.lo[at]);
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
      levels_.push_back({&frame.rows[d], frame.size(domains[static_cast<std::size_t>(d)].parent)});
    }
  }

  Word at(std::int32_t row) const {
    for (const auto& [rows, parents] : levels_) row = rows->read_by(row, parents);
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
  struct Level {
    const Rows* rows;
    std::int32_t parents;
  };
  const plan::NormPlan& norm_;
  const Rows& rows_;
  Column where_, decisive_;
  DomainId parent_ = 0;
  std::vector<Level> levels_;
};

void details(Frame& frame, const plan::NormPlan& norm, NormVerdicts& out) {
  if (norm.due == kNone) return;
  const Column& due = frame.of(norm.due);
  const Column* deadline = norm.deadline == kNone ? nullptr : &frame.of(norm.deadline);
  std::optional<Cure> cure;
  for (std::size_t i = 0; i < out.outcomes.size(); ++i) {
    const auto outcome = static_cast<Outcome>(out.outcomes[i]);
    if (outcome == Outcome::pending) {
      out.details.push_back({static_cast<std::int32_t>(i), due.lo[due.splat ? 0 : i], kMin});
    } else if (outcome == Outcome::breached && deadline) {
      const Word passed = deadline->lo[deadline->splat ? 0 : i];
      Detail detail{static_cast<std::int32_t>(i), passed == kMin ? kMax : passed, kMin};
      if (norm.performances != kNone) {
        if (!cure) cure.emplace(frame, norm);
        detail.cured_at = cure->at(static_cast<std::int32_t>(i));
      }
      out.details.push_back(detail);
    }
  }
}

}  // namespace

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
  const Byte* applies = truths(frame, norm.applies, n);
  const Byte* unless = truths(frame, norm.unless, n);
  const Byte* ban = truths(frame, norm.ban, n);
  const Byte* must = truths(frame, norm.must, n);
  const Byte* awaited = norm.awaited == kNone ? nullptr : truths(frame, norm.awaited, n);
  const auto& table = outcomes();
  for (std::int32_t i = 0; i < n; ++i) {
    const unsigned wait = awaited && awaited[i] == kTrue ? 1U << 8 : 0U;
    const unsigned at = applies[i] | (unsigned{unless[i]} << 2) | (unsigned{ban[i]} << 4) | (unsigned{must[i]} << 6) | wait;
    out.outcomes[static_cast<std::size_t>(i)] = table[JIANLU_FAULT(nothing_is_awaited, at, at & 255U)];
  }
  keys(frame, norm, out);
  details(frame, norm, out);
}

}  // namespace jianlu::exec
