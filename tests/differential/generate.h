// Random well-typed rulebooks and random facts for them, from a seed.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/calendar/working_days.h"
#include "engine/calendar/zone.h"
#include "engine/fact/fact.h"
#include "engine/model/rulebook.h"
#include "engine/outcome/outcome.h"

namespace jianlu::differential {

struct Case {
  std::uint64_t seed = 0;
  model::Rulebook book;
  fact::Facts facts;
  std::vector<calendar::Zone> zones;   // by regulation
  calendar::WorkingDays working;
  calendar::Instant as_of = 0;
  outcome::Context context() const { return {as_of, &working}; }
};

Case copy(const Case& c);

// Every operator, type, kind of definition and shape of norm can occur. Facts hold values, none, unknown, bounds, lists not
// delivered, rows without owner, and instants on and beside the limits that the rules name.
Case generate(std::uint64_t seed);

}  // namespace jianlu::differential
