// The part of ExpressionBuilder that calls definitions and the functions of the language.
#include <utility>

#include "engine/model/expression_builder.h"
#include "engine/model/names.h"

namespace jianlu::model {

using diag::Kind;
using syntax::ExprKind;

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

}  // namespace jianlu::model
