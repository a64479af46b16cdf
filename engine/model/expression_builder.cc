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

namespace {

bool ordered(TypeKind kind) {
  return kind == TypeKind::number || kind == TypeKind::instant || kind == TypeKind::duration;
}

bool is_length(TypeKind kind) { return kind == TypeKind::duration || kind == TypeKind::period; }

}  // namespace

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

ExprId ExpressionBuilder::call(const syntax::Expr& e) {
  const DefId id = scope_.definition(e.name);
  if (id == kNone) return call_function(e);
  check_language(e.name, book_.definitions[id].name.zh, book_.definitions[id].name.en, e.name_span);
  return call_definition(id, e);
}

ExprId ExpressionBuilder::call_definition(DefId id, const syntax::Expr& e) {
  if (ensure_built) ensure_built(id);
  const std::vector<VarId> parameters = book_.definitions[id].parameters;
  if (e.children.size() != parameters.size()) {
    diagnostics_.add(Kind::argument_count, e.span,
                     {e.name, std::to_string(parameters.size()), std::to_string(e.children.size())});
    return kNone;
  }
  std::vector<ExprId> operands;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Type wanted{TypeKind::reference, book_.variables[parameters[i]].entity};
    const ExprId argument = build(e.children[i].get(), wanted);
    if (argument == kNone) return kNone;
    operands.push_back(argument);
  }
  // An interpretation is a constant: no ledger bears on it.
  const bool constant = book_.definitions[id].kind == DefKind::interpretation;
  if (horizon_ != kNone && !constant) operands.push_back(horizon_);
  const ExprId out = make(Op::call, book_.definitions[id].result, e.span, std::move(operands));
  book_.exprs[out].definition = id;
  return out;
}

ExprId ExpressionBuilder::call_function(const syntax::Expr& e) {
  const FunctionName* known = nullptr;
  for (const FunctionName& f : functions()) {
    if (f.zh == e.name || f.en == e.name) known = &f;
  }
  if (known == nullptr) {
    if (scope_.variable(e.name) != kNone) diagnostics_.add(Kind::not_a_function, e.name_span, {e.name});
    else report_unknown(e.name, e.name_span, scope_, book_.vocabulary, diagnostics_);
    return kNone;
  }
  check_language(e.name, std::string(known->zh), std::string(known->en), e.name_span);
  const Type truth{TypeKind::truth}, number{TypeKind::number}, instant{TypeKind::instant}, text{TypeKind::text},
      duration{TypeKind::duration}, interval{TypeKind::interval}, set_of_time{TypeKind::interval_set};
  struct Signature {
    Op op;
    Type result;
    std::vector<std::optional<Type>> parameters;
  };
  const auto signature = [&]() -> std::optional<Signature> {
    switch (known->function) {
      case Function::end_of_day: return Signature{Op::end_of_day, instant, {instant}};
      case Function::start_of_day: return Signature{Op::start_of_day, instant, {instant}};
      case Function::same_day: return Signature{Op::same_day, truth, {instant, instant}};
      case Function::later: return Signature{Op::later, instant, {std::nullopt, std::nullopt}};
      case Function::earlier: return Signature{Op::earlier, instant, {std::nullopt, std::nullopt}};
      case Function::distance: return Signature{Op::distance, duration, {std::nullopt, std::nullopt}};
      case Function::similarity: return Signature{Op::similarity, number, {text, text}};
      case Function::contains: return Signature{Op::contains, truth, {text, text}};
      case Function::overlaps: return Signature{Op::overlaps, truth, {interval, interval}};
      case Function::total_length: return Signature{Op::total_length, duration, {set_of_time}};
      case Function::union_of: return Signature{Op::interval_union, set_of_time, {std::nullopt, std::nullopt}};
      case Function::intersection_of: return Signature{Op::interval_intersection, set_of_time, {std::nullopt, std::nullopt}};
      case Function::difference_of: return Signature{Op::interval_difference, set_of_time, {std::nullopt, std::nullopt}};
      case Function::as_of: return Signature{Op::as_of, instant, {}};
      case Function::gaps: break;
    }
    return std::nullopt;
  }();
  if (!signature) {
    diagnostics_.add(Kind::misplaced, e.span, {{"“" + e.name + "”", "'" + e.name + "'"}}).fix = {
        "“" + e.name + "”只能写在“派生”声明的“于”后面", "'" + e.name + "' stands only after 'in' of a derived declaration"};
    return kNone;
  }
  if (e.children.size() != signature->parameters.size()) {
    diagnostics_.add(Kind::argument_count, e.span,
                     {e.name, std::to_string(signature->parameters.size()), std::to_string(e.children.size())});
    return kNone;
  }
  std::vector<ExprId> operands;
  for (std::size_t i = 0; i < e.children.size(); ++i) {
    const syntax::Expr& child = *e.children[i];
    const bool compares = signature->op == Op::similarity || signature->op == Op::contains;
    if (compares && i == 1 && child.kind == ExprKind::text && child.name.find('{') != std::string::npos) {
      if (!fill(child, operands)) return kNone;
      continue;
    }
    const ExprId operand = build(&child, signature->parameters[i]);
    if (operand == kNone) return kNone;
    operands.push_back(operand);
  }
  Type result = signature->result;
  if (result == set_of_time) {
    for (std::size_t i = 0; i < operands.size(); ++i) {
      const Type found = type(operands[i]);
      if (found == set_of_time || found == interval) continue;
      return mismatch(e.children[i]->span, say(set_of_time), found);
    }
  } else if (!signature->parameters.empty() && !signature->parameters[0]) {  // same type on both sides, ordered
    const Type first = type(operands[0]), second = type(operands[1]);
    if (!ordered(first.kind)) return mismatch(e.children[0]->span, say(instant), first);
    if (!(first == second)) return mismatch(e.children[1]->span, say(first), second);
    if (signature->op == Op::distance) result = first.kind == TypeKind::number ? number : duration;
    else result = first;
  }
  return make(signature->op, result, e.span, std::move(operands));
}

ExprId ExpressionBuilder::set(const syntax::Expr& e, std::optional<Type> expected) {
  EnumId of = expected && (expected->kind == TypeKind::enum_set || expected->kind == TypeKind::enum_value)
                  ? expected->of : kNone;
  if (of == kNone) {  // the one enumeration that has all the values
    for (std::size_t i = 0; i < book_.vocabulary.enums.size(); ++i) {
      const bool all = std::all_of(e.children.begin(), e.children.end(), [&](const syntax::ExprPtr& child) {
        return book_.vocabulary.value(static_cast<EnumId>(i), child->name) != kNone;
      });
      if (!all) continue;
      if (of != kNone) {
        const Name &one = book_.vocabulary.enums[of].name, &other = book_.vocabulary.enums[i].name;
        diagnostics_.add(Kind::ambiguous_value, e.children.front()->span,
                         {e.children.front()->name, {one.zh, one.en}, {other.zh, other.en}});
        return kNone;
      }
      of = static_cast<EnumId>(i);
    }
  }
  std::int64_t bits = 0;
  for (const syntax::ExprPtr& child : e.children) {
    const std::int32_t code = of == kNone || child->kind != ExprKind::name
                                  ? kNone : book_.vocabulary.value(of, child->name);
    if (code == kNone) {
      report_unknown(child->name, child->span, scope_, book_.vocabulary, diagnostics_, of);
      return kNone;
    }
    const Name& value = book_.vocabulary.enums[of].values[code];
    check_language(child->name, value.zh, value.en, child->span);
    bits |= std::int64_t{1} << code;
  }
  Expr out;
  out.op = Op::enum_set;
  out.type = {TypeKind::enum_set, of};
  out.span = e.span;
  out.integer = bits;
  return add(std::move(out));
}

ExprId ExpressionBuilder::compare(const syntax::Expr& e) {
  static const std::pair<ExprKind, Op> ops[] = {
      {ExprKind::equal, Op::equal}, {ExprKind::not_equal, Op::not_equal}, {ExprKind::less, Op::less},
      {ExprKind::less_equal, Op::less_equal}, {ExprKind::greater, Op::greater},
      {ExprKind::greater_equal, Op::greater_equal}};
  const Op op = std::find_if(std::begin(ops), std::end(ops), [&](const auto& p) { return p.first == e.kind; })->second;
  const bool right_first = is_bare_value(*e.children[0]) && !is_bare_value(*e.children[1]);
  const syntax::Expr* first = e.children[right_first ? 1 : 0].get();
  const syntax::Expr* second = e.children[right_first ? 0 : 1].get();
  const ExprId a = build(first);
  if (a == kNone) return kNone;
  const ExprId b = build(second, is_bare_value(*second) ? std::optional<Type>(type(a)) : std::nullopt);
  if (b == kNone) return kNone;
  const Type left = type(a), right = type(b);
  if (!(left == right)) {
    if (is_length(left.kind) && is_length(right.kind)) {
      diagnostics_.add(Kind::unit_mismatch, e.span, {measure(left), measure(right)});
      return kNone;
    }
    return mismatch(second->span, left, right);
  }
  const bool equality = op == Op::equal || op == Op::not_equal;
  if (left.kind == TypeKind::interval || left.kind == TypeKind::interval_set || left.kind == TypeKind::rows ||
      left.kind == TypeKind::period || (!equality && !ordered(left.kind))) {
    diagnostics_.add(Kind::not_comparable, e.span, {say(left)});
    return kNone;
  }
  return right_first ? make(op, {TypeKind::truth}, e.span, {b, a}) : make(op, {TypeKind::truth}, e.span, {a, b});
}

ExprId ExpressionBuilder::arithmetic(const syntax::Expr& e) {
  const ExprId a = build(e.children[0].get());
  const ExprId b = build(e.children[1].get());
  if (a == kNone || b == kNone) return kNone;
  const TypeKind x = type(a).kind, y = type(b).kind;
  const auto result = [&](Op op, TypeKind kind) { return make(op, {kind}, e.span, {a, b}); };
  const auto units = [&]() {
    diag::Diagnostic& d = diagnostics_.add(Kind::unit_mismatch, e.span, {measure(type(a)), measure(type(b))});
    if (!is_length(x) || !is_length(y)) {
      d.fix = {"可以加减的是：时刻加减时间长度、时刻减时刻、同一种单位的两个数", "an instant and a length, two instants (difference), or two of one unit"};
    }
    return kNone;
  };
  switch (e.kind) {
    case ExprKind::add:
      if (x == TypeKind::instant && is_length(y)) return plus(a, b, rollover, e.span);
      if (x == y && (x == TypeKind::number || x == TypeKind::duration)) return result(Op::add, x);
      return units();
    case ExprKind::subtract:
      if (x == TypeKind::instant && y == TypeKind::instant) return result(Op::subtract, TypeKind::duration);
      if (x == TypeKind::instant && y == TypeKind::duration) return result(Op::subtract, TypeKind::instant);
      if (x == y && (x == TypeKind::number || x == TypeKind::duration)) return result(Op::subtract, x);
      return units();
    case ExprKind::multiply:
      if (x == TypeKind::number && (y == TypeKind::number || y == TypeKind::duration)) return result(Op::multiply, y);
      if (x == TypeKind::duration && y == TypeKind::number) return result(Op::multiply, x);
      return units();
    default:
      if (y == TypeKind::number && (x == TypeKind::number || x == TypeKind::duration)) return result(Op::divide, x);
      return units();
  }
}

ExprId ExpressionBuilder::membership(const syntax::Expr& e) {
  const ExprId a = build(e.children[0].get());
  if (a == kNone) return kNone;
  const Type left = type(a);
  const TypeKind wanted = e.kind == ExprKind::is_in ? TypeKind::enum_value : TypeKind::enum_set;
  if (left.kind != wanted) {
    const bool single = left.kind == TypeKind::enum_value;
    diag::Diagnostic& d = diagnostics_.add(
        Kind::type_mismatch, e.children[0]->span,
        {single ? Words("一组取值", "a set of values") : Words("一个取值", "one value"), say(left)});
    if (single) d.fix = {"一个取值用“属于”", "use 'is_in' for one value"};
    else if (left.kind == TypeKind::enum_set) d.fix = {"一组取值用“含任一”或者“含全部”", "use 'has_any' or 'has_all' for a set"};
    return kNone;
  }
  const ExprId b = build(e.children[1].get(), Type{TypeKind::enum_set, left.of});
  if (b == kNone) return kNone;
  const Op op = e.kind == ExprKind::is_in ? Op::is_in : e.kind == ExprKind::has_any ? Op::has_any : Op::has_all;
  return make(op, {TypeKind::truth}, e.span, {a, b});
}

ExprId ExpressionBuilder::presence(const syntax::Expr& e) {
  const ExprId a = build(e.children[0].get());
  if (a == kNone) return kNone;
  if (type(a).kind == TypeKind::rows) return mismatch(e.children[0]->span, {"一项", "a field"}, type(a));
  const ExprId given = make(Op::is_given, {TypeKind::truth}, e.span, {a});
  return e.kind == ExprKind::is_given ? given : make(Op::logical_not, {TypeKind::truth}, e.span, {given});
}

ExprId ExpressionBuilder::ruling(const syntax::Expr& e) {
  const syntax::Expr& read = *e.children[0];
  const ExprId a = build(&read);
  if (a == kNone) return kNone;
  const Expr& field = book_.expr(a);
  const bool observed = field.op == Op::field && book_.expr(field.operands[0]).op == Op::variable &&
                        book_.vocabulary.field(type(field.operands[0]).of, field.field).presence == Presence::observed;
  if (!observed) {
    diagnostics_.add(Kind::not_ruled_on, read.span, {read.name.empty() ? say(type(a)) : Words(read.name)});
    return kNone;
  }
  if (!reasoned) diagnostics_.add(Kind::presumption_without_reason, e.span, {});
  return make(Op::is_ruled_on, {TypeKind::truth}, e.span, {a});
}

ExprId ExpressionBuilder::quantifier(const syntax::Expr& e) {
  const ExprId list = build_list(e.children[0].get());
  if (list == kNone) return kNone;
  const VarId var = declare(e.name, type(list).of, e.name_span);
  const syntax::Expr* filter_syntax = e.children.size() > 1 ? e.children[1].get() : nullptr;
  const syntax::Expr* body_syntax = e.children.size() > 2 ? e.children[2].get() : nullptr;
  const ExprId filter = build_truth(filter_syntax);
  ExprId body = kNone;
  Op op = Op::any;
  Type result{TypeKind::truth};
  switch (e.kind) {
    case ExprKind::any: case ExprKind::none: body = build_truth(body_syntax); break;
    case ExprKind::every: op = Op::every; body = build_truth(body_syntax); break;
    case ExprKind::count: op = Op::count; result = {TypeKind::number}; break;
    case ExprKind::sum:
      op = Op::sum;
      body = build(body_syntax);
      if (body != kNone) {
        result = type(body);
        if (result.kind != TypeKind::number && result.kind != TypeKind::duration) {
          mismatch(body_syntax->span, say({TypeKind::number}), result);
          body = kNone;
        }
      }
      break;
    case ExprKind::earliest: case ExprKind::latest:
      op = e.kind == ExprKind::earliest ? Op::earliest : Op::latest;
      body = build(body_syntax);
      if (body != kNone) {
        result = type(body);
        if (!ordered(result.kind)) {
          mismatch(body_syntax->span, say({TypeKind::instant}), result);
          body = kNone;
        }
      }
      break;
    default:
      op = Op::merged;
      body = build(body_syntax, Type{TypeKind::interval});
      result = {TypeKind::interval_set};
      break;
  }
  scope_.variables.pop_back();
  const bool body_missing = body_syntax != nullptr && body == kNone;
  if (body_missing || (filter_syntax != nullptr && filter == kNone)) return kNone;
  std::vector<ExprId> operands{list, filter, body};
  if (horizon_ != kNone) operands.push_back(horizon_);
  const ExprId id = make(op, result, e.span, std::move(operands));
  book_.exprs[id].var = var;
  return e.kind == ExprKind::none ? make(Op::logical_not, {TypeKind::truth}, e.span, {id}) : id;
}

}  // namespace jianlu::model
