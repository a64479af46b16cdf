// The typed rulebook: every name resolved, every expression typed, every declaration in article order.
// Both evaluators read this and nothing else of the language; language.md sections 5 and 6 give its meaning.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/period.h"
#include "engine/model/vocabulary.h"
#include "engine/source/source.h"
#include "engine/statute/citation.h"

namespace jianlu::model {

using source::Span;
using ExprId = std::int32_t;   // index into Rulebook::exprs; kNone = absent
using VarId = std::int32_t;    // unique in a rulebook
using DefId = std::int32_t;
using NormId = std::int32_t;

enum class Op : std::uint8_t {
  // leaves
  truth,        // integer: 0 or 1
  number,       // integer: millionths
  duration,     // integer: microseconds
  instant,      // integer: UTC microseconds
  text,         // text
  enum_value,   // integer: code
  enum_set,     // integer: bits, 1 << code
  period,       // period
  variable,     // var: a row
  as_of,        // the instant of the audit
  // reading rows: operand 0 is a reference
  field,        // stored or owner field: var unused, field
  list,         // list field; type rows
  interval_start, interval_end,   // of an interval
  is_given,     // operand of any type that may be none
  is_ruled_on,  // operand a field: whether somebody has looked, whatever was found; undecided only where the row is unknown
  // Kleene logic
  logical_not, logical_and, logical_or,
  // comparisons; operands of one type (number, instant, duration, text, enum_value, reference, truth)
  equal, not_equal, less, less_equal, greater, greater_equal,
  // arithmetic
  negate,
  add, subtract,            // number±number, duration±duration, instant±duration, instant-instant
  multiply, divide,         // number*number, number*duration, duration*number, number/number, duration/number
  add_period,               // instant, period: calendar arithmetic; `rollover` says whether the end moves
  later, earlier,           // maximum, minimum of two instants, numbers or durations
  distance,                 // |a - b| of two instants or numbers
  end_of_day,               // instant: the last instant of its day (00:00 of the next)
  start_of_day,
  same_day,                 // two instants, one local day
  // sets
  is_in,                    // enum_value in enum_set
  has_any, has_all,         // enum_set, enum_set
  set_union,
  // intervals
  make_interval,            // from, to
  covers, overlaps,         // interval, interval
  set_covers,               // interval_set covers interval
  total_length,             // interval_set: duration
  // two operands, each an interval_set or an interval, which counts as a set of one: interval_set
  interval_union, interval_intersection, interval_difference,
  // text
  // Of text 0 and the texts from 1 on, put together: a template with what fills its placeholders. All normalised.
  contains,                 // text 0 contains it
  similarity,               // number in [0, 1]
  // quantifiers: operand 0 the list (rows), 1 the filter (kNone: all), 2 the body (kNone for count, and for
  // any/every without one); `var` runs over the rows. operand 3 the horizon: an instant through which the list's
  // ledger must be delivered for absence to count (kNone: the governing time of the row that owns the list).
  any, every, count, sum, earliest, latest, merged,
  // calls
  // definition; operands are the arguments, one per parameter, then optionally an instant: the horizon of every
  // quantifier in the body (and in what the body calls) that names none itself.
  call,
};

struct Expr {
  Op op{};
  Type type;
  Span span;
  std::vector<ExprId> operands;
  std::int64_t integer = 0;
  FieldId field = kNone;
  VarId var = kNone;
  DefId definition = kNone;
  bool rollover = true;
  std::string text;
  calendar::Period period;
};

struct Variable {
  Name name;
  EntityId entity = kNone;
  Span span;
};

// Definitions, grounds, acts, interpretations and exemptions are named functions over rows.
enum class DefKind : std::uint8_t { definition, ground, act, interpretation, exemption };

struct Alternative {
  statute::Citation at;
  bool catch_all = false;
  ExprId when = kNone;       // kNone: the default of a definition
  ExprId value = kNone;      // definitions only
  Span span;
};

struct Definition {
  DefKind kind{};
  Name name;
  std::vector<statute::Citation> at;
  std::vector<VarId> parameters;
  Type result;
  // definition: the first alternative is the default, the rest exceptions (two that hold at once with
  //   different values are a conflict: the value is unknown and the row is reported).
  // ground: alternatives are joined by or; each is an item.
  // interpretation, act: one alternative with the value.
  // exemption: one alternative, the claim.
  std::vector<Alternative> alternatives;
  ExprId claim_deadline = kNone;      // exemption: absence of a claim counts after this instant
  std::string because;                // why: of interpretations and presumptions
  std::vector<DefId> rests_on;        // exemption: its ground
  Span span;
  Span name_span;
};

enum class Modality : std::uint8_t { duty, ban, permit };

struct Deadline {
  ExprId instant = kNone;
  bool strict = false;                // 先于: performance must come before it
  Span span;
};

// The event that performs a duty: 有 v 于 list 使 where 以 decisive 为准.
struct Performance {
  VarId var = kNone;
  ExprId list = kNone;
  ExprId where = kNone;               // kNone: every row
  ExprId decisive = kNone;            // an instant of the row; none = not performed
};

struct Unless {
  ExprId condition = kNone;           // truth
  DefId exemption = kNone;            // the exemption or definition named, for the report; kNone for a plain expression
  ExprId claim_deadline = kNone;      // as in Definition, with arguments substituted
  statute::Citation at;
};

struct CategoryLink {
  std::int32_t category = kNone;      // index into Regulation::categories
  ExprId when = kNone;                // condition over the norm's rows; kNone: none
  Span span;
};

// A message such as "场次 {s.编号} 没有记录": literal pieces and expressions in turn.
struct MessagePart {
  std::string literal;
  ExprId value = kNone;
};

struct Norm {
  Modality modality{};
  Name name;                          // en is the stable id
  std::vector<std::string> formerly;  // earlier ids
  std::vector<statute::Citation> at;
  VarId subject = kNone;              // the row judged
  VarId element = kNone;              // second row of a pair (session, gap); kNone for a single row
  ExprId list = kNone;                // the list that `element` runs over
  ExprId governing = kNone;           // governing time, an instant
  ExprId when = kNone;                // kNone: always
  std::vector<Unless> unless;         // joined by or
  // What must hold (truth). For a ban, already negated: true = obeyed. kNone where `performance` says it.
  ExprId must = kNone;
  std::optional<Performance> performance;   // only with a deadline
  std::optional<Deadline> deadline;
  ExprId await = kNone;               // 等候: undecided or failed before this instant is pending
  bool in_principle = false;          // 原则上: a deviation needs a reason; it is no breach of its own
  DefId act = kNone;                  // the act regulated, where the condition is a call of one
  std::vector<NormId> opposing_bans;  // bans on the same act whose situation can meet this duty's
  std::vector<NormId> defeated_by;    // permits named in `unless`
  std::vector<CategoryLink> categories;
  std::vector<MessagePart> message;
  std::optional<std::int64_t> valid_from, valid_until;  // instants [from, until)
  bool approval = false;              // written as 审批
  Span span;
  Span name_span;
};

struct Category {
  Name name;
  statute::Citation at;
  std::vector<NormId> rests_on;       // norms whose breach may fall under it
  ExprId when = kNone;                // its own condition over `subject`; kNone: a person's ruling alone
  VarId subject = kNone;
  std::string text;
  Span span;
};

struct Sanction {
  Name name;
  statute::Citation at;
  std::string text;
  std::string condition;              // 情况严重 and the like: a person's ruling
  bool cumulative = false;            // 并处
  // What leads to it, where the text says: breaches of these norms, or what falls under these categories (index into
  // Regulation::categories). Neither: every category of the regulation.
  std::vector<NormId> rests_on;
  std::vector<std::int32_t> categories;
  Span span;
};

struct Manual {
  Name name;
  statute::Citation at;
  VarId subject = kNone;
  ExprId when = kNone;
  std::string who, question, frequency;
  Span span;
};

// A statement that carries no norm of its own: a restatement, an application of another article, a declaration.
struct Remark {
  enum class Kind : std::uint8_t { restatement, application, declarative } kind{};
  statute::Citation at;
  statute::Citation target;           // article that it restates or applies
  NormId norm = kNone;                // norm that it restates
  std::string text;
  Span span;
};

// A derived entity: gaps of a session. Rows: within minus excused minus covered, one per pair of neighbours.
struct Derivation {
  Name name;
  statute::Citation at;
  EntityId entity = kNone;            // the derived entity
  VarId subject = kNone;              // its owner's row
  ExprId within = kNone;              // interval
  ExprId excused = kNone;             // interval_set; kNone: nothing is excused
  VarId covering_var = kNone;         // the rows that cover: 录像 of the session
  ExprId covering_list = kNone;
  ExprId covering_interval = kNone;   // interval of one such row
  ExprId covering_clock = kNone;      // what it is timed by; kNone: each row by its own clock
  // Instant through which the ledger of `covering_list` must be delivered before a gap is certain to exist
  // (as operand 3 of a quantifier); kNone: the governing time of the owner.
  ExprId horizon = kNone;
  ExprId tolerance = kNone;           // duration; pieces not longer are no gaps
  // Fields of the derived entity, by meaning.
  FieldId start = kNone, end = kNone, length = kNone, previous = kNone, next = kNone;
  Span span;
};

// Why a declaration that is no definition reads as it does: 理由 of a norm, a category, a derivation.
struct Reason {
  Name name;                          // of the declaration
  statute::Citation at;
  std::string text;
};

struct Article {
  statute::Citation at;
  std::string summary;
  Span span;
};

struct Regulation {
  Name name;
  std::string id;                     // bureau id: the folder's name, e.g. qinhuangdao-water
  std::string authority;
  std::string zone;                   // IANA
  std::optional<std::int64_t> in_force_from;  // instant; absent: 未载明, remarked in every report
  std::string commencement_because;
  source::FileId file = 0;
  std::vector<Article> articles;
  std::vector<NormId> norms;          // in article order
  std::vector<DefId> definitions;     // its own, in article order
  std::vector<Derivation> derivations;
  std::vector<Category> categories;
  std::vector<Sanction> sanctions;
  std::vector<Manual> manuals;
  std::vector<Remark> remarks;
  std::vector<Reason> reasons;        // in article order
};

struct Rulebook {
  Vocabulary vocabulary;
  std::vector<Expr> exprs;
  std::vector<Variable> variables;
  std::vector<Definition> definitions;   // of all files
  std::vector<Norm> norms;               // of all regulations
  std::vector<Regulation> regulations;

  const Expr& expr(ExprId id) const { return exprs[id]; }
};

}  // namespace jianlu::model
