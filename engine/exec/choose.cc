// Definitions with exceptions: the value that the true exception gives, the default where there is none, and the hull of
// what is possible where an exception is undecided.
#include <algorithm>

#include "engine/exec/kernels.h"
#include "engine/exec/vector.h"

namespace jianlu::exec {
namespace {

using Word = std::int64_t;
using Byte = std::uint8_t;

// Takes `value` where `when` is true; notes in `taken` where one was taken before and in the result whether two differ.
JIANLU_VECTOR bool take_where(const Byte* when, const Word* value, Byte* taken, Word* out, std::int32_t n) {
  bool clash = false;
  for (std::int32_t i = 0; i < n; ++i) {
    const bool holds = when[i] == kTrue;
    clash |= holds & (taken[i] != 0) & (out[i] != value[i]);
    out[i] = holds ? value[i] : out[i];
  }
  for (std::int32_t i = 0; i < n; ++i) taken[i] = static_cast<Byte>(taken[i] | (when[i] == kTrue));
  return !clash;
}

// The default and one exception. Rows that are no values get arbitrary bounds.
JIANLU_VECTOR void choose_states(const Byte* __restrict when, const Byte* __restrict otherwise, const Byte* __restrict value, Byte* __restrict out,
                                 std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    const Byte holds = static_cast<Byte>(-(when[i] & kTrue)), fails = static_cast<Byte>(-(when[i] >> 1));
    out[i] = static_cast<Byte>((value[i] & holds) | (otherwise[i] & fails));
  }
}
JIANLU_VECTOR void choose_words(const Byte* __restrict when, const Word* __restrict otherwise, const Word* __restrict value, Word* __restrict out,
                                std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = when[i] == kTrue ? value[i] : otherwise[i];
}
// One end of the hull where the exception is undecided.
JIANLU_VECTOR void lower_end(const Byte* __restrict when, const Word* __restrict a, const Word* __restrict b, Word* __restrict out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    const Word least = a[i] < b[i] ? a[i] : b[i];
    out[i] = when[i] == kUndecided ? least : out[i];
  }
}
JIANLU_VECTOR void upper_end(const Byte* __restrict when, const Word* __restrict a, const Word* __restrict b, Word* __restrict out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    const Word most = JIANLU_FAULT(hull_ends_early, a[i] > b[i], a[i] < b[i]) ? a[i] : b[i];
    out[i] = when[i] == kUndecided ? most : out[i];
  }
}

// Whether a row that is undecided has a value all the same.
JIANLU_VECTOR bool some_hull(const Byte* when, const Byte* states, std::int32_t n) {
  Byte some = 0;
  for (std::int32_t i = 0; i < n; ++i) some = static_cast<Byte>(some | ((when[i] == kUndecided) & (states[i] == kValue)));
  return some != 0;
}

JIANLU_VECTOR bool all_decided(const Byte* truth, std::int32_t n) {
  Byte undecided = 0;
  for (std::int32_t i = 0; i < n; ++i) undecided = static_cast<Byte>(undecided | (truth[i] == kUndecided));
  return undecided == 0;
}

// Masks instead of conditions, or it does not become vector code: all ones where `when` is not false, where it is true.
Byte possibly(Byte when) { return static_cast<Byte>(-(when & kTrue)); }
Byte certainly(Byte when) { return static_cast<Byte>(-static_cast<int>(when == kTrue)); }

// One step of choose_truth: what is possible, and all ones where an exception certainly holds.
JIANLU_VECTOR void allow(const Byte* __restrict when, const Byte* __restrict value, Byte* __restrict out, Byte* __restrict certain, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(out[i] | (value[i] & possibly(when[i])));
  for (std::int32_t i = 0; i < n; ++i) certain[i] = static_cast<Byte>(certain[i] | certainly(when[i]));
}

JIANLU_VECTOR void allow_otherwise(const Byte* __restrict otherwise, const Byte* __restrict certain, Byte* __restrict out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = static_cast<Byte>(out[i] | (otherwise[i] & ~certain[i]));
}

// Whether some row has a value with two ends.
bool some_bound(const Byte* states, const Word* lo, const Word* hi, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) {
    if (states[i] == kValue && lo[i] != hi[i]) return true;
  }
  return false;
}

Column choose_one(Frame& frame, const Byte* when, const Column& otherwise, const Column& value, bool exact, bool given, Word* lo, std::int32_t size) {
  Column out{nullptr, lo, nullptr, false};
  choose_words(when, otherwise.lo, value.lo, lo, size);
  const Byte* states = otherwise.bytes;
  if (!given) {
    Byte* chosen = frame.take_bytes(size);
    choose_states(when, otherwise.bytes, value.bytes, chosen, size);
    states = chosen;
    if (!all_are(chosen, size, kValue)) out.bytes = chosen;
  }
  const bool hull = some_hull(when, states, size);
  if (!hull && exact) return out;
  Word* hi = frame.take_words(size);
  choose_words(when, otherwise.hi, value.hi, hi, size);
  if (hull) {
    lower_end(when, otherwise.lo, value.lo, lo, size);
    upper_end(when, otherwise.hi, value.hi, hi, size);
  }
  if (some_bound(states, lo, hi, size)) out.hi = hi;
  return out;
}

struct Choice {
  Byte state = 0;          // or-ed
  Word lo = kMax, hi = kMin;
  bool same = true, first = true;
  bool certain = false, clash = false;
  Word greatest_lo = kMin, least_hi = kMax;   // of true exceptions

  void allow(Byte s, Word l, Word h) {
    state = static_cast<Byte>(state | s);
    if (s != kValue) return;
    if (!first && (l != lo || h != hi)) same = false;
    lo = std::min(lo, l);
    hi = std::max(hi, h);
    first = false;
  }
  void certainly(Byte s, Word l, Word h) {
    certain = true;
    if (s != kValue) return;
    greatest_lo = std::max(greatest_lo, l);
    least_hi = std::min(least_hi, h);
    clash = clash || greatest_lo > least_hi;
  }
};

}  // namespace

Column choose(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  const bool ordered = n.part != 0;
  // An exception that holds nowhere is as if it were not written.
  std::vector<const Byte*> whens;
  std::vector<NodeId> chosen{n.operands[0]};
  for (std::size_t e = 1; e + 1 < n.operands.size(); e += 2) {
    const Column& when = frame.carried(n.operands[e]);
    if (when.splat && when.bytes[0] == kFalse) continue;
    whens.push_back(frame.truths(n.operands[e], size));
    chosen.push_back(n.operands[e + 1]);
  }
  if (whens.empty()) return frame.carried(chosen[0]);
  std::vector<Column> values;
  bool exact = true, given = true;
  for (const NodeId id : chosen) {
    const Column& value = frame.of(id);
    exact = exact && !value.hi;
    given = given && !value.bytes;
  }
  for (const NodeId id : chosen) values.push_back(frame.full(frame.of(id), size));
  const std::size_t exceptions = whens.size();
  Word* lo = frame.take_words(size);
  if (exceptions == 1 && (ordered || all_decided(whens[0], size)) && JIANLU_FAULT(default_stays_possible, true, false)) {
    return choose_one(frame, whens[0], values[0], values[1], exact, given, lo, size);
  }
  // Where all is exact, given and decided nothing needs a hull.
  if (exact && given && std::all_of(whens.begin(), whens.end(), [&](const Byte* when) { return all_decided(when, size); })) {
    Byte* taken = frame.take_bytes(size);
    std::fill_n(taken, size, Byte{0});
    std::copy_n(values[0].lo, size, lo);
    bool good = true;
    for (std::size_t e = 0; good && e < exceptions; ++e) good = take_where(whens[e], values[e + 1].lo, taken, lo, size);
    if (good) return {nullptr, lo, nullptr, false};
  }
  Word* hi = frame.take_words(size);
  Byte* states = frame.take_bytes(size);
  for (std::int32_t i = 0; i < size; ++i) {
    Choice choice;
    for (std::size_t e = 0; e < exceptions; ++e) {
      const Byte when = whens[e][i];
      const Column& v = values[e + 1];
      if (when & kTrue) choice.allow(v.bytes[i], v.lo[i], v.hi[i]);
      if (when == kTrue) choice.certainly(v.bytes[i], v.lo[i], v.hi[i]);
    }
    if (JIANLU_FAULT(default_stays_possible, !choice.certain, true)) {
      choice.allow(values[0].bytes[i], values[0].lo[i], values[0].hi[i]);
    }
    if (JIANLU_FAULT(clash_is_hull, choice.clash, false) || (!ordered && !choice.same)) choice.state = kUnknown;
    states[i] = choice.state;
    lo[i] = choice.state == kValue ? choice.lo : 0;
    hi[i] = choice.state == kValue ? choice.hi : 0;
  }
  return {states, lo, hi, false};
}

Column choose_truth(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  Byte* out = nullptr;
  Byte* certain = nullptr;
  for (std::size_t e = 1; e + 1 < n.operands.size(); e += 2) {
    const Column& condition = frame.carried(n.operands[e]);
    if (condition.splat && condition.bytes[0] == kFalse) continue;
    if (!out) {
      out = frame.take_bytes(size);
      certain = frame.take_bytes(size);
      std::fill_n(out, size, Byte{0});
      std::fill_n(certain, size, Byte{0});
    }
    const Byte* when = frame.truths(n.operands[e], size);
    allow(when, frame.truths(n.operands[e + 1], size), out, certain, size);
  }
  if (!out) return frame.carried(n.operands[0]);
  allow_otherwise(frame.truths(n.operands[0], size), certain, out, size);
  return {out, nullptr, nullptr, false};
}

}  // namespace jianlu::exec
