// Norms: what the outcome hangs on, as nodes over the rows judged.
#include "engine/plan/lower.h"
#include "engine/plan/truth.h"

namespace jianlu::plan {
namespace {

using model::ExprId;
using model::NormId;

class Judging {
 public:
  Judging(const model::Rulebook& book, Plan& plan) : book_(book), plan_(plan), lower_(book, plan), b_(lower_.builder) {}

  void add(NormId id, std::int32_t regulation) {
    const model::Norm& norm = book_.norms[id];
    lower_.enter(regulation);
    NormPlan out;
    out.norm = id;
    out.subject = out.domain = lower_.rows_of(book_.variables[norm.subject].entity);
    lower_.bind(norm.subject, b_.row(out.domain));
    if (norm.element != kNone) {
      out.pair = true;
      out.domain = lower_.rows_of_list(norm.list, out.domain);
      lower_.bind(norm.element, b_.row(out.domain));
    }
    const auto here = [&](NodeId node) { return b_.at(node, out.domain); };
    out.applies = applies(norm, regulation);
    if (const NodeId exists = lower_.existence(out.domain); exists != kNone) {
      out.applies = b_.logical_and(exists, out.applies);
    }
    out.applies = here(out.applies);
    NodeId due = kNone;
    out.unless = here(unless(norm, &due));
    out.ban = here(opposing_bans(norm, regulation));
    if (norm.deadline) {
      out.deadline = upper(lower_.node(norm.deadline->instant));
      due = latest(due, out.deadline);
      out.deadline = here(out.deadline);
    }
    if (norm.await != kNone) due = latest(due, upper(lower_.node(norm.await)));
    NodeId must = norm.performance ? performed(norm, out) : lower_.condition(norm.must);
    if (norm.deadline) must = b_.logical_or(must, without_limit(lower_.node(norm.deadline->instant)));
    if (norm.await != kNone) must = b_.logical_or(must, without_limit(lower_.node(norm.await)));
    out.must = here(must);
    if (due != kNone) {
      Node as_of;
      as_of.kernel = Kernel::as_of;
      out.due = here(due);
      out.awaited = here(b_.make(Kernel::less_equal, Kind::truth, {b_.make(std::move(as_of)), due}));
    }
    plan_.norms.push_back(out);
  }

 private:
  NodeId upper(NodeId instant) { return b_.make(Kernel::upper, Kind::value, {instant}); }
  // Undecided where the end may come at any later time, else false: nothing is too late for it.
  NodeId without_limit(NodeId end) {
    const auto less = [&](NodeId a, NodeId b) { return b_.make(Kernel::less, Kind::truth, {a, b}); };
    return b_.logical_and(less(b_.value(fact::kMax - 1), end), less(b_.value(fact::kMin), upper(end)));
  }
  NodeId latest(NodeId a, NodeId b) { return a == kNone ? b : b_.make(Kernel::later, Kind::value, {a, b}); }

  NodeId applies(const model::Norm& norm, std::int32_t regulation) {
    NodeId result = lower_.condition(norm.when);
    const auto limit = [&](Kernel kernel, std::int64_t instant, bool from) {
      NodeId holds = b_.truth(kUndecided);
      if (norm.governing != kNone) {
        const NodeId time = lower_.node(norm.governing), edge = b_.value(instant);
        holds = from ? b_.make(kernel, Kind::truth, {edge, time}) : b_.make(kernel, Kind::truth, {time, edge});
      }
      result = b_.logical_and(result, holds);
    };
    const auto& in_force = book_.regulations[regulation].in_force_from;
    if (in_force) limit(Kernel::less_equal, *in_force, true);
    if (norm.valid_from) limit(Kernel::less_equal, *norm.valid_from, true);
    if (norm.valid_until) limit(Kernel::less, *norm.valid_until, false);
    return result;
  }

  NodeId unless(const model::Norm& norm, NodeId* due) {
    NodeId result = b_.truth(kFalse);
    for (const model::Unless& u : norm.unless) {
      NodeId holds = lower_.condition(u.condition);
      if (u.claim_deadline != kNone) {
        const NodeId deadline = lower_.node(u.claim_deadline);
        holds = b_.make(Kernel::after_claim, Kind::truth, {holds, deadline});
        if (due) *due = latest(*due, b_.make(Kernel::if_undecided, Kind::value, {holds, upper(deadline)}));
      }
      result = b_.logical_or(result, holds);
    }
    return result;
  }

  model::EntityId entity_of(model::VarId var) const { return var == kNone ? kNone : book_.variables[var].entity; }

  // docs/decisions/0007-opposing-bans.md says which rows of a ban meet the row judged.
  NodeId opposing_bans(const model::Norm& norm, std::int32_t regulation) {
    NodeId result = b_.truth(kFalse);
    for (const NormId id : norm.opposing_bans) {
      const model::Norm& ban = book_.norms[id];
      const bool of_subject = entity_of(ban.subject) == entity_of(norm.subject);
      if (!of_subject && entity_of(ban.subject) != entity_of(norm.element)) continue;
      lower_.bind(ban.subject, lower_.bound(of_subject ? norm.subject : norm.element));
      NodeId opposes = kNone;
      if (ban.element == kNone) {
        opposes = situation(ban, regulation);
      } else if (of_subject && entity_of(ban.element) == entity_of(norm.element)) {
        lower_.bind(ban.element, lower_.bound(norm.element));
        opposes = b_.logical_and(lower_.listed(ban.list, lower_.bound(norm.element)), situation(ban, regulation));
      } else {
        opposes = some_element(ban, regulation);
      }
      result = b_.logical_or(result, opposes);
    }
    return result;
  }

  NodeId situation(const model::Norm& ban, std::int32_t regulation) {
    return b_.logical_and(applies(ban, regulation), b_.logical_not(unless(ban, nullptr)));
  }

  NodeId some_element(const model::Norm& ban, std::int32_t regulation) {
    Node n;
    n.kernel = Kernel::any;
    n.kind = Kind::truth;
    // Its list for each row that is the ban's subject, though the list's owner may be a row above that.
    n.domain = b_.domain_of(lower_.bound(ban.subject));
    n.over = lower_.rows_of_list(ban.list, n.domain);
    lower_.bind(ban.element, b_.row(n.over));
    NodeId holds = situation(ban, regulation);
    if (const NodeId exists = lower_.existence(n.over); exists != kNone) holds = b_.logical_and(exists, holds);
    n.operands = {b_.at(lower_.closed(ban.list, kNone), n.domain), b_.at(holds, n.over)};
    return b_.make(std::move(n));
  }

  NodeId performed(const model::Norm& norm, NormPlan& out) {
    const model::Performance& p = *norm.performance;
    const NodeId deadline = norm.deadline ? lower_.node(norm.deadline->instant) : kNone;
    const NodeId closed = lower_.closed(p.list, deadline);
    DomainId parent = b_.deeper(b_.domain_of(closed), b_.domain_of(lower_.node(book_.expr(p.list).operands[0])));
    parent = b_.deeper(parent, b_.domain_of(deadline));
    for (const ExprId part : {p.where, p.decisive}) parent = b_.deeper(parent, lower_.deepest(part));
    out.performances = lower_.rows_of_list(p.list, parent);
    lower_.bind(p.var, b_.row(out.performances));
    const auto there = [&](NodeId node) { return b_.at(node, out.performances); };
    out.where = p.where == kNone ? b_.truth(kTrue) : lower_.node(p.where);
    if (const NodeId exists = lower_.existence(out.performances); exists != kNone) {
      out.where = b_.logical_and(exists, out.where);
    }
    out.where = there(out.where);
    out.decisive = there(lower_.node(p.decisive));
    NodeId holds = b_.logical_and(out.where, b_.is_given(out.decisive));
    if (deadline != kNone) {
      holds = b_.logical_and(holds, lower_.keeps(out.decisive, norm.deadline->instant, norm.deadline->strict));
    }
    Node n;
    n.kernel = Kernel::any;
    n.kind = Kind::truth;
    n.domain = parent;
    n.over = out.performances;
    n.operands = {b_.at(closed, parent), there(holds)};
    return b_.make(std::move(n));
  }

  const model::Rulebook& book_;
  Plan& plan_;
  Lowering lower_;
  Builder& b_;
};

}  // namespace

Plan compile(const model::Rulebook& book, std::span<const NormId> norms) {
  Plan plan;
  Judging judging(book, plan);
  std::vector<bool> wanted(book.norms.size(), false);
  for (const NormId id : norms) wanted[static_cast<std::size_t>(id)] = true;
  for (std::size_t i = 0; i < book.regulations.size(); ++i) {
    for (const NormId id : book.regulations[i].norms) {
      if (!wanted[static_cast<std::size_t>(id)] || book.norms[id].modality == model::Modality::permit) continue;
      judging.add(id, static_cast<std::int32_t>(i));
    }
  }
  return plan;
}

Plan compile(const model::Rulebook& book) {
  std::vector<NormId> all(book.norms.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<NormId>(i);
  return compile(book, all);
}

}  // namespace jianlu::plan
