#include "tests/differential/print.h"

#include <fmt/format.h>

#include <set>

#include "tests/differential/reach.h"

namespace jianlu::differential {
namespace {

using model::ExprId;
using model::Op;
using model::TypeKind;

std::string side(std::int64_t value) {
  if (value == fact::kMin) return "-inf";
  if (value == fact::kMax) return "inf";
  return fmt::format("{}", value);
}

std::string bound(std::int64_t lo, std::int64_t hi) { return lo == hi ? side(lo) : side(lo) + ".." + side(hi); }

}  // namespace

std::string op_name(Op op) {
  static const char* const kNames[] = {
      "truth", "number", "duration", "instant", "text", "enum_value", "enum_set", "period", "variable", "as_of", "field", "list",
      "interval_start", "interval_end", "is_given", "is_ruled_on", "logical_not", "logical_and", "logical_or", "equal", "not_equal", "less",
      "less_equal", "greater", "greater_equal", "negate", "add", "subtract", "multiply", "divide", "add_period", "later",
      "earlier", "distance", "end_of_day", "start_of_day", "same_day", "is_in", "has_any", "has_all", "set_union",
      "make_interval", "covers", "overlaps", "set_covers", "total_length", "interval_union", "interval_intersection",
      "interval_difference", "contains", "similarity", "any", "every", "count",
      "sum", "earliest", "latest", "merged", "call"};
  static_assert(std::size(kNames) == static_cast<std::size_t>(Op::call) + 1);
  return kNames[static_cast<std::size_t>(op)];
}

std::string type_name(TypeKind kind) {
  static const char* const kNames[] = {"truth", "number", "text", "instant", "duration", "period", "interval", "interval_set",
                                       "enum_value", "enum_set", "reference", "rows"};
  static_assert(std::size(kNames) == static_cast<std::size_t>(TypeKind::rows) + 1);
  return kNames[static_cast<std::size_t>(kind)];
}

std::string print_expr(const model::Rulebook& book, ExprId id) {
  if (id == model::kNone) return "-";
  const model::Expr& e = book.expr(id);
  switch (e.op) {
    case Op::truth: return e.integer ? "true" : "false";
    case Op::number:
    case Op::duration:
    case Op::instant:
    case Op::enum_value:
    case Op::enum_set: return fmt::format("{}:{}", op_name(e.op), e.integer);
    case Op::text: return fmt::format("\"{}\"", e.text);
    case Op::period:
      return fmt::format("period({}m {}d {}w {}us)", e.period.months, e.period.days, e.period.working_days, e.period.micros);
    case Op::variable: return fmt::format("v{}", e.var);
    case Op::field:
    case Op::list: {
      const model::EntityId entity = book.expr(e.operands[0]).type.of;
      return fmt::format("{}.{}", print_expr(book, e.operands[0]), book.vocabulary.field(entity, e.field).name.en);
    }
    default: break;
  }
  std::string text = op_name(e.op);
  if (e.op == Op::call) text = book.definitions[static_cast<std::size_t>(e.definition)].name.en;
  if (e.op == Op::add_period && !e.rollover) text += "_stay";
  if (e.var != model::kNone) text += fmt::format("[v{}]", e.var);
  text += "(";
  for (std::size_t i = 0; i < e.operands.size(); ++i) text += (i ? ", " : "") + print_expr(book, e.operands[i]);
  return text + ")";
}

std::string print_norm(const Case& c, model::NormId id) {
  const model::Rulebook& book = c.book;
  const auto expr = [&](ExprId e) { return print_expr(book, e); };
  const auto entity = [&](model::VarId v) {
    return fmt::format("v{} {}", v, book.vocabulary.entities[static_cast<std::size_t>(book.variables[static_cast<std::size_t>(v)].entity)].name.en);
  };
  std::string text;
  const Reach reach = reached(book, id);
  for (const model::DefId d : reach.definitions) {
    const model::Definition& definition = book.definitions[static_cast<std::size_t>(d)];
    text += fmt::format("{} kind {}:", definition.name.en, static_cast<int>(definition.kind));
    for (const model::VarId p : definition.parameters) text += " " + entity(p);
    text += "\n";
    for (const model::Alternative& a : definition.alternatives) text += fmt::format("  when {} value {}\n", expr(a.when), expr(a.value));
  }
  const std::int32_t r = regulation_of(book, id);
  if (r != model::kNone) {
    const model::Regulation& regulation = book.regulations[static_cast<std::size_t>(r)];
    text += fmt::format("regulation {} zone {} in force from {}\n", r, regulation.zone,
                        regulation.in_force_from ? side(*regulation.in_force_from) : "-");
    for (const model::Derivation& d : regulation.derivations) {
      if (!reach.derived) continue;
      text += fmt::format("gaps of {}: within {}\n  excused {}\n  covering [{}] {} by {} timed by {}\n  tolerance {} horizon {}\n", entity(d.subject),
                          expr(d.within), expr(d.excused), entity(d.covering_var), expr(d.covering_list),
                          expr(d.covering_interval), expr(d.covering_clock), expr(d.tolerance), expr(d.horizon));
    }
  }
  for (const model::NormId n : reach.norms) {
    const model::Norm& norm = book.norms[static_cast<std::size_t>(n)];
    text += fmt::format("{} modality {} for {}", norm.name.en, static_cast<int>(norm.modality), entity(norm.subject));
    if (norm.element != model::kNone) text += fmt::format(", {} in {}", entity(norm.element), expr(norm.list));
    text += fmt::format("\n  governing {} from {} until {}\n  when {}\n", expr(norm.governing),
                        norm.valid_from ? side(*norm.valid_from) : "-", norm.valid_until ? side(*norm.valid_until) : "-", expr(norm.when));
    for (const model::Unless& u : norm.unless) text += fmt::format("  unless {} claimed by {}\n", expr(u.condition), expr(u.claim_deadline));
    if (norm.performance) {
      const model::Performance& p = *norm.performance;
      text += fmt::format("  performed by {} in {} where {} at {}\n", entity(p.var), expr(p.list), expr(p.where), expr(p.decisive));
    } else {
      text += fmt::format("  must {}\n", expr(norm.must));
    }
    if (norm.deadline) text += fmt::format("  {} {}\n", norm.deadline->strict ? "before" : "by", expr(norm.deadline->instant));
    if (norm.await != model::kNone) text += fmt::format("  await {}\n", expr(norm.await));
    for (const model::NormId b : norm.opposing_bans) text += fmt::format("  opposed by norm{}\n", b);
  }
  return text;
}

std::string print_facts(const Case& c) {
  std::string text = fmt::format("as of {}\n", c.as_of);
  for (std::size_t e = 0; e < c.facts.tables.size(); ++e) {
    const model::Entity& entity = c.book.vocabulary.entities[e];
    const fact::Table& table = c.facts.tables[e];
    for (std::size_t row = 0; row < static_cast<std::size_t>(table.size); ++row) {
      text += fmt::format("{} {}:", entity.name.en, row);
      for (std::size_t f = 0; f < entity.fields.size(); ++f) {
        const model::Field& field = entity.fields[f];
        const fact::Column& column = table.columns[f];
        if (field.kind == model::FieldKind::list) {
          const fact::List& list = table.lists[f];
          if (list.offsets.size() < 2) continue;
          text += fmt::format(" {}=[", field.name.en);
          for (auto i = list.offsets[row]; i < list.offsets[row + 1]; ++i) {
            text += fmt::format("{} ", list.contiguous ? i : list.rows[static_cast<std::size_t>(i)]);
          }
          text += fmt::format("] through {}", side(list.through[row]));
          continue;
        }
        if (field.type.kind == TypeKind::truth) {
          if (column.lo[row] != fact::kUndecided) text += fmt::format(" {}={}", field.name.en, column.lo[row] == fact::kTrue ? "true" : "false");
          else text += fmt::format(" {}=?", field.name.en);
          continue;
        }
        if (column.state[row] == fact::kNothing) continue;
        if (column.state[row] == fact::kUnknown) {
          text += fmt::format(" {}=?", field.name.en);
          continue;
        }
        std::string value = field.type.kind == TypeKind::text ? "\"" + std::string(c.facts.texts[column.lo[row]]) + "\""
                                                              : bound(column.lo[row], column.hi.empty() ? column.lo[row] : column.hi[row]);
        if (field.type.kind == TypeKind::interval) {
          value += " to " + bound(column.end_lo[row], column.end_hi.empty() ? column.end_lo[row] : column.end_hi[row]);
        }
        text += fmt::format(" {}={}", field.name.en, value);
      }
      text += "\n";
    }
  }
  return text;
}

std::string print(const outcome::RowKey& key) {
  return fmt::format("(subject {}, element {}, previous {}, next {})", key.subject, key.element, key.previous, key.next);
}

std::string print(const outcome::Verdict& v) {
  return fmt::format("{} due {} cured {}", outcome::id(v.outcome), side(v.due), side(v.cured_at));
}

}  // namespace jianlu::differential
