// The part of ExpressionBuilder that builds operators: sets, comparisons, arithmetic, tests of fields, quantifiers.
#include <algorithm>
#include <utility>

#include "engine/model/expression_builder.h"

namespace jianlu::model {

using diag::Kind;
using diag::Words;
using syntax::ExprKind;

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
    diag::Diagnostic& d = diagnostics_.add(Kind::not_comparable, e.span, {say(left)});
    if (left.kind == TypeKind::interval || left.kind == TypeKind::interval_set) {
      d.fix = {"期间比较起、止，或者用“覆盖”“重叠”", "compare the ends of periods, or use 'covers' or 'overlaps'"};
    } else if (left.kind == TypeKind::rows) {
      d.fix = {"列表用“有”“每个”“计数”", "ask of a list with 'some', 'every' or 'count'"};
    } else if (left.kind == TypeKind::period) {
      d.fix = {"把期限加在时刻上，再比较时刻", "add the length to an instant and compare instants"};
    }
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
