#include "engine/graph/condition.h"

#include <algorithm>
#include <utility>

#include "engine/graph/proposition.h"
#include "engine/model/print.h"

namespace jianlu::graph {

using diag::Words;
using model::DefId;
using model::Expr;
using model::ExprId;
using model::kNone;
using model::Op;
using model::TypeKind;
using source::Language;

namespace {

Words plus(const Words& a, std::string_view zh, std::string_view en) { return {a.zh + std::string(zh), a.en + std::string(en)}; }
Words plus(const Words& a, const Words& b) { return {a.zh + b.zh, a.en + b.en}; }

bool is_literal(Op op) {
  return op == Op::truth || op == Op::number || op == Op::duration || op == Op::instant || op == Op::text ||
         op == Op::enum_value || op == Op::enum_set || op == Op::period;
}

std::optional<Relation> relation_of(Op op) {
  switch (op) {
    case Op::equal: return Relation::equal;
    case Op::not_equal: return Relation::not_equal;
    case Op::less: return Relation::less;
    case Op::less_equal: return Relation::less_equal;
    case Op::greater: return Relation::greater;
    case Op::greater_equal: return Relation::greater_equal;
    default: return std::nullopt;
  }
}

Relation mirrored(Relation r) {
  switch (r) {
    case Relation::less: return Relation::greater;
    case Relation::less_equal: return Relation::greater_equal;
    case Relation::greater: return Relation::less;
    case Relation::greater_equal: return Relation::less_equal;
    default: return r;
  }
}

bool holds(Relation r, std::int64_t a, std::int64_t b) {
  switch (r) {
    case Relation::equal: return a == b;
    case Relation::not_equal: return a != b;
    case Relation::less: return a < b;
    case Relation::less_equal: return a <= b;
    case Relation::greater: return a > b;
    default: return a >= b;
  }
}

// What the expressions of a rulebook say of named rows.
class Reader {
 public:
  explicit Reader(const model::Rulebook& book) : book_(book) {}

  const Expr& expr(ExprId id) const { return book_.exprs[static_cast<std::size_t>(id)]; }
  const model::Definition& called(const Expr& e) const { return book_.definitions[static_cast<std::size_t>(e.definition)]; }

  RowName row(ExprId id, const Rows& rows) const {
    const Expr& e = expr(id);
    if (e.op == Op::variable) {
      const auto found = rows.find(e.var);
      if (found != rows.end()) return found->second;
      const model::Name& name = book_.variables[static_cast<std::size_t>(e.var)].name;
      return {"v" + std::to_string(e.var), {name.zh, name.en}};
    }
    if (e.op != Op::field) return {key(id, rows), {model::print(book_, id, Language::zh), model::print(book_, id, Language::en)}};
    const RowName owner = row(e.operands[0], rows);
    const model::Name& name = book_.vocabulary.field(expr(e.operands[0]).type.of, e.field).name;
    return {owner.key + "." + std::to_string(e.field), plus(owner.shown, "." + name.zh, "." + name.en)};
  }

  Rows arguments(const Expr& call, const Rows& rows) const {
    Rows inner;
    const auto& parameters = called(call).parameters;
    for (std::size_t i = 0; i < parameters.size(); ++i) inner[parameters[i]] = row(call.operands[i], rows);
    return inner;
  }

  // The row of a quantifier over a list: a key by how deep it stands, so that two conditions compare equal.
  Rows within(const Expr& e, const Rows& rows) const {
    Rows inner = rows;
    int depth = 0;
    for (const auto& [var, row] : rows) {
      if (row.key.front() == '#') depth = std::max(depth, std::stoi(row.key.substr(1)) + 1);
    }
    const model::Name& name = book_.vocabulary.entities[static_cast<std::size_t>(expr(e.operands[0]).type.of)].name;
    inner[e.var] = {"#" + std::to_string(depth), {name.zh, name.en}};
    return inner;
  }

  // A definition with one value: what the value says. kNone for others.
  ExprId only_value(const Expr& e) const {
    const model::Definition& d = called(e);
    if (d.alternatives.size() != 1) return kNone;
    return d.alternatives[0].value != kNone ? d.alternatives[0].value : d.alternatives[0].when;
  }

  std::string key(ExprId id, const Rows& rows) const {
    if (id == kNone) return "-";
    const Expr& e = expr(id);
    if (e.op == Op::variable || e.op == Op::field) return row(id, rows).key;
    if (e.op == Op::list) return row(e.operands[0], rows).key + "." + std::to_string(e.field);
    std::size_t count = e.operands.size();
    const Rows* inner = &rows;
    Rows made;
    std::string out = std::to_string(static_cast<int>(e.op));
    if (e.op == Op::call) {
      made = arguments(e, rows);
      if (const ExprId value = only_value(e); value != kNone) return key(value, made);
      out += "d" + std::to_string(e.definition);
      count = called(e).parameters.size();
    } else if (is_quantifier(e.op)) {
      made = within(e, rows);
      inner = &made;
      count = 3;
    } else if (is_literal(e.op)) {
      out += ":" + std::to_string(e.integer) + ":" + e.text + ":" + std::to_string(e.period.months) + ":" +
             std::to_string(e.period.days) + ":" + std::to_string(e.period.working_days) + ":" + std::to_string(e.type.of);
    }
    out += "(";
    for (std::size_t i = 0; i < count; ++i) out += key(e.operands[i], i == 0 ? rows : *inner) + ",";
    return out + ")";
  }

  // As the key of a quantifier: that some row of the list fulfils the condition.
  std::string performed(const model::Performance& p, const Rows& rows) const {
    Expr some;
    some.operands = {p.list};
    some.var = p.var;
    return std::to_string(static_cast<int>(Op::any)) + "(" + key(p.list, rows) + ",-," + key(p.where, within(some, rows)) + ",)";
  }

  // Paths that an expression reads, those of rows bound inside it left out.
  void reads(ExprId id, const Rows& rows, std::set<std::string>& out) const {
    if (id == kNone) return;
    const Expr& e = expr(id);
    if (e.op == Op::field || e.op == Op::list) {
      out.insert(key(id, rows));
      return;
    }
    if (e.op == Op::as_of) out.insert("as_of");
    if (e.op == Op::call) {
      const Rows inner = arguments(e, rows);
      for (const model::Alternative& a : called(e).alternatives) {
        reads(a.when, inner, out);
        reads(a.value, inner, out);
      }
      return;
    }
    const Rows inner = is_quantifier(e.op) ? within(e, rows) : rows;
    const std::size_t count = is_quantifier(e.op) ? 3 : e.operands.size();
    for (std::size_t i = 0; i < count; ++i) {
      std::set<std::string> part;
      reads(e.operands[i], inner, part);
      const std::string bound = is_quantifier(e.op) ? inner.at(e.var).key : "";
      for (const std::string& path : part) {
        if (bound.empty() || !path.starts_with(bound + ".")) out.insert(path);
      }
    }
  }

  static bool is_quantifier(Op op) {
    return op == Op::any || op == Op::every || op == Op::count || op == Op::sum || op == Op::earliest || op == Op::latest ||
           op == Op::merged;
  }

  Words print(ExprId id) const { return {model::print(book_, id, Language::zh), model::print(book_, id, Language::en)}; }

 protected:
  const model::Rulebook& book_;
};

}  // namespace

struct Condition::Problem : Reader {
  explicit Problem(const model::Rulebook& book) : Reader(book) {}

  Propositions all;
  PropId root = all.constant(true);

  PropId truth(ExprId id, const Rows& rows) {
    if (id == kNone) return all.constant(true);
    const Expr& e = expr(id);
    if (all.too_many()) return unread(id, rows);
    switch (e.op) {
      case Op::truth: return all.constant(e.integer != 0);
      case Op::logical_not: return all.negation(truth(e.operands[0], rows));
      case Op::logical_and: case Op::logical_or: {
        PropId out = truth(e.operands[0], rows);
        for (std::size_t i = 1; i < e.operands.size(); ++i) {
          const PropId next = truth(e.operands[i], rows);
          out = e.op == Op::logical_and ? all.both(out, next) : all.either(out, next);
        }
        return out;
      }
      case Op::field: return field(id, rows);
      case Op::is_given: return given(id, rows);
      case Op::is_in: return is_in(id, rows);
      case Op::has_any: case Op::has_all: return has(id, rows);
      case Op::any: case Op::every: return quantified(id, rows);
      case Op::call: return definition(e, rows);
      default: break;
    }
    if (const auto relation = relation_of(e.op)) {
      return compare(id, *relation, {e.operands[0], &rows}, {e.operands[1], &rows});
    }
    return unread(id, rows);
  }

 private:
  struct Operand {
    ExprId id;
    const Rows* rows;
  };

  // Constants through interpretations.
  ExprId resolved(ExprId id) const {
    while (id != kNone && expr(id).op == Op::call && called(expr(id)).parameters.empty() && only_value(expr(id)) != kNone) {
      id = only_value(expr(id));
    }
    return id;
  }

  Thing thing(Thing::Kind kind, ExprId id, const Rows& rows, std::string prefix = "") const {
    Thing t;
    t.kind = kind;
    t.key = std::move(prefix) + key(id, rows);
    reads(id, rows, t.reads);
    t.free = expr(id).op == Op::field;
    if (t.free) t.subject = key(id, rows);
    t.shown = t.free ? row(id, rows).shown : print(id);
    return t;
  }

  // A condition that is taken as it stands.
  PropId unread(ExprId id, const Rows& rows) {
    Thing t = thing(Thing::Kind::flag, id, rows, "!");
    t.free = false;
    t.holds = t.shown;
    t.fails = plus("非（", plus(t.shown, "）", ""));
    t.fails.en = "not (" + t.shown.en + ")";
    return all.flag(all.thing(std::move(t)));
  }

  PropId field(ExprId id, const Rows& rows) {
    Thing t = thing(Thing::Kind::flag, id, rows);
    t.holds = plus(t.shown, " = 是", " = true");
    t.fails = plus(t.shown, " = 否", " = false");
    return all.flag(all.thing(std::move(t)));
  }

  PropId given(ExprId id, const Rows& rows) {
    const Expr& read = expr(expr(id).operands[0]);
    if (read.op != Op::field) return unread(id, rows);
    const model::EntityId entity = expr(read.operands[0]).type.of;
    const model::Field& f = book_.vocabulary.field(entity, read.field);
    const bool always = f.kind == model::FieldKind::owner
                            ? book_.vocabulary.entities[static_cast<std::size_t>(entity)].key == kNone
                            : f.presence == model::Presence::required;
    if (always) return all.constant(true);
    Thing t = thing(Thing::Kind::flag, expr(id).operands[0], rows, "?");
    t.holds = plus(t.shown, " 已填", " is given");
    t.fails = plus(t.shown, " 未填", " is missing");
    return all.flag(all.thing(std::move(t)));
  }

  PropId codes(ExprId id, const Rows& rows, std::uint64_t passing) {
    Thing t = thing(Thing::Kind::value, id, rows);
    for (const model::Name& name : book_.vocabulary.enums[static_cast<std::size_t>(expr(id).type.of)].values) {
      t.values.push_back({name.zh, name.en});
    }
    return all.value(all.thing(std::move(t)), passing);
  }

  PropId is_in(ExprId id, const Rows& rows) {
    const ExprId value = resolved(expr(id).operands[0]), set = resolved(expr(id).operands[1]);
    if (expr(set).op != Op::enum_set) return unread(id, rows);
    const auto bits = static_cast<std::uint64_t>(expr(set).integer);
    if (expr(value).op == Op::enum_value) return all.constant(((bits >> expr(value).integer) & 1) != 0);
    return codes(value, rows, bits);
  }

  PropId has(ExprId id, const Rows& rows) {
    const ExprId whole = resolved(expr(id).operands[0]), set = resolved(expr(id).operands[1]);
    if (expr(set).op != Op::enum_set || expr(whole).op != Op::field) return unread(id, rows);
    const bool any = expr(id).op == Op::has_any;
    PropId out = all.constant(!any);
    const auto& values = book_.vocabulary.enums[static_cast<std::size_t>(expr(set).type.of)].values;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (((static_cast<std::uint64_t>(expr(set).integer) >> i) & 1) == 0) continue;
      Thing t = thing(Thing::Kind::flag, whole, rows, std::to_string(i) + "@");
      t.holds = plus(t.shown, " 含 " + values[i].zh, " has " + values[i].en);
      t.fails = plus(t.shown, " 不含 " + values[i].zh, " lacks " + values[i].en);
      const PropId member = all.flag(all.thing(std::move(t)));
      out = any ? all.either(out, member) : all.both(out, member);
    }
    return out;
  }

  // `every` is no row for which the body fails. A row is there when one can be: the body is a condition of its own.
  PropId quantified(ExprId id, const Rows& rows) {
    const Expr& e = expr(id);
    const Rows inner = within(e, rows);
    Condition body(book_);
    body.require(e.operands[1], inner);
    if (e.op == Op::any) body.require(e.operands[2], inner);
    else body.require_not(e.operands[2], inner);
    const Answer answer = body.can_hold();
    if (answer.can == Answer::Can::no) return all.constant(e.op == Op::every);
    Thing t = thing(Thing::Kind::flag, id, rows);
    t.subject.clear();
    const std::string list = key(e.operands[0], rows);
    t.free = answer.can == Answer::Can::yes && t.reads == std::set<std::string>{list};
    const model::Name& name = book_.vocabulary.entities[static_cast<std::size_t>(expr(e.operands[0]).type.of)].name;
    Words facts;
    for (const Words& fact : answer.example) facts = facts.zh.empty() ? fact : plus(plus(facts, "、", ", "), fact);
    t.holds = {"有" + name.zh + (facts.zh.empty() ? "" : "（" + facts.zh + "）"),
               "some " + name.en + (facts.en.empty() ? "" : " (" + facts.en + ")")};
    t.fails = {"没有" + name.zh + (facts.zh.empty() ? "" : "（" + facts.zh + "）"),
               "no " + name.en + (facts.en.empty() ? "" : " (" + facts.en + ")")};
    // The thing is that such a row exists; `every` is that none fails.
    const Expr* demand = e.operands[2] == kNone ? nullptr : &expr(e.operands[2]);
    const bool stripped = demand != nullptr && demand->op == Op::logical_not;
    const bool negated = stripped == (e.op == Op::any);
    t.key = "some " + list + "|" + key(e.operands[1], inner) + (negated && demand ? "|not " : "|") +
            key(stripped ? demand->operands[0] : e.operands[2], inner);
    const PropId exists = all.flag(all.thing(std::move(t)));
    return e.op == Op::any ? exists : all.negation(exists);
  }

  // The first exception that holds, else the default; grounds join theirs by or.
  template <typename Value>
  PropId chosen(const model::Definition& d, const Rows& inner, Value value) {
    PropId out = all.constant(false), none = all.constant(true);
    for (const model::Alternative& a : d.alternatives) {
      if (a.when == kNone) continue;
      const PropId when = truth(a.when, inner);
      out = all.either(out, all.both(when, value(a.value)));
      none = all.both(none, all.negation(when));
    }
    for (const model::Alternative& a : d.alternatives) {
      if (a.when == kNone && a.value != kNone) out = all.either(out, all.both(none, value(a.value)));
    }
    return out;
  }

  PropId definition(const Expr& e, const Rows& rows) {
    const Rows inner = arguments(e, rows);
    return chosen(called(e), inner, [&](ExprId value) { return truth(value, inner); });
  }

  PropId compare(ExprId id, Relation relation, Operand a, Operand b) {
    a.id = resolved(a.id);
    b.id = resolved(b.id);
    if (is_literal(expr(a.id).op) && !is_literal(expr(b.id).op)) {
      std::swap(a, b);
      relation = mirrored(relation);
    }
    if (expr(a.id).type.kind == TypeKind::truth) {
      const PropId p = truth(a.id, *a.rows), q = truth(b.id, *b.rows);
      const PropId same = all.either(all.both(p, q), all.both(all.negation(p), all.negation(q)));
      return relation == Relation::equal ? same : all.negation(same);
    }
    for (const bool left : {true, false}) {   // a definition with exceptions: compare each of its values
      const Operand open = left ? a : b;
      const Expr& e = expr(open.id);
      if (e.op != Op::call || all.too_many()) continue;
      const Rows inner = arguments(e, *open.rows);
      return chosen(called(e), inner, [&](ExprId value) {
        return compare(id, relation, left ? Operand{value, &inner} : a, left ? b : Operand{value, &inner});
      });
    }
    const Expr &x = expr(a.id), &y = expr(b.id);
    if (is_literal(x.op)) {
      if (x.op != y.op || x.op == Op::period || x.op == Op::enum_set) return unread(id, *a.rows);
      return all.constant(x.op == Op::text ? (x.text == y.text) == (relation == Relation::equal) : holds(relation, x.integer, y.integer));
    }
    if (y.op == Op::enum_value) {
      const std::uint64_t bit = std::uint64_t{1} << y.integer;
      return codes(a.id, *a.rows, relation == Relation::equal ? bit : ~bit);
    }
    if (y.op == Op::text) return text(a, y.text, relation);
    if (y.op == Op::number || y.op == Op::instant || y.op == Op::duration) return stretch(a, b, relation);
    return two(a, b, relation);
  }

  // A text is one of those it is compared with, or another.
  PropId text(Operand a, const std::string& wanted, Relation relation) {
    Thing t = thing(Thing::Kind::value, a.id, *a.rows);
    t.values.push_back({"别的文字", "another text"});
    const std::int32_t id = all.thing(std::move(t));
    auto& values = all[id].values;
    const Words quoted{"“" + wanted + "”", "\"" + wanted + "\""};
    const auto known = std::find_if(values.begin(), values.end(), [&](const Words& v) { return v.en == quoted.en; });
    const auto code = static_cast<std::size_t>(known - values.begin());
    if (known == values.end()) values.push_back(quoted);
    if (code > 63) return unread(a.id, *a.rows);
    const std::uint64_t bit = std::uint64_t{1} << code;
    return all.value(id, relation == Relation::equal ? bit : ~bit);
  }

  // Where a number or instant stands among the constants that it is compared with.
  PropId stretch(Operand a, Operand b, Relation relation) {
    Thing t = thing(Thing::Kind::place, a.id, *a.rows);
    const Expr& e = expr(a.id);
    if (e.op == Op::count) {
      t.whole = true;
      t.free = e.operands[1] == kNone && t.reads.size() == 1;
    }
    const std::int32_t id = all.thing(std::move(t));
    auto& marks = all[id].marks;
    const std::int64_t mark = expr(b.id).integer;
    const auto at = std::lower_bound(marks.begin(), marks.end(), mark, [](const auto& m, std::int64_t v) { return m.first < v; });
    if (at == marks.end() || at->first != mark) marks.insert(at, {mark, print(b.id)});
    return all.place(id, relation, mark);
  }

  // Two things that are both read: one before, with or after the other.
  PropId two(Operand a, Operand b, Relation relation) {
    std::string left = key(a.id, *a.rows), right = key(b.id, *b.rows);
    if (left == right) return all.constant(holds(relation, 0, 0));
    if (right < left) {
      std::swap(a, b);
      std::swap(left, right);
      relation = mirrored(relation);
    }
    Thing t = thing(Thing::Kind::place, a.id, *a.rows);
    const Thing other = thing(Thing::Kind::place, b.id, *b.rows);
    t.key = left + " ~ " + right;
    t.subject.clear();
    // One side is a field that the other does not read: it can be set to any side of the other.
    t.free = (t.free && !other.reads.contains(left)) || (other.free && !t.reads.contains(right));
    t.reads.insert(other.reads.begin(), other.reads.end());
    t.marks = {{0, other.shown}};
    return all.place(all.thing(std::move(t)), relation, 0);
  }
};

Condition::Condition(const model::Rulebook& book) : problem_(std::make_unique<Problem>(book)) {}
Condition::~Condition() = default;

void Condition::require(ExprId condition, const Rows& rows) {
  problem_->root = problem_->all.both(problem_->root, problem_->truth(condition, rows));
}

void Condition::require_not(ExprId condition, const Rows& rows) {
  Propositions& all = problem_->all;
  problem_->root = all.both(problem_->root, all.negation(problem_->truth(condition, rows)));
}

Answer Condition::can_hold() const {
  bool gave_up = false;
  const auto found = problem_->all.satisfy(problem_->root, gave_up);
  Answer answer;
  if (!found) {
    answer.can = gave_up ? Answer::Can::perhaps : Answer::Can::no;
    return answer;
  }
  answer.can = found->certain ? Answer::Can::yes : Answer::Can::perhaps;
  for (const auto& [thing, choice] : found->choices) answer.example.push_back(problem_->all.say(thing, choice));
  return answer;
}

std::string key_of(const model::Rulebook& book, const model::Performance& performance, const Rows& rows) {
  return Reader(book).performed(performance, rows);
}

std::string key_of(const model::Rulebook& book, ExprId expr, const Rows& rows) { return Reader(book).key(expr, rows); }

}  // namespace jianlu::graph
