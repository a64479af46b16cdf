// What a norm says of a row at an instant: exactly one outcome (language.md, section 6).
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/calendar/instant.h"
#include "engine/calendar/working_days.h"
#include "engine/calendar/zone.h"
#include "engine/fact/fact.h"
#include "engine/source/source.h"

namespace jianlu::outcome {

enum class Outcome : std::uint8_t {
  not_applicable,
  exempt,
  satisfied,
  breached,
  pending,
  unknown,
  conflict,
};
constexpr int kOutcomes = 7;

std::string_view name(Outcome outcome, source::Language language);  // 违反 / breached
std::string_view id(Outcome outcome);                               // "breached"

// What the outcome hangs on. Each truth value is a fact::Truth.
struct Situation {
  std::uint8_t applies;   // in force and `when`
  std::uint8_t unless;    // any exemption or exception
  std::uint8_t ban;       // an opposing ban applies
  std::uint8_t must;      // performed, in time where there is a deadline
  bool awaited;           // the deadline (or the instant through which evidence is awaited) has not passed
  bool operator==(const Situation&) const = default;
};

// By table; docs/decisions/0003-outcomes.md holds the table and the proof is a test.
Outcome decide(const Situation& situation);

// What an evaluation needs besides rules and facts. Zones are per regulation, by the regulation's index.
struct Context {
  calendar::Instant as_of = 0;
  const calendar::WorkingDays* working_days = nullptr;
};

// A row judged: a row of the subject's entity, and for a pair a second row. A derived element (a gap) has no row of
// its own in the facts; its identity is its neighbours, kNoRow at either end.
struct RowKey {
  fact::Row subject = fact::kNoRow;
  fact::Row element = fact::kNoRow;               // row of the listed entity
  fact::Row previous = fact::kNoRow, next = fact::kNoRow;  // of a derived element
  auto operator<=>(const RowKey&) const = default;
};

// The outcome with what belongs to it.
struct Verdict {
  Outcome outcome{};
  // pending: the latest instant by which it changes (kMax: woken by a fact alone).
  // breached with a deadline: the deadline.
  calendar::Instant due = fact::kMax;
  calendar::Instant cured_at = fact::kMin;        // breached: performed late at; kMin: not performed
  bool operator==(const Verdict&) const = default;
};

}  // namespace jianlu::outcome
