#include "engine/model/regulation_builder.h"

#include <algorithm>
#include <utility>

#include "engine/model/guards.h"
#include "engine/model/names.h"
#include "engine/syntax/parse.h"

namespace jianlu::model {

using diag::Kind;
using statute::Citation;
using syntax::DeclKind;

namespace {

constexpr Type kTruth{TypeKind::truth};

std::optional<DefKind> definition_kind(DeclKind kind) {
  switch (kind) {
    case DeclKind::interpretation: return DefKind::interpretation;
    case DeclKind::definition: return DefKind::definition;
    case DeclKind::ground: return DefKind::ground;
    case DeclKind::act: return DefKind::act;
    case DeclKind::exemption: return DefKind::exemption;
    default: return std::nullopt;
  }
}

bool is_norm(DeclKind kind) {
  return kind == DeclKind::duty || kind == DeclKind::ban || kind == DeclKind::permit || kind == DeclKind::approval;
}

// A relative citation read inside another one: 第三项 inside 第六条第一款.
Citation inside(const Citation& outer, const Citation& inner) {
  if (!inner.relative()) return inner;
  Citation c = outer;
  if (inner.paragraph != 0) c = {outer.article, inner.paragraph, inner.item, inner.sentence, inner.clause};
  else if (inner.item != 0) c = {outer.article, outer.paragraph, inner.item, inner.sentence, inner.clause};
  else if (inner.sentence != 0) c = {outer.article, outer.paragraph, outer.item, inner.sentence, inner.clause};
  else if (inner.clause != 0) c.clause = inner.clause;
  return c;
}

}  // namespace

ExprId substitute(Rulebook& book, ExprId id, const std::map<VarId, ExprId>& replacement) {
  if (id == kNone) return kNone;
  if (book.expr(id).op == Op::variable) {
    const auto found = replacement.find(book.expr(id).var);
    return found == replacement.end() ? id : found->second;
  }
  Expr copy = book.expr(id);
  bool changed = false;
  for (ExprId& operand : copy.operands) {
    const ExprId replaced = substitute(book, operand, replacement);
    changed = changed || replaced != operand;
    operand = replaced;
  }
  if (!changed) return id;
  book.exprs.push_back(std::move(copy));
  return static_cast<ExprId>(book.exprs.size() - 1);
}

RegulationBuilder::RegulationBuilder(Rulebook& book, const source::Files& files, diag::Diagnostics& diagnostics,
                                     const syntax::SourceFile& file, std::string id)
    : book_(book), files_(files), diagnostics_(diagnostics), file_(file), bureau_(id) {
  scope_.language = files[file.file].language;
  if (file.kind != syntax::FileKind::regulation) return;
  Regulation regulation;
  regulation.name = {file.name.zh, file.name.en};
  regulation.id = std::move(id);
  regulation.authority = file.authority ? file.authority->text : "";
  regulation.zone = file.zone ? file.zone->text : "Asia/Shanghai";
  regulation.file = file.file;
  zone_ = calendar::Zone::find(regulation.zone);
  if (!zone_ && file.zone) diagnostics.add(Kind::unknown_zone, file.zone->span, {regulation.zone});
  for (const syntax::Version& version : file.versions) {
    regulation.in_force_from = start_of(version.in_force_from);
    regulation.commencement_because = version.because ? version.because->text : "";
  }
  for (const syntax::Article& article : file.articles) {
    regulation.articles.push_back(
        {article.cite.citation, article.summary ? article.summary->text : "", article.cite.span});
  }
  book.regulations.push_back(std::move(regulation));
  regulation_ = static_cast<std::int32_t>(book.regulations.size() - 1);
}

void RegulationBuilder::each(const std::function<void(const syntax::Decl&, std::uint16_t)>& visit) const {
  for (const syntax::Decl& decl : file_.decls) visit(decl, 0);
  for (const syntax::Article& article : file_.articles) {
    for (const syntax::Decl& decl : article.decls) visit(decl, article.cite.citation.article);
  }
}

std::vector<Citation> RegulationBuilder::citations(const syntax::Decl& decl, std::uint16_t article) const {
  Citation outer;
  outer.article = article;
  std::vector<Citation> out;
  for (const syntax::Cite& cite : decl.cites) out.push_back(inside(outer, cite.citation));
  if (out.empty() && article != 0) out.push_back(outer);
  return out;
}

Citation RegulationBuilder::citation(const syntax::Decl& decl, std::uint16_t article) const {
  const std::vector<Citation> all = citations(decl, article);
  return all.empty() ? Citation{} : all.front();
}

std::optional<calendar::Instant> RegulationBuilder::start_of(std::optional<std::int64_t> day) const {
  if (!day || !zone_) return std::nullopt;
  return zone_->start_of_day(static_cast<calendar::Day>(*day));
}

ExpressionBuilder RegulationBuilder::expressions(const syntax::Decl& decl) {
  ExpressionBuilder builder(book_, scope_, files_, diagnostics_);
  builder.zone = zone_;
  builder.rollover = !decl.no_rollover;
  builder.reasoned = decl.because.has_value();
  builder.ensure_built = [this](DefId id) { build_definition(id); };
  return builder;
}

EntityId RegulationBuilder::entity(const syntax::Reference& ref) {
  const EntityId id = book_.vocabulary.entity(ref.text);
  if (id == kNone) {
    diag::Diagnostic& d = diagnostics_.add(Kind::unknown_type, ref.span, {ref.text});
    std::vector<std::string> names;
    for (const Entity& e : book_.vocabulary.entities) {
      if (book_.vocabulary.visible(e.name)) names.push_back(e.name.in(scope_.language));
    }
    if (const std::string near = nearest(ref.text, names); !near.empty()) {
      d.fix = {"是不是“" + near + "”？", "did you mean '" + near + "'?"};
    }
    return kNone;
  }
  const Name& name = book_.vocabulary.entities[id].name;
  if (ref.text != name.in(scope_.language)) {
    diagnostics_.add(Kind::other_language, ref.span, {ref.text, name.in(scope_.language)});
  }
  return id;
}

void RegulationBuilder::declare() {
  book_.vocabulary.viewer = bureau_;
  for (const syntax::Name& name : file_.faulty) scope_.faulty.insert({name.zh, name.en});
  each([this](const syntax::Decl& decl, std::uint16_t article) {
    if (definition_kind(decl.kind)) declare_definition(decl, article);
  });
}

void RegulationBuilder::declare_definition(const syntax::Decl& decl, std::uint16_t article) {
  if (decl.name.zh.empty() || decl.name.en.empty()) {
    diagnostics_.add(Kind::missing_twin, decl.name.span, {decl.name.zh + decl.name.en});
    return;
  }
  for (const std::string& name : {decl.name.zh, decl.name.en}) {
    if (const DefId known = scope_.definition(name); known != kNone) {
      diagnostics_.add(Kind::duplicate_name, decl.name.span, {name})
          .related.push_back({book_.definitions[known].name_span, {"已在这里声明", "declared here"}});
      return;
    }
  }
  Definition d;
  d.kind = *definition_kind(decl.kind);
  d.name = {decl.name.zh, decl.name.en};
  d.at = citations(decl, article);
  d.result = kTruth;
  d.because = decl.because ? decl.because->text : "";
  d.span = decl.span;
  d.name_span = decl.name.span;
  for (const syntax::Parameter& p : decl.parameters) {
    const EntityId of = entity(p.entity);
    if (of == kNone) return;
    Variable v;
    v.name = {p.variable.text, p.variable.text};
    v.entity = of;
    v.span = p.variable.span;
    book_.variables.push_back(v);
    d.parameters.push_back(static_cast<VarId>(book_.variables.size() - 1));
  }
  if (d.kind == DefKind::interpretation && d.because.empty()) {
    diagnostics_.add(Kind::no_reason, decl.name.span, {{d.name.zh, d.name.en}});
  }
  book_.definitions.push_back(std::move(d));
  const auto id = static_cast<DefId>(book_.definitions.size() - 1);
  scope_.definitions[decl.name.zh] = id;
  scope_.definitions[decl.name.en] = id;
  definitions_[id] = {&decl, article};
  if (regulation_ != kNone) book_.regulations[regulation_].definitions.push_back(id);
}

void RegulationBuilder::use(const RegulationBuilder& common) {
  for (const auto& [name, id] : common.scope_.definitions) scope_.definitions.emplace(name, id);
}

void RegulationBuilder::build_definition(DefId id) {
  const auto found = definitions_.find(id);
  if (found == definitions_.end() || found->second.state != Pending::State::untouched) return;
  found->second.state = Pending::State::building;
  const syntax::Decl& decl = *found->second.decl;
  auto outer = std::exchange(scope_.variables, {});
  ExpressionBuilder builder = expressions(decl);
  for (const VarId p : book_.definitions[id].parameters) {
    scope_.variables.emplace_back(book_.variables[p].name.zh, p);
  }
  Definition d = book_.definitions[id];
  const Citation at = d.at.empty() ? Citation{} : d.at.front();
  if (d.kind == DefKind::exemption) build_exemption(d, decl, builder, at);
  else build_alternatives(d, decl, builder, at);
  check_guards(book_, d, diagnostics_);
  book_.definitions[id] = std::move(d);
  scope_.variables = std::move(outer);
  definitions_[id].state = Pending::State::built;
}

void RegulationBuilder::build_alternatives(Definition& definition, const syntax::Decl& decl,
                                           ExpressionBuilder& builder, const Citation& at) {
  std::optional<Type> result;
  if (definition.kind == DefKind::act || definition.kind == DefKind::ground) result = kTruth;
  if (decl.result) {
    for (const TypeName& known : type_names()) {
      if (known.zh == decl.result->text || known.en == decl.result->text) result = Type{known.kind};
    }
    if (const EnumId e = book_.vocabulary.enumeration(decl.result->text); !result && e != kNone) {
      result = Type{TypeKind::enum_value, e};
    }
    if (!result) diagnostics_.add(Kind::unknown_type, decl.result->span, {decl.result->text});
  }
  if (decl.value != nullptr) {
    Alternative a;
    a.at = at;
    a.span = decl.value->span;
    a.value = builder.build(decl.value.get(), result);
    if (a.value != kNone) definition.result = book_.expr(a.value).type;
    definition.alternatives.push_back(a);
    return;
  }
  if (result) definition.result = *result;
  bool has_default = false;
  for (const syntax::Alternative& alternative : decl.alternatives) {
    Alternative a;
    a.at = alternative.cite ? inside(at, alternative.cite->citation) : at;
    a.catch_all = alternative.catch_all;
    a.span = alternative.span;
    a.when = builder.build_truth(alternative.when.get());
    if (definition.kind == DefKind::definition) {
      a.value = builder.build(alternative.value.get(), result);
      if (alternative.when == nullptr) {
        has_default = true;
        definition.alternatives.insert(definition.alternatives.begin(), a);
        continue;
      }
    }
    definition.alternatives.push_back(a);
  }
  if (definition.kind == DefKind::definition && !has_default) {
    diagnostics_.add(Kind::overlapping_default, decl.name.span, {{definition.name.zh, definition.name.en}});
  }
}

void RegulationBuilder::build_exemption(Definition& definition, const syntax::Decl& decl, ExpressionBuilder& builder,
                                        const Citation& at) {
  if (decl.deadline) {
    const syntax::Deadline& d = *decl.deadline;
    definition.claim_deadline = d.by != nullptr
                                    ? builder.build(d.by.get(), Type{TypeKind::instant})
                                    : builder.plus(builder.build(d.from.get(), Type{TypeKind::instant}),
                                                   builder.build(d.within.get()), builder.rollover, d.span);
  }
  if (decl.condition && !decl.deadline) {
    diagnostics_.add(Kind::missing_part, decl.name.span,
                     {{definition.name.zh, definition.name.en},
                      {"“期限 …”：到什么时候还没有主张，就不能再豁免", "'deadline …': until when the exemption can be claimed"}});
  }
  for (const syntax::Reference& ground : decl.rests_on) {
    const DefId id = scope_.definition(ground.text);
    if (id == kNone) report_unknown(ground.text, ground.span, scope_, book_.vocabulary, diagnostics_);
    else definition.rests_on.push_back(id);
  }
  builder.set_horizon(definition.claim_deadline);
  Alternative claim;
  claim.at = at;
  claim.span = decl.span;
  claim.when = builder.build_truth(decl.condition ? decl.condition->expr.get() : nullptr);
  builder.set_horizon(kNone);
  definition.alternatives.push_back(claim);
}

void RegulationBuilder::build() {
  book_.vocabulary.viewer = bureau_;
  for (const auto& [id, pending] : std::map<DefId, Pending>(definitions_)) build_definition(id);
  if (regulation_ == kNone) return;
  each([this](const syntax::Decl& decl, std::uint16_t article) {
    if (!decl.because || decl.name.en.empty() || definition_kind(decl.kind)) return;
    book_.regulations[regulation_].reasons.push_back({{decl.name.zh, decl.name.en}, citation(decl, article), decl.because->text});
  });
  each([this](const syntax::Decl& decl, std::uint16_t article) {
    if (decl.kind == DeclKind::derived) build_derivation(decl, article);
    if (decl.kind == DeclKind::category) declare_category(decl, article);
  });
  // Permits first: a norm anywhere may name one in its `unless`.
  each([this](const syntax::Decl& decl, std::uint16_t article) {
    if (decl.kind == DeclKind::permit) build_norm(decl, article);
  });
  each([this](const syntax::Decl& decl, std::uint16_t article) {
    if (decl.kind == DeclKind::permit) return;
    if (is_norm(decl.kind)) build_norm(decl, article);
    else build_other(decl, article);
  });
  std::vector<NormId>& norms = book_.regulations[regulation_].norms;
  std::sort(norms.begin(), norms.end(), [&](NormId a, NormId b) { return book_.norms[a].span.begin < book_.norms[b].span.begin; });
  for (const auto& [index, decl] : categories_) build_category(index, *decl);
  link_norms();
}

void RegulationBuilder::build_derivation(const syntax::Decl& decl, std::uint16_t article) {
  const EntityId id = book_.vocabulary.entity(decl.name.zh);
  const syntax::Expr* call = decl.value.get();
  const std::size_t arguments = call == nullptr ? 0 : call->children.size();
  if (id == kNone || arguments < 3 || arguments > 4) {
    diagnostics_.add(Kind::argument_count, decl.span, {{"空隙", "gaps"}, {"3到4", "3 or 4"}, std::to_string(arguments)});
    return;
  }
  Derivation d;
  d.name = {decl.name.zh, decl.name.en};
  d.at = citation(decl, article);
  d.entity = id;
  d.span = decl.span;
  const Entity& e = book_.vocabulary.entities[id];
  FieldId* const fields[] = {&d.start, &d.end, &d.length, &d.previous, &d.next};
  for (std::size_t i = 0; i < std::size(fields); ++i) {
    *fields[i] = book_.vocabulary.field(id, gap_fields()[i].zh);
  }
  ExpressionBuilder builder = expressions(decl);
  d.subject = builder.declare(decl.parameters.front().variable.text, e.owner, decl.parameters.front().variable.span);
  d.horizon = builder.build(decl.await.get(), Type{TypeKind::instant});
  builder.set_horizon(d.horizon);
  const auto& covering = call->children[arguments - 2];
  d.within = builder.build(call->children[0].get(), Type{TypeKind::interval});
  if (arguments == 4) d.excused = builder.build(call->children[1].get(), Type{TypeKind::interval_set});
  const ExprId covered = builder.build(covering.get(), Type{TypeKind::interval_set});
  d.tolerance = builder.build(call->children[arguments - 1].get(), Type{TypeKind::duration});
  scope_.variables.clear();
  if (covered == kNone || d.within == kNone || d.tolerance == kNone) return;
  const Expr& merged = book_.expr(covered);
  if (merged.op != Op::merged || merged.operands[1] != kNone) {
    diagnostics_.add(Kind::type_mismatch, covering->span,
                     {{"“合并 r 于 列表 取 [起、止]”", "'merged r in list of [from, to]'"}, {"别的写法", "something else"}});
    return;
  }
  d.covering_var = merged.var;
  d.covering_list = merged.operands[0];
  d.covering_interval = merged.operands[2];
  d.covering_clock = builder.clock_of(d.covering_var, covering->span);
  check_guards(book_, d, diagnostics_);
  book_.regulations[regulation_].derivations.push_back(d);
}

void RegulationBuilder::declare_category(const syntax::Decl& decl, std::uint16_t article) {
  Category c;
  c.name = {decl.name.zh, decl.name.en};
  c.at = citation(decl, article);
  c.text = decl.text ? decl.text->text : "";
  c.span = decl.span;
  Regulation& regulation = book_.regulations[regulation_];
  regulation.categories.push_back(std::move(c));
  categories_.emplace_back(static_cast<std::int32_t>(regulation.categories.size() - 1), &decl);
}

void RegulationBuilder::build_category(std::int32_t index, const syntax::Decl& decl) {
  Category c = book_.regulations[regulation_].categories[index];
  for (const syntax::Reference& ref : decl.rests_on) {
    const NormId norm = norm_named(ref);
    if (norm != kNone) c.rests_on.push_back(norm);
    else report_unknown_norm(ref);
  }
  ExpressionBuilder builder = expressions(decl);
  if (decl.subject) {
    const EntityId of = entity(decl.subject->entity);
    if (of != kNone) c.subject = builder.declare(decl.subject->variable.text, of, decl.subject->variable.span);
  } else if (!decl.parameters.empty()) {
    const EntityId of = entity(decl.parameters.front().entity);
    if (of != kNone) {
      c.subject = builder.declare(decl.parameters.front().variable.text, of, decl.parameters.front().variable.span);
    }
  }
  c.when = builder.build_truth(decl.when.get());
  check_guards(book_, c.when, diagnostics_);
  scope_.variables.clear();
  book_.regulations[regulation_].categories[index] = std::move(c);
}

NormId RegulationBuilder::norm_named(const syntax::Reference& ref) const {
  for (const NormId id : book_.regulations[regulation_].norms) {
    if (book_.norms[id].name.in(scope_.language) == ref.text) return id;
  }
  return kNone;
}

void RegulationBuilder::report_unknown_norm(const syntax::Reference& ref) {
  if (scope_.faulty.contains(ref.text)) return;
  diag::Diagnostic& d = diagnostics_.add(Kind::unknown_norm, ref.span, {ref.text});
  std::vector<std::string> names;
  for (const NormId id : book_.regulations[regulation_].norms) names.push_back(book_.norms[id].name.in(scope_.language));
  if (const std::string near = nearest(ref.text, names); !near.empty()) {
    d.fix = {"是不是“" + near + "”？", "did you mean '" + near + "'?"};
  }
}

void RegulationBuilder::report_unknown_article(const syntax::Cite& cite) {
  const auto say = [](const Citation& c) { return diag::Words(statute::format_zh(c), statute::format_en(c)); };
  diag::Diagnostic& d = diagnostics_.add(Kind::unknown_statement, cite.span, {say(cite.citation)});
  const auto& articles = book_.regulations[regulation_].articles;
  if (articles.empty()) return;
  const diag::Words first = say(articles.front().at), last = say(articles.back().at);
  d.fix = {"核对序号；本规定从" + first.zh + "到" + last.zh, "check the number; this regulation goes from " + first.en + " to " + last.en};
}

void RegulationBuilder::build_other(const syntax::Decl& decl, std::uint16_t article) {
  Regulation& regulation = book_.regulations[regulation_];
  const std::string text = decl.text ? decl.text->text : "";
  for (const Citation& at : citations(decl, article)) {
    if (decl.kind == DeclKind::sanction) {
      Sanction s{{decl.name.zh, decl.name.en}, at, text, "", decl.cumulative, {}, {}, decl.span};
      if (decl.when != nullptr) s.condition = decl.when->name;
      regulation.sanctions.push_back(std::move(s));
      sanctions_.emplace_back(regulation.sanctions.size() - 1, &decl);
    } else if (decl.kind == DeclKind::manual) {
      Manual m;
      m.name = {decl.name.zh, decl.name.en};
      m.at = at;
      m.question = text;
      m.who = decl.who ? decl.who->text : "";
      m.frequency = decl.frequency ? decl.frequency->text : "";
      m.span = decl.span;
      ExpressionBuilder builder = expressions(decl);
      if (decl.subject) {
        const EntityId of = entity(decl.subject->entity);
        if (of != kNone) m.subject = builder.declare(decl.subject->variable.text, of, decl.subject->variable.span);
      }
      m.when = builder.build_truth(decl.when.get());
      check_guards(book_, m.when, diagnostics_);
      scope_.variables.clear();
      regulation.manuals.push_back(std::move(m));
    } else if (decl.kind == DeclKind::restatement || decl.kind == DeclKind::application ||
               decl.kind == DeclKind::declarative) {
      Remark r;
      r.kind = decl.kind == DeclKind::restatement   ? Remark::Kind::restatement
               : decl.kind == DeclKind::application ? Remark::Kind::application
                                                    : Remark::Kind::declarative;
      r.at = at;
      r.text = text;
      r.span = decl.span;
      if (decl.target) {
        r.target = decl.target->citation;
        const bool known = std::any_of(regulation.articles.begin(), regulation.articles.end(), [&](const Article& a) {
          return a.at.article == r.target.article;
        });
        if (!known) report_unknown_article(*decl.target);
      }
      regulation.remarks.push_back(std::move(r));
      if (decl.target_name) restated_.emplace_back(regulation.remarks.size() - 1, *decl.target_name);
    }
  }
}

// What a sanction rests on: norms, or categories.
void RegulationBuilder::link_sanction(Sanction& sanction, const syntax::Decl& decl) {
  const auto& categories = book_.regulations[regulation_].categories;
  for (const syntax::Reference& ref : decl.rests_on) {
    if (const NormId norm = norm_named(ref); norm != kNone) {
      sanction.rests_on.push_back(norm);
      continue;
    }
    const auto named = std::find_if(categories.begin(), categories.end(), [&](const Category& c) { return c.name.in(scope_.language) == ref.text; });
    if (named == categories.end()) report_unknown_norm(ref);
    else sanction.categories.push_back(static_cast<std::int32_t>(named - categories.begin()));
  }
}

void RegulationBuilder::link_norms() {
  Regulation& regulation = book_.regulations[regulation_];
  for (const auto& [index, decl] : categories_) {
    const Category& c = regulation.categories[index];
    const bool linked = std::any_of(regulation.norms.begin(), regulation.norms.end(), [&, at = index](NormId norm) {
      const auto& links = book_.norms[norm].categories;
      return std::any_of(links.begin(), links.end(), [&](const CategoryLink& link) { return link.category == at; });
    });
    if (linked || !decl->rests_on.empty() || decl->when != nullptr || decl->because) continue;
    diagnostics_.add(Kind::empty_category, decl->name.span, {{c.name.zh, c.name.en}});
  }
  for (const auto& [index, decl] : sanctions_) link_sanction(regulation.sanctions[index], *decl);
  for (const auto& [index, ref] : restated_) {
    const NormId norm = norm_named(ref);
    if (norm == kNone) report_unknown_norm(ref);
    regulation.remarks[index].norm = norm;
  }
  for (const NormId duty : regulation.norms) {
    if (book_.norms[duty].modality != Modality::duty || book_.norms[duty].act == kNone) continue;
    for (const NormId ban : regulation.norms) {
      const Norm& other = book_.norms[ban];
      if (other.modality == Modality::ban && other.act == book_.norms[duty].act &&
          other.element == kNone && book_.norms[duty].element == kNone) {
        book_.norms[duty].opposing_bans.push_back(ban);
      }
    }
  }
}

}  // namespace jianlu::model
