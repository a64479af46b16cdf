// Findings as lines, for audits that keep nothing: JSON for machines, text for people.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/calendar/zone.h"
#include "engine/exec/exec.h"
#include "engine/finding/subject.h"
#include "engine/model/rulebook.h"
#include "engine/outcome/outcome.h"
#include "engine/source/source.h"

namespace jianlu {

// JSON: keys in this order, those without a value left out; instants in the zone of the norm's regulation.
//   norm      "qinhuangdao-water/notify"
//   citation  the statements that it rests on, in Chinese
//   subject   "session/S-001/recording/R1" (finding/subject.h)
//   outcome   "breached", "conflict", "unknown", "pending"
//   due       pending: the instant at which it can change; breached: the deadline
//   cured_at  breached: performed late at
//   missing   unknown and pending: what would settle it: [{"fact": "session/S-001.returned", "supplier": …}], a list's
//             name standing for rows of a ledger that was not delivered far enough
//   source, line   where the row without an owner was said
class FindingLines {
 public:
  enum class Style { json, text };

  // Everything given must outlive the object.
  FindingLines(const model::Rulebook& book, std::span<const calendar::Zone> zones, const outcome::Context& context,
               Style style, source::Language language);

  // Remembers what is open among the verdicts over `facts`. Rows count in `outcomes` whatever came of them.
  void take(std::span<const exec::NormVerdicts> verdicts, const fact::Facts& facts);
  // Appends a line for each finding remembered, by row without an owner as the facts have them, then by norm, and
  // forgets them.
  void write(const fact::Facts& facts, std::string& out);

  const std::array<std::int64_t, outcome::kOutcomes>& outcomes() const { return outcomes_; }

 private:
  struct Norm {
    std::string head;                    // what a line of it begins with
    model::EntityId subject = model::kNone, element = model::kNone, stored = model::kNone;
    std::int32_t regulation = 0;
  };
  struct Open {
    finding::Subjects::Root root;
    std::int32_t norm;
    outcome::RowKey key;
    outcome::Verdict verdict;
  };

  void name(const finding::Subjects& subjects, finding::Subjects::Root root, const std::string& suffix, std::string& out) const;
  void instant(calendar::Instant at, const Norm& norm, std::string& out);

  const model::Rulebook& book_;
  std::span<const calendar::Zone> zones_;
  const outcome::Context& context_;
  Style style_;
  source::Language language_;
  std::vector<Norm> norms_;              // by NormId
  std::vector<Open> open_;
  std::array<std::int64_t, outcome::kOutcomes> outcomes_{};
};

}  // namespace jianlu
