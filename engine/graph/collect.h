// Reads a rulebook into vertices and edges.
#pragma once

#include <map>
#include <set>

#include "engine/graph/graph.h"

namespace jianlu::graph {

class Collector {
 public:
  explicit Collector(const model::Rulebook& book);

  std::vector<Vertex> vertices;
  std::vector<Edge> edges;

 private:
  VertexId vertex(Vertex v);
  VertexId definition(model::DefId id);
  void edge(VertexId from, VertexId to, EdgeKind kind, source::Span span);
  // Edges for all that the expression reads; calls become edges of kind `calls`.
  void expression(VertexId from, model::ExprId id, std::int32_t regulation, EdgeKind calls = EdgeKind::reads);
  void reading(VertexId from, model::EntityId entity, model::FieldId field, std::int32_t regulation, source::Span span);
  void governing_time(VertexId from, model::EntityId entity, std::int32_t regulation, source::Span span);
  void define(model::DefId id);
  void derive(std::int32_t regulation, std::int32_t index);
  void norm(std::int32_t regulation, model::NormId id);
  void categories(std::int32_t regulation);

  const model::Rulebook& book_;
  std::map<Vertex, VertexId> known_;
  std::set<std::tuple<VertexId, VertexId, EdgeKind>> seen_;
};

}  // namespace jianlu::graph
