// Inside engine/syntax: tokens and the concrete tree, in our own types, so that ANTLR stays in parse.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/source/source.h"

namespace jianlu::syntax {

using source::Span;

// Tokens besides the keywords of keywords.def, named as in JianluLexer.g4.
#define JIANLU_OTHER_TOKENS(X)                                                                                     \
  X(CITE) X(INSTANT) X(DATE) X(PERIOD) X(PERCENT) X(NUMBER) X(TEXT) X(UNFINISHED_TEXT) X(FIELD) X(NAME) X(EQUALS)   \
  X(NOT_EQUAL) X(LESS_EQUAL) X(GREATER_EQUAL) X(LESS) X(GREATER) X(PLUS) X(MINUS) X(TIMES) X(DIVIDE) X(OPEN_ROUND)  \
  X(CLOSE_ROUND) X(OPEN_CURLY) X(CLOSE_CURLY) X(OPEN_SQUARE) X(CLOSE_SQUARE) X(COMMA) X(COLON) X(OTHER)

enum class TokenKind : std::uint8_t {
#define JIANLU_KEYWORD(token, zh, en, group) token,
#include "engine/syntax/keywords.def"
#undef JIANLU_KEYWORD
#define JIANLU_TOKEN(token) token,
  JIANLU_OTHER_TOKENS(JIANLU_TOKEN)
#undef JIANLU_TOKEN
  END,  // the end of a piece
};

inline constexpr std::size_t keyword_count = static_cast<std::size_t>(TokenKind::CITE);
constexpr bool is_keyword(TokenKind kind) { return static_cast<std::size_t>(kind) < keyword_count; }

struct Token {
  TokenKind kind{};
  Span span;
  bool faulty = false;  // reported already
};

// Productions of JianluParser.g4; `token` is a leaf.
#define JIANLU_RULES(X)                                                                                               \
  X(headerPiece) X(headingPiece) X(declarationPiece) X(enumerationPiece) X(ledgerPiece) X(fieldPiece)                 \
  X(expressionPiece) X(header) X(headerClause) X(usedFile) X(version) X(because) X(heading) X(declaredName)           \
  X(declaration) X(cites) X(declarationKind) X(clause) X(subject) X(parameters) X(parameter) X(asClause) X(inClause)  \
  X(defaultClause) X(exceptionClause) X(groundItem) X(whenClause) X(unlessClause) X(shallClause) X(mustNotClause)           \
  X(mayClause) X(condition) X(deadline) X(before) X(awaiting) X(timedBy) X(category) X(restingOn) X(claimedBy) X(by)  \
  X(checks) X(frequency) X(step) X(ordered) X(noRollover) X(rollover) X(generally) X(cumulative) X(formerly)          \
  X(valid) X(message) X(text) X(enumeration) X(ledger) X(ledgerClause) X(ledgerText) X(supplier) X(owner) X(via)      \
  X(listed) X(key) X(ledgerTime) X(ledgerPeriod) X(belongsTo) X(clockedBy) X(perPeriod) X(fieldDeclaration) X(type) X(expression) X(negation)      \
  X(comparison) X(comparator) X(sum) X(product) X(sign) X(path) X(primary) X(call) X(group) X(set) X(interval)        \
  X(quantifier) X(list)

enum class Rule : std::uint8_t {
#define JIANLU_RULE(rule) rule,
  JIANLU_RULES(JIANLU_RULE)
#undef JIANLU_RULE
  token,
};

// A node of the concrete tree. Expression levels that hold one child only are left out.
struct Node {
  Rule rule{};
  TokenKind kind{};  // of a leaf
  Span span;
  std::vector<Node> children;

  bool is(TokenKind k) const { return rule == Rule::token && kind == k; }
  // The first child of that production, or null.
  const Node* child(Rule r) const {
    for (const Node& node : children) {
      if (node.rule == r) return &node;
    }
    return nullptr;
  }
  const Node* child(TokenKind k) const {
    for (const Node& node : children) {
      if (node.is(k)) return &node;
    }
    return nullptr;
  }
};

// Where a piece stops being one, and what could have stood there.
struct ParseFault {
  std::size_t token = 0;  // index into the piece; its size where the piece ends too early
  std::vector<TokenKind> expected;
};

// Cuts valid UTF-8 into tokens; spaces and comments are left out. Spans count bytes of `text`. Nothing is read behind the
// first token of which `last` holds.
std::vector<Token> tokenize(std::string_view text, source::FileId file, bool (*last)(TokenKind) = nullptr);

// Parses one piece as `start` (a …Piece production), bounded in nesting by the caller.
// Without a tree, `fault` says why.
std::optional<Node> parse_tree(Rule start, const Token* tokens, std::size_t count, ParseFault& fault);

}  // namespace jianlu::syntax
