// Questions that a careful reader would ask of a regulation's file.
#include <algorithm>
#include <set>

#include "engine/graph/graph.h"
#include "engine/graph/lengths.h"

namespace jianlu::graph {
namespace {

using model::DefKind;
using model::Regulation;

class ArticleLint {
 public:
  ArticleLint(const RuleGraph& graph, const model::Rulebook& book, std::int32_t regulation, diag::Diagnostics& diagnostics)
      : graph_(graph), book_(book), r_(book.regulations[static_cast<std::size_t>(regulation)]), regulation_(regulation), diagnostics_(diagnostics) {}

  void operator()(const model::Article& article) {
    article_ = article.at.article;
    // An article that people check, or that declares a principle, has nothing to measure.
    if (norms().empty()) return;
    for (const std::string_view term : vague_terms(article.summary)) {
      if (interpreted(term)) continue;
      diagnostics_.add(diag::Kind::vague_term, article.span, {term, {"本条概要", "the summary"}});
      break;
    }
    numerals(article);
  }

 private:
  bool here(const std::vector<statute::Citation>& at) const {
    return std::any_of(at.begin(), at.end(), [&](const statute::Citation& c) { return c.article == article_; });
  }

  std::vector<model::NormId> norms() const {
    std::vector<model::NormId> out;
    for (const model::NormId id : r_.norms) {
      if (here(book_.norms[static_cast<std::size_t>(id)].at)) out.push_back(id);
    }
    return out;
  }

  // By an interpretation under the article or one that its norms rest on; 原则上 by a norm that says so.
  bool interpreted(std::string_view term) const {
    for (const model::DefId id : r_.definitions) {
      const model::Definition& d = book_.definitions[static_cast<std::size_t>(id)];
      if (d.kind == DefKind::interpretation && here(d.at)) return true;
    }
    const bool in_principle = term == "原则上" || term == "in principle";
    for (const model::NormId id : norms()) {
      if (in_principle && book_.norms[static_cast<std::size_t>(id)].in_principle) return true;
      const VertexId vertex = graph_.find({VertexKind::norm, regulation_, id});
      for (const VertexId reached : graph_.dependencies(vertex)) {
        if (graph_.vertices()[static_cast<std::size_t>(reached)].kind == VertexKind::interpretation) return true;
      }
    }
    return false;
  }

  void numerals(const model::Article& article) {
    std::set<Length> used;
    const auto take = [&](model::ExprId id) { lengths_of(book_, id, used); };
    for (const model::NormId id : norms()) {
      const model::Norm& n = book_.norms[static_cast<std::size_t>(id)];
      for (const model::ExprId part : {n.when, n.must, n.await}) take(part);
      for (const model::Unless& u : n.unless) take(u.condition);
      if (n.performance) take(n.performance->where);
      if (n.deadline) take(n.deadline->instant);
    }
    for (const model::DefId id : r_.definitions) {
      const model::Definition& d = book_.definitions[static_cast<std::size_t>(id)];
      if (!here(d.at)) continue;
      for (const model::Alternative& a : d.alternatives) {
        take(a.when);
        take(a.value);
      }
      take(d.claim_deadline);
    }
    for (const Length& said : lengths_in(article.summary)) {
      if (const diag::Words others = others_than(said, used); !others.zh.empty()) {
        diagnostics_.add(diag::Kind::numeral_differs, article.span, {said.written, others, {"概要", "the summary"}});
      }
    }
  }

  const RuleGraph& graph_;
  const model::Rulebook& book_;
  const Regulation& r_;
  std::int32_t regulation_;
  diag::Diagnostics& diagnostics_;
  std::uint16_t article_ = 0;
};

// An article that applies another speaks of some rows; that one should judge them.
class ReferenceLint {
 public:
  ReferenceLint(const model::Rulebook& book, const Regulation& r, diag::Diagnostics& diagnostics) : book_(book), r_(r), diagnostics_(diagnostics) {}

  void operator()(const model::Remark& m) {
    if (m.kind != model::Remark::Kind::application) return;
    std::set<model::EntityId> here = judged(m.at.article);
    for (const model::Manual& line : r_.manuals) {
      if (line.at.article == m.at.article && line.subject != model::kNone) here.insert(entity(line.subject));
    }
    const std::set<model::EntityId> there = judged(m.target.article);
    const auto meets = [&](const std::set<model::EntityId>& set) {
      return std::any_of(here.begin(), here.end(), [&](model::EntityId e) { return set.contains(e); });
    };
    if (here.empty() || there.empty() || meets(there)) return;
    diag::Words better;
    for (const model::Article& a : r_.articles) {
      if (a.at.article == m.at.article || !meets(judged(a.at.article))) continue;
      better.zh += (better.zh.empty() ? "；管这个的是" : "、") + statute::format_zh(a.at);
      better.en += (better.en.empty() ? "; that is regulated by " : ", ") + statute::format_en(a.at);
    }
    statute::Citation from;
    from.article = m.at.article;
    diagnostics_.add(diag::Kind::odd_reference, m.span,
                     {{statute::format_zh(from), statute::format_en(from)}, {statute::format_zh(m.target), statute::format_en(m.target)},
                      names(here), names(there), better});
  }

 private:
  model::EntityId entity(model::VarId var) const { return book_.variables[static_cast<std::size_t>(var)].entity; }

  std::set<model::EntityId> judged(std::uint16_t article) const {
    std::set<model::EntityId> out;
    for (const model::NormId id : r_.norms) {
      const model::Norm& n = book_.norms[static_cast<std::size_t>(id)];
      if (std::any_of(n.at.begin(), n.at.end(), [&](const statute::Citation& c) { return c.article == article; })) out.insert(entity(n.subject));
    }
    return out;
  }

  diag::Words names(const std::set<model::EntityId>& set) const {
    diag::Words out;
    for (const model::EntityId e : set) {
      const model::Name& name = book_.vocabulary.entities[static_cast<std::size_t>(e)].name;
      out.zh += (out.zh.empty() ? "" : "、") + name.zh;
      out.en += (out.en.empty() ? "" : ", ") + name.en;
    }
    return out;
  }

  const model::Rulebook& book_;
  const Regulation& r_;
  diag::Diagnostics& diagnostics_;
};

}  // namespace

void lint(const RuleGraph& graph, const model::Rulebook& book, diag::Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < book.regulations.size(); ++i) {
    const Regulation& r = book.regulations[i];
    ArticleLint article(graph, book, static_cast<std::int32_t>(i), diagnostics);
    for (const model::Article& a : r.articles) article(a);
    ReferenceLint reference(book, r, diagnostics);
    for (const model::Remark& m : r.remarks) reference(m);
  }
}

}  // namespace jianlu::graph
