#include "engine/model/expression_builder.h"

#include <algorithm>
#include <utility>

#include "engine/calendar/text.h"
#include "engine/model/names.h"
#include "engine/syntax/literals.h"

namespace jianlu::model {

using diag::Kind;
using diag::Words;
using syntax::ExprKind;

ExprId ExpressionBuilder::add(Expr expr) {
  book_.exprs.push_back(std::move(expr));
  return static_cast<ExprId>(book_.exprs.size() - 1);
}

ExprId ExpressionBuilder::make(Op op, Type type, Span span, std::vector<ExprId> operands) {
  Expr e;
  e.op = op;
  e.type = type;
  e.span = span;
  e.operands = std::move(operands);
  return add(std::move(e));
}

Words ExpressionBuilder::say(const Type& t) const { return describe(t, book_.vocabulary); }

ExprId ExpressionBuilder::mismatch(Span span, Words wanted, const Type& found) {
  diagnostics_.add(Kind::type_mismatch, span, {std::move(wanted), say(found)});
  return kNone;
}

ExprId ExpressionBuilder::mismatch(Span span, const Type& wanted, const Type& found) {
  diag::Diagnostic& d = diagnostics_.add(Kind::type_mismatch, span, {say(wanted), say(found)});
  switch (wanted.kind) {
    case TypeKind::truth:
      d.fix = {"这里要写条件：一个比较、“… 已填”，或者结果为“是否”的项和定义",
               "write a condition: a comparison, '… is given', or a field or definition of type yes_no"};
      break;
    case TypeKind::instant:
      d.fix = {"这里要写时刻：时刻类的项，或者“时刻 + 时间长度”", "write an instant: a field of that type, or 'instant + length of time'"};
      break;
    case TypeKind::enum_value: case TypeKind::enum_set: {
      Words all;
      for (const Name& value : book_.vocabulary.enums[wanted.of].values) {
        if (!book_.vocabulary.visible(value)) continue;
        all.zh += (all.zh.empty() ? "" : "、") + value.zh;
        all.en += (all.en.empty() ? "" : ", ") + value.en;
      }
      d.fix = {"可用的取值：" + all.zh, "the values are: " + all.en};
      break;
    }
    default: break;
  }
  return kNone;
}

Words ExpressionBuilder::measure(const Type& type) const {
  if (type.kind == TypeKind::duration) return {"按小时、分钟、秒计的时长", "a length in hours, minutes or seconds"};
  if (type.kind == TypeKind::period) return {"按日、月、年或者工作日计的期限", "a length in days, months, years or working days"};
  return say(type);
}

void ExpressionBuilder::check_language(std::string_view written, const std::string& zh, const std::string& en,
                                       Span span) {
  const std::string& right = scope_.language == source::Language::zh ? zh : en;
  if (written != right && !right.empty()) diagnostics_.add(Kind::other_language, span, {written, right});
}

VarId ExpressionBuilder::declare(const std::string& name, EntityId entity, Span span) {
  Variable v;
  v.name = {name, name};
  v.entity = entity;
  v.span = span;
  book_.variables.push_back(std::move(v));
  const auto id = static_cast<VarId>(book_.variables.size() - 1);
  scope_.variables.emplace_back(name, id);
  return id;
}

ExprId ExpressionBuilder::variable(VarId var, Span span) {
  Expr e;
  e.op = Op::variable;
  e.type = {TypeKind::reference, book_.variables[var].entity};
  e.span = span;
  e.var = var;
  return add(std::move(e));
}

ExprId ExpressionBuilder::clock_of(VarId var, Span span) {
  const Entity& entity = book_.vocabulary.entities[book_.variables[var].entity];
  if (entity.clock == kNone) return kNone;
  const ExprId out = make(Op::field, entity.fields[entity.clock].type, span, {variable(var, span)});
  book_.exprs[out].field = entity.clock;
  return out;
}

ExprId ExpressionBuilder::combine(Op op, ExprId a, ExprId b) {
  if (a == kNone) return b;
  if (b == kNone) return a;
  return make(op, {TypeKind::truth}, source::cover(book_.expr(a).span, book_.expr(b).span), {a, b});
}

ExprId ExpressionBuilder::negation(ExprId a) {
  return a == kNone ? kNone : make(Op::logical_not, {TypeKind::truth}, book_.expr(a).span, {a});
}

ExprId ExpressionBuilder::plus(ExprId from, ExprId length, bool move, Span span) {
  if (from == kNone || length == kNone) return kNone;
  if (type(from).kind != TypeKind::instant) return mismatch(book_.expr(from).span, say({TypeKind::instant}), type(from));
  if (!is_length(type(length).kind)) return mismatch(book_.expr(length).span, say({TypeKind::duration}), type(length));
  const bool by_date = type(length).kind == TypeKind::period;
  const ExprId id = make(by_date ? Op::add_period : Op::add, {TypeKind::instant}, span, {from, length});
  book_.exprs[id].rollover = move;
  return id;
}

ExprId ExpressionBuilder::build(const syntax::Expr* expr, std::optional<Type> expected) {
  if (expr == nullptr) return kNone;
  const syntax::Expr& e = *expr;
  ExprId id = kNone;
  switch (e.kind) {
    case ExprKind::number: case ExprKind::truth: case ExprKind::text: case ExprKind::period:
    case ExprKind::date: case ExprKind::instant:
      id = literal(e, expected);
      break;
    case ExprKind::name: id = name(e, expected); break;
    case ExprKind::field: id = field(e); break;
    case ExprKind::call: id = call(e); break;
    case ExprKind::set: id = set(e, expected); break;
    case ExprKind::interval: {
      const ExprId from = build(e.children[0].get(), Type{TypeKind::instant});
      const ExprId to = build(e.children[1].get(), Type{TypeKind::instant});
      if (from != kNone && to != kNone) id = make(Op::make_interval, {TypeKind::interval}, e.span, {from, to});
      break;
    }
    case ExprKind::negate: {
      const ExprId a = build(e.children[0].get());
      if (a == kNone) return kNone;
      if (type(a).kind != TypeKind::number && type(a).kind != TypeKind::duration) {
        return mismatch(e.span, say({TypeKind::number}), type(a));
      }
      id = make(Op::negate, type(a), e.span, {a});
      break;
    }
    case ExprKind::logical_not: {
      const ExprId a = build_truth(e.children[0].get());
      if (a != kNone) id = make(Op::logical_not, {TypeKind::truth}, e.span, {a});
      break;
    }
    case ExprKind::logical_and: case ExprKind::logical_or: {
      const Op op = e.kind == ExprKind::logical_and ? Op::logical_and : Op::logical_or;
      bool sound = true;
      for (const syntax::ExprPtr& child : e.children) {
        const ExprId part = build_truth(child.get());
        sound = sound && part != kNone;
        id = sound ? combine(op, id, part) : kNone;
      }
      break;
    }
    case ExprKind::equal: case ExprKind::not_equal: case ExprKind::less: case ExprKind::less_equal:
    case ExprKind::greater: case ExprKind::greater_equal:
      id = compare(e);
      break;
    case ExprKind::add: case ExprKind::subtract: case ExprKind::multiply: case ExprKind::divide:
      id = arithmetic(e);
      break;
    case ExprKind::is_in: case ExprKind::has_any: case ExprKind::has_all: id = membership(e); break;
    case ExprKind::covers: {
      const ExprId a = build(e.children[0].get());
      const ExprId b = build(e.children[1].get(), Type{TypeKind::interval});
      if (a == kNone || b == kNone) return kNone;
      if (type(a).kind == TypeKind::interval_set) id = make(Op::set_covers, {TypeKind::truth}, e.span, {a, b});
      else if (type(a).kind == TypeKind::interval) id = make(Op::covers, {TypeKind::truth}, e.span, {a, b});
      else return mismatch(book_.expr(a).span, say({TypeKind::interval}), type(a));
      break;
    }
    case ExprKind::is_given: case ExprKind::is_missing: id = presence(e); break;
    case ExprKind::is_ruled_on: id = ruling(e); break;
    case ExprKind::any: case ExprKind::none: case ExprKind::every: case ExprKind::count: case ExprKind::sum:
    case ExprKind::earliest: case ExprKind::latest: case ExprKind::merged:
      id = quantifier(e);
      break;
  }
  if (id == kNone || !expected || type(id) == *expected) return id;
  if (is_length(expected->kind) && is_length(type(id).kind)) {
    diagnostics_.add(Kind::unit_mismatch, e.span, {measure(*expected), measure(type(id))});
    return kNone;
  }
  return mismatch(e.span, *expected, type(id));
}

ExprId ExpressionBuilder::literal(const syntax::Expr& e, std::optional<Type>) {
  Expr out;
  out.span = e.span;
  switch (e.kind) {
    case ExprKind::number:
      out.op = Op::number;
      out.type = {TypeKind::number};
      out.integer = e.number;
      break;
    case ExprKind::truth:
      out.op = Op::truth;
      out.type = {TypeKind::truth};
      out.integer = e.number;
      break;
    case ExprKind::text:
      out.op = Op::text;
      out.type = {TypeKind::text};
      out.text = e.name;
      break;
    case ExprKind::period:
      if (syntax::counted_by_date(e.name)) {
        out.op = Op::period;
        out.type = {TypeKind::period};
        out.period = e.period;
      } else {
        out.op = Op::duration;
        out.type = {TypeKind::duration};
        out.integer = e.period.micros;
      }
      break;
    default:
      // A date is the first instant of its day; both are local to the bureau.
      if (!zone) {
        diagnostics_.add(Kind::misplaced, e.span, {{"日期", "a date"}}).fix = {
            "日期按本局的时区起算，写在规定的文件里", "a date begins in the bureau's time zone: write it in the regulation's file"};
        return kNone;
      }
      out.op = Op::instant;
      out.type = {TypeKind::instant};
      out.integer = e.kind == ExprKind::date ? zone->start_of_day(static_cast<calendar::Day>(e.number))
                                             : calendar::parse_instant(e.name, *zone).instant;
      break;
  }
  return add(std::move(out));
}

bool ExpressionBuilder::is_bare_value(const syntax::Expr& e) const {
  if (e.kind == ExprKind::set) return true;
  return e.kind == ExprKind::name && scope_.variable(e.name) == kNone && scope_.definition(e.name) == kNone;
}

ExprId ExpressionBuilder::name(const syntax::Expr& e, std::optional<Type> expected) {
  if (const VarId var = scope_.variable(e.name); var != kNone) return variable(var, e.span);
  if (const DefId id = scope_.definition(e.name); id != kNone) {
    const Definition& definition = book_.definitions[id];
    check_language(e.name, definition.name.zh, definition.name.en, e.span);
    if (!definition.parameters.empty()) {
      diagnostics_.add(Kind::needs_arguments, e.span, {e.name});
      return kNone;
    }
    return call_definition(id, e);
  }
  EnumId found = kNone;
  if (expected && (expected->kind == TypeKind::enum_value || expected->kind == TypeKind::enum_set) &&
      book_.vocabulary.value(expected->of, e.name) != kNone) {
    found = expected->of;
  } else {
    for (std::size_t i = 0; i < book_.vocabulary.enums.size(); ++i) {
      if (book_.vocabulary.value(static_cast<EnumId>(i), e.name) == kNone) continue;
      if (found != kNone) {
        const Name &one = book_.vocabulary.enums[found].name, &other = book_.vocabulary.enums[i].name;
        diagnostics_.add(Kind::ambiguous_value, e.span, {e.name, {one.zh, one.en}, {other.zh, other.en}});
        return kNone;
      }
      found = static_cast<EnumId>(i);
    }
  }
  if (found == kNone) {
    const bool wanted = expected && (expected->kind == TypeKind::enum_value || expected->kind == TypeKind::enum_set);
    report_unknown(e.name, e.span, scope_, book_.vocabulary, diagnostics_, wanted ? expected->of : kNone);
    return kNone;
  }
  Expr out;
  out.op = Op::enum_value;
  out.type = {TypeKind::enum_value, found};
  out.span = e.span;
  out.integer = book_.vocabulary.value(found, e.name);
  const Name& value = book_.vocabulary.enums[found].values[out.integer];
  check_language(e.name, value.zh, value.en, e.span);
  return add(std::move(out));
}

ExprId ExpressionBuilder::field(const syntax::Expr& e) {
  const ExprId row = build(e.children[0].get());
  if (row == kNone) return kNone;
  if (type(row).kind == TypeKind::interval) {
    for (const IntervalFieldName& known : interval_fields()) {
      if (known.zh != e.name && known.en != e.name) continue;
      check_language(e.name, std::string(known.zh), std::string(known.en), e.name_span);
      if (known.field == IntervalField::start) return make(Op::interval_start, {TypeKind::instant}, e.span, {row});
      if (known.field == IntervalField::end) return make(Op::interval_end, {TypeKind::instant}, e.span, {row});
      const ExprId end = make(Op::interval_end, {TypeKind::instant}, e.span, {row});
      const ExprId start = make(Op::interval_start, {TypeKind::instant}, e.span, {row});
      return make(Op::subtract, {TypeKind::duration}, e.span, {end, start});
    }
  }
  if (type(row).kind != TypeKind::reference) {
    diagnostics_.add(Kind::unknown_field, e.name_span, {e.name, say(type(row))});
    return kNone;
  }
  const EntityId entity = type(row).of;
  if (entity == kNone) return kNone;   // a neighbour of gaps whose derivation is faulty, which is reported
  const FieldId id = book_.vocabulary.field(entity, e.name);
  if (id == kNone) {
    diag::Diagnostic& d =
        diagnostics_.add(Kind::unknown_field, e.name_span, {e.name, say(type(row))});
    std::vector<std::string> candidates;
    for (const Field& f : book_.vocabulary.entities[entity].fields) candidates.push_back(f.name.in(scope_.language));
    std::string all;
    for (const std::string& name : candidates) all += (all.empty() ? "" : scope_.language == source::Language::zh ? "、" : ", ") + name;
    const std::string near = nearest(e.name, candidates);
    d.fix = {(near.empty() ? "" : "是不是“" + near + "”？") + ("已有的项：" + all),
             (near.empty() ? "" : "did you mean '" + near + "'? ") + ("its fields are: " + all)};
    return kNone;
  }
  const Field& f = book_.vocabulary.field(entity, id);
  check_language(e.name, f.name.zh, f.name.en, e.name_span);
  const ExprId out = make(f.kind == FieldKind::list ? Op::list : Op::field, f.type, e.span, {row});
  book_.exprs[out].field = id;
  return out;
}

ExprId ExpressionBuilder::build_list(const syntax::Expr* expr) {
  const ExprId list = build(expr);
  if (list == kNone) return kNone;
  if (book_.expr(list).op != Op::list) {
    diag::Diagnostic& d = diagnostics_.add(Kind::not_a_list, expr->span, {say(type(list))});
    const Expr& written = book_.expr(list);
    if (written.op != Op::field) return kNone;
    Words lists;
    const Entity& owner = book_.vocabulary.entities[type(written.operands[0]).of];
    for (const Field& f : owner.fields) {
      if (f.kind != FieldKind::list) continue;
      lists.zh += (lists.zh.empty() ? "" : "、") + f.name.zh;
      lists.en += (lists.en.empty() ? "" : ", ") + f.name.en;
    }
    if (!lists.zh.empty()) d.fix = {owner.name.zh + "的列表有：" + lists.zh, "the lists of " + owner.name.en + " are: " + lists.en};
    return kNone;
  }
  return list;
}

}  // namespace jianlu::model
