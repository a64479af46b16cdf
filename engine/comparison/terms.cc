#include "engine/comparison/terms.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/model/print.h"

namespace jianlu::comparison {

using model::DefKind;
using model::Expr;
using model::ExprId;
using model::kNone;
using model::Op;
using model::TypeKind;
using source::Language;

namespace {

constexpr std::size_t kMost = 64;   // cases; a condition with more is taken as it stands

bool is_quantifier(Op op) {
  return op == Op::any || op == Op::every || op == Op::count || op == Op::sum || op == Op::earliest || op == Op::latest ||
         op == Op::merged;
}

bool compares(Op op) { return op >= Op::equal && op <= Op::greater_equal; }

Op opposite(Op op) {
  switch (op) {
    case Op::equal: return Op::not_equal;
    case Op::not_equal: return Op::equal;
    case Op::less: return Op::greater_equal;
    case Op::less_equal: return Op::greater;
    case Op::greater: return Op::less_equal;
    default: return Op::less;
  }
}

// Names are Chinese, so that a longer name goes on with a byte above 0x7f.
bool reads(const Atom& atom, const std::string& field) {
  const auto in_name = [&](std::size_t at) { return at < atom.key.size() && static_cast<unsigned char>(atom.key[at]) >= 0x80; };
  for (std::size_t at = atom.key.find(field); at != std::string::npos; at = atom.key.find(field, at + 1)) {
    const bool ends = field.back() == '.' || !in_name(at + field.size());
    if (ends && (at == 0 || !in_name(at - 1))) return true;
  }
  return false;
}

// Guards that another atom makes superfluous, and repetitions.
void tidy(Case& c) {
  Case out;
  for (const Atom& a : c) {
    const bool guard = !a.guards.empty() && std::any_of(c.begin(), c.end(), [&](const Atom& b) { return b.key != a.key && reads(b, a.guards); });
    const bool known = std::any_of(out.begin(), out.end(), [&](const Atom& b) { return b.key == a.key; }) ||
                       std::any_of(c.begin(), c.end(), [&](const Atom& b) { return b.shows == a.key; });
    if (!guard && !known) out.push_back(a);
  }
  c = std::move(out);
}

// The one field with values in which two cases differ, or nothing.
Atom* differ_in_values(Case& a, const Case& b) {
  Atom* found = nullptr;
  if (a.size() != b.size()) return nullptr;
  for (Atom& atom : a) {
    const auto same = std::find_if(b.begin(), b.end(), [&](const Atom& x) { return x.key == atom.key; });
    if (same == b.end()) return nullptr;
    if (same->values == atom.values) continue;
    if (found != nullptr || atom.values_of == kNone) return nullptr;
    found = &atom;
  }
  return found;
}

}  // namespace

bool implies(const Atom& a, const Atom& b) {
  if (a.key != b.key) return false;
  return a.values_of == kNone || (a.values & ~b.values) == 0;
}

bool implies(const Cases& a, const Cases& b) {
  return std::all_of(a.begin(), a.end(), [&](const Case& x) {
    return std::any_of(b.begin(), b.end(), [&](const Case& y) {
      return std::all_of(y.begin(), y.end(), [&](const Atom& wanted) {
        return std::any_of(x.begin(), x.end(), [&](const Atom& given) { return implies(given, wanted); });
      });
    });
  });
}

Words text(const Cases& cases) {
  // What all cases share stands before them.
  Case shared;
  for (const Atom& a : cases.empty() ? Case{} : cases.front()) {
    const bool everywhere = std::all_of(cases.begin(), cases.end(), [&](const Case& c) {
      return std::any_of(c.begin(), c.end(), [&](const Atom& b) { return implies(a, b) && implies(b, a); });
    });
    if (everywhere) shared.push_back(a);
  }
  const auto conjunction = [](const Case& c, const Case& within) {
    Words out;
    for (const Atom& a : c) {
      const bool said = !a.row.empty() && std::any_of(within.begin(), within.end(), [&](const Atom& b) { return b.key != a.key && reads(b, a.row + "."); });
      if (said) continue;
      out.zh += (out.zh.empty() ? "" : " 且 ") + a.text.zh;
      out.en += (out.en.empty() ? "" : " and ") + a.text.en;
    }
    return out;
  };
  if (cases.empty()) return {"从不", "never"};
  const Words common = conjunction(shared, cases.front());
  Words out;
  for (const Case& c : cases) {
    Case own;
    for (const Atom& a : c) {
      if (std::none_of(shared.begin(), shared.end(), [&](const Atom& b) { return b.key == a.key; })) own.push_back(a);
    }
    const Words one = conjunction(own, c);
    if (one.zh.empty()) return common.zh.empty() ? Words{"一律", "always"} : common;
    out.zh += (out.zh.empty() ? "" : "，或者 ") + one.zh;
    out.en += (out.en.empty() ? "" : ", or ") + one.en;
  }
  return common.zh.empty() ? out : Words{common.zh + " 且（" + out.zh + "）", common.en + " and (" + out.en + ")"};
}

Words values_text(const model::Rulebook& book, model::EnumId of, std::uint64_t values) {
  Words out;
  const auto& names = book.vocabulary.enums[static_cast<std::size_t>(of)].values;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (((values >> i) & 1) == 0) continue;
    out.zh += (out.zh.empty() ? "" : "、") + names[i].zh;
    out.en += (out.en.empty() ? "" : ", ") + names[i].en;
  }
  return out;
}

std::vector<Words> only_in(const model::Rulebook& book, const Cases& a, const Cases& b) {
  std::vector<Words> out;
  std::map<std::string, std::uint64_t> known;
  for (const Case& c : b) {
    for (const Atom& atom : c) known[atom.key] |= atom.values_of == kNone ? 1 : atom.values;
  }
  std::map<std::string, std::pair<const Atom*, std::uint64_t>> more;
  for (const Case& c : a) {
    for (const Atom& atom : c) {
      const auto found = known.find(atom.key);
      const std::uint64_t values = found == known.end() ? ~std::uint64_t{0} : ~found->second;
      if (atom.values_of == kNone ? found != known.end() : (atom.values & values) == 0) continue;
      if (atom.values_of == kNone || found == known.end()) {
        if (std::none_of(out.begin(), out.end(), [&](const Words& w) { return w.en == atom.text.en; })) out.push_back(atom.text);
      } else {
        auto& entry = more[atom.key];
        entry.first = &atom;
        entry.second |= atom.values & values;
      }
    }
  }
  for (const auto& [key, entry] : more) out.push_back(values_text(book, entry.first->values_of, entry.second));
  return out;
}

Terms::Terms(const model::Rulebook& book, const calendar::WorkingDays& working_days)
    : own_(book), book_(book), working_days_(working_days) {
  for (model::Variable& v : book_.variables) v.name = book_.vocabulary.entities[static_cast<std::size_t>(v.entity)].name;
}

ExprId Terms::add(Expr e) {
  book_.exprs.push_back(std::move(e));
  return static_cast<ExprId>(book_.exprs.size() - 1);
}

Words Terms::text(ExprId id) const {
  if (id == kNone) return {};
  return {model::print(own_, id, Language::zh), model::print(own_, id, Language::en)};
}

Words Terms::print(ExprId id) const { return {model::print(book_, id, Language::zh), model::print(book_, id, Language::en)}; }

ExprId Terms::only_value(const model::Definition& d) const {
  if (d.kind == DefKind::act || d.alternatives.size() != 1) return kNone;
  return d.alternatives[0].value != kNone ? d.alternatives[0].value : d.alternatives[0].when;
}

Terms::Rows Terms::arguments(const Expr& call, const Rows& rows) {
  Rows out;
  const auto& parameters = book_.definitions[static_cast<std::size_t>(call.definition)].parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i) out[parameters[i]] = opened(call.operands[i], rows);
  return out;
}

// A row of a quantifier is named by its ledger, with a number where such a row already stands around it.
Terms::Rows Terms::within(const Expr& quantifier, const Rows& rows) {
  Rows out = rows;
  const model::Variable bound = book_.variables[static_cast<std::size_t>(quantifier.var)];
  int number = 1;
  for (const auto& [var, row] : rows) {
    const Expr& e = expr(row);
    if (e.op == Op::variable && e.type.of == bound.entity) ++number;
  }
  model::Variable fresh = bound;
  fresh.name = book_.vocabulary.entities[static_cast<std::size_t>(bound.entity)].name;
  if (number > 1) fresh.name = {fresh.name.zh + std::to_string(number), fresh.name.en + std::to_string(number)};
  book_.variables.push_back(std::move(fresh));
  Expr e;
  e.op = Op::variable;
  e.type = {TypeKind::reference, bound.entity};
  e.var = static_cast<model::VarId>(book_.variables.size() - 1);
  out[quantifier.var] = add(std::move(e));
  return out;
}

ExprId Terms::opened(ExprId id, const Rows& rows) {
  if (id == kNone) return kNone;
  Expr e = expr(id);
  if (e.op == Op::variable) {
    const auto found = rows.find(e.var);
    return found == rows.end() ? id : found->second;
  }
  if (e.op == Op::call) {
    const model::Definition d = book_.definitions[static_cast<std::size_t>(e.definition)];
    if (const ExprId value = only_value(d); value != kNone) return opened(value, arguments(e, rows));
    e.operands.resize(d.parameters.size());   // without the horizon, which decides nothing here
  }
  if (is_quantifier(e.op)) {
    const Rows inner = within(e, rows);
    const ExprId list = opened(e.operands[0], rows), filter = opened(e.operands[1], inner), body = opened(e.operands[2], inner);
    e.var = expr(inner.at(e.var)).var;
    e.operands = {list, filter, body};
    return add(std::move(e));
  }
  for (ExprId& operand : e.operands) operand = opened(operand, rows);
  return folded(std::move(e));
}

// Readings are compared with one another in rules: those that were not chosen go.
ExprId Terms::folded(Expr e) {
  const auto truth = [&](bool value) {
    Expr made;
    made.op = Op::truth;
    made.type = {TypeKind::truth};
    made.integer = value;
    return add(std::move(made));
  };
  if ((e.op == Op::equal || e.op == Op::not_equal) && expr(e.operands[0]).op == Op::enum_value && expr(e.operands[1]).op == Op::enum_value) {
    return truth((expr(e.operands[0]).integer == expr(e.operands[1]).integer) == (e.op == Op::equal));
  }
  if (e.op != Op::logical_and && e.op != Op::logical_or) return add(std::move(e));
  const std::int64_t decides = e.op == Op::logical_or;
  for (std::size_t i = 0; i < e.operands.size(); ++i) {
    const Expr& operand = expr(e.operands[i]);
    if (operand.op != Op::truth) continue;
    if (operand.integer == decides) return e.operands[i];
    if (e.operands.size() == 2) return e.operands[1 - i];
  }
  return add(std::move(e));
}

std::string Terms::act_key(const std::set<std::string>& ledgers, const std::string& of) {
  std::string out = "行为";
  for (const std::string& ledger : ledgers) out += " " + ledger;
  return out + "(" + of + ")";
}

// The ledgers that an act runs over.
std::set<std::string> Terms::ledgers(const model::Definition& act) const {
  std::set<std::string> out;
  const auto visit = [&](ExprId at, const auto& self) -> void {
    if (at == kNone) return;
    if (expr(at).op == Op::list) out.insert(book_.vocabulary.entities[static_cast<std::size_t>(expr(at).type.of)].name.zh);
    for (const ExprId operand : expr(at).operands) self(operand, self);
  };
  for (const model::Alternative& a : act.alternatives) {
    visit(a.when, visit);
    visit(a.value, visit);
  }
  return out;
}

// The text, with the alternatives of each definition that could not be opened; acts are one by the ledgers they run over.
std::string Terms::key(ExprId id) const {
  const Expr& whole = expr(id);
  if (whole.op == Op::call && book_.definitions[static_cast<std::size_t>(whole.definition)].kind == DefKind::act) {
    return act_key(ledgers(book_.definitions[static_cast<std::size_t>(whole.definition)]), model::print(book_, whole.operands[0], Language::zh));
  }
  std::string out = model::print(book_, id, Language::zh);
  const auto visit = [&](ExprId at, const auto& self) -> void {
    if (at == kNone) return;
    const Expr& e = expr(at);
    if (e.op == Op::call) {
      const model::Definition& d = book_.definitions[static_cast<std::size_t>(e.definition)];
      if (d.kind != DefKind::act) {
        for (const model::Alternative& a : d.alternatives) {
          out += "|" + (a.when == kNone ? "" : model::print(book_, a.when, Language::zh)) + ">" +
                 (a.value == kNone ? "" : model::print(book_, a.value, Language::zh));
        }
      }
    }
    for (const ExprId operand : e.operands) self(operand, self);
  };
  visit(id, visit);
  return out;
}

Cases Terms::both(const Cases& a, const Cases& b) const {
  Cases out;
  for (const Case& x : a) {
    for (const Case& y : b) {
      Case c = x;
      c.insert(c.end(), y.begin(), y.end());
      tidy(c);
      out = either(std::move(out), {c});
    }
  }
  return out;
}

Cases Terms::either(Cases a, const Cases& b) const {
  for (const Case& c : b) {
    bool taken = std::any_of(a.begin(), a.end(), [&](const Case& known) { return implies(Cases{c}, Cases{known}); });
    for (Case& known : a) {
      if (taken) break;
      Atom* atom = differ_in_values(known, c);
      if (atom == nullptr) continue;
      const auto other = std::find_if(c.begin(), c.end(), [&](const Atom& x) { return x.key == atom->key; });
      atom->values |= other->values;
      const Words field{atom->text.zh.substr(0, atom->text.zh.find('{')), atom->text.en.substr(0, atom->text.en.find('{'))};
      const Words names = values_text(book_, atom->values_of, atom->values);
      atom->text = {field.zh + "{" + names.zh + "}", field.en + "{" + names.en + "}"};
      taken = true;
    }
    if (!taken) a.push_back(c);
  }
  return a;
}

Cases Terms::cases(ExprId condition, bool positive, std::vector<Limit>* limits) {
  limits_ = limits;
  Cases out = condition == kNone ? (positive ? Cases{{}} : Cases{}) : cases(condition, positive, Rows{});
  limits_ = nullptr;
  return out;
}

Cases Terms::some(ExprId list, model::VarId var, ExprId where) {
  Expr e;
  e.op = Op::any;
  e.type = {TypeKind::truth};
  e.var = var;
  e.operands = {list, kNone, where};
  return any(e, Rows{});
}

Cases Terms::cases(ExprId id, bool positive, const Rows& rows) {
  const Expr e = expr(id);
  Cases out;
  switch (e.op) {
    case Op::truth: return (e.integer != 0) == positive ? Cases{{}} : Cases{};
    case Op::logical_not: return cases(e.operands[0], !positive, rows);
    case Op::logical_and: case Op::logical_or: {
      if (e.op == Op::logical_and && !positive) {
        if (auto presumed = not_ruled_out(e, rows)) return *presumed;
      }
      const bool conjunction = (e.op == Op::logical_and) == positive;
      out = conjunction ? Cases{{}} : Cases{};
      for (const ExprId operand : e.operands) {
        const Cases part = cases(operand, positive, rows);
        out = conjunction ? both(out, part) : either(std::move(out), part);
      }
      break;
    }
    case Op::call: out = called(e, positive, rows); break;
    case Op::any: out = positive ? any(e, rows) : atom(id, false, rows); break;
    default: out = compares(e.op) || e.op == Op::is_in || e.op == Op::has_any ? compared(id, positive, rows) : atom(id, positive, rows);
  }
  return out.size() > kMost ? atom(id, positive, rows) : out;
}

// Grounds join their items by or; of a definition the first exception that holds counts, else the default.
Cases Terms::called(const Expr& call, bool positive, const Rows& rows) {
  const model::Definition d = book_.definitions[static_cast<std::size_t>(call.definition)];
  if (d.kind == DefKind::act || d.result.kind != TypeKind::truth) {
    Expr copy = call;
    return atom(add(std::move(copy)), positive, rows);
  }
  const Rows inner = arguments(call, rows);
  const bool ground = d.kind == DefKind::ground || d.alternatives.size() == 1;
  Cases out = ground && !positive ? Cases{{}} : Cases{}, none{{}};
  for (const model::Alternative& a : d.alternatives) {
    if (ground) {
      const Cases part = cases(a.when != kNone ? a.when : a.value, positive, inner);
      out = positive ? either(std::move(out), part) : both(out, part);
    } else if (a.when != kNone) {
      out = either(std::move(out), both(cases(a.when, true, inner), cases(a.value, positive, inner)));
      none = both(none, cases(a.when, false, inner));
    }
  }
  for (const model::Alternative& a : d.alternatives) {
    if (!ground && a.when == kNone) out = either(std::move(out), both(none, cases(a.value, positive, inner)));
  }
  return out;
}

Cases Terms::compared(ExprId id, bool positive, const Rows& rows) {
  const Expr e = expr(id);
  const ExprId left = opened(e.operands[0], rows), right = opened(e.operands[1], rows);
  const Expr a = expr(left), b = expr(right);
  if (a.op == b.op && (a.op == Op::enum_value || a.op == Op::truth) && (e.op == Op::equal || e.op == Op::not_equal)) {
    return ((a.integer == b.integer) == (e.op == Op::equal)) == positive ? Cases{{}} : Cases{};
  }
  const bool has = e.op == Op::has_any;
  const bool values = (e.op == Op::is_in || has ? b.op == Op::enum_set : b.op == Op::enum_value) && a.op == Op::field;
  if (values && (positive || !has)) {
    const model::EnumId of = b.type.of;
    const std::size_t count = book_.vocabulary.enums[static_cast<std::size_t>(of)].values.size();
    const std::uint64_t all = count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    std::uint64_t bits = b.op == Op::enum_value ? std::uint64_t{1} << b.integer : static_cast<std::uint64_t>(b.integer);
    if ((e.op == Op::not_equal) == positive) bits = all & ~bits;
    const Words field = print(left), names = values_text(book_, of, bits), others = values_text(book_, of, all & ~bits);
    Atom made{field.zh + (has ? " 含任一" : " 属于"), {}, of, bits, has, {}, {}, false, {}};
    const bool excludes = !has && (e.op == Op::not_equal) == positive;
    made.text = excludes ? Words{field.zh + " 不属于 {" + others.zh + "}", field.en + " is none of {" + others.en + "}"}
                         : Words{field.zh + (has ? " 含 {" : " 属于 {") + names.zh + "}", field.en + (has ? " has {" : " is one of {") + names.en + "}"};
    return {{made}};
  }
  const bool instants = a.type.kind == TypeKind::instant && compares(e.op);
  if (instants && limits_ != nullptr && depth_ == 0 && a.op == Op::field) {
    std::vector<Choice> until = instant(e.operands[1], rows);
    const bool counted = std::any_of(until.begin(), until.end(), [](const Choice& c) {
      return std::any_of(c.latest.begin(), c.latest.end(), [](const Moment& m) { return m.span.longest > 0; });
    });
    if (counted) {
      const std::string field = key(left);
      const Words shown = print(left);
      limits_->push_back({field, std::move(until)});
      return {{{field + " 期满前", {shown.zh + " 在期满以前", shown.en + " before the period is over"}, kNone, 0, false, {}, {}, false, {}}}};
    }
  }
  ExprId shown = id;
  if (!positive && compares(e.op)) {
    Expr turned = e;
    turned.op = opposite(e.op);
    shown = add(std::move(turned));
  }
  Cases out = atom(shown, positive || compares(e.op), rows);
  out[0][0].times = instants;
  return out;
}

// 非 (x 已认定 且 非 x): nobody has found that it is not so.
std::optional<Cases> Terms::not_ruled_out(const Expr& conjunction, const Rows& rows) {
  if (conjunction.operands.size() != 2) return std::nullopt;
  const Expr ruled = expr(conjunction.operands[0]), denied = expr(conjunction.operands[1]);
  if (ruled.op != Op::is_ruled_on || denied.op != Op::logical_not) return std::nullopt;
  const ExprId what = opened(ruled.operands[0], rows);
  if (key(what) != key(opened(denied.operands[0], rows))) return std::nullopt;
  const Words shown = print(what);
  return Cases{{{"未否定 " + key(what), {shown.zh + " 没有被认定为否", shown.en + " not found to be false"}, kNone, 0, false, {}, {}, false, {}}}};
}

Cases Terms::any(const Expr& e, const Rows& rows) {
  const Rows inner = within(e, rows);
  const Words list = print(opened(e.operands[0], rows));
  const model::Name row = book_.variables[static_cast<std::size_t>(expr(inner.at(e.var)).var)].name;
  Cases out{{{"有 " + row.zh + " 于 " + list.zh, {"有" + list.zh, "some " + list.en}, kNone, 0, false, {}, row.zh, false, {}}}};
  ++depth_;
  for (const ExprId part : {e.operands[1], e.operands[2]}) {
    if (part != kNone) out = both(out, cases(part, true, inner));
  }
  --depth_;
  return out;
}

Cases Terms::atom(ExprId id, bool positive, const Rows& rows) {
  const ExprId open = opened(id, rows);
  const Expr e = expr(open);
  Atom out{key(open), print(open), kNone, 0, false, {}, {}, false, {}};
  if (!positive) {
    out.key = "非 " + out.key;
    out.text = {"非（" + out.text.zh + "）", "not (" + out.text.en + ")"};
    if (e.op == Op::is_given) out.text = {print(e.operands[0]).zh + " 未填", print(e.operands[0]).en + " is missing"};
    if (e.op == Op::any) {
      const Words whole = print(open);
      out.text = {"没" + whole.zh, "no" + whole.en.substr(whole.en.find(' '))};
    }
  } else if (e.op == Op::is_given || e.op == Op::is_ruled_on) {
    out.guards = key(e.operands[0]);
    out.shows = shown_by(e.operands[0]);
  }
  return {{out}};
}

// A gap between two recordings shows that there is a recording.
std::string Terms::shown_by(ExprId id) const {
  const Expr& e = expr(id);
  if (e.op != Op::field || e.type.kind != TypeKind::reference) return {};
  const model::Entity& row = book_.vocabulary.entities[static_cast<std::size_t>(expr(e.operands[0]).type.of)];
  if (!row.derived || row.owner == kNone || e.field == row.owner_field) return {};
  const auto& entities = book_.vocabulary.entities;
  return act_key({entities[static_cast<std::size_t>(e.type.of)].name.zh}, entities[static_cast<std::size_t>(row.owner)].name.zh);
}

void Terms::wording(ExprId id, std::string& longest) {
  if (id == kNone) return;
  const Expr e = expr(id);
  if (e.op == Op::similarity) {
    std::string text;
    for (std::size_t i = 1; i < e.operands.size(); ++i) {
      const Expr& part = expr(e.operands[i]);
      text += part.op == Op::text ? part.text : "×××";
    }
    if (text.size() > longest.size()) longest = text;
  }
  for (const ExprId operand : e.operands) wording(operand, longest);
  if (e.op != Op::call) return;
  for (const model::Alternative& a : book_.definitions[static_cast<std::size_t>(e.definition)].alternatives) {
    wording(a.when, longest);
    wording(a.value, longest);
  }
}

}  // namespace jianlu::comparison
