#include "tests/differential/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tests/differential/print.h"
#include "tests/differential/reach.h"

namespace jianlu::differential {
namespace {

using model::Op;
using model::TypeKind;
using outcome::RowKey;
using outcome::Verdict;

// Every feature that should be seen, so that one never seen shows as 0 %.
const std::vector<std::string>& all_features() {
  static const std::vector<std::string> features = [] {
    std::vector<std::string> names;
    for (int op = 0; op <= static_cast<int>(Op::call); ++op) names.push_back("op " + op_name(static_cast<Op>(op)));
    for (int kind = 0; kind <= static_cast<int>(TypeKind::rows); ++kind) names.push_back("type " + type_name(static_cast<TypeKind>(kind)));
    for (int o = 0; o < outcome::kOutcomes; ++o) names.push_back("outcome " + std::string(outcome::id(static_cast<outcome::Outcome>(o))));
    for (const char* part : {"applies", "unless", "ban", "must"}) {
      for (const char* truth : {"true", "false", "undecided"}) names.push_back(fmt::format("{} {}", part, truth));
    }
    for (const char* name :
         {"parts undecided: none", "parts undecided: one", "parts undecided: more", "awaited", "not awaited",
          "fact unknown: cell", "fact unknown: truth", "fact unknown: bound", "fact unknown: list not delivered",
          "fact unknown: nothing", "fact unknown: several kinds", "norm single", "norm pair", "norm derived pair", "norm ban",
          "norm deadline", "norm strict deadline", "norm performance", "norm await", "norm claim", "norm opposed", "norm validity",
          "breached late", "breached never", "pending woken by a fact", "pending until", "definition with exceptions", "call with horizon", "text template"}) {
      names.push_back(name);
    }
    return names;
  }();
  return features;
}

void of_norm(const Case& c, model::NormId id, std::set<std::string>& out) {
  const model::Norm& norm = c.book.norms[static_cast<std::size_t>(id)];
  const Reach reach = reached(c.book, id);
  for (const model::ExprId e : reach.exprs) {
    const model::Expr& expr = c.book.expr(e);
    out.insert("op " + op_name(expr.op));
    out.insert("type " + type_name(expr.type.kind));
    if ((expr.op == Op::contains || expr.op == Op::similarity) && expr.operands.size() > 2) out.insert("text template");
    if (expr.op == Op::call && expr.operands.size() > c.book.definitions[static_cast<std::size_t>(expr.definition)].parameters.size()) {
      out.insert("call with horizon");
    }
  }
  for (const model::DefId d : reach.definitions) {
    const model::Definition& definition = c.book.definitions[static_cast<std::size_t>(d)];
    if (definition.kind == model::DefKind::definition && definition.alternatives.size() > 1) out.insert("definition with exceptions");
  }
  if (norm.element == model::kNone) {
    out.insert("norm single");
  } else {
    const model::EntityId e = c.book.variables[static_cast<std::size_t>(norm.element)].entity;
    out.insert(c.book.vocabulary.entities[static_cast<std::size_t>(e)].derived ? "norm derived pair" : "norm pair");
  }
  if (norm.modality == model::Modality::ban) out.insert("norm ban");
  if (norm.deadline) out.insert(norm.deadline->strict ? "norm strict deadline" : "norm deadline");
  if (norm.performance) out.insert("norm performance");
  if (norm.await != model::kNone) out.insert("norm await");
  if (!norm.opposing_bans.empty()) out.insert("norm opposed");
  if (norm.valid_from || norm.valid_until) out.insert("norm validity");
  for (const model::Unless& u : norm.unless) {
    if (u.claim_deadline != model::kNone) out.insert("norm claim");
  }
}

void of_pair(const Case& c, const reference::Reference::Account& account, std::set<std::string>& out) {
  const auto& s = account.situation;
  const char* const truths[] = {"", "true", "false", "undecided"};
  out.insert(fmt::format("applies {}", truths[s.applies]));
  out.insert(fmt::format("unless {}", truths[s.unless]));
  out.insert(fmt::format("ban {}", truths[s.ban]));
  out.insert(fmt::format("must {}", truths[s.must]));
  int undecided = 0;
  for (const std::uint8_t t : {s.applies, s.unless, s.ban, s.must}) undecided += t == fact::kUndecided;
  out.insert(undecided == 0 ? "parts undecided: none" : undecided == 1 ? "parts undecided: one" : "parts undecided: more");
  out.insert(s.awaited ? "awaited" : "not awaited");
  const Verdict& v = account.verdict;
  out.insert("outcome " + std::string(outcome::id(v.outcome)));
  if (v.outcome == outcome::Outcome::breached) out.insert(v.cured_at == fact::kMin ? "breached never" : "breached late");
  if (v.outcome == outcome::Outcome::pending) out.insert(v.due == fact::kMax ? "pending woken by a fact" : "pending until");
  std::set<std::string> kinds;
  for (const reference::Leaf& leaf : account.undecided) {
    const model::Field& field = c.book.vocabulary.field(leaf.row.entity, leaf.field);
    if (leaf.ledger) {
      kinds.insert("fact unknown: list not delivered");
    } else if (field.type.kind == TypeKind::truth) {
      kinds.insert("fact unknown: truth");
    } else {
      const auto& column = c.facts.tables[static_cast<std::size_t>(leaf.row.entity)].columns[static_cast<std::size_t>(leaf.field)];
      const bool unknown = column.state[static_cast<std::size_t>(leaf.row.row)] == fact::kUnknown;
      kinds.insert(unknown ? "fact unknown: cell" : "fact unknown: bound");
    }
  }
  if (kinds.empty()) kinds.insert("fact unknown: nothing");
  if (kinds.size() > 1) kinds.insert("fact unknown: several kinds");
  out.merge(kinds);
}

}  // namespace

void Histogram::add(const Case& c, model::NormId norm, const std::vector<reference::Reference::Account>& accounts) {
  std::set<std::string> features;
  of_norm(c, norm, features);
  for (const std::string& feature : features) counts_[feature] += static_cast<std::int64_t>(accounts.size());
  for (const auto& account : accounts) {
    features.clear();
    of_pair(c, account, features);
    for (const std::string& feature : features) ++counts_[feature];
  }
  pairs_ += static_cast<std::int64_t>(accounts.size());
}

void Histogram::add(const Histogram& other) {
  for (const auto& [feature, count] : other.counts_) counts_[feature] += count;
  pairs_ += other.pairs_;
}

std::vector<std::string> Histogram::rarer_than(double percent) const {
  std::vector<std::string> rare;
  for (const std::string& feature : all_features()) {
    const auto found = counts_.find(feature);
    const auto count = found == counts_.end() ? 0.0 : static_cast<double>(found->second);
    if (count * 100 < percent * static_cast<double>(pairs_)) rare.push_back(feature);
  }
  return rare;
}

std::string Histogram::print() const {
  std::string text = fmt::format("{} pairs\n", pairs_);
  for (const std::string& feature : all_features()) {
    const auto found = counts_.find(feature);
    const double count = found == counts_.end() ? 0.0 : static_cast<double>(found->second);
    text += fmt::format("{:7.2f} %  {}\n", pairs_ ? count * 100 / static_cast<double>(pairs_) : 0.0, feature);
  }
  return text;
}

std::optional<Mismatch> compare(const Case& c, const Evaluate& evaluate, Histogram* histogram) {
  const std::vector<Judgement> said = evaluate(c);
  std::vector<std::map<RowKey, Verdict>> by_norm(c.book.norms.size());
  for (const Judgement& j : said) {
    const bool fresh = by_norm[static_cast<std::size_t>(j.norm)].emplace(j.key, j.verdict).second;
    if (!fresh) return Mismatch{j.norm, j.key, {}, j.verdict};   // judged twice
  }
  const outcome::Context context = c.context();
  reference::Reference reference(c.book, c.facts, context, c.zones);
  for (model::NormId norm = 0; norm < static_cast<model::NormId>(c.book.norms.size()); ++norm) {
    auto& verdicts = by_norm[static_cast<std::size_t>(norm)];
    std::vector<reference::Reference::Account> accounts;
    for (const RowKey& key : reference.rows(norm)) {
      accounts.push_back(reference.account(norm, key));
      const Verdict& expected = accounts.back().verdict;
      const auto found = verdicts.find(key);
      if (found == verdicts.end()) return Mismatch{norm, key, expected, {}};
      if (found->second != expected) return Mismatch{norm, key, expected, found->second};
      verdicts.erase(found);
    }
    if (!verdicts.empty()) return Mismatch{norm, verdicts.begin()->first, {}, verdicts.begin()->second};
    if (histogram && !accounts.empty()) histogram->add(c, norm, accounts);
  }
  return std::nullopt;
}

std::string report(const Case& c, const Mismatch& m) {
  const auto verdict = [](const std::optional<Verdict>& v) { return v ? print(*v) : std::string("not judged"); };
  std::string text = fmt::format("seed {}: norm{} {}\n  reference: {}\n  evaluator: {}\n\n{}\n{}", c.seed, m.norm, print(m.key),
                                 verdict(m.expected), verdict(m.said), print_norm(c, m.norm), print_facts(c));
  if (m.expected) {
    const outcome::Context context = c.context();
    const auto s = reference::Reference(c.book, c.facts, context, c.zones).account(m.norm, m.key).situation;
    text += fmt::format("reference: applies {} unless {} ban {} must {} awaited {} (1 true, 2 false, 3 undecided)\n", s.applies, s.unless,
                        s.ban, s.must, s.awaited);
  }
  return text;
}

}  // namespace jianlu::differential
