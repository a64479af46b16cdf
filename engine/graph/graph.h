// The rule graph: what a norm reads, what excuses it, what act it regulates, what its breach may fall under and how that
// is answered. In: a typed rulebook. An edge goes from what depends to what it depends on, and on to consequences, and
// carries the span that made it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/model/rulebook.h"

namespace jianlu::graph {

using VertexId = std::int32_t;
using EdgeId = std::int32_t;
using model::kNone;

enum class VertexKind : std::uint8_t {
  field, definition, ground, interpretation, act, exemption, derivation, norm, category, sanction,
};

struct Vertex {
  VertexKind kind{};
  // field: entity and field; derivation, category, sanction: regulation and index in it; norm: regulation and NormId;
  // definitions of all kinds: kNone and DefId.
  std::int32_t of = kNone, index = kNone;
  auto operator<=>(const Vertex&) const = default;
};

enum class EdgeKind : std::uint8_t {
  reads,          // a field, list or definition
  excepts,        // norm -> what excuses it
  regulates,      // norm -> act
  breaches_into,  // norm -> category that its breach may fall under
  answered_by,    // category or norm -> sanction
};

struct Edge {
  VertexId from = kNone, to = kNone;
  EdgeKind kind{};
  source::Span span;
};

class RuleGraph {
 public:
  explicit RuleGraph(const model::Rulebook& book);
  ~RuleGraph();
  RuleGraph(RuleGraph&&) noexcept;

  // Fields that nothing reads have no vertex.
  const std::vector<Vertex>& vertices() const { return vertices_; }
  // In order of origin, each pair of vertices once per kind.
  const std::vector<Edge>& edges() const { return edges_; }
  VertexId find(const Vertex& vertex) const;   // kNone: not there

  // Definitions of all kinds and derivations, each after what it reads; empty where there is a cycle.
  std::vector<VertexId> evaluation_order() const;
  // One shortest cycle through each group of definitions that read each other, as its edges in turn.
  std::vector<std::vector<EdgeId>> cycles() const;
  // All that a vertex depends on (reads, excepts, regulates), and all that depends on it; itself included, ascending.
  std::vector<VertexId> dependencies(VertexId vertex) const;
  std::vector<VertexId> dependents(VertexId vertex) const;

 private:
  struct Boost;
  std::vector<Vertex> vertices_;
  std::vector<Edge> edges_;
  std::unique_ptr<Boost> boost_;
};

// Cycles (errors; the rulebook must not be planned or evaluated then), definitions that nothing uses (warnings) and,
// where there is no cycle, what check_norms, check_consequences and lint find.
void check(const RuleGraph& graph, const model::Rulebook& book, diag::Diagnostics& diagnostics);
// Definitions, grounds, acts, interpretations and exemptions that no norm, category, manual line or message needs.
std::vector<VertexId> unused(const RuleGraph& graph, const model::Rulebook& book);

// Duties and bans that demand opposite things of one act or condition and can apply together: an error with an example
// where that is certain, a warning where it can only not be ruled out. Conditions that never hold or are always excused,
// excuses that nobody can use.
void check_norms(const model::Rulebook& book, diag::Diagnostics& diagnostics);
// Categories that nothing can fall under, and sanctions that nothing can lead to.
void check_consequences(const model::Rulebook& book, diag::Diagnostics& diagnostics);
// What a careful reader would ask about: vague terms without an interpretation, numerals that
// differ between a summary and its rules, references to an article about something else.
void lint(const RuleGraph& graph, const model::Rulebook& book, diag::Diagnostics& diagnostics);

struct FieldOf {
  model::EntityId entity = kNone;
  model::FieldId field = kNone;
  auto operator<=>(const FieldOf&) const = default;
};
// The fields and lists that judging a norm can read, ascending.
std::vector<FieldOf> demand(const RuleGraph& graph, model::NormId norm);

// What a changed article touches, by vertices in ascending order.
struct Slice {
  std::vector<VertexId> own;          // declared under the article
  std::vector<VertexId> uses;         // what they depend on
  std::vector<VertexId> used_by;      // what depends on them, and the categories and sanctions that follow
};
Slice slice(const RuleGraph& graph, const model::Rulebook& book, std::int32_t regulation, std::uint16_t article);

// SHA-256 (hex) of all that decides a norm's outcome: its clauses, the definitions and derivations it rests on, the
// declarations of the fields it reads, its regulation's zone and commencement. No span, reason, message or summary
// counts, so that edits elsewhere leave it alone.
std::string slice_hash(const model::Rulebook& book, model::NormId norm);

// The name of a vertex: 场次.结束, 现场记录.
std::string name(const model::Rulebook& book, const Vertex& vertex, source::Language language);
std::string_view id(VertexKind kind);   // "norm"
std::string_view id(EdgeKind kind);     // "breaches_into"

std::string dump(const RuleGraph& graph, const model::Rulebook& book);   // one line per vertex and edge, English ids
std::string dot(const RuleGraph& graph, const model::Rulebook& book, source::Language language);
std::string json(const RuleGraph& graph, const model::Rulebook& book);

}  // namespace jianlu::graph
