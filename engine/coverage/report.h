// The coverage of a bureau, ready to be shown: table, totals, interpretations, manual checks, and what became of the
// statements in an attached text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/coverage/coverage.h"
#include "engine/diag/diag.h"
#include "engine/rules/catalogue.h"
#include "engine/rules/load.h"
#include "engine/statute/compare.h"
#include "engine/statute/words.h"

namespace jianlu::coverage {

struct Change {
  statute::Difference difference;            // never Drift::same
  std::vector<statute::Run> words;           // of the sentences that hold it; empty without the earlier text
  std::vector<model::NormId> norms;          // that rest on the statement as it was
};

struct Report {
  std::size_t regulation = 0;                // index into the rulebook
  std::optional<Table> table;                // absent: source.yaml could not be read
  std::vector<Change> changes;               // empty without a text
  bool compared = false;                     // a text was attached
  std::vector<std::pair<std::string, diag::Words>> unreadable;   // path and reason
  rules::Catalogue english;                  // of regulation.en.yaml; empty where there is none
  bool fine() const { return table && table->complete() && changes.empty() && unreadable.empty(); }
};

// Reads source.yaml beside the rule file and, where `texts` is not empty, texts/<bureau id>.txt. `against` is a folder with the
// earlier texts, for the difference word by word; empty for none.
Report report(const rules::Rules& rules, std::size_t regulation, const std::string& texts, const std::string& against = {});

// For people: the whole table, what is open, the totals.
std::string print(const rules::Rules& rules, const Report& report, source::Language language);
// One line: articles, statements and executable statements of all.
std::string print_sum(const std::vector<Report>& reports, source::Language language);
// {"bureau", "articles": {"total", "covered"}, "statements": {…}, "by_kind", "table": […], "interpretations", "manual", …},
// an array with one such object per report.
std::string json(const rules::Rules& rules, const std::vector<Report>& reports);

}  // namespace jianlu::coverage
