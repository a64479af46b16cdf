// Judges JSON lines as they come, without a store: memory does not grow with the input, and what is written does not
// depend on the number of threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/manifest/stream.h"
#include "engine/finding_lines.h"
#include "engine/model/rulebook.h"
#include "engine/plan/plan.h"

namespace jianlu {

struct StreamRules {
  const model::Rulebook& book;
  const plan::Plan& plan;
  std::span<const calendar::Zone> zones;     // by regulation; the first is that of times without one
  outcome::Context context;
};

struct StreamOptions {
  FindingLines::Style style = FindingLines::Style::json;
  source::Language language = source::Language::zh;
  unsigned threads = 1;
  // Each of these is called by one thread at a time, in the order of the input. What `findings` and `rejected` get are
  // whole lines; false: they could not be kept, and the work stops.
  std::function<bool(std::string_view lines)> findings, rejected;
  // The first problem of a line, and how many more the line has; or something noted that keeps nothing aside.
  std::function<void(const fact::Problem&, std::size_t more)> problem;
  std::function<void(std::size_t bytes)> progress;   // read so far
  const std::atomic<bool>* stop = nullptr;   // set: what has been begun is finished and written, no more is read
};

struct StreamResult {
  std::size_t lines = 0, bytes = 0;          // of the input
  std::int64_t rows = 0;                     // judged, without an owner; those that stay included
  std::int64_t rejected = 0;                 // lines
  std::array<std::int64_t, outcome::kOutcomes> outcomes{};
  std::size_t written = 0;                   // bytes of findings
  std::int64_t notes = 0;                    // beyond those given to `problem`
  bool stopped = false;                      // before the end of the input
  // Norms over periods: nobody sees all rows of a period, so they were not judged.
  std::vector<model::NormId> not_judged;
};

// `name` of the input in problems and findings. The stream must have no fault.
StreamResult audit(manifest::Stream& stream, std::string_view name, const StreamRules& rules, const StreamOptions& options);

}  // namespace jianlu
