// The plan: all norms of a rulebook as one hash-consed DAG of operators over columns. Definitions are inlined, so equal
// work is one node whichever norms need it. Every node lives in a domain, the set of rows that it has a value for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/calendar/period.h"
#include "engine/model/rulebook.h"

namespace jianlu::plan {

using NodeId = std::int32_t;    // index into Plan::nodes; operands come before their users
using DomainId = std::int32_t;  // index into Plan::domains; 0 is the domain of constants, which has one row
using model::kNone;

// What a node computes. Operands are nodes; a, b, c below are operands 0, 1, 2.
enum class Kernel : std::uint8_t {
  // values that come from outside
  constant,        // imm
  text_constant,   // index: into Plan::texts
  as_of,
  row,             // the row itself, as a reference
  load,            // field `field` of entity `entity` through reference a; part 1: the end of an interval
  gap_start, gap_end, gap_length, gap_previous, gap_next,   // of derived rows
  exists,          // truth: the derived row exists
  all_exist,       // truth: all rows of derived domain `over` exist; a: the owner's reference
  broadcast,       // a, of the parent domain
  pick,            // a, of the source of a copied domain
  joined,          // value a with the state of (a and b): an end of an interval
  // truth from values
  is_given, equal, less, less_equal, same_day, is_in, has_any, has_all, contains,
  // truth from truth
  logical_not, logical_and, logical_or, same_truth, is_decided,   // is_decided: true or undecided
  is_ruled_on,     // truth: cell a, of row b, is not unknown; false where there is no row, undecided where it is unknown
  // values from values
  negate, add, subtract, multiply, divide, later, earlier, distance, set_union, similarity,   // contains, similarity: of text a and the texts from b on, put together
  add_period,      // index: into Plan::periods; zone
  end_of_day, start_of_day,
  choose,          // default value, then (when, value) of each exception
  choose_truth,
  // quantifiers: reduce the rows of domain `over` to its parent. a: closed (truth: 1 closed, 2 open); an absent filter
  // is kNone
  closed,          // of list `field` of reference a; b: horizon
  any,             // b: truth per row
  every,           // b: truth per row
  count,           // b: filter or kNone
  sum, earliest, latest,  // b: body, c: filter or kNone
  merged,          // b, c: ends of an interval, d: filter or kNone
  // interval sets
  one_interval,    // a, b: ends of an interval
  interval_union, interval_intersection, interval_difference,   // set a, set b
  choose_set, set_covers, total_length,
  // judging
  upper,           // exact: a.hi (a.lo, but more than kMin, where a has no upper limit), kMax where a is none, kMin where it is unknown
  if_undecided,    // exact: b where truth a is undecided, else kMin
  after_claim,     // truth a, but undecided where false and not as_of > b
};

enum class Kind : std::uint8_t { truth, value, set };

struct Node {
  Kernel kernel{};
  Kind kind = Kind::value;
  DomainId domain = 0;
  std::vector<NodeId> operands;
  std::int64_t imm = 0;           // constant: the value, or a Truth
  model::EntityId entity = kNone;
  model::FieldId field = kNone;
  std::int32_t part = 0;
  std::int32_t index = kNone;
  std::int32_t zone = kNone;      // regulation whose zone counts
  DomainId over = kNone;
  bool operator==(const Node&) const = default;
};

// A domain is a set of rows with offsets into it per row of its parent.
struct Domain {
  enum class Kind : std::uint8_t {
    constant,   // one row
    root,       // all rows of an entity without an owner
    list,       // for each row of the parent the rows of list `field` of reference `reference`
    derived,    // for each row of the parent the rows of a derivation
    copy,       // for each row of the parent the rows of domain `source` of its ancestor's row
  } kind = Kind::constant;
  DomainId parent = kNone;        // root: none
  std::int32_t depth = 0;
  model::EntityId entity = kNone; // of its rows
  model::EntityId owner_entity = kNone;  // list: what `reference` refers to
  model::FieldId field = kNone;   // list: of that entity
  NodeId reference = kNone;       // list and derived: the owner's row, as a node of the parent
  NodeId owner = kNone;           // the same in the domain where it belongs, without broadcasts
  std::int32_t derivation = kNone;  // derived: index into Plan::derivations
  DomainId source = kNone;        // copy
  NodeId row = kNone;             // the node of kernel `row`
  NodeId after = 0;               // all nodes that it depends on are below this one
};

struct Derivation {
  NodeId start = kNone, end = kNone;         // within
  NodeId excused = kNone;                    // set, or kNone
  NodeId tolerance = kNone;                  // kNone: 0
  DomainId covering = kNone;                 // the covering rows, a child of the same parent
  NodeId covering_start = kNone, covering_end = kNone;
  NodeId covering_clock = kNone;             // kNone: each row has its own
  NodeId closed = kNone;                     // of the covering list
  bool operator==(const Derivation&) const = default;
};

// How a norm's rows are judged. Truth nodes of domain `domain` or an ancestor; kNone where noted.
struct NormPlan {
  model::NormId norm = kNone;
  DomainId subject = kNone;       // rows of the subject's entity
  DomainId domain = kNone;        // rows judged: those, or with a pair its elements
  NodeId applies = kNone, unless = kNone, ban = kNone, must = kNone;
  NodeId due = kNone;             // exact; kNone: nothing is awaited
  NodeId awaited = kNone;         // truth 1 or 2; kNone: no
  NodeId deadline = kNone;        // exact: its upper end; kNone: none
  // Performances: rows of `performances`, whose parent is `domain` or an ancestor.
  DomainId performances = kNone;
  NodeId where = kNone, decisive = kNone;    // where kNone: every row
  bool pair = false;              // the row judged is an element of its parent's row
};

struct Plan {
  std::vector<Node> nodes;
  std::vector<Domain> domains;
  std::vector<Derivation> derivations;
  std::vector<NormPlan> norms;
  std::vector<std::string> texts;
  struct Term {
    calendar::Period period;
    bool rollover = true;
    bool operator==(const Term&) const = default;
  };
  std::vector<Term> periods;

  DomainId root_of(DomainId domain) const;   // 0 for the constants
};

// The plan of the norms named (permits are left out); the rulebook's definitions must be free of cycles
// (graph::find_cycles).
Plan compile(const model::Rulebook& rulebook, std::span<const model::NormId> norms);
Plan compile(const model::Rulebook& rulebook);   // all norms

// One line per domain, node and norm, in a fixed order: `jianlu dump --stage plan`.
std::string dump(const Plan& plan, const model::Rulebook& rulebook);

}  // namespace jianlu::plan
