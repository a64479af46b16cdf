// Findings: the lives of outcomes that somebody must look at. A finding is the life of (norm, subject); its events are
// appended to the ledger and never changed (architecture.md, "The store and the night").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/instant.h"
#include "engine/outcome/outcome.h"
#include "engine/source/source.h"

namespace jianlu::finding {

// Stable identity. `norm` is "<bureau-id>/<norm id>"; `subject` is made of the keys in the facts, never of row numbers
// (subject.h): "session/S-001", "session/S-001/recording/R-7", "session/S-001/gap/R-1/R-2".
struct Key {
  std::string norm;
  std::string subject;
  auto operator<=>(const Key&) const = default;
};

enum class Event : std::uint8_t {
  opened,      // the outcome became breached, conflict, unknown or pending
  changed,     // still open, with another outcome, due instant or time of cure
  closed,      // new facts or rules: satisfied, exempt, not applicable, or the subject is gone
  reopened,    // open again after it was closed
  confirmed,   // by an inspector
  dismissed,   // by an inspector, with a reason
  rectified,   // by an inspector: put right
};
constexpr int kEvents = 7;
constexpr bool is_review(Event event) { return event >= Event::confirmed; }
std::string_view id(Event event);
std::string_view name(Event event, source::Language language);

// What an audit or an inspector says of a finding; the order of transitions does not depend on threads.
struct Transition {
  Key key;
  Event event{};
  outcome::Verdict verdict;            // after it
  calendar::Instant as_of = 0;         // of the run, or of the review
  std::string slice;                   // SHA-256 (hex) of the slice of rules that judged it
  std::string person;                  // reviews only
  std::string reason;                  // reviews; closed: why ("facts", "rules", "subject gone")
};

constexpr bool is_open(outcome::Outcome outcome) {
  return outcome == outcome::Outcome::breached || outcome == outcome::Outcome::conflict ||
         outcome == outcome::Outcome::unknown || outcome == outcome::Outcome::pending;
}

}  // namespace jianlu::finding
