#pragma once

#include "engine/syntax/context.h"

namespace jianlu::syntax {

// The expression of a concrete node. Reported: 且 and 或 mixed without parentheses (with both readings), chained
// comparisons, a quantifier that is an operand without parentheses, operands chained deeper than max_chain.
// What is reported still gives a tree, so that later stages can go on.
ExprPtr build_expression(const Node& node, const Context& context);

// A list, sum or path with more operands would make a tree too deep for later stages.
inline constexpr std::size_t max_chain = 200;

}  // namespace jianlu::syntax
