// Expressions made ready for comparing: definitions opened, rows named, what is decided already left out; and their texts.
#include <algorithm>

#include "engine/comparison/terms.h"
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

bool is_quantifier(Op op) {
  return op == Op::any || op == Op::every || op == Op::count || op == Op::sum || op == Op::earliest || op == Op::latest ||
         op == Op::merged;
}

model::Name& name_of(model::Name& value) { return value; }
template <typename Item>
model::Name& name_of(Item& item) { return item.name; }

// One name that several bureaus' own vocabularies declare is as many things: each bears its bureau's name here.
template <typename Items>
void tell_apart(Items& items, const std::vector<model::Regulation>& regulations) {
  std::vector<model::Name*> several;
  for (auto& item : items) {
    const model::Name& name = name_of(item);
    const auto same = std::count_if(items.begin(), items.end(), [&](auto& other) { return name_of(other).zh == name.zh || name_of(other).en == name.en; });
    if (!name.bureau.empty() && same > 1) several.push_back(&name_of(item));
  }
  for (model::Name* name : several) {
    for (const model::Regulation& r : regulations) {
      if (r.id != name->bureau) continue;
      name->zh += "（" + r.name.zh + "）";
      name->en += " (" + r.name.en + ")";
    }
  }
}

}  // namespace

Terms::Terms(const model::Rulebook& book, const calendar::WorkingDays& working_days)
    : own_(book), book_(book), working_days_(working_days) {
  tell_apart(book_.vocabulary.entities, own_.regulations);
  for (model::Entity& e : book_.vocabulary.entities) tell_apart(e.fields, own_.regulations);
  for (model::Enumeration& e : book_.vocabulary.enums) tell_apart(e.values, own_.regulations);
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

// A gap between two recordings shows that there is a recording.
std::string Terms::shown_by(ExprId id) const {
  const Expr& e = expr(id);
  if (e.op != Op::field || e.type.kind != TypeKind::reference) return {};
  const model::Entity& row = book_.vocabulary.entities[static_cast<std::size_t>(expr(e.operands[0]).type.of)];
  if (!row.derived || row.owner == kNone || e.field == row.owner_field) return {};
  const auto& entities = book_.vocabulary.entities;
  return act_key({entities[static_cast<std::size_t>(e.type.of)].name.zh}, entities[static_cast<std::size_t>(row.owner)].name.zh);
}

}  // namespace jianlu::comparison
