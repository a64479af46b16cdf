#include "engine/comparison/terms.h"

#include <algorithm>

namespace jianlu::comparison {

using model::DefKind;
using model::Expr;
using model::ExprId;
using model::kNone;
using model::Op;
using model::TypeKind;

namespace {

constexpr std::size_t kMost = 64;   // cases; a condition with more is taken as it stands

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

}  // namespace

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
        if (!conjunction && positive && only_not_registered(operand, e.operands, rows)) continue;
        const Cases part = cases(operand, positive, rows);
        out = conjunction ? both(out, part) : either(std::move(out), part);
      }
      break;
    }
    case Op::call: out = called(e, positive, rows); break;
    case Op::any: out = positive ? any(e, rows) : atom(id, false, rows); break;
    case Op::has_all: out = positive ? atom(id, true, rows) : has_others(id, rows); break;
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

// 非 ({甲、乙} 含全部 x): x has something other than these.
Cases Terms::has_others(ExprId id, const Rows& rows) {
  const Expr e = expr(id), all = expr(opened(e.operands[0], rows));
  const ExprId field = opened(e.operands[1], rows);
  if (all.op != Op::enum_set || expr(field).op != Op::field) return atom(id, false, rows);
  const model::EnumId of = all.type.of;
  const std::size_t count = book_.vocabulary.enums[static_cast<std::size_t>(of)].values.size();
  const std::uint64_t bits = static_cast<std::uint64_t>(all.integer), every = count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
  const Words shown = print(field), names = values_text(book_, of, bits);
  return {{{shown.zh + " 含任一", {shown.zh + " 含 {" + names.zh + "} 以外的", shown.en + " has other than {" + names.en + "}"}, of, every & ~bits, true, {}, {}, false, {}}}};
}

// x 未填, beside an alternative that reads the row x: how an entry that is missing counts, and no situation of its own.
bool Terms::only_not_registered(ExprId operand, const std::vector<ExprId>& alternatives, const Rows& rows) {
  const Expr e = expr(operand);
  if (e.op != Op::logical_not || expr(e.operands[0]).op != Op::is_given) return false;
  const ExprId what = expr(e.operands[0]).operands[0];
  if (expr(what).type.kind != TypeKind::reference) return false;
  const std::string read = key(opened(what, rows));
  return std::any_of(alternatives.begin(), alternatives.end(), [&](ExprId other) {
    return other != operand && key(opened(other, rows)).find(read) != std::string::npos;
  });
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
