#include "engine/plan/builder.h"

#include <algorithm>
#include <utility>

#include "engine/plan/truth.h"

namespace jianlu::plan {
namespace {

std::size_t hash_of(const Node& n) {
  std::size_t h = static_cast<std::size_t>(n.kernel);
  const auto mix = [&h](std::int64_t v) { h = (h ^ static_cast<std::size_t>(v)) * 0x9E3779B97F4A7C15u + (h >> 29); };
  mix(static_cast<int>(n.kind));
  mix(n.domain);
  for (const NodeId id : n.operands) mix(id);
  for (const std::int64_t v : {n.imm, std::int64_t{n.entity}, std::int64_t{n.field}, std::int64_t{n.part},
                               std::int64_t{n.index}, std::int64_t{n.zone}, std::int64_t{n.over}}) {
    mix(v);
  }
  return h;
}

bool commutes(Kernel kernel) {
  switch (kernel) {
    case Kernel::equal:
    case Kernel::same_day:
    case Kernel::has_any:
    case Kernel::logical_and:
    case Kernel::logical_or:
    case Kernel::same_truth:
    case Kernel::add:
    case Kernel::multiply:
    case Kernel::later:
    case Kernel::earlier:
    case Kernel::distance:
    case Kernel::set_union:
    case Kernel::interval_union:
    case Kernel::interval_intersection: return true;
    default: return false;
  }
}

// Whether the result for a row hangs on the operands for that row alone.
bool row_by_row(Kernel kernel) {
  switch (kernel) {
    case Kernel::constant:
    case Kernel::text_constant:
    case Kernel::as_of:
    case Kernel::row:
    case Kernel::gap_start:
    case Kernel::gap_end:
    case Kernel::gap_length:
    case Kernel::gap_previous:
    case Kernel::gap_next:
    case Kernel::exists:
    case Kernel::all_exist:
    case Kernel::broadcast:
    case Kernel::pick:
    case Kernel::closed:
    case Kernel::any:
    case Kernel::every:
    case Kernel::count:
    case Kernel::sum:
    case Kernel::earliest:
    case Kernel::latest:
    case Kernel::merged:
    case Kernel::one_interval:
    case Kernel::interval_union:
    case Kernel::interval_intersection:
    case Kernel::interval_difference:
    case Kernel::choose_set:
    case Kernel::set_covers:
    case Kernel::total_length: return false;
    default: return true;
  }
}

}  // namespace

Builder::Builder(Plan& plan) : plan_(plan) {
  if (plan_.domains.empty()) plan_.domains.emplace_back();
}

NodeId Builder::insert(Node node) {
  const std::size_t hash = hash_of(node);
  const auto [begin, end] = known_.equal_range(hash);
  for (auto it = begin; it != end; ++it) {
    if (plan_.nodes[it->second] == node) return it->second;
  }
  const auto id = static_cast<NodeId>(plan_.nodes.size());
  plan_.nodes.push_back(std::move(node));
  known_.emplace(hash, id);
  return id;
}

NodeId Builder::make(Node node) {
  std::int64_t folded = 0;
  if (fold(plan_, node, folded)) {
    return node.kind == Kind::truth ? truth(static_cast<std::uint8_t>(folded)) : value(folded);
  }
  // What hangs on copied rows alone is worked out where they are copied from, once for all copies.
  if (const DomainId source = source_of_all(node); source != kNone) {
    const DomainId copy = node.domain;
    for (NodeId& id : node.operands) {
      if (domain_of(id) != 0) id = plan_.nodes[id].operands[0];
    }
    node.domain = source;
    return pick(make(std::move(node)), copy);
  }
  return insert(std::move(node));
}

// Whether rows are copied for derived rows. Such copies stay apart: gaps are rarer than the rows that are copied for them.
bool Builder::for_derived(DomainId copy) const {
  for (DomainId above = plan_.domains[copy].parent; above != kNone; above = plan_.domains[above].parent) {
    if (plan_.domains[above].kind == Domain::Kind::derived) return true;
  }
  return false;
}

// The source of a copied domain where all operands are picked from it or constant; else kNone.
DomainId Builder::source_of_all(const Node& node) const {
  if (node.domain == 0 || plan_.domains[node.domain].kind != Domain::Kind::copy || !row_by_row(node.kernel) || for_derived(node.domain)) return kNone;
  for (const NodeId id : node.operands) {
    if (domain_of(id) != 0 && (domain_of(id) != node.domain || plan_.nodes[id].kernel != Kernel::pick)) return kNone;
  }
  return plan_.domains[node.domain].source;
}

NodeId Builder::pick(NodeId id, DomainId domain) {
  if (plan_.domains[domain].kind != Domain::Kind::copy || domain_of(id) != plan_.domains[domain].source) return id;
  Node node;
  node.kernel = Kernel::pick;
  node.kind = plan_.nodes[id].kind;
  node.domain = domain;
  node.operands = {id};
  return insert(std::move(node));
}

NodeId Builder::make(Kernel kernel, Kind kind, std::vector<NodeId> operands, DomainId domain) {
  if (domain == kNone) {
    domain = 0;
    for (const NodeId id : operands) domain = deeper(domain, domain_of(id));
  }
  for (NodeId& id : operands) {
    if (id != kNone) id = at(id, domain);
  }
  if (commutes(kernel)) {
    // Constants come last, so that kernels find them there.
    std::sort(operands.begin(), operands.end(), [&](NodeId a, NodeId b) {
      const bool constant_a = domain_of(a) == 0, constant_b = domain_of(b) == 0;
      return constant_a != constant_b ? constant_b : a < b;
    });
  }
  Node node;
  node.kernel = kernel;
  node.kind = kind;
  node.domain = domain;
  node.operands = std::move(operands);
  return make(std::move(node));
}

NodeId Builder::truth(std::uint8_t value) {
  Node node;
  node.kernel = Kernel::constant;
  node.kind = Kind::truth;
  node.imm = value;
  return insert(std::move(node));
}

NodeId Builder::value(std::int64_t imm) {
  Node node;
  node.kernel = Kernel::constant;
  node.imm = imm;
  return insert(std::move(node));
}

NodeId Builder::text(std::string_view text) {
  const auto found = std::find(plan_.texts.begin(), plan_.texts.end(), text);
  Node node;
  node.kernel = Kernel::text_constant;
  node.index = static_cast<std::int32_t>(found - plan_.texts.begin());
  if (found == plan_.texts.end()) plan_.texts.emplace_back(text);
  return insert(std::move(node));
}

NodeId Builder::logical_not(NodeId a) {
  if (node(a).kernel == Kernel::logical_not) return node(a).operands[0];
  return make(Kernel::logical_not, Kind::truth, {a});
}

NodeId Builder::logical_and(NodeId a, NodeId b) {
  if (a == b || is_truth(b, kTrue)) return a;
  if (is_truth(a, kTrue)) return b;
  if (is_truth(a, kFalse) || is_truth(b, kFalse)) return truth(kFalse);
  if (const NodeId joined = together(Kernel::logical_and, a, b); joined != kNone) return joined;
  return make(Kernel::logical_and, Kind::truth, {a, b});
}

// What `a` and `b` bring from one other domain is put together there, and brought here once. kNone: there is no such thing.
NodeId Builder::together(Kernel kernel, NodeId a, NodeId b) {
  const DomainId domain = deeper(domain_of(a), domain_of(b));
  a = at(a, domain);
  b = at(b, domain);
  if (!is_carried(b)) std::swap(a, b);
  if (!is_carried(b)) return kNone;
  const Node whole = node(a), part = node(b);
  if (part.kernel == Kernel::pick && for_derived(domain)) return kNone;
  if (whole.kernel == part.kernel) {
    const NodeId joined = join(kernel, whole.operands[0], part.operands[0]);
    return part.kernel == Kernel::pick ? pick(joined, domain) : at(joined, domain);
  }
  if (whole.kernel != kernel) return kNone;
  for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
    if (whole.operands[i] == b || domain_of(whole.operands[i]) != domain) continue;
    const NodeId joined = is_carried(whole.operands[i]) || node(whole.operands[i]).kernel == kernel ? together(kernel, whole.operands[i], b) : kNone;
    if (joined != kNone) return join(kernel, joined, whole.operands[1 - i]);
  }
  return kNone;
}

NodeId Builder::logical_or(NodeId a, NodeId b) {
  if (a == b || is_truth(b, kFalse)) return a;
  if (is_truth(a, kFalse)) return b;
  if (is_truth(a, kTrue) || is_truth(b, kTrue)) return truth(kTrue);
  // One question about a set instead of two.
  const auto asks_set = [&](NodeId id) { return node(id).kernel == Kernel::has_any && is_constant(node(id).operands[1]); };
  if (asks_set(a) && asks_set(b) && node(a).operands[0] == node(b).operands[0]) {
    const std::int64_t either = node(node(a).operands[1]).imm | node(node(b).operands[1]).imm;
    return make(Kernel::has_any, Kind::truth, {node(a).operands[0], value(either)});
  }
  if (const NodeId joined = together(Kernel::logical_or, a, b); joined != kNone) return joined;
  return make(Kernel::logical_or, Kind::truth, {a, b});
}

NodeId Builder::is_given(NodeId a) {
  if (node(a).kind == Kind::truth) return make(Kernel::is_decided, Kind::truth, {a});
  // Both ends of an interval share its state.
  if (node(a).kernel == Kernel::load && node(a).part == 1) {
    Node start = node(a);
    start.part = 0;
    a = make(std::move(start));
  }
  return make(Kernel::is_given, Kind::truth, {a});
}

NodeId Builder::at(NodeId id, DomainId domain) {
  const DomainId from = domain_of(id);
  if (from == 0 || from == domain) return id;
  Node node;
  node.kernel = Kernel::broadcast;
  node.kind = plan_.nodes[id].kind;
  node.domain = domain;
  node.operands = {at(id, plan_.domains[domain].parent)};
  return insert(std::move(node));
}

std::int32_t Builder::period(const Plan::Term& term) {
  const auto found = std::find(plan_.periods.begin(), plan_.periods.end(), term);
  const auto index = static_cast<std::int32_t>(found - plan_.periods.begin());
  if (found == plan_.periods.end()) plan_.periods.push_back(term);
  return index;
}

}  // namespace jianlu::plan
