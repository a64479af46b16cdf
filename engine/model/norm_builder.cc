// The part of RegulationBuilder that builds duties, bans, permits and approvals.
#include <algorithm>
#include <utility>

#include "engine/model/guards.h"
#include "engine/model/names.h"
#include "engine/model/regulation_builder.h"

namespace jianlu::model {

using diag::Kind;
using syntax::DeclKind;

namespace {

constexpr Type kInstant{TypeKind::instant};

void flatten_or(const syntax::Expr& e, std::vector<const syntax::Expr*>& out) {
  if (e.kind != syntax::ExprKind::logical_or) {
    out.push_back(&e);
    return;
  }
  for (const syntax::ExprPtr& child : e.children) flatten_or(*child, out);
}

bool rests_on(const syntax::Decl& category, std::string_view norm) {
  return std::any_of(category.rests_on.begin(), category.rests_on.end(),
                     [&](const syntax::Reference& ref) { return ref.text == norm; });
}

}  // namespace

void RegulationBuilder::build_norm(const syntax::Decl& decl, std::uint16_t article) {
  if (decl.name.zh.empty() || decl.name.en.empty()) {
    diagnostics_.add(Kind::missing_twin, decl.name.span, {decl.name.zh + decl.name.en});
    return;
  }
  Norm norm;
  norm.modality = decl.kind == DeclKind::ban      ? Modality::ban
                  : decl.kind == DeclKind::permit ? Modality::permit
                                                  : Modality::duty;
  norm.approval = decl.kind == DeclKind::approval;
  norm.name = {decl.name.zh, decl.name.en};
  norm.at = citations(decl, article);
  norm.in_principle = decl.in_principle;
  norm.span = decl.span;
  norm.name_span = decl.name.span;
  norm.valid_from = start_of(decl.valid_from);
  norm.valid_until = start_of(decl.valid_until);
  for (const syntax::Reference& earlier : decl.formerly) norm.formerly.push_back(earlier.text);
  for (const NormId known : book_.regulations[regulation_].norms) {
    const bool by_id = book_.norms[known].name.en == norm.name.en;
    if (book_.norms[known].name.zh != norm.name.zh && !by_id) continue;
    diagnostics_.add(Kind::duplicate_name, decl.name.span, {by_id ? norm.name.en : norm.name.zh})
        .related.push_back({book_.norms[known].name_span, {"已在这里声明", "declared here"}});
    return;
  }

  scope_.variables.clear();
  ExpressionBuilder builder = expressions(decl);
  // A fault in one clause does not hide those of the others.
  bool sound = build_subject(norm, decl, builder);
  if (sound) {
    sound = build_applicability(norm, decl, builder);
    sound = build_unless(norm, decl, builder) && sound;
    sound = build_condition(norm, decl, builder) && sound;
  }
  if (!sound) scope_.faulty.insert({norm.name.zh, norm.name.en});
  if (sound) {
    build_links(norm, decl, builder);
    build_message(norm, decl, builder);
    check_guards(book_, norm, diagnostics_);
    book_.norms.push_back(std::move(norm));
    book_.regulations[regulation_].norms.push_back(static_cast<NormId>(book_.norms.size() - 1));
  }
  scope_.variables.clear();
}

bool RegulationBuilder::build_subject(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& builder) {
  if (!decl.subject) {
    diagnostics_.add(Kind::missing_part, decl.name.span,
                     {{norm.name.zh, norm.name.en}, {"“对每个 …”", "'for each …'"}});
    return false;
  }
  const syntax::Subject& subject = *decl.subject;
  const EntityId of = entity(subject.entity);
  if (of == kNone) return false;
  norm.subject = builder.declare(subject.variable.text, of, subject.variable.span);
  if (!subject.list.text.empty()) {
    syntax::Expr row;
    row.kind = syntax::ExprKind::name;
    row.name = subject.variable.text;
    row.span = subject.variable.span;
    syntax::Expr list;
    list.kind = syntax::ExprKind::field;
    list.name = subject.list.text;
    list.name_span = list.span = subject.list.span;
    list.children.push_back(std::make_unique<syntax::Expr>(std::move(row)));
    norm.list = builder.build_list(&list);
    if (norm.list == kNone) return false;
    norm.element = builder.declare(subject.element.text, book_.expr(norm.list).type.of, subject.element.span);
  }
  return true;
}

bool RegulationBuilder::build_applicability(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& builder) {
  norm.governing = decl.governing != nullptr ? builder.build(decl.governing.get(), kInstant)
                                             : governing_time(norm, builder);
  norm.await = builder.build(decl.await.get(), kInstant);
  builder.set_horizon(norm.await);
  norm.when = builder.build_truth(decl.when.get());
  const auto built = [](const syntax::ExprPtr& written, ExprId id) { return written == nullptr || id != kNone; };
  return built(decl.governing, norm.governing) && built(decl.await, norm.await) && built(decl.when, norm.when);
}

// The governing time of the subject's ledger, through its owners; kNone where none has one.
ExprId RegulationBuilder::governing_time(const Norm& norm, ExpressionBuilder& builder) {
  const VarId var = norm.subject;
  ExprId row = builder.variable(var, book_.variables[var].span);
  for (EntityId of = book_.variables[var].entity; of != kNone; of = book_.vocabulary.entities[of].owner) {
    const Entity& e = book_.vocabulary.entities[of];
    const FieldId field = e.time != kNone ? e.time : e.owner_field;
    if (field == kNone) return kNone;
    Expr read;
    read.op = Op::field;
    read.type = e.fields[field].type;
    read.span = book_.variables[var].span;
    read.operands = {row};
    read.field = field;
    row = builder.add(read);
    if (e.time != kNone) return row;
  }
  return kNone;
}

bool RegulationBuilder::build_unless(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& builder) {
  for (const syntax::ExprPtr& written : decl.unless) {
    std::vector<const syntax::Expr*> alternatives;
    flatten_or(*written, alternatives);
    for (const syntax::Expr* alternative : alternatives) {
      if (const NormId permit = permit_named(*alternative); permit != kNone) {
        if (!defeat(norm, permit, alternative->span, builder)) return false;
        continue;
      }
      Unless unless;
      unless.condition = builder.build_truth(alternative);
      if (unless.condition == kNone) return false;
      unless.at = norm.at.empty() ? statute::Citation{} : norm.at.front();
      const Expr condition = book_.expr(unless.condition);
      if (condition.op == Op::call) {
        const Definition& d = book_.definitions[condition.definition];
        unless.exemption = condition.definition;
        if (!d.at.empty()) unless.at = d.at.front();
        std::map<VarId, ExprId> arguments;
        for (std::size_t i = 0; i < d.parameters.size(); ++i) arguments[d.parameters[i]] = condition.operands[i];
        unless.claim_deadline = substitute(book_, d.claim_deadline, arguments);
      }
      norm.unless.push_back(unless);
    }
  }
  return true;
}

// A bare name that is no definition may be that of a permit.
NormId RegulationBuilder::permit_named(const syntax::Expr& e) const {
  if (e.kind != syntax::ExprKind::name || scope_.definition(e.name) != kNone || scope_.variable(e.name) != kNone) return kNone;
  const NormId id = norm_named({e.name, e.span});
  return id != kNone && book_.norms[id].modality == Modality::permit ? id : kNone;
}

// While the permit applies, the norm is excused.
bool RegulationBuilder::defeat(Norm& norm, NormId id, source::Span span, ExpressionBuilder& builder) {
  const Norm permit = book_.norms[id];
  const EntityId own = book_.variables[norm.subject].entity, other = book_.variables[permit.subject].entity;
  if (own != other || permit.element != kNone) {
    const auto say = [&](EntityId e) { return describe({TypeKind::reference, e}, book_.vocabulary); };
    diagnostics_.add(Kind::type_mismatch, span, {say(own), say(other)}).fix = {
        "许可与本条要对同一种对象", "the permit and this norm must have the same subject"};
    return false;
  }
  const std::map<VarId, ExprId> rows{{permit.subject, builder.variable(norm.subject, span)}};
  Unless unless;
  unless.condition = substitute(book_, permit.when, rows);
  for (const Unless& u : permit.unless) {
    unless.condition = builder.combine(Op::logical_and, unless.condition, builder.negation(substitute(book_, u.condition, rows)));
  }
  if (unless.condition == kNone) {
    Expr always;
    always.op = Op::truth;
    always.type = {TypeKind::truth};
    always.span = span;
    always.integer = 1;
    unless.condition = builder.add(always);
  }
  unless.at = permit.at.empty() ? statute::Citation{} : permit.at.front();
  norm.unless.push_back(unless);
  norm.defeated_by.push_back(id);
  return true;
}

bool RegulationBuilder::build_condition(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& builder) {
  if (decl.kind == DeclKind::approval) return build_approval(norm, decl, builder);
  if (!decl.condition || decl.condition->expr == nullptr) {
    diagnostics_.add(Kind::missing_part, decl.name.span,
                     {{norm.name.zh, norm.name.en}, {"“应当”“不得”或者“可以”", "'shall', 'must not' or 'may'"}});
    return false;
  }
  const syntax::Expr& condition = *decl.condition->expr;
  if (decl.deadline) {
    const syntax::Deadline& d = *decl.deadline;
    Deadline deadline;
    deadline.strict = d.strict;
    deadline.span = d.span;
    deadline.instant = d.by != nullptr ? builder.build(d.by.get(), kInstant)
                                       : builder.plus(builder.build(d.from.get(), kInstant),
                                                      builder.build(d.within.get()), builder.rollover, d.span);
    if (deadline.instant == kNone) return false;
    norm.deadline = deadline;
    if (decl.condition->decisive == nullptr || condition.kind != syntax::ExprKind::any) {
      diagnostics_.add(Kind::missing_part, decl.name.span,
                       {{norm.name.zh, norm.name.en},
                        {"“有 … 于 … 使 … 以 … 为准”：有期限就要写明以哪个时刻为准",
                         "'some … in … such that … with … decisive': a deadline needs the instant that counts"}});
      return false;
    }
    builder.set_horizon(deadline.instant);
    Performance p;
    p.list = builder.build_list(condition.children[0].get());
    if (p.list == kNone) return false;
    p.var = builder.declare(condition.name, book_.expr(p.list).type.of, condition.name_span);
    const syntax::Expr* where = condition.children.size() > 2 ? condition.children[2].get() : nullptr;
    p.where = builder.build_truth(where);
    p.decisive = builder.build(decl.condition->decisive.get(), kInstant);
    scope_.variables.pop_back();
    builder.set_horizon(norm.await);
    if (p.decisive == kNone || (where != nullptr && p.where == kNone)) return false;
    norm.performance = p;
    return true;
  }
  if (decl.condition->decisive != nullptr) {
    diagnostics_.add(Kind::missing_part, decl.name.span,
                     {{norm.name.zh, norm.name.en}, {"“期限 …”", "'deadline …'"}});
    return false;
  }
  if (norm.modality == Modality::ban && condition.kind == syntax::ExprKind::logical_not) {
    diagnostics_.add(Kind::double_negation, condition.span);
  }
  norm.must = builder.build_truth(&condition);
  if (norm.must == kNone) return false;
  const Expr& built = book_.expr(norm.must);
  if (built.op == Op::call && book_.definitions[built.definition].kind == DefKind::act) norm.act = built.definition;
  if (norm.modality == Modality::ban) norm.must = builder.negation(norm.must);
  return true;
}

// Steps in order: some a, then some b not before a, … each before the deadline. Without order: each by itself.
bool RegulationBuilder::build_approval(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& builder) {
  if (!decl.deadline || decl.deadline->by == nullptr || decl.steps.empty()) {
    diagnostics_.add(Kind::missing_part, decl.name.span,
                     {{norm.name.zh, norm.name.en}, {"“步骤 …”和“先于 …”", "'step …' and 'before …'"}});
    return false;
  }
  const ExprId limit = builder.build(decl.deadline->by.get(), kInstant);
  if (limit == kNone) return false;
  const auto compare = [&](Op op, ExprId a, ExprId b) {
    Expr e;
    e.op = op;
    e.type = {TypeKind::truth};
    e.span = book_.expr(a).span;
    e.operands = {a, b};
    return builder.add(e);
  };
  struct Built {
    VarId var;
    ExprId list, where, decisive;
    source::Span span;
  };
  std::vector<Built> steps;
  for (const syntax::Step& step : decl.steps) {
    Built b;
    b.span = step.span;
    b.list = builder.build_list(step.list.get());
    if (b.list == kNone) return false;
    b.var = builder.declare(step.variable.text, book_.expr(b.list).type.of, step.variable.span);
    b.where = builder.build_truth(step.where.get());
    b.decisive = builder.build(step.decisive.get(), kInstant);
    if (b.decisive == kNone || (step.where != nullptr && b.where == kNone)) return false;
    b.where = builder.combine(Op::logical_and, b.where,
                              compare(decl.deadline->strict ? Op::less : Op::less_equal, b.decisive, limit));
    if (decl.ordered && !steps.empty()) {
      b.where = builder.combine(Op::logical_and, b.where,
                                compare(Op::greater_equal, b.decisive, steps.back().decisive));
    }
    steps.push_back(b);
  }
  ExprId must = kNone;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    ExprId body = step->where;
    if (decl.ordered) body = builder.combine(Op::logical_and, body, must);
    Expr any;
    any.op = Op::any;
    any.type = {TypeKind::truth};
    any.span = step->span;
    any.operands = {step->list, kNone, body};
    any.var = step->var;
    const ExprId id = builder.add(any);
    must = decl.ordered ? id : builder.combine(Op::logical_and, id, must);
  }
  norm.must = must;
  return must != kNone;
}

void RegulationBuilder::build_links(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& builder) {
  const Regulation& regulation = book_.regulations[regulation_];
  const auto same = [](statute::Citation a, statute::Citation b) {
    a.paragraph = std::max<std::uint16_t>(a.paragraph, 1);
    b.paragraph = std::max<std::uint16_t>(b.paragraph, 1);
    return a == b;
  };
  for (const syntax::CategoryLink& link : decl.may_fall_under) {
    std::vector<std::int32_t> cited;
    for (std::size_t i = 0; i < regulation.categories.size(); ++i) {
      if (same(regulation.categories[i].at, link.cite.citation)) cited.push_back(static_cast<std::int32_t>(i));
    }
    if (cited.empty()) {
      const bool article_known =
          std::any_of(regulation.articles.begin(), regulation.articles.end(),
                      [&](const Article& a) { return a.at.article == link.cite.citation.article; });
      if (article_known) {
        diagnostics_.add(Kind::unknown_category, link.cite.span,
                         {{statute::format_zh(link.cite.citation), statute::format_en(link.cite.citation)}});
      } else {
        report_unknown_article(link.cite);
      }
      continue;
    }
    // One item may hold several categories (a device lost, recordings lost): those that name the norm, if any does.
    const auto of_others = [&](std::int32_t i) { return !rests_on(*categories_[i].second, norm.name.in(scope_.language)); };
    if (!std::all_of(cited.begin(), cited.end(), of_others)) std::erase_if(cited, of_others);
    const ExprId when = builder.build_truth(link.when.get());
    for (const std::int32_t category : cited) norm.categories.push_back({category, when, link.cite.span});
  }
}

void RegulationBuilder::build_message(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& builder) {
  if (!decl.message) return;
  norm.message = builder.pieces(decl.message->span);
}

}  // namespace jianlu::model
