#include "tests/differential/build.h"

namespace jianlu::differential {

using model::FieldKind;

namespace {

std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }

}  // namespace

EntityId Build::entity(const std::string& name, EntityId owner) {
  const auto id = static_cast<EntityId>(book.vocabulary.entities.size());
  book.vocabulary.entities.emplace_back();
  book.vocabulary.entities[at(id)].name = {name, name};
  book.vocabulary.entities[at(id)].supplier = "supplier of " + name;
  if (owner == model::kNone) return id;
  const FieldId back = field(id, "owner", {TypeKind::reference, owner});
  const FieldId listed = list(owner, name + "_list", id, back);
  model::Entity& e = book.vocabulary.entities[at(id)];
  e.owner = owner;
  e.owner_field = back;
  e.owner_list = listed;
  e.fields[at(back)].kind = FieldKind::owner;
  return id;
}

FieldId Build::field(EntityId entity, const std::string& name, Type type) {
  auto& fields = book.vocabulary.entities[at(entity)].fields;
  model::Field& f = fields.emplace_back();
  f.name = {name, name};
  f.type = type;
  return static_cast<FieldId>(fields.size() - 1);
}

FieldId Build::list(EntityId entity, const std::string& name, EntityId of, FieldId back) {
  const FieldId id = field(entity, name, {TypeKind::rows, of});
  model::Field& f = book.vocabulary.entities[at(entity)].fields[at(id)];
  f.kind = FieldKind::list;
  f.list_of = of;
  f.back = back;
  return id;
}

ExprId Build::make(model::Expr e) {
  const auto id = static_cast<ExprId>(book.exprs.size());
  // Spans rise with the expressions, so that "source order" means something.
  e.span = {0, static_cast<std::uint32_t>(id), static_cast<std::uint32_t>(id + 1)};
  book.exprs.push_back(std::move(e));
  return id;
}

ExprId Build::make(Op op, Type type, std::vector<ExprId> operands) {
  model::Expr e;
  e.op = op;
  e.type = type;
  e.operands = std::move(operands);
  return make(std::move(e));
}

ExprId Build::literal(Op op, Type type, std::int64_t value) {
  model::Expr e;
  e.op = op;
  e.type = type;
  e.integer = value;
  return make(std::move(e));
}

ExprId Build::text(const std::string& value) {
  model::Expr e;
  e.op = Op::text;
  e.type = {TypeKind::text};
  e.text = value;
  return make(std::move(e));
}

ExprId Build::variable(VarId var) {
  model::Expr e;
  e.op = Op::variable;
  e.type = {TypeKind::reference, book.variables[at(var)].entity};
  e.var = var;
  return make(std::move(e));
}

ExprId Build::read(ExprId row, FieldId field) {
  model::Expr e;
  const model::Field& f = book.vocabulary.field(book.expr(row).type.of, field);
  e.op = f.kind == FieldKind::list ? Op::list : Op::field;
  e.type = f.type;
  e.operands = {row};
  e.field = field;
  return make(std::move(e));
}

ExprId Build::quantify(Op op, Type type, ExprId list, VarId var, ExprId filter, ExprId body, ExprId horizon) {
  model::Expr e;
  e.op = op;
  e.type = type;
  e.operands = {list, filter, body, horizon};
  e.var = var;
  return make(std::move(e));
}

ExprId Build::call(DefId definition, std::vector<ExprId> arguments) {
  model::Expr e;
  e.op = Op::call;
  e.type = book.definitions[at(definition)].result;
  e.operands = std::move(arguments);
  e.definition = definition;
  return make(std::move(e));
}

VarId Build::var(EntityId entity) {
  const auto id = static_cast<VarId>(book.variables.size());
  const std::string name = "v" + std::to_string(id);
  book.variables.push_back({{name, name}, entity, {}});
  return id;
}

NormId Build::norm(model::Norm norm, std::size_t regulation) {
  const auto id = static_cast<NormId>(book.norms.size());
  const std::string name = "norm" + std::to_string(id);
  norm.name = {name, name};
  book.norms.push_back(std::move(norm));
  while (book.regulations.size() <= regulation) book.regulations.emplace_back();
  book.regulations[regulation].norms.push_back(id);
  return id;
}

void Build::tables() {
  facts.tables.clear();
  for (const model::Entity& e : book.vocabulary.entities) {
    fact::Table& table = facts.tables.emplace_back();
    table.columns.resize(e.fields.size());
    table.lists.resize(e.fields.size());
  }
}

Row Build::row(EntityId entity, Row owner) {
  fact::Table& table = facts.tables[at(entity)];
  const model::Entity& e = book.vocabulary.entities[at(entity)];
  const Row id = table.size++;
  for (std::size_t f = 0; f < e.fields.size(); ++f) {
    if (e.fields[f].kind == FieldKind::list) continue;
    fact::Column& column = table.columns[f];
    const bool is_truth = e.fields[f].type.kind == TypeKind::truth;
    column.state.push_back(is_truth ? static_cast<std::uint8_t>(fact::kUndecided) : static_cast<std::uint8_t>(fact::kNothing));
    for (auto* side : {&column.lo, &column.hi}) side->push_back(is_truth ? fact::kUndecided : 0);
    if (e.fields[f].type.kind == TypeKind::interval) {
      for (auto* side : {&column.end_lo, &column.end_hi}) side->push_back(0);
    }
  }
  table.origins.push_back({0, id + 1});
  if (e.owner != model::kNone && owner != fact::kNoRow) {
    set(entity, id, e.owner_field, owner);
    table.owned = table.size;
  }
  return id;
}

void Build::set(EntityId entity, Row row, FieldId field, std::int64_t lo, std::int64_t hi) {
  fact::Column& column = facts.tables[at(entity)].columns[at(field)];
  const bool is_truth = book.vocabulary.entities[at(entity)].fields[at(field)].type.kind == TypeKind::truth;
  column.state[at(row)] = is_truth ? static_cast<std::uint8_t>(lo) : static_cast<std::uint8_t>(fact::kValue);
  column.lo[at(row)] = lo;
  column.hi[at(row)] = hi;
}

void Build::set_interval(EntityId entity, Row row, FieldId field, std::int64_t start, std::int64_t end) {
  set(entity, row, field, start);
  fact::Column& column = facts.tables[at(entity)].columns[at(field)];
  column.end_lo[at(row)] = column.end_hi[at(row)] = end;
}

void Build::set_state(EntityId entity, Row row, FieldId field, std::uint8_t state) {
  facts.tables[at(entity)].columns[at(field)].state[at(row)] = state;
}

void Build::link(std::int64_t through) {
  for (std::size_t id = 0; id < book.vocabulary.entities.size(); ++id) {
    const model::Entity& e = book.vocabulary.entities[id];
    fact::Table& table = facts.tables[id];
    for (std::size_t f = 0; f < e.fields.size(); ++f) {
      const model::Field& field = e.fields[f];
      if (field.kind != FieldKind::list) continue;
      fact::List& list = table.lists[f];
      list = {};
      list.through.assign(at(table.size), through);
      list.offsets.assign(at(table.size) + 1, 0);
      const model::Entity& listed = book.vocabulary.entities[at(field.list_of)];
      if (listed.derived) continue;
      list.contiguous = field.back == listed.owner_field;
      const fact::Table& rows = facts.tables[at(field.list_of)];
      const fact::Column& back = rows.columns[at(field.back)];
      for (Row owner = 0; owner < table.size; ++owner) {
        list.offsets[at(owner) + 1] = list.offsets[at(owner)];
        for (Row row = 0; row < rows.size; ++row) {
          if (back.state[at(row)] != fact::kValue || back.lo[at(row)] != owner) continue;
          ++list.offsets[at(owner) + 1];
          if (!list.contiguous) list.rows.push_back(row);
        }
      }
    }
  }
}

}  // namespace jianlu::differential
