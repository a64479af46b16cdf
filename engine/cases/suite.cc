#include "engine/cases/suite.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "engine/source/read.h"

namespace jianlu::cases {

std::size_t Suite::failed() const {
  return static_cast<std::size_t>(std::count_if(results.begin(), results.end(), [](const Result& r) { return !r.passed; }));
}

std::size_t Suite::pairs() const {
  std::size_t count = 0;
  for (const Shown& norm : norms) count += static_cast<std::size_t>(std::count(norm.possible.begin(), norm.possible.end(), true));
  return count;
}

std::size_t Suite::pairs_shown() const {
  std::size_t count = 0;
  for (const Shown& norm : norms) {
    for (std::size_t i = 0; i < norm.possible.size(); ++i) count += norm.possible[i] && norm.shown[i];
  }
  return count;
}

Suite run(const rules::Rules& rules, std::size_t index) {
  const model::Regulation& regulation = rules.book.regulations[index];
  Suite suite;
  suite.regulation = index;
  suite.path = (std::filesystem::path(rules.files[regulation.file].path()).parent_path() / "cases.yaml").string();
  for (const model::NormId id : regulation.norms) {
    if (rules.book.norms[id].modality == model::Modality::permit) continue;
    suite.norms.push_back({id, coverage::possible_outcomes(rules.book, id), {}});
  }
  const std::optional<std::string> text = source::read(suite.path);
  if (!text) {
    suite.readable = false;
    return suite;
  }
  Runner runner(rules, index);
  File file = read(*text, rules.book, index, runner.zone());
  suite.faults = std::move(file.faults);
  for (const Case& one : file.cases) {
    suite.results.push_back(runner.run(one));
    if (!suite.results.back().passed) continue;
    for (const Check& check : suite.results.back().checks) {
      if (!check.expected.outcome) continue;
      const auto at = static_cast<std::size_t>(*check.expected.outcome);
      for (Shown& norm : suite.norms) {
        if (norm.norm != check.expected.norm) continue;
        if (!norm.possible[at] && !norm.shown[at]) suite.impossible.emplace_back(norm.norm, *check.expected.outcome);
        norm.shown[at] = true;
      }
    }
  }
  return suite;
}

}  // namespace jianlu::cases
