#include "engine/coverage/text_lint.h"

#include <algorithm>
#include <set>

#include "engine/coverage/reads.h"
#include "engine/graph/lengths.h"
#include "engine/statute/outline.h"

namespace jianlu::coverage {
namespace {

class TextLint {
 public:
  TextLint(const model::Rulebook& book, const model::Regulation& regulation, std::span<const statute::Statement> statements,
           diag::Diagnostics& diagnostics)
      : book_(book), regulation_(regulation), diagnostics_(diagnostics) {
    for (const statute::Statement& s : statements) outline_.push_back(s.at);
  }

  void operator()(const statute::Statement& statement) {
    std::vector<model::NormId> norms;
    for (const model::NormId id : regulation_.norms) {
      if (cites(norm(id).at, statement.at)) norms.push_back(id);
    }
    if (norms.empty()) return;
    const statute::Citation brief = statute::shortest(outline_, statement.at);
    const diag::Words place{"原文" + statute::format_zh(brief), "the text of " + statute::format_en(brief)};
    const source::Span span = norm(norms.front()).name_span;
    for (const std::string_view term : graph::vague_terms(statement.normalised)) {
      if (interpreted(statement.at, norms, term)) continue;
      diagnostics_.add(diag::Kind::vague_term, span, {term, place});
    }
    const std::set<graph::Length> used = figures(statement.at, norms);
    for (const graph::Length& said : graph::lengths_in(statement.normalised)) {
      if (const diag::Words others = graph::others_than(said, used); !others.zh.empty()) {
        diagnostics_.add(diag::Kind::numeral_differs, span, {said.written, others, place});
      }
    }
  }

 private:
  const model::Norm& norm(model::NormId id) const { return book_.norms[static_cast<std::size_t>(id)]; }
  const model::Definition& definition(model::DefId id) const { return book_.definitions[static_cast<std::size_t>(id)]; }

  static bool cites(const std::vector<statute::Citation>& at, const statute::Citation& place) {
    return std::any_of(at.begin(), at.end(), [&](const statute::Citation& c) { return statute::within(place, c); });
  }

  // By an interpretation of the statement or one that a norm on it uses; 原则上 also by a norm that says so.
  bool interpreted(const statute::Citation& at, const std::vector<model::NormId>& norms, std::string_view term) const {
    const auto takes_up = [&](model::DefId id) { return definition(id).kind == model::DefKind::interpretation; };
    for (const model::DefId id : regulation_.definitions) {
      if (takes_up(id) && cites(definition(id).at, at)) return true;
    }
    const bool in_principle = term == "原则上" || term == "in principle";
    return std::any_of(norms.begin(), norms.end(), [&](model::NormId id) {
      if (in_principle && norm(id).in_principle) return true;
      const auto& called = reads_of(book_, id).definitions;
      const auto& own = regulation_.definitions;
      return std::any_of(called.begin(), called.end(), [&](model::DefId d) {
        return takes_up(d) && std::find(own.begin(), own.end(), d) != own.end() && decides(id, d);
      });
    });
  }

  // A deadline or a condition of the norm, not what its ledgers wait for.
  bool decides(model::NormId id, model::DefId wanted) const {
    const model::Norm& n = norm(id);
    const auto calls = [&](model::ExprId e, const auto& self) -> bool {
      if (e == model::kNone) return false;
      const model::Expr& x = book_.expr(e);
      if (x.op == model::Op::call) {
        if (x.definition == wanted) return true;
        for (const model::Alternative& a : definition(x.definition).alternatives) {
          if (self(a.when, self) || self(a.value, self)) return true;
        }
      }
      return std::any_of(x.operands.begin(), x.operands.end(), [&](model::ExprId operand) { return self(operand, self); });
    };
    if (calls(n.when, calls) || calls(n.must, calls)) return true;
    if (n.performance && calls(n.performance->where, calls)) return true;
    return n.deadline && calls(n.deadline->instant, calls);
  }

  std::set<graph::Length> figures(const statute::Citation& at, const std::vector<model::NormId>& norms) const {
    std::set<graph::Length> used;
    const auto take = [&](model::ExprId id) { graph::lengths_of(book_, id, used); };
    for (const model::NormId id : norms) {
      const model::Norm& n = norm(id);
      for (const model::ExprId part : {n.when, n.must, n.await}) take(part);
      if (n.performance) take(n.performance->where);
      if (n.deadline) take(n.deadline->instant);
    }
    for (const model::DefId id : regulation_.definitions) {
      if (!cites(definition(id).at, at)) continue;
      for (const model::Alternative& a : definition(id).alternatives) {
        take(a.when);
        take(a.value);
      }
    }
    return used;
  }

  const model::Rulebook& book_;
  const model::Regulation& regulation_;
  diag::Diagnostics& diagnostics_;
  std::vector<statute::Citation> outline_;
};

}  // namespace

void lint_text(const model::Rulebook& book, const model::Regulation& regulation, std::span<const statute::Statement> statements,
               diag::Diagnostics& diagnostics) {
  TextLint lint(book, regulation, statements, diagnostics);
  for (const statute::Statement& statement : statements) lint(statement);
}

}  // namespace jianlu::coverage
