#include "engine/graph/graph.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>

#include "engine/graph/collect.h"

namespace jianlu::graph {
namespace {

// The edge property is the EdgeId.
using Adjacency = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property,
                                        boost::property<boost::edge_index_t, EdgeId>>;

bool is_dependency(EdgeKind kind) {
  return kind == EdgeKind::reads || kind == EdgeKind::excepts || kind == EdgeKind::regulates;
}

bool is_computed(VertexKind kind) {
  return kind != VertexKind::field && kind != VertexKind::norm && kind != VertexKind::category && kind != VertexKind::sanction;
}

template <typename Graph>
std::vector<VertexId> reached(const Graph& graph, VertexId start) {
  std::vector<boost::default_color_type> colours(boost::num_vertices(graph));
  const auto map = boost::make_iterator_property_map(colours.begin(), boost::get(boost::vertex_index, graph));
  boost::breadth_first_search(graph, static_cast<std::size_t>(start), boost::color_map(map));
  std::vector<VertexId> result;
  for (std::size_t v = 0; v < colours.size(); ++v) {
    if (colours[v] != boost::default_color_type{}) result.push_back(static_cast<VertexId>(v));
  }
  return result;
}

}  // namespace

struct RuleGraph::Boost {
  Adjacency dependencies;   // reads, excepts, regulates
  Adjacency computing;      // reads between what is computed
};

RuleGraph::RuleGraph(const model::Rulebook& book) : boost_(std::make_unique<Boost>()) {
  Collector collected(book);
  vertices_ = std::move(collected.vertices);
  edges_ = std::move(collected.edges);
  boost_->dependencies = Adjacency(vertices_.size());
  boost_->computing = Adjacency(vertices_.size());
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    const Edge& e = edges_[i];
    const auto from = static_cast<std::size_t>(e.from), to = static_cast<std::size_t>(e.to);
    if (is_dependency(e.kind)) boost::add_edge(from, to, static_cast<EdgeId>(i), boost_->dependencies);
    if (is_computed(vertices_[from].kind) && is_computed(vertices_[to].kind)) {
      boost::add_edge(from, to, static_cast<EdgeId>(i), boost_->computing);
    }
  }
}

RuleGraph::~RuleGraph() = default;
RuleGraph::RuleGraph(RuleGraph&&) noexcept = default;

VertexId RuleGraph::find(const Vertex& vertex) const {
  const auto found = std::find(vertices_.begin(), vertices_.end(), vertex);
  return found == vertices_.end() ? kNone : static_cast<VertexId>(found - vertices_.begin());
}

std::vector<VertexId> RuleGraph::evaluation_order() const {
  std::vector<std::size_t> order;
  try {
    // Boost lists a vertex after those it points to.
    boost::topological_sort(boost_->computing, std::back_inserter(order));
  } catch (const boost::not_a_dag&) {
    return {};
  }
  std::vector<VertexId> result;
  for (const std::size_t v : order) {
    if (is_computed(vertices_[v].kind)) result.push_back(static_cast<VertexId>(v));
  }
  return result;
}

std::vector<std::vector<EdgeId>> RuleGraph::cycles() const {
  const Adjacency& graph = boost_->computing;
  std::vector<std::size_t> component(vertices_.size());
  const auto map = boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph));
  const std::size_t components = boost::strong_components(graph, map);
  const auto index = boost::get(boost::edge_index, graph);
  std::vector<std::vector<EdgeId>> result;
  std::vector<bool> done(components);
  for (std::size_t start = 0; start < vertices_.size(); ++start) {
    if (done[component[start]]) continue;
    // Breadth first within the component, back to the start.
    std::vector<EdgeId> arrived(vertices_.size(), kNone);
    std::vector<std::size_t> queue{start};
    EdgeId closing = kNone;
    for (std::size_t at = 0; at < queue.size() && closing == kNone; ++at) {
      for (auto [e, end] = boost::out_edges(queue[at], graph); e != end && closing == kNone; ++e) {
        const std::size_t to = boost::target(*e, graph);
        if (component[to] != component[start]) continue;
        if (to == start) closing = index[*e];
        if (to == start || arrived[to] != kNone) continue;
        arrived[to] = index[*e];
        queue.push_back(to);
      }
    }
    if (closing == kNone) continue;
    done[component[start]] = true;
    std::vector<EdgeId> cycle{closing};
    for (auto v = static_cast<std::size_t>(edges_[static_cast<std::size_t>(closing)].from); v != start;) {
      cycle.push_back(arrived[v]);
      v = static_cast<std::size_t>(edges_[static_cast<std::size_t>(arrived[v])].from);
    }
    std::reverse(cycle.begin(), cycle.end());
    result.push_back(std::move(cycle));
  }
  return result;
}

std::vector<VertexId> RuleGraph::dependencies(VertexId vertex) const { return reached(boost_->dependencies, vertex); }

std::vector<VertexId> RuleGraph::dependents(VertexId vertex) const {
  return reached(boost::make_reverse_graph(boost_->dependencies), vertex);
}

}  // namespace jianlu::graph
