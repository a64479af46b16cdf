// What the hand-written norms share: truths, outcomes, calendar, texts.
#pragma once

#include <algorithm>
#include <array>

#include "bench/eval/by_hand.h"
#include "engine/calendar/date.h"
#include "engine/plan/truth.h"
#include "engine/text/normal.h"

namespace jianlu::bench {

using plan::kleene_and, plan::kleene_not, plan::kleene_or, plan::truth_of;
using fact::kFalse, fact::kTrue, fact::kUndecided, fact::kMin, fact::kMax, fact::kNothing, fact::kUnknown, fact::kValue;
using Byte = std::uint8_t;
using Word = std::int64_t;

// The table of docs/decisions/0003-outcomes.md for norms that no ban opposes, by applies | unless << 2 | must << 4 | awaited << 6.
inline constexpr std::array<Byte, 128> kSettled = [] {
  std::array<Byte, 128> table{};
  for (unsigned i = 0; i < table.size(); ++i) {
    const unsigned applies = i & 3, unless = (i >> 2) & 3, must = (i >> 4) & 3;
    const bool awaited = i >> 6;
    table[i] = applies == kFalse                                                      ? 0
               : must == kTrue                                                        ? 2
               : unless == kTrue                                                      ? 1
               : applies == kTrue && unless == kFalse && must == kFalse && !awaited   ? 3
               : awaited                                                              ? 4
                                                                                      : 5;
  }
  return table;
}();
inline Byte settle(Byte applies, Byte unless, Byte must, bool awaited = false) {
  return kSettled[applies | unsigned{unless} << 2 | unsigned{must} << 4 | unsigned{awaited} << 6];
}

// The zone has had one offset since 1991.
constexpr Word kOffset = 8 * calendar::hour;
inline Word day_of(Word instant) { return (instant + kOffset) / calendar::hours_24; }
inline Word end_of_day(Word instant) { return (day_of(instant) + 1) * calendar::hours_24 - kOffset - 1; }

// A year later by day, worked out once per day.
class YearLater {
 public:
  Word operator()(Word instant) {
    const Word day = day_of(instant);
    if (day < first_ || day >= first_ + static_cast<Word>(ends_.size())) grow(day);
    return ends_[static_cast<std::size_t>(day - first_)];
  }

 private:
  void grow(Word day) {
    const Word from = ends_.empty() ? day : std::min(day, first_), to = ends_.empty() ? day : std::max(day, first_ + static_cast<Word>(ends_.size()) - 1);
    first_ = from - 40;
    ends_.clear();
    for (Word d = first_; d <= to + 40; ++d) {
      calendar::Date date = calendar::to_date(static_cast<calendar::Day>(d));
      ++date.year;
      date.day = static_cast<std::uint8_t>(std::min<int>(date.day, calendar::days_in_month(date.year, date.month)));
      ends_.push_back((calendar::to_day(date) + Word{1}) * calendar::hours_24 - kOffset - 1);
    }
  }
  Word first_ = 0;
  std::vector<Word> ends_;
};

// What a wording is, worked out once per distinct text.
class Wordings {
 public:
  enum : Byte { asked = 1, notice = 2, doubtful = 4, explains = 8 };
  explicit Wordings(const fact::Texts& texts)
      : texts_(texts), known_(texts.size()), notice_(text::normalise("为保护您的合法权益，监督我们的执法行为，本次执法全程录音录像。")),
        stopped_(text::normalise("中断")), ceased_(text::normalise("中止")) {}
  Byte operator()(std::int32_t id) {
    Byte& known = known_[static_cast<std::size_t>(id)];
    if (known == 0) known = look(id);
    return known;
  }

 private:
  Byte look(std::int32_t id) const {
    const std::u32string words = text::normalise(texts_[id]);
    const auto has = [&](const std::u32string& part) { return words.find(part) != std::u32string::npos; };
    Byte result = asked;
    const std::int64_t alike = has(notice_) ? 1'000'000 : text::similarity(words, notice_);
    if (alike >= 900'000) result |= notice;
    else if (alike >= 600'000) result |= doubtful;
    if (has(stopped_) || has(ceased_)) result |= explains;
    return result;
  }
  const fact::Texts& texts_;
  std::vector<Byte> known_;
  std::u32string notice_, stopped_, ceased_;
};

inline std::size_t at(std::int32_t row) { return static_cast<std::size_t>(row); }
inline Byte given(Byte state) { return state; }
// `a` is over, with rows that may come where the ledger is not complete.
inline Byte closed_any(Byte any, bool closed) { return closed ? any : kleene_or(any, kUndecided); }
inline Byte closed_any(bool any, bool closed) { return closed_any(truth_of(any), closed); }

}  // namespace jianlu::bench
