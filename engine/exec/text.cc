// Texts, compared in normal form. Against a constant each distinct text is looked at once per run.
#include "engine/text/normal.h"

#include <string>

#include "engine/exec/kernels.h"

namespace jianlu::exec {
namespace {

using Word = std::int64_t;

bool holds(std::u32string_view text, std::u32string_view needle) {
  return JIANLU_FAULT(contains_wants_prefix, text.find(needle) != std::u32string_view::npos, text.starts_with(needle));
}

std::u32string normal(const Frame& frame, Word id) {
  if (id >= 0) return text::normalise(frame.run.facts->texts[id]);
  return text::normalise(frame.run.plan.texts[static_cast<std::size_t>(-2 - id)]);
}

// `ask(text, other)` gives at most 2^30; `use(row, answer)` gets it for each row that has both texts.
template <typename Ask, typename Use>
void each_answer(Frame& frame, const plan::Node& n, std::int32_t size, Ask ask, Use use) {
  const Column& a = frame.of(n.operands[0]);
  const Column& b = frame.of(n.operands[1]);
  const auto id = static_cast<std::size_t>(&n - frame.run.plan.nodes.data());
  TextMemo* memo = frame.run.memos[id].get();
  for (std::int32_t i = 0; i < size; ++i) {
    const std::int32_t at_a = a.splat ? 0 : i, at_b = b.splat ? 0 : i;
    if ((a.bytes && a.bytes[at_a] != kValue) || (b.bytes && b.bytes[at_b] != kValue)) continue;
    const Word text = a.lo[at_a];
    if (!memo || text < 0) {
      use(i, ask(normal(frame, text), normal(frame, b.lo[at_b])));
      continue;
    }
    auto& answer = memo->answers[static_cast<std::size_t>(text)];
    std::int32_t known = answer.load(std::memory_order_relaxed);
    if (known == 0) {
      known = static_cast<std::int32_t>(ask(normal(frame, text), memo->needle)) + 1;
      answer.store(known, std::memory_order_relaxed);
    }
    use(i, std::int64_t{known} - 1);
  }
}

}  // namespace

Column contains(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  std::uint8_t* out = frame.take_bytes(size);
  std::fill_n(out, size, std::uint8_t{kUndecided});
  each_answer(
      frame, n, size,
      [](std::u32string_view text, std::u32string_view needle) { return std::int64_t{holds(text, needle)}; },
      [&](std::int32_t i, std::int64_t answer) { out[i] = plan::truth_of(answer != 0); });
  return {out, nullptr, nullptr, false};
}

Column similarity(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  Word* out = frame.take_words(size);
  std::fill_n(out, size, Word{0});
  each_answer(
      frame, n, size,
      [](std::u32string_view text, std::u32string_view other) {
        return JIANLU_FAULT(similarity_counts_differences, text::similarity(text, other),
                            std::int64_t{1'000'000} - text::similarity(text, other));
      },
      [&](std::int32_t i, std::int64_t answer) { out[i] = answer; });
  return {both_states(frame, frame.of(n.operands[0]), frame.of(n.operands[1]), size), out, nullptr, false};
}

}  // namespace jianlu::exec
