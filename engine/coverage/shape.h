// Which outcomes a norm can have, computed from what it is made of: no case can be asked for another, and each of these
// should be shown by one.
//
// Every truth value that decides an outcome is given the set of values that it can take, by going through its expression:
// - a literal has one; comparisons of literals are computed; everything else that compares can be true and false, and
//   undecided where an operand can be none, unknown or a bound. A required field is always given; instants and numbers
//   can be bounds; an optional or observed field can be none or unknown; a truth field that is not required, undecided.
// - a quantifier over rows can always be undecided (the ledger may not have been delivered) and false (`any`, no row) or
//   true (`every`); the other value only where its body can take it.
// - `and`, `or`, `not` and definitions combine the values of their parts; parts are taken to be independent.
// - the length of a derived row is above the tolerance of its derivation, certainly or possibly, never below; its
//   neighbours are always known, its existence may be undecided.
// Then, by the table of language.md section 6:
// - applies: as `when`; also false where the norm or its regulation has limits of validity, undecided where the governing
//   time can be a bound then, and for derived rows. No `when` and no limits: always, so never not_applicable.
// - unless: false where there is none, so exempt only with one; undecided also where it must be claimed.
// - a field of the judged row that `when` requires somebody to have looked at (已认定) is decided wherever the norm applies.
// - ban: false without opposing bans, so conflict only with one.
// - must: as the condition; of a performance as a quantifier.
// - time left: only with a deadline, an instant awaited or a claim (the last only while it is undecided), so pending only
//   then.
#pragma once

#include <array>

#include "engine/model/rulebook.h"
#include "engine/outcome/outcome.h"

namespace jianlu::coverage {

using Outcomes = std::array<bool, outcome::kOutcomes>;   // by outcome::Outcome

// Nothing for a permit.
Outcomes possible_outcomes(const model::Rulebook& book, model::NormId norm);

}  // namespace jianlu::coverage
