// The graph as text, Graphviz and JSON.
#include <fmt/format.h>

#include <array>
#include <iterator>

#include "engine/graph/graph.h"

namespace jianlu::graph {
namespace {

constexpr std::array<std::string_view, 10> kVertexKinds{"field",      "definition", "ground", "interpretation", "act",
                                                        "exemption",  "derivation", "norm",   "category",       "sanction"};
constexpr std::array<std::string_view, 5> kEdgeKinds{"reads", "excepts", "regulates", "breaches_into", "answered_by"};
constexpr std::array<std::string_view, 5> kEdgeLabels{"读取", "除非", "规范", "可归入", "处理"};
constexpr std::array<std::string_view, 10> kShapes{"plain", "box", "box", "note", "ellipse", "box", "component", "box", "hexagon", "octagon"};
constexpr std::array<std::string_view, 5> kStyles{"solid", "dashed", "bold", "solid", "dotted"};

const model::Name& name_of(const model::Rulebook& book, const Vertex& v) {
  const auto at = static_cast<std::size_t>(v.index);
  switch (v.kind) {
    case VertexKind::field: return book.vocabulary.field(v.of, v.index).name;
    case VertexKind::norm: return book.norms[at].name;
    case VertexKind::derivation: return book.regulations[static_cast<std::size_t>(v.of)].derivations[at].name;
    case VertexKind::category: return book.regulations[static_cast<std::size_t>(v.of)].categories[at].name;
    case VertexKind::sanction: return book.regulations[static_cast<std::size_t>(v.of)].sanctions[at].name;
    default: return book.definitions[at].name;
  }
}

// For both a JSON and a DOT string.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

std::string_view id(VertexKind kind) { return kVertexKinds[static_cast<std::size_t>(kind)]; }
std::string_view id(EdgeKind kind) { return kEdgeKinds[static_cast<std::size_t>(kind)]; }

std::string name(const model::Rulebook& book, const Vertex& v, source::Language language) {
  const std::string& own = name_of(book, v).in(language);
  if (v.kind != VertexKind::field) return own;
  return book.vocabulary.entities[static_cast<std::size_t>(v.of)].name.in(language) + "." + own;
}

std::string dump(const RuleGraph& graph, const model::Rulebook& book) {
  std::string out;
  const auto say = [&](VertexId v) {
    const Vertex& vertex = graph.vertices()[static_cast<std::size_t>(v)];
    return fmt::format("{} {}", id(vertex.kind), name(book, vertex, source::Language::en));
  };
  for (std::size_t v = 0; v < graph.vertices().size(); ++v) {
    out += say(static_cast<VertexId>(v)) + "\n";
    for (const Edge& e : graph.edges()) {
      if (e.from == static_cast<VertexId>(v)) out += fmt::format("  {} {}\n", id(e.kind), say(e.to));
    }
  }
  return out;
}

std::string dot(const RuleGraph& graph, const model::Rulebook& book, source::Language language) {
  std::string out = "digraph rules {\n  rankdir=LR;\n  node [fontname=\"Noto Sans CJK SC\"];\n  edge [fontname=\"Noto Sans CJK SC\"];\n";
  for (std::size_t v = 0; v < graph.vertices().size(); ++v) {
    const Vertex& vertex = graph.vertices()[v];
    const auto kind = static_cast<std::size_t>(vertex.kind);
    out += fmt::format("  v{} [label={}, shape={}{}];\n", v, quoted(name(book, vertex, language)), kShapes[kind],
                       vertex.kind == VertexKind::norm ? ", style=filled, fillcolor=lightyellow" : "");
  }
  for (const Edge& e : graph.edges()) {
    const auto kind = static_cast<std::size_t>(e.kind);
    out += fmt::format("  v{} -> v{} [style={}", e.from, e.to, kStyles[kind]);
    if (e.kind != EdgeKind::reads) out += fmt::format(", label={}", quoted(language == source::Language::zh ? kEdgeLabels[kind] : kEdgeKinds[kind]));
    out += "];\n";
  }
  return out + "}\n";
}

std::string json(const RuleGraph& graph, const model::Rulebook& book) {
  std::string out = "{\"vertices\": [";
  for (std::size_t v = 0; v < graph.vertices().size(); ++v) {
    const Vertex& vertex = graph.vertices()[v];
    out += fmt::format("{}\n  {{\"id\": {}, \"kind\": \"{}\", \"zh\": {}, \"en\": {}}}", v ? "," : "", v, id(vertex.kind),
                       quoted(name(book, vertex, source::Language::zh)), quoted(name(book, vertex, source::Language::en)));
  }
  out += "\n], \"edges\": [";
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    const Edge& e = graph.edges()[i];
    out += fmt::format("{}\n  {{\"from\": {}, \"to\": {}, \"kind\": \"{}\", \"file\": {}, \"begin\": {}, \"end\": {}}}", i ? "," : "", e.from,
                       e.to, id(e.kind), e.span.file, e.span.begin, e.span.end);
  }
  return out + "\n]}\n";
}

}  // namespace jianlu::graph
