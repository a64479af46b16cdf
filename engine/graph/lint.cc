// Questions that a careful reader would ask of a regulation's file.
#include <algorithm>
#include <array>
#include <set>

#include "engine/graph/graph.h"
#include "engine/graph/lengths.h"

namespace jianlu::graph {
namespace {

using model::DefKind;
using model::Regulation;

constexpr std::array<std::string_view, 8> kVague{"及时", "立即", "第一时间", "原则上", "一定比例", "promptly", "immediately", "in principle"};

class ArticleLint {
 public:
  ArticleLint(const RuleGraph& graph, const model::Rulebook& book, std::int32_t regulation, diag::Diagnostics& diagnostics)
      : graph_(graph), book_(book), r_(book.regulations[static_cast<std::size_t>(regulation)]), regulation_(regulation), diagnostics_(diagnostics) {}

  void operator()(const model::Article& article) {
    article_ = article.at.article;
    // An article that people check, or that declares a principle, has nothing to measure.
    if (norms().empty()) return;
    for (const std::string_view term : kVague) {
      if (article.summary.find(term) == std::string::npos || interpreted(term)) continue;
      diagnostics_.add(diag::Kind::vague_term, article.span, {term});
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
      diag::Words others;
      bool same = false;
      for (const Length& length : used) {
        if (length.measure != said.measure) continue;
        same = same || length.size == said.size;
        others.zh += (others.zh.empty() ? "" : "、") + say(length, source::Language::zh);
        others.en += (others.en.empty() ? "" : ", ") + say(length, source::Language::en);
      }
      if (same || others.zh.empty()) continue;
      diagnostics_.add(diag::Kind::numeral_differs, article.span, {said.written, others});
    }
  }

  const RuleGraph& graph_;
  const model::Rulebook& book_;
  const Regulation& r_;
  std::int32_t regulation_;
  diag::Diagnostics& diagnostics_;
  std::uint16_t article_ = 0;
};

}  // namespace

void lint(const RuleGraph& graph, const model::Rulebook& book, diag::Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < book.regulations.size(); ++i) {
    const Regulation& r = book.regulations[i];
    ArticleLint article(graph, book, static_cast<std::int32_t>(i), diagnostics);
    for (const model::Article& a : r.articles) article(a);
    if (!r.categories.empty()) continue;
    for (const model::Sanction& s : r.sanctions) diagnostics.add(diag::Kind::unreachable_sanction, s.span, {{s.name.zh, s.name.en}});
  }
}

}  // namespace jianlu::graph
