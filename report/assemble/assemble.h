// Fills a report from rules, facts and verdicts. Nothing is decided here: what a finding says comes from the reference
// evaluator's explanation, and one that does not reproduce the verdict is our own fault (Disagreement).
#pragma once

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/exec/exec.h"
#include "engine/fact/document.h"
#include "engine/finding/finding.h"
#include "engine/model/rulebook.h"
#include "engine/reference/reference.h"
#include "report/report.h"

namespace jianlu::report {

struct Disagreement : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Sources {
  const model::Rulebook& book;
  std::int32_t regulation = 0;
  const fact::Facts& facts;
  const outcome::Context& context;
  std::span<const calendar::Zone> zones;                 // by regulation
  std::span<const exec::NormVerdicts> verdicts;
  std::span<const finding::Transition> ledger;           // of the findings concerned, in order; may be empty
  // The official text of a statement, where one is attached; may be empty.
  std::function<std::string(const statute::Citation&)> official;
  // English entries of the catalogue, by path ("articles/7", "norms/<id>" …); empty where there is none.
  std::function<std::string(const std::string&)> words;
  std::span<const fact::Delivery> deliveries;            // where they were stated; may be empty
};

// Everything but footage, set_aside and receipt, which their owners fill in.
Report assemble(const Sources& sources, source::Language language);

// One finding, as in the report: for `explain`. Throws Disagreement where `stored` is not what the facts say.
Finding assemble_finding(const Sources& sources, source::Language language, model::NormId norm,
                         const outcome::RowKey& key, const outcome::Verdict& stored);

// The stable subject of a row judged: "session/S-001/gap/R-1/R-2".
std::string subject_of(const Sources& sources, model::NormId norm, const outcome::RowKey& key);

}  // namespace jianlu::report
