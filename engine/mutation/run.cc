#include "engine/mutation/run.h"

#include <algorithm>
#include <filesystem>
#include <list>
#include <map>
#include <optional>

#include "engine/cases/run.h"
#include "engine/source/read.h"
#include "engine/yaml/document.h"

namespace jianlu::mutation {
namespace {

namespace fs = std::filesystem;

struct Reason {
  std::string text;
  int line = 0;
};

// mutants.yaml: a list of {变异: id, 等价: why}; `mutant` and `equivalent` in English.
std::map<std::string, Reason> reasons(const fs::path& path, std::vector<cases::Fault>& faults) {
  std::map<std::string, Reason> out;
  const std::optional<std::string> text = source::read(path.string());
  if (!text) return out;
  auto read = yaml::read(*text);
  if (const auto* fault = std::get_if<yaml::Fault>(&read)) {
    faults.push_back({fault->line, fault->column, {fault->zh, fault->en}});
    return out;
  }
  const auto part = [](const yaml::Node& node, const char* zh, const char* en) {
    const yaml::Node* found = node.find(zh) != nullptr ? node.find(zh) : node.find(en);
    return found != nullptr ? found->text : std::string();
  };
  for (const yaml::Node& item : std::get<yaml::Node>(read).items) {
    const std::string id = part(item, "变异", "mutant"), why = part(item, "等价", "equivalent");
    if (id.empty() || why.empty()) {
      faults.push_back({item.line, item.column, {"应写明“变异”和“等价”（理由）", "wants \"mutant\" and \"equivalent\" (the reason)"}});
    } else if (!out.emplace(id, Reason{why, item.line}).second) {
      faults.push_back({item.line, item.column, {"“" + id + "”写了两次", "\"" + id + "\" is written twice"}});
    }
  }
  return out;
}

// Judges cases until one fails; those that failed last are asked first, since slips close together fail alike.
class Jury {
 public:
  explicit Jury(std::vector<cases::Case> cases) : cases_(std::make_move_iterator(cases.begin()), std::make_move_iterator(cases.end())) {}

  // The name of a case that fails; nothing where all pass.
  std::optional<std::string> judge(const rules::Rules& rules) {
    cases::Runner runner(rules, 0);
    for (auto at = cases_.begin(); at != cases_.end(); ++at) {
      if (runner.run(*at).passed) continue;
      cases_.splice(cases_.begin(), cases_, at);
      return cases_.front().name;
    }
    return std::nullopt;
  }

 private:
  std::list<cases::Case> cases_;
};

}  // namespace

std::size_t Report::count(Fate fate) const {
  return static_cast<std::size_t>(std::count_if(outcomes.begin(), outcomes.end(), [&](const Outcome& o) { return o.fate == fate; }));
}

double Report::score(int article) const {
  std::size_t killed = 0, survived = 0;
  for (const Outcome& o : outcomes) {
    if (article != 0 && o.article != article) continue;
    killed += o.fate == Fate::killed;
    survived += o.fate == Fate::survived;
  }
  return killed + survived == 0 ? 100.0 : 100.0 * static_cast<double>(killed) / static_cast<double>(killed + survived);
}

Report run(const rules::Rules& original, std::size_t regulation, const std::function<void(std::size_t, std::size_t)>& progress) {
  Report report;
  report.regulation = regulation;
  const source::FileId file = original.book.regulations[regulation].file;
  const fs::path home = fs::path(original.files[file].path()).parent_path();
  report.path = (home / "mutants.yaml").string();
  rules::Rules rules = rules::load(original.folder, rules::laws_in(home.string()));
  const std::optional<std::string> text = source::read((home / "cases.yaml").string());
  if (!rules.usable() || rules.book.regulations.size() != 1 || !text) {
    report.trouble = {"规则或者用例读不出", "rules or cases cannot be read"};
    return report;
  }
  const std::map<std::string, Reason> equivalent = reasons(report.path, report.faults);
  Jury jury(cases::read(*text, rules.book, 0, cases::Runner(rules, 0).zone()).cases);
  if (const auto failed = jury.judge(rules)) {
    report.trouble = diag::Words(*failed);
    return report;
  }
  syntax::SourceFile* tree = nullptr;
  std::vector<const syntax::EnumDecl*> enumerations;
  for (const auto& one : rules.trees) {
    if (one->kind == syntax::FileKind::regulation) tree = one.get();
    for (const syntax::EnumDecl& e : one->enums) enumerations.push_back(&e);
  }
  const std::vector<Mutant> all = mutants(*tree, enumerations);
  for (const Mutant& mutant : all) {
    Outcome outcome{mutant.id, mutant.article, mutant.span, mutant.what, Fate::survived, {}};
    mutant.toggle();
    rules::rebuild(rules);
    if (!rules.usable()) {
      outcome.fate = Fate::invalid;
    } else if (auto killer = jury.judge(rules)) {
      outcome.fate = Fate::killed;
      outcome.by = std::move(*killer);
    }
    mutant.toggle();
    const auto reason = equivalent.find(mutant.id);
    if (reason != equivalent.end() && outcome.fate == Fate::survived) {
      outcome.fate = Fate::equivalent;
      outcome.by = reason->second.text;
    } else if (reason != equivalent.end()) {
      report.faults.push_back({reason->second.line, 1, {"变异“" + mutant.id + "”有用例能够分辨，不是等价的", "a case tells the mutant \"" + mutant.id + "\": it is not equivalent"}});
    }
    outcome.span.file = file;
    report.outcomes.push_back(std::move(outcome));
    if (progress) progress(report.outcomes.size(), all.size());
  }
  for (const auto& [id, reason] : equivalent) {
    const bool known = std::any_of(all.begin(), all.end(), [&, name = &id](const Mutant& m) { return m.id == *name; });
    if (!known) report.faults.push_back({reason.line, 1, {"没有“" + id + "”这样的变异", "there is no mutant \"" + id + "\""}});
  }
  return report;
}

}  // namespace jianlu::mutation
