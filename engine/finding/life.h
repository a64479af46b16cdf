// From what was found before and what an audit finds now to transitions: the life of a finding, one step at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/finding/finding.h"

namespace jianlu::finding {

// A verdict on one row of a root, or where the finding about it stands.
struct Standing {
  std::string suffix;                  // of the subject, behind its root
  std::int32_t norm = 0;               // numbered in the order in which transitions of one subject are written
  outcome::Verdict verdict;
  std::int32_t slice = 0;              // number of the slice of rules that judged it
  Event event = Event::opened;         // findings: the latest that is no review
  std::tuple<const std::string&, std::int32_t> place() const { return {suffix, norm}; }
};

struct Step {
  Standing now;                        // after it
  std::string_view reason;             // closed: "facts", "rules", "subject gone"
};

// One root. `before`: its findings, closed ones included. `judged`: the verdicts of today; those that are not open
// count only where `before` has a finding. Both sorted by place, no place twice. `slices`: by norm, what judges today;
// -1 where the norm is a rule no longer. The steps come sorted by place.
std::vector<Step> steps(const std::vector<Standing>& before, const std::vector<Standing>& judged,
                        const std::vector<std::int32_t>& slices);

}  // namespace jianlu::finding
