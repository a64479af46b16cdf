#include "engine/outcome/outcome.h"

#include <array>

namespace jianlu::outcome {
namespace {

using fact::kFalse;
using fact::kTrue;

constexpr std::uint8_t T = 1, F = 2, U = 4;  // sets of truth values that a row of the table accepts
constexpr std::uint8_t any = T | F | U, not_false = T | U, not_true = F | U;
constexpr std::uint8_t past = 1, before = 2, ever = past | before;

struct TableRow {
  std::uint8_t applies, unless, ban, must, awaited;
  Outcome outcome;
};

// First match wins.
constexpr std::array<TableRow, 9> kTable{{
    //  applies    unless     ban        must  awaited
    {F, any, any, any, ever, Outcome::not_applicable},
    {T, F, T, any, ever, Outcome::conflict},
    // a conflict that can still arise, or can still dissolve, decides nothing else
    {not_false, not_true, not_false, any, past, Outcome::unknown},
    {not_false, not_true, not_false, any, before, Outcome::pending},
    {any, any, any, T, ever, Outcome::satisfied},
    {any, T, any, any, ever, Outcome::exempt},
    {T, F, any, F, past, Outcome::breached},
    {any, any, any, any, before, Outcome::pending},
    {any, any, any, any, past, Outcome::unknown},
}};

constexpr std::uint8_t as_set(std::uint8_t truth) { return truth == kTrue ? T : truth == kFalse ? F : U; }

constexpr Outcome look_up(const Situation& s) {
  for (const TableRow& row : kTable) {
    if ((row.applies & as_set(s.applies)) && (row.unless & as_set(s.unless)) && (row.ban & as_set(s.ban)) &&
        (row.must & as_set(s.must)) && (row.awaited & (s.awaited ? before : past))) {
      return row.outcome;
    }
  }
  return Outcome::unknown;
}

struct Names {
  std::string_view id, zh, en;
};
constexpr std::array<Names, kOutcomes> kNames{{
    {"not_applicable", "不适用", "not applicable"},
    {"exempt", "豁免", "exempt"},
    {"satisfied", "符合", "satisfied"},
    {"breached", "违反", "breached"},
    {"pending", "待定", "pending"},
    {"unknown", "不明", "unknown"},
    {"conflict", "冲突", "conflict"},
}};

}  // namespace

Outcome decide(const Situation& situation) { return look_up(situation); }

std::string_view id(Outcome outcome) { return kNames[static_cast<std::size_t>(outcome)].id; }

std::string_view name(Outcome outcome, source::Language language) {
  const Names& names = kNames[static_cast<std::size_t>(outcome)];
  return language == source::Language::zh ? names.zh : names.en;
}

}  // namespace jianlu::outcome
