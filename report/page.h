// A report as the templates of report/templates/ want it: texts in one language, lists and flags, anchors.
#pragma once

#include "report/report.h"
#include "report/template.h"
#include "report/words.h"

namespace jianlu::report {

// Everything that {{…}} names but the content policy.
Value page(const Report& report, const Words& words);

// The findings by outcome, numbered through; {{#groups}}. Findings and sessions link to each other.
Value::List finding_groups(const Report& report, const Words& words);
Value::List session_articles(const Report& report, const Words& words);

// Anchors and numbers by the place in the report.
std::string session_anchor(std::size_t index);
std::string finding_anchor(std::size_t index);
// Numbers of the findings in the order in which they are shown, from 1; by index.
std::vector<std::size_t> finding_numbers(const Report& report);

// The outcomes in the order of a report: gravest first.
constexpr std::array<Outcome, outcome::kOutcomes> kShown{
    Outcome::breached,  Outcome::conflict, Outcome::unknown,       Outcome::pending,
    Outcome::satisfied, Outcome::exempt,   Outcome::not_applicable};

}  // namespace jianlu::report
