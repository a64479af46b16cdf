// What the graph says of a rulebook: cycles, unused definitions, what a norm demands, what an article touches.
#include <algorithm>
#include <set>

#include "engine/graph/graph.h"

namespace jianlu::graph {
namespace {

const model::Definition* definition_of(const model::Rulebook& book, const Vertex& v) {
  switch (v.kind) {
    case VertexKind::definition:
    case VertexKind::ground:
    case VertexKind::interpretation:
    case VertexKind::act:
    case VertexKind::exemption: return &book.definitions[static_cast<std::size_t>(v.index)];
    default: return nullptr;
  }
}

diag::Words both_names(const model::Rulebook& book, const Vertex& v) {
  return {name(book, v, source::Language::zh), name(book, v, source::Language::en)};
}

source::Span declared(const model::Rulebook& book, const Vertex& v) {
  if (const model::Definition* d = definition_of(book, v)) return d->name_span;
  return book.regulations[static_cast<std::size_t>(v.of)].derivations[static_cast<std::size_t>(v.index)].span;
}

// Definitions that an expression outside the graph calls: manual lines and messages.
void called(const model::Rulebook& book, model::ExprId id, std::set<model::DefId>& out) {
  if (id == kNone) return;
  const model::Expr& e = book.expr(id);
  if (e.op == model::Op::call) out.insert(e.definition);
  for (const model::ExprId operand : e.operands) called(book, operand, out);
}

template <typename Items>
bool cites(const Items& at, std::uint16_t article) {
  return std::any_of(at.begin(), at.end(), [&](const statute::Citation& c) { return c.article == article; });
}

bool declared_under(const model::Rulebook& book, const Vertex& v, std::int32_t r, std::uint16_t article) {
  const model::Regulation& regulation = book.regulations[static_cast<std::size_t>(r)];
  const auto at = static_cast<std::size_t>(v.index);
  if (const model::Definition* d = definition_of(book, v)) {
    const auto& own = regulation.definitions;
    return std::find(own.begin(), own.end(), v.index) != own.end() && cites(d->at, article);
  }
  if (v.of != r) return false;
  switch (v.kind) {
    case VertexKind::derivation: return regulation.derivations[at].at.article == article;
    case VertexKind::norm: return cites(book.norms[at].at, article);
    case VertexKind::category: return regulation.categories[at].at.article == article;
    case VertexKind::sanction: return regulation.sanctions[at].at.article == article;
    default: return false;
  }
}

// An interpretation in words (how periods are counted) says how the file is written; nothing computes with it.
bool in_words(const model::Definition& d) {
  return d.kind == model::DefKind::interpretation && d.result.kind == model::TypeKind::text;
}

std::vector<VertexId> ascending(const std::set<VertexId>& set) { return {set.begin(), set.end()}; }

}  // namespace

std::vector<VertexId> unused(const RuleGraph& graph, const model::Rulebook& book) {
  std::set<VertexId> used;
  const auto use = [&](VertexId v) {
    if (used.contains(v)) return;
    for (const VertexId reached : graph.dependencies(v)) used.insert(reached);
  };
  for (std::size_t v = 0; v < graph.vertices().size(); ++v) {
    const VertexKind kind = graph.vertices()[v].kind;
    if (kind == VertexKind::norm || kind == VertexKind::category || kind == VertexKind::derivation) use(static_cast<VertexId>(v));
  }
  std::set<model::DefId> elsewhere;
  for (const model::Regulation& regulation : book.regulations) {
    for (const model::Manual& manual : regulation.manuals) called(book, manual.when, elsewhere);
  }
  for (const model::Norm& norm : book.norms) {
    for (const model::MessagePart& part : norm.message) called(book, part.value, elsewhere);
    for (const model::CategoryLink& link : norm.categories) called(book, link.when, elsewhere);
  }
  std::vector<VertexId> result;
  for (std::size_t v = 0; v < graph.vertices().size(); ++v) {
    if (definition_of(book, graph.vertices()[v]) && elsewhere.contains(graph.vertices()[v].index)) use(static_cast<VertexId>(v));
  }
  for (std::size_t v = 0; v < graph.vertices().size(); ++v) {
    const model::Definition* d = definition_of(book, graph.vertices()[v]);
    if (d && !in_words(*d) && !used.contains(static_cast<VertexId>(v))) result.push_back(static_cast<VertexId>(v));
  }
  return result;
}

void check(const RuleGraph& graph, const model::Rulebook& book, diag::Diagnostics& diagnostics) {
  const std::vector<std::vector<EdgeId>> cycles = graph.cycles();
  for (const std::vector<EdgeId>& cycle : cycles) {
    diag::Words way;
    for (const EdgeId id : cycle) {
      const diag::Words step = both_names(book, graph.vertices()[static_cast<std::size_t>(graph.edges()[static_cast<std::size_t>(id)].from)]);
      way.zh += step.zh + " → ";
      way.en += step.en + " → ";
    }
    const Vertex& first = graph.vertices()[static_cast<std::size_t>(graph.edges()[static_cast<std::size_t>(cycle.front())].from)];
    const diag::Words name = both_names(book, first);
    way.zh += name.zh;
    way.en += name.en;
    diag::Diagnostic& d = diagnostics.add(diag::Kind::cyclic_definition, declared(book, first), {name, way});
    for (const EdgeId id : cycle) {
      const Edge& e = graph.edges()[static_cast<std::size_t>(id)];
      const diag::Words from = both_names(book, graph.vertices()[static_cast<std::size_t>(e.from)]);
      const diag::Words to = both_names(book, graph.vertices()[static_cast<std::size_t>(e.to)]);
      d.related.push_back({e.span, {"“" + from.zh + "”在这里用到“" + to.zh + "”", "'" + from.en + "' needs '" + to.en + "' here"}});
    }
  }
  for (const VertexId v : unused(graph, book)) {
    const Vertex& vertex = graph.vertices()[static_cast<std::size_t>(v)];
    diagnostics.add(diag::Kind::unused_definition, declared(book, vertex), {both_names(book, vertex)});
  }
  if (!cycles.empty()) return;
  check_norms(book, diagnostics);
  check_consequences(book, diagnostics);
  lint(graph, book, diagnostics);
}

std::vector<FieldOf> demand(const RuleGraph& graph, model::NormId norm) {
  std::vector<FieldOf> fields;
  for (std::size_t v = 0; v < graph.vertices().size(); ++v) {
    const Vertex& vertex = graph.vertices()[v];
    if (vertex.kind != VertexKind::norm || vertex.index != norm) continue;
    for (const VertexId reached : graph.dependencies(static_cast<VertexId>(v))) {
      const Vertex& f = graph.vertices()[static_cast<std::size_t>(reached)];
      if (f.kind == VertexKind::field) fields.push_back({f.of, f.index});
    }
  }
  std::sort(fields.begin(), fields.end());
  fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
  return fields;
}

Slice slice(const RuleGraph& graph, const model::Rulebook& book, std::int32_t regulation, std::uint16_t article) {
  std::set<VertexId> own, uses, used_by;
  for (std::size_t v = 0; v < graph.vertices().size(); ++v) {
    if (declared_under(book, graph.vertices()[v], regulation, article)) own.insert(static_cast<VertexId>(v));
  }
  for (const VertexId v : own) {
    for (const VertexId reached : graph.dependencies(v)) uses.insert(reached);
    for (const VertexId reaching : graph.dependents(v)) used_by.insert(reaching);
  }
  // Consequences follow from the norms: first categories, then sanctions.
  for (const EdgeKind kind : {EdgeKind::breaches_into, EdgeKind::answered_by}) {
    for (const Edge& e : graph.edges()) {
      if (e.kind == kind && used_by.contains(e.from)) used_by.insert(e.to);
    }
  }
  for (const VertexId v : own) {
    uses.erase(v);
    used_by.erase(v);
  }
  return {ascending(own), ascending(uses), ascending(used_by)};
}

}  // namespace jianlu::graph
