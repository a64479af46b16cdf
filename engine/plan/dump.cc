#include <fmt/format.h>

#include <array>
#include <iterator>

#include "engine/plan/plan.h"

namespace jianlu::plan {
namespace {

constexpr std::array kKernels{
    "constant",     "text",         "as_of",      "row",          "load",       "gap_start",   "gap_end",
    "gap_length",   "gap_previous", "gap_next",   "exists",       "all_exist",  "broadcast",   "pick",
    "joined",       "is_given",     "equal",      "less",         "less_equal", "same_day",    "is_in",
    "has_any",      "has_all",      "contains",   "not",          "and",        "or",          "same_truth",
    "is_decided",   "is_ruled_on",  "negate",       "add",        "subtract",     "multiply",   "divide",      "later",
    "earlier",      "distance",     "set_union",  "similarity",   "add_period", "end_of_day",  "start_of_day",
    "choose",       "choose_truth", "closed",     "any",          "every",      "count",       "sum",
    "earliest",     "latest",       "merged",     "one_interval", "interval_union", "interval_intersection", "interval_difference", "choose_set",   "set_covers", "total_length", "upper",
    "if_undecided", "after_claim"};
static_assert(kKernels.size() == static_cast<std::size_t>(Kernel::after_claim) + 1);

class Dump {
 public:
  Dump(const Plan& plan, const model::Rulebook& book) : plan_(plan), book_(book) {}

  std::string text() {
    for (std::size_t i = 1; i < plan_.domains.size(); ++i) domain(static_cast<DomainId>(i));
    for (std::size_t i = 0; i < plan_.nodes.size(); ++i) node(static_cast<NodeId>(i));
    for (const NormPlan& norm : plan_.norms) judged(norm);
    return std::move(out_);
  }

 private:
  template <typename... Arguments>
  void put(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }

  std::string name(NodeId id) const { return id == kNone ? "-" : fmt::format("n{}", id); }
  const model::Entity& entity(model::EntityId id) const { return book_.vocabulary.entities[id]; }
  std::string field(model::EntityId of, model::FieldId id) const {
    return fmt::format("{}.{}", entity(of).name.en, entity(of).fields[id].name.en);
  }

  void domain(DomainId id) {
    const Domain& d = plan_.domains[id];
    put("d{}", id);
    switch (d.kind) {
      case Domain::Kind::constant: break;
      case Domain::Kind::root: put(" rows of {}", entity(d.entity).name.en); break;
      case Domain::Kind::list:
        put(" in d{}: list {} of {}", d.parent, field(d.owner_entity, d.field), name(d.reference));
        break;
      case Domain::Kind::derived: {
        const Derivation& g = plan_.derivations[d.derivation];
        put(" in d{}: {} of {}, [{}, {}) minus {}, rows d{} [{}, {}) timed by {} closed {}, above {}", d.parent,
            entity(d.entity).name.en, name(d.reference), name(g.start), name(g.end), name(g.excused), g.covering,
            name(g.covering_start), name(g.covering_end), name(g.covering_clock), name(g.closed), name(g.tolerance));
        break;
      }
      case Domain::Kind::copy: put(" in d{}: copy of d{} by {}", d.parent, d.source, name(d.reference)); break;
    }
    put("\n");
  }

  void node(NodeId id) {
    const Node& n = plan_.nodes[id];
    put("n{} d{} {}", id, n.domain, kKernels[static_cast<std::size_t>(n.kernel)]);
    switch (n.kernel) {
      case Kernel::constant: put(" {}{}", n.kind == Kind::truth ? "truth " : "", n.imm); break;
      case Kernel::text_constant: put(" \"{}\"", plan_.texts[n.index]); break;
      case Kernel::load: put(" {}{}", field(n.entity, n.field), n.part == 1 ? " end" : ""); break;
      case Kernel::closed: put(" {}", field(n.entity, n.field)); break;
      case Kernel::add_period: {
        const Plan::Term& t = plan_.periods[n.index];
        put(" {}mo {}d {}wd {}us{}", t.period.months, t.period.days, t.period.working_days, t.period.micros,
            t.rollover ? "" : " stay");
        break;
      }
      default: break;
    }
    if (n.zone != kNone) put(" zone {}", book_.regulations[n.zone].zone);
    if (n.over != kNone) put(" over d{}", n.over);
    for (const NodeId operand : n.operands) put(" {}", name(operand));
    put("\n");
  }

  void judged(const NormPlan& n) {
    put("norm {} d{} applies {} unless {} ban {} must {}", book_.norms[n.norm].name.en, n.domain, name(n.applies),
        name(n.unless), name(n.ban), name(n.must));
    if (n.due != kNone) put(" due {} awaited {}", name(n.due), name(n.awaited));
    if (n.deadline != kNone) put(" deadline {}", name(n.deadline));
    if (n.performances != kNone) put(" performed d{} {} at {}", n.performances, name(n.where), name(n.decisive));
    put("\n");
  }

  const Plan& plan_;
  const model::Rulebook& book_;
  std::string out_;
};

}  // namespace

std::string dump(const Plan& plan, const model::Rulebook& book) { return Dump(plan, book).text(); }

}  // namespace jianlu::plan
