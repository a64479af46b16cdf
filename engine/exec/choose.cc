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

JIANLU_VECTOR void take_bytes_where(const Byte* when, const Byte* value, Byte* out, std::int32_t n) {
  for (std::int32_t i = 0; i < n; ++i) out[i] = when[i] == kTrue ? value[i] : out[i];
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
  const std::size_t exceptions = n.operands.size() / 2;
  const bool ordered = n.part != 0;
  std::vector<Column> whens, values{frame.full(frame.of(n.operands[0]), size)};
  bool exact = !frame.of(n.operands[0]).hi, given = !frame.of(n.operands[0]).bytes, decided = true;
  for (std::size_t e = 0; e < exceptions; ++e) {
    const Column& when = frame.of(n.operands[2 * e + 1]);
    const Column& value = frame.of(n.operands[2 * e + 2]);
    whens.push_back(when);
    if (when.splat) whens.back().bytes = frame.same(when.bytes[0], size);
    values.push_back(frame.full(value, size));
    exact = exact && !value.hi;
    given = given && !value.bytes;
    decided = decided && all_decided(whens.back().bytes, size);
  }
  Word* lo = frame.take_words(size);
  // Where all is exact and decided nothing needs a hull; states matter only where no two exceptions can clash.
  if (exact && decided && (given || exceptions == 1)) {
    Byte* taken = frame.take_bytes(size);
    std::fill_n(taken, size, Byte{0});
    std::copy_n(values[0].lo, size, lo);
    bool good = true;
    for (std::size_t e = 0; good && e < exceptions; ++e) good = take_where(whens[e].bytes, values[e + 1].lo, taken, lo, size);
    if (good && given) return {nullptr, lo, nullptr, false};
    if (good) {
      Byte* states = frame.take_bytes(size);
      std::copy_n(values[0].bytes, size, states);
      take_bytes_where(whens[0].bytes, values[1].bytes, states, size);
      return {states, lo, nullptr, false};
    }
  }
  Word* hi = frame.take_words(size);
  Byte* states = frame.take_bytes(size);
  for (std::int32_t i = 0; i < size; ++i) {
    Choice choice;
    for (std::size_t e = 0; e < exceptions; ++e) {
      const Byte when = whens[e].bytes[i];
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
  const auto truths = [&](NodeId id) {
    const Column& column = frame.of(id);
    return column.splat ? frame.same(column.bytes[0], size) : column.bytes;
  };
  Byte* out = frame.take_bytes(size);
  Byte* certain = frame.take_bytes(size);
  std::fill_n(out, size, Byte{0});
  std::fill_n(certain, size, Byte{0});
  for (std::size_t e = 1; e + 1 < n.operands.size(); e += 2) {
    const Byte* when = truths(n.operands[e]);
    const Byte* value = truths(n.operands[e + 1]);
    allow(when, value, out, certain, size);
  }
  allow_otherwise(truths(n.operands[0]), certain, out, size);
  return {out, nullptr, nullptr, false};
}

}  // namespace jianlu::exec
