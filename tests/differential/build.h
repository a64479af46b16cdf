// Builds typed rulebooks and facts without text, for tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/fact/fact.h"
#include "engine/model/rulebook.h"

namespace jianlu::differential {

using fact::Row;
using model::DefId;
using model::EntityId;
using model::ExprId;
using model::FieldId;
using model::NormId;
using model::Op;
using model::Type;
using model::TypeKind;
using model::VarId;

struct Build {
  model::Rulebook& book;
  fact::Facts& facts;

  EntityId entity(const std::string& name, EntityId owner = model::kNone);   // with an owner: owner field and list too
  FieldId field(EntityId entity, const std::string& name, Type type);
  // A list of the rows of `of` whose reference `back` points to the row of `entity`.
  FieldId list(EntityId entity, const std::string& name, EntityId of, FieldId back);

  ExprId make(model::Expr e);
  ExprId make(Op op, Type type, std::vector<ExprId> operands);
  ExprId literal(Op op, Type type, std::int64_t value);
  ExprId truth(bool value) { return literal(Op::truth, {TypeKind::truth}, value); }
  ExprId number(std::int64_t millionths) { return literal(Op::number, {TypeKind::number}, millionths); }
  ExprId duration(std::int64_t micros) { return literal(Op::duration, {TypeKind::duration}, micros); }
  ExprId instant(std::int64_t micros) { return literal(Op::instant, {TypeKind::instant}, micros); }
  ExprId text(const std::string& value);
  ExprId variable(VarId var);
  ExprId read(ExprId row, FieldId field);      // a cell or a list of the row
  ExprId quantify(Op op, Type type, ExprId list, VarId var, ExprId filter, ExprId body, ExprId horizon = model::kNone);
  ExprId call(DefId definition, std::vector<ExprId> arguments);
  VarId var(EntityId entity);
  NormId norm(model::Norm norm, std::size_t regulation = 0);

  // Facts. Tables follow the vocabulary: call once, when it is complete.
  void tables();
  // Adds a row; all its cells are none (truths: undecided). Owned rows must be added in their owner's order.
  Row row(EntityId entity, Row owner = fact::kNoRow);
  void set(EntityId entity, Row row, FieldId field, std::int64_t lo) { set(entity, row, field, lo, lo); }
  void set(EntityId entity, Row row, FieldId field, std::int64_t lo, std::int64_t hi);
  void set_interval(EntityId entity, Row row, FieldId field, std::int64_t start, std::int64_t end);
  void set_state(EntityId entity, Row row, FieldId field, std::uint8_t state);
  // Fills lists from owner fields and back references; every list is delivered through `through` then.
  void link(std::int64_t through);
};

}  // namespace jianlu::differential
