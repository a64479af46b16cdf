#include "bench/eval/contest.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "engine/diag/render.h"

namespace jianlu::bench {
namespace {

rules::Rules read(const std::string& source) {
  // As it stood when by_hand*.h were written: the benchmark is about the engine, and does not follow the rules.
  rules::Rules rules = rules::load(source + "/rules", {source + "/bench/eval/regulation.law"});
  if (!rules.usable()) {
    throw std::runtime_error("the rules do not load:\n" + diag::render_text(rules.diagnostics.all(), rules.files));
  }
  return rules;
}

}  // namespace

Contest::Contest(const std::string& source, std::int32_t sessions, std::uint64_t seed)
    : sessions_(sessions),
      rules_(read(source)),
      archive_(make_archive(rules_.book.vocabulary, sessions, seed)),
      structs_(ledgers<Structs>(archive_, rules_.book.vocabulary)),
      columns_(ledgers<Columns>(archive_, rules_.book.vocabulary)),
      plan_(plan::compile(rules_.book)),
      evaluator_(std::make_unique<exec::Evaluator>(plan_)) {
  for (const model::Regulation& r : rules_.book.regulations) zones_.push_back(*calendar::Zone::find(r.zone));
  for (const plan::Node& n : plan_.nodes) {
    if (n.kernel != plan::Kernel::load) continue;
    const fact::Table& table = archive_.facts.tables[static_cast<std::size_t>(n.entity)];
    if (table.columns[static_cast<std::size_t>(n.field)].lo.size() == static_cast<std::size_t>(table.size)) continue;
    const model::Entity& e = rules_.book.vocabulary.entities[static_cast<std::size_t>(n.entity)];
    throw std::runtime_error(fmt::format("the rules read {}.{}, which the made-up archive does not have: extend bench/eval/archive*.cc", e.name.en,
                                         e.fields[static_cast<std::size_t>(n.field)].name.en));
  }
  for (const plan::NormPlan& norm : plan_.norms) {
    const std::string& name = rules_.book.norms[static_cast<std::size_t>(norm.norm)].name.en;
    const auto found = std::find(std::begin(kHandNames), std::end(kHandNames), name);
    if (found == std::end(kHandNames)) throw std::runtime_error("no hand-written version of " + name + ": extend bench/eval/by_hand*.h");
    hand_of_.push_back(static_cast<std::size_t>(found - std::begin(kHandNames)));
  }
  if (hand_of_.size() != kHandNorms) throw std::runtime_error("a norm that is written by hand is no longer in the rules: bench/eval/by_hand.h");
}

void Contest::plan(unsigned threads, bool details) {
  for (std::size_t n = 0; n < kHandNorms; ++n) {
    by_plan_[n].clear();
    details_[n].clear();
  }
  exec::Options options;
  options.threads = threads;
  options.details = details;
  evaluator_->evaluate(archive_.facts, {archive_.as_of, &rules_.working_days}, zones_, options, [&](std::span<const exec::NormVerdicts> batch) {
    std::size_t at = 0;
    for (const exec::NormVerdicts& verdicts : batch) {
      while (plan_.norms[at].norm != verdicts.norm) ++at;
      auto& kept = by_plan_[hand_of_[at]];
      kept.insert(kept.end(), verdicts.outcomes.begin(), verdicts.outcomes.end());
      details_[hand_of_[at]].insert(details_[hand_of_[at]].end(), verdicts.details.begin(), verdicts.details.end());
    }
  });
}

std::string Contest::check() {
  structs();
  columns();
  plan(1);
  std::string text;
  const auto compare = [&](const char* who, const Outcomes& mine) {
    for (std::size_t n = 0; n < kHandNorms; ++n) {
      if (mine[n] == by_plan_[n]) continue;
      if (mine[n].size() != by_plan_[n].size()) {
        text += fmt::format("{}: {} has {} rows, the plan {}\n", who, kHandNames[n], mine[n].size(), by_plan_[n].size());
        continue;
      }
      std::size_t different = 0, first = 0;
      for (std::size_t i = mine[n].size(); i-- > 0;) {
        if (mine[n][i] == by_plan_[n][i]) continue;
        ++different;
        first = i;
      }
      const auto name = [](std::uint8_t o) { return outcome::id(static_cast<outcome::Outcome>(o)); };
      text += fmt::format("{}: {} differs in {} rows, first row {}: {}, the plan says {}\n", who, kHandNames[n], different, first, name(mine[n][first]),
                          name(by_plan_[n][first]));
    }
  };
  compare("structs", by_structs_);
  compare("columns", by_columns_);
  const Outcomes alone = by_plan_;
  plan(2);
  if (alone != by_plan_) text += "the plan says something else on two threads\n";
  return text;
}

std::string Contest::tally() const {
  std::string text = fmt::format("{:<22}", "");
  for (int o = 0; o < outcome::kOutcomes; ++o) text += fmt::format("{:>15}", outcome::id(static_cast<outcome::Outcome>(o)));
  text += '\n';
  for (std::size_t n = 0; n < kHandNorms; ++n) {
    std::array<std::int64_t, outcome::kOutcomes> counts{};
    for (const std::uint8_t o : by_plan_[n]) ++counts[o];
    text += fmt::format("{:<22}", kHandNames[n]);
    for (const std::int64_t count : counts) text += fmt::format("{:>15}", count);
    text += '\n';
  }
  return text;
}

}  // namespace jianlu::bench
