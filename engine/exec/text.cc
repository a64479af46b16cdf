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

std::int64_t alike(std::u32string_view text, std::u32string_view other) {
  return JIANLU_FAULT(similarity_counts_differences, text::similarity(text, other), std::int64_t{1'000'000} - text::similarity(text, other));
}

std::int64_t ask(Kernel kernel, std::u32string_view text, std::u32string_view other) {
  return kernel == Kernel::contains ? std::int64_t{holds(text, other)} : alike(text, other);
}

std::string_view written(const Frame& frame, Word id) {
  return id >= 0 ? std::string_view(frame.run.facts->texts[id]) : std::string_view(frame.run.plan.texts[static_cast<std::size_t>(-2 - id)]);
}

std::u32string normal(const Frame& frame, Word id) { return text::normalise(written(frame, id)); }

bool has_value(const Column& column, std::int32_t row) { return !column.bytes || column.bytes[column.splat ? 0 : row] == kValue; }

// The texts from operand 1 on, put together for a row that has them all.
std::u32string template_of(Frame& frame, const plan::Node& n, std::int32_t row) {
  std::string whole;
  for (std::size_t k = 1; k < n.operands.size(); ++k) {
    const Column& part = frame.of(n.operands[k]);
    whole += written(frame, part.lo[part.splat ? 0 : row]);
  }
  return text::normalise(whole);
}

// A similarity is a value where all texts are.
const std::uint8_t* states(Frame& frame, const plan::Node& n, std::int32_t size) {
  std::uint8_t* out = nullptr;
  for (const NodeId id : n.operands) {
    const Column& text = frame.of(id);
    if (!text.bytes) continue;
    if (!out) {
      out = frame.take_bytes(size);
      std::fill_n(out, size, std::uint8_t{kValue});
    }
    for (std::int32_t i = 0; i < size; ++i) out[i] = kleene_and(out[i], text.bytes[text.splat ? 0 : i]);
  }
  return out;
}

// A text is brought to normal form once, for all constants that it is asked about.
void look(const Frame& frame, Word id) {
  const std::u32string text = normal(frame, id);
  for (const auto& memo : frame.run.memos) {
    if (!memo) continue;
    const std::int64_t answer = ask(memo->kernel, text, memo->needle);
    memo->answers[static_cast<std::size_t>(id)].store(static_cast<std::int32_t>(answer) + 1, std::memory_order_relaxed);
  }
}

// What nobody has asked yet: one more than the answer.
std::int32_t first_answer(const Frame& frame, const TextMemo& memo, Word id) {
  if (id < 0) return static_cast<std::int32_t>(ask(memo.kernel, normal(frame, id), memo.needle)) + 1;
  look(frame, id);
  return memo.answers[static_cast<std::size_t>(id)].load(std::memory_order_relaxed);
}

// `use(row, answer)` gets the answer for each row that has both texts.
template <typename Use>
void each_answer(Frame& frame, const plan::Node& n, std::int32_t size, Use use) {
  const Column& a = frame.of(n.operands[0]);
  const auto id = static_cast<std::size_t>(&n - frame.run.plan.nodes.data());
  const TextMemo* memo = frame.run.memos[id].get();
  if (memo && !a.bytes && !a.splat) {
    const Word* texts = a.lo;
    const std::atomic<std::int32_t>* answers = memo->answers.get();
    auto* found = frame.arena.take<std::int32_t>(static_cast<std::size_t>(size));
    bool all = true;
    for (std::int32_t i = 0; i < size; ++i) {
      found[i] = texts[i] < 0 ? 0 : answers[texts[i]].load(std::memory_order_relaxed);
      all &= found[i] != 0;
    }
    for (std::int32_t i = 0; !all && i < size; ++i) {
      if (found[i] != 0) continue;
      // A row before it may have had the same text.
      if (texts[i] >= 0) found[i] = answers[texts[i]].load(std::memory_order_relaxed);
      if (found[i] == 0) found[i] = first_answer(frame, *memo, texts[i]);
    }
    for (std::int32_t i = 0; i < size; ++i) use(i, std::int64_t{found[i]} - 1);
    return;
  }
  for (std::int32_t i = 0; i < size; ++i) {
    bool values = has_value(a, i);
    for (std::size_t k = 1; values && k < n.operands.size(); ++k) values = has_value(frame.of(n.operands[k]), i);
    if (!values) continue;
    const Word text = a.lo[a.splat ? 0 : i];
    if (!memo || text < 0) {
      use(i, ask(n.kernel, normal(frame, text), template_of(frame, n, i)));
      continue;
    }
    const auto& answer = memo->answers[static_cast<std::size_t>(text)];
    if (answer.load(std::memory_order_relaxed) == 0) look(frame, text);
    use(i, std::int64_t{answer.load(std::memory_order_relaxed)} - 1);
  }
}

}  // namespace

Column contains(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  std::uint8_t* out = frame.take_bytes(size);
  std::fill_n(out, size, std::uint8_t{kUndecided});
  each_answer(frame, n, size, [out](std::int32_t i, std::int64_t answer) { out[i] = plan::truth_of(answer != 0); });
  return {out, nullptr, nullptr, false};
}

Column similarity(Frame& frame, const plan::Node& n) {
  const std::int32_t size = frame.size(n.domain);
  Word* out = frame.take_words(size);
  std::fill_n(out, size, Word{0});
  each_answer(frame, n, size, [out](std::int32_t i, std::int64_t answer) { out[i] = answer; });
  return {states(frame, n, size), out, nullptr, false};
}

}  // namespace jianlu::exec
