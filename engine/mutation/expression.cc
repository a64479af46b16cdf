#include <fmt/format.h>

#include "engine/mutation/slips.h"

namespace jianlu::mutation {

using syntax::Expr;
using syntax::ExprKind;
using syntax::ExprPtr;

ExprPtr clone(const Expr& expr) {
  auto out = std::make_unique<Expr>();
  out->kind = expr.kind;
  out->span = expr.span;
  out->name = expr.name;
  out->name_span = expr.name_span;
  out->number = expr.number;
  out->percent = expr.percent;
  out->period = expr.period;
  for (const ExprPtr& child : expr.children) out->children.push_back(child ? clone(*child) : nullptr);
  return out;
}

namespace {

bool is_quantifier(ExprKind kind) { return kind >= ExprKind::any; }

ExprPtr negated(const Expr& expr) {
  if (expr.kind == ExprKind::logical_not) return clone(*expr.children[0]);
  auto out = std::make_unique<Expr>();
  out->kind = ExprKind::logical_not;
  out->span = expr.span;
  out->children.push_back(clone(expr));
  return out;
}

diag::Words turned(const char* from_zh, const char* to_zh, const char* from_en, const char* to_en) {
  return {fmt::format("“{}”误作“{}”", from_zh, to_zh), fmt::format("\"{}\" taken for \"{}\"", from_en, to_en)};
}

}  // namespace

void Slips::becomes(const char* kind, ExprPtr& slot, ExprKind other, diag::Words what) {
  exchange(kind, slot->span, std::move(what), slot->kind, other);
}

void Slips::negation(ExprPtr& slot) {
  if (slot) exchange("negation", slot->span, {"条件取反", "the condition turned into its opposite"}, slot, negated(*slot));
}

void Slips::comparison(ExprPtr& slot) {
  struct Sign {
    ExprKind kind;
    const char* text;
    ExprKind near, opposite;
  };
  static constexpr Sign kSigns[] = {
      {ExprKind::less, "<", ExprKind::less_equal, ExprKind::greater_equal},
      {ExprKind::less_equal, "<=", ExprKind::less, ExprKind::greater},
      {ExprKind::greater, ">", ExprKind::greater_equal, ExprKind::less_equal},
      {ExprKind::greater_equal, ">=", ExprKind::greater, ExprKind::less},
      {ExprKind::equal, "=", ExprKind::not_equal, ExprKind::not_equal},
      {ExprKind::not_equal, "!=", ExprKind::equal, ExprKind::equal},
  };
  const auto text = [](ExprKind kind) {
    for (const Sign& sign : kSigns) {
      if (sign.kind == kind) return sign.text;
    }
    return "";
  };
  for (const Sign& sign : kSigns) {
    if (sign.kind != slot->kind) continue;
    becomes("bound", slot, sign.near, turned(sign.text, text(sign.near), sign.text, text(sign.near)));
    if (sign.opposite != sign.near) {
      becomes("bound", slot, sign.opposite, turned(sign.text, text(sign.opposite), sign.text, text(sign.opposite)));
    }
    return;
  }
}

void Slips::connective(ExprPtr& slot) {
  Expr& e = *slot;
  if (e.kind == ExprKind::logical_not) {
    exchange("negation", e.span, {"漏写“非”", "\"not\" left out"}, slot, clone(*e.children[0]));
    return;
  }
  const bool conjunction = e.kind == ExprKind::logical_and;
  if (!conjunction && e.kind != ExprKind::logical_or) return;
  if (conjunction) becomes("connective", slot, ExprKind::logical_or, turned("且", "或", "and", "or"));
  else becomes("connective", slot, ExprKind::logical_and, turned("或", "且", "or", "and"));
  for (std::size_t i = 0; i < e.children.size(); ++i) {
    ExprPtr rest = clone(e);
    rest->children.erase(rest->children.begin() + static_cast<std::ptrdiff_t>(i));
    if (rest->children.size() == 1) rest = std::move(rest->children[0]);
    exchange("operand", e.children[i]->span, {"漏写一个条件", "a condition left out"}, slot, std::move(rest));
  }
}

void Slips::quantifier(ExprPtr& slot) {
  Expr& e = *slot;
  if (!is_quantifier(e.kind)) return;
  if (e.kind == ExprKind::any) becomes("quantifier", slot, ExprKind::none, turned("有", "没有", "any", "no"));
  if (e.kind == ExprKind::none) becomes("quantifier", slot, ExprKind::any, turned("没有", "有", "no", "any"));
  if (e.kind == ExprKind::earliest) becomes("quantifier", slot, ExprKind::latest, turned("最早", "最晚", "earliest", "latest"));
  if (e.kind == ExprKind::latest) becomes("quantifier", slot, ExprKind::earliest, turned("最晚", "最早", "latest", "earliest"));
  if (e.children.size() > 1 && e.children[1]) {
    exchange<ExprPtr>("filter", e.children[1]->span, {"漏写“其中”的条件", "the \"where\" left out"}, e.children[1], nullptr);
  }
  const bool may_lack_body = e.kind == ExprKind::any || e.kind == ExprKind::none;
  if (may_lack_body && e.children.size() > 2 && e.children[2]) {
    exchange<ExprPtr>("filter", e.children[2]->span, {"漏写“使”的条件", "the condition on the row left out"}, e.children[2], nullptr);
  }
}

void Slips::period(ExprPtr& slot) {
  const calendar::Period& p = slot->period;
  constexpr std::int64_t kHour = 3'600'000'000, kMinute = 60'000'000, kSecond = 1'000'000;
  const auto replaced = [&](const char* kind, calendar::Period other, diag::Words what) {
    exchange(kind, slot->span, std::move(what), slot->period, other);
  };
  const auto by = [&](std::int64_t calendar::Period::*part, std::int64_t step, const char* zh, const char* en) {
    if (p.*part == 0) return;
    calendar::Period longer = p, shorter = p;
    longer.*part += step;
    shorter.*part -= step;
    replaced("length", longer, {fmt::format("多{}", zh), fmt::format("{} longer", en)});
    replaced("length", shorter, {fmt::format("少{}", zh), fmt::format("{} shorter", en)});
  };
  const std::int64_t step = p.micros % kHour == 0 ? kHour : p.micros % kMinute == 0 ? kMinute : kSecond;
  by(&calendar::Period::micros, step, step == kHour ? "一小时" : step == kMinute ? "一分钟" : "一秒",
     step == kHour ? "an hour" : step == kMinute ? "a minute" : "a second");
  by(&calendar::Period::days, 1, "一日", "a day");
  by(&calendar::Period::working_days, 1, "一个工作日", "a working day");
  by(&calendar::Period::months, 1, "一个月", "a month");
  if (p.micros != 0 && p.micros % (24 * kHour) == 0) {
    calendar::Period other = p;
    other.days += p.micros / (24 * kHour);
    other.micros = 0;
    replaced("unit", other, {"小时误作日", "hours taken for days"});
  }
  if (p.days != 0) {
    calendar::Period hours = p, working = p;
    hours.micros += p.days * 24 * kHour;
    working.working_days += p.days;
    hours.days = working.days = 0;
    replaced("unit", hours, {"日误作小时", "days taken for hours"});
    replaced("unit", working, {"日误作工作日", "days taken for working days"});
  }
  if (p.working_days != 0) {
    calendar::Period other = p;
    other.days += p.working_days;
    other.working_days = 0;
    replaced("unit", other, {"工作日误作日", "working days taken for days"});
  }
  if (p.months != 0) {
    calendar::Period other = p;
    other.days += p.months * 30;
    other.months = 0;
    replaced("unit", other, {"月误作三十日", "a month taken for thirty days"});
  }
}

void Slips::literal(ExprPtr& slot) {
  Expr& e = *slot;
  if (e.kind == ExprKind::period) period(slot);
  if (e.kind == ExprKind::truth) {
    exchange<std::int64_t>("truth", e.span, e.number ? turned("是", "否", "yes", "no") : turned("否", "是", "no", "yes"), e.number, 1 - e.number);
  }
  if (e.kind == ExprKind::number) {
    const std::int64_t step = e.percent ? 10'000 : 1'000'000;
    exchange<std::int64_t>("number", e.span, {"数大一", "a number one larger"}, e.number, e.number + step);
    exchange<std::int64_t>("number", e.span, {"数小一", "a number one smaller"}, e.number, e.number - step);
  }
}

void Slips::name(ExprPtr& slot) {
  Expr& e = *slot;
  if (e.kind == ExprKind::set && e.children.size() > 1) {
    for (std::size_t i = 0; i < e.children.size(); ++i) {
      leave_out("element", e.children[i]->span, {"漏写一个值", "a value left out"}, e.children, i);
    }
  }
  if (e.kind != ExprKind::name) return;
  for (const syntax::EnumDecl* enumeration : enumerations_) {
    const auto& values = enumeration->values;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool zh = values[i].zh == e.name;
      if ((!zh && values[i].en != e.name) || values.size() < 2) continue;
      const syntax::Name& next = values[(i + 1) % values.size()];
      exchange<std::string>("value", e.span, turned(values[i].zh.c_str(), next.zh.c_str(), values[i].en.c_str(), next.en.c_str()), e.name, zh ? next.zh : next.en);
    }
  }
}

void Slips::operation(ExprPtr& slot) {
  Expr& e = *slot;
  switch (e.kind) {
    case ExprKind::is_given: becomes("presence", slot, ExprKind::is_missing, turned("已填", "未填", "is given", "is missing")); break;
    case ExprKind::is_missing: becomes("presence", slot, ExprKind::is_given, turned("未填", "已填", "is missing", "is given")); break;
    case ExprKind::has_any: becomes("membership", slot, ExprKind::has_all, turned("含任一", "含全部", "has any of", "has all of")); break;
    case ExprKind::has_all: becomes("membership", slot, ExprKind::has_any, turned("含全部", "含任一", "has all of", "has any of")); break;
    case ExprKind::add: becomes("arithmetic", slot, ExprKind::subtract, turned("+", "-", "+", "-")); break;
    case ExprKind::subtract: becomes("arithmetic", slot, ExprKind::add, turned("-", "+", "-", "+")); break;
    case ExprKind::multiply: becomes("arithmetic", slot, ExprKind::divide, turned("*", "/", "*", "/")); break;
    case ExprKind::divide: becomes("arithmetic", slot, ExprKind::multiply, turned("/", "*", "/", "*")); break;
    case ExprKind::call: {
      static constexpr const char* kPairs[][2] = {{"较晚", "较早"}, {"later_of", "earlier_of"}};
      for (const auto& pair : kPairs) {
        for (int i = 0; i < 2; ++i) {
          if (e.name == pair[i]) exchange<std::string>("function", e.span, turned(pair[i], pair[1 - i], pair[i], pair[1 - i]), e.name, pair[1 - i]);
        }
      }
      if ((e.name == "日终" || e.name == "end_of_day") && e.children.size() == 1) {
        exchange("function", e.span, {"漏写“日终”", "\"end_of_day\" left out"}, slot, clone(*e.children[0]));
      }
      break;
    }
    default: break;
  }
}

void Slips::expression(ExprPtr& slot) {
  if (!slot) return;
  comparison(slot);
  connective(slot);
  quantifier(slot);
  literal(slot);
  name(slot);
  operation(slot);
  for (ExprPtr& child : slot->children) expression(child);
}

}  // namespace jianlu::mutation
