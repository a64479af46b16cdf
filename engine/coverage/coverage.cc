#include "engine/coverage/coverage.h"

#include <algorithm>
#include <array>
#include <set>

#include "engine/coverage/reads.h"
#include "engine/statute/outline.h"

namespace jianlu::coverage {

using statute::Citation;

namespace {

struct Names {
  std::string_view id, zh, en;
};
constexpr std::array<Names, kKinds> kNames{{
    {"norm", "规范", "norm"},
    {"definition", "定义", "definition"},
    {"ground", "情形", "ground"},
    {"act", "行为", "act"},
    {"exemption", "豁免", "exemption"},
    {"interpretation", "口径", "interpretation"},
    {"derivation", "派生", "derivation"},
    {"category", "类别", "category"},
    {"sanction", "处理", "sanction"},
    {"manual", "人工", "manual check"},
    {"restatement", "重申", "restatement"},
    {"application", "准用", "application"},
    {"declarative", "宣示", "declarative"},
}};

Kind kind_of(model::DefKind kind) {
  switch (kind) {
    case model::DefKind::definition: return Kind::definition;
    case model::DefKind::ground: return Kind::ground;
    case model::DefKind::act: return Kind::act;
    case model::DefKind::interpretation: return Kind::interpretation;
    case model::DefKind::exemption: return Kind::exemption;
  }
  return Kind::definition;
}

Kind kind_of(model::Remark::Kind kind) {
  switch (kind) {
    case model::Remark::Kind::restatement: return Kind::restatement;
    case model::Remark::Kind::application: return Kind::application;
    case model::Remark::Kind::declarative: return Kind::declarative;
  }
  return Kind::declarative;
}

class Collector {
 public:
  Collector(const model::Rulebook& book, std::span<const Citation> outline) : book_(book), outline_(outline) {}

  std::vector<Claim> collect(const model::Regulation& regulation) {
    for (const model::NormId id : regulation.norms) {
      const model::Norm& norm = book_.norms[id];
      for (const Citation& at : norm.at) add(Kind::norm, norm.name, at, norm.span, true);
    }
    for (const model::DefId id : regulation.definitions) {
      const model::Definition& d = book_.definitions[id];
      const Kind kind = kind_of(d.kind);
      for (const Citation& at : d.at) add(kind, d.name, at, d.span, kind != Kind::interpretation);
      for (const model::Alternative& a : d.alternatives) {
        if (std::find(d.at.begin(), d.at.end(), a.at) == d.at.end()) add(kind, d.name, a.at, a.span, true);
      }
    }
    for (const model::Derivation& d : regulation.derivations) add(Kind::derivation, d.name, d.at, d.span, true);
    for (const model::Category& c : regulation.categories) {
      add(Kind::category, c.name, c.at, c.span, c.when != model::kNone);
    }
    for (const model::Sanction& s : regulation.sanctions) add(Kind::sanction, s.name, s.at, s.span, false);
    for (const model::Manual& m : regulation.manuals) add(Kind::manual, m.name, m.at, m.span, false);
    for (const model::Remark& r : regulation.remarks) add(kind_of(r.kind), {}, r.at, r.span, false);
    std::stable_sort(claims_.begin(), claims_.end(), [](const Claim& a, const Claim& b) {
      return a.span.begin < b.span.begin;
    });
    return std::move(claims_);
  }

 private:
  void add(Kind kind, const model::Name& name, const Citation& at, source::Span span, bool judged) {
    Claim claim{kind, name, at, span, judged, {}, std::nullopt};
    const statute::Selection found = statute::select(outline_, at);
    claim.named = found.statements;
    // The items of a list are named by its paragraph, and never covered by it.
    std::vector<std::size_t> own;
    for (const std::size_t i : found.statements) {
      if (at.paragraph == 0 || at.item != 0 || outline_[i].item == 0) own.push_back(i);
    }
    if (!found.ambiguous && own.size() == 1) claim.covers = own.front();
    claims_.push_back(std::move(claim));
  }

  const model::Rulebook& book_;
  std::span<const Citation> outline_;
  std::vector<Claim> claims_;
};

}  // namespace

std::string_view name(Kind kind, source::Language language) {
  const Names& names = kNames[static_cast<std::size_t>(kind)];
  return language == source::Language::zh ? names.zh : names.en;
}

std::string_view id(Kind kind) { return kNames[static_cast<std::size_t>(kind)].id; }

Table cover(const model::Rulebook& book, const model::Regulation& regulation, std::span<const Citation> outline) {
  Table table;
  for (const Citation& at : outline) table.statements.push_back({at, statute::shortest(outline, at), {}});
  table.claims = Collector(book, outline).collect(regulation);
  for (std::size_t i = 0; i < table.claims.size(); ++i) {
    if (table.claims[i].named.empty()) table.nowhere.push_back(i);
    if (table.claims[i].covers) table.statements[*table.claims[i].covers].claims.push_back(i);
  }
  for (const model::Article& article : regulation.articles) {
    if (statute::select(outline, article.at).statements.empty()) table.no_article.push_back(article);
  }
  Totals& totals = table.totals;
  totals.statements = outline.size();
  std::set<std::uint16_t> articles, open;
  for (const Statement& statement : table.statements) {
    articles.insert(statement.at.article);
    if (statement.claims.empty()) open.insert(statement.at.article);
    else ++totals.statements_covered;
    bool executable = false;
    bool seen[kKinds] = {};
    for (const std::size_t claim : statement.claims) {
      executable = executable || table.claims[claim].judged;
      seen[static_cast<std::size_t>(table.claims[claim].kind)] = true;
    }
    totals.executable += executable;
    for (int k = 0; k < kKinds; ++k) totals.by_kind[k] += seen[k];
  }
  totals.articles = articles.size();
  totals.articles_covered = articles.size() - open.size();
  return table;
}

std::vector<std::vector<model::NormId>> resting_on(const model::Rulebook& book, const model::Regulation& regulation,
                                                   std::span<const Citation> outline) {
  std::vector<std::set<model::NormId>> found(outline.size());
  const auto rest = [&](model::NormId norm, const Citation& at) {
    for (const std::size_t i : statute::select(outline, at).statements) found[i].insert(norm);
  };
  const std::set<model::DefId> own(regulation.definitions.begin(), regulation.definitions.end());
  for (const model::NormId id : regulation.norms) {
    const model::Norm& norm = book.norms[id];
    for (const Citation& at : norm.at) rest(id, at);
    const Reads reads = reads_of(book, id);
    for (const model::DefId d : reads.definitions) {
      if (own.count(d) == 0) continue;
      const model::Definition& definition = book.definitions[d];
      for (const Citation& at : definition.at) rest(id, at);
      for (const model::Alternative& a : definition.alternatives) rest(id, a.at);
    }
    for (const model::Derivation& d : regulation.derivations) {
      if (reads.entities.count(d.entity) != 0) rest(id, d.at);
    }
  }
  std::vector<std::vector<model::NormId>> out;
  for (const std::set<model::NormId>& norms : found) out.emplace_back(norms.begin(), norms.end());
  return out;
}

}  // namespace jianlu::coverage
