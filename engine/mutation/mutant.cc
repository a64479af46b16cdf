#include "engine/mutation/mutant.h"

#include <fmt/format.h>

#include "engine/mutation/slips.h"

namespace jianlu::mutation {

using syntax::Decl;
using syntax::DeclKind;

void Slips::begin(std::string declaration, int article) {
  declaration_ = std::move(declaration);
  article_ = article;
  numbers_.clear();
}

void Slips::add(const char* kind, source::Span span, diag::Words what, std::function<void()> toggle) {
  const int number = ++numbers_[kind];
  out_.push_back({fmt::format("{}/{}/{}", declaration_, kind, number), article_, span, std::move(what), std::move(toggle)});
}

namespace {

void clauses(Slips& slips, Decl& decl) {
  const auto drop = [&](const char* kind, syntax::ExprPtr& clause, diag::Words what) {
    if (clause) slips.exchange<syntax::ExprPtr>(kind, clause->span, std::move(what), clause, nullptr);
  };
  const bool category = decl.kind == DeclKind::category;
  drop("when", decl.when, category ? diag::Words("漏写类别自己的条件", "the category's own condition left out") : diag::Words("漏写“当”", "\"when\" left out"));
  slips.negation(decl.when);
  slips.expression(decl.when);
  for (std::size_t i = 0; i < decl.unless.size(); ++i) {
    slips.leave_out("unless", decl.unless[i]->span, {"漏写“除非”", "\"unless\" left out"}, decl.unless, i);
    slips.expression(decl.unless[i]);
  }
  if (decl.condition) {
    if (decl.kind == DeclKind::duty || decl.kind == DeclKind::ban) {
      const bool duty = decl.kind == DeclKind::duty;
      slips.negation(decl.condition->expr);
      slips.exchange("modality", decl.condition->expr->span,
                     duty ? diag::Words("义务误作许可", "a duty taken for a permit") : diag::Words("禁止误作许可", "a ban taken for a permit"),
                     decl.kind, DeclKind::permit);
    }
    slips.expression(decl.condition->expr);
    slips.expression(decl.condition->decisive);
  }
  if (decl.deadline) {
    if (decl.deadline->by) {
      slips.exchange("deadline", decl.deadline->span,
                     decl.deadline->strict ? diag::Words("“先于”误作“不晚于”", "\"before\" taken for \"by\"") : diag::Words("“不晚于”误作“先于”", "\"by\" taken for \"before\""),
                     decl.deadline->strict, !decl.deadline->strict);
    }
    for (syntax::ExprPtr* part : {&decl.deadline->from, &decl.deadline->within, &decl.deadline->by}) slips.expression(*part);
  }
  drop("await", decl.await, {"漏写“等候”", "\"await\" left out"});
  slips.expression(decl.await);
  if (decl.no_rollover) slips.exchange("rollover", decl.span, {"漏写“不顺延”", "\"no rollover\" left out"}, decl.no_rollover, false);
}

void parts(Slips& slips, Decl& decl) {
  for (std::size_t i = 0; i < decl.alternatives.size(); ++i) {
    syntax::Alternative& a = decl.alternatives[i];
    if (decl.kind == DeclKind::ground) {
      if (decl.alternatives.size() > 1) slips.leave_out("item", a.span, {"漏写一项", "an item left out"}, decl.alternatives, i);
    } else if (a.when) {
      slips.leave_out("exception", a.span, {"漏写一个例外", "an exception left out"}, decl.alternatives, i);
      slips.negation(a.when);
    }
    slips.expression(a.when);
    slips.expression(a.value);
  }
  for (std::size_t i = 0; i < decl.steps.size(); ++i) {
    syntax::Step& step = decl.steps[i];
    if (decl.steps.size() > 1) slips.leave_out("step", step.span, {"漏写一个步骤", "a step left out"}, decl.steps, i);
    slips.expression(step.where);
  }
  if (decl.ordered) slips.exchange("order", decl.span, {"漏写“依次”", "\"in order\" left out"}, decl.ordered, false);
  for (std::size_t i = 0; i < decl.may_fall_under.size(); ++i) {
    slips.leave_out("category", decl.may_fall_under[i].cite.span, {"漏写“可归入”", "\"may fall under\" left out"}, decl.may_fall_under, i);
  }
}

bool judged(DeclKind kind) {
  switch (kind) {
    case DeclKind::manual: case DeclKind::sanction: case DeclKind::restatement: case DeclKind::application: case DeclKind::declarative: return false;
    default: return true;
  }
}

}  // namespace

std::vector<Mutant> mutants(syntax::SourceFile& tree, const std::vector<const syntax::EnumDecl*>& enumerations) {
  std::vector<Mutant> out;
  Slips slips(out, enumerations);
  for (syntax::Article& article : tree.articles) {
    for (Decl& decl : article.decls) {
      if (!judged(decl.kind)) continue;
      slips.begin(decl.name.en.empty() ? decl.name.zh : decl.name.en, article.cite.citation.article);
      slips.expression(decl.value);
      clauses(slips, decl);
      parts(slips, decl);
    }
  }
  return out;
}

}  // namespace jianlu::mutation
