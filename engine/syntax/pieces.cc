#include "engine/syntax/pieces.h"

#include <string>

#include "engine/syntax/words.h"

namespace jianlu::syntax {
namespace {

Rule start_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::ENUMERATION: return Rule::enumerationPiece;
    case TokenKind::LEDGER: return Rule::ledgerPiece;
    case TokenKind::FIELD_KEYWORD: return Rule::fieldPiece;
    default: return Rule::declarationPiece;
  }
}

bool begins_declaration(TokenKind kind) { return is_keyword(kind) && keyword(kind).group == "declaration"; }

// 义务甲: a word that begins with a kind of declaration. English words begin like others too often.
bool runs_on_declaration(std::string_view word) {
  for (const Keyword& k : keywords()) {
    if (k.group == "declaration" && word.size() > k.zh.size() && word.starts_with(k.zh)) return true;
  }
  return false;
}

// Tokens after which no name can stand within a declaration.
bool ends_clause(TokenKind kind) {
  switch (kind) {
    case TokenKind::NAME: case TokenKind::TEXT: case TokenKind::PERIOD: case TokenKind::NUMBER: case TokenKind::PERCENT:
    case TokenKind::DATE: case TokenKind::INSTANT: case TokenKind::FIELD: case TokenKind::CLOSE_ROUND:
    case TokenKind::CLOSE_CURLY: case TokenKind::CLOSE_SQUARE: case TokenKind::IS_GIVEN: case TokenKind::IS_MISSING:
    case TokenKind::DECISIVE: case TokenKind::GENERALLY: case TokenKind::CUMULATIVE: case TokenKind::ROLLOVER:
    case TokenKind::NO_ROLLOVER: case TokenKind::UNSTATED:
      return true;
    default:
      return false;
  }
}

bool is_quantifier(TokenKind kind) { return kind >= TokenKind::ANY && kind <= TokenKind::MERGED; }

}  // namespace

bool may_hold(FileKind file, TokenKind declaration) {
  const bool of_vocabulary = start_of(declaration) != Rule::declarationPiece;
  if (of_vocabulary || file == FileKind::vocabulary) return of_vocabulary == (file == FileKind::vocabulary);
  if (file == FileKind::regulation) return true;
  return declaration == TokenKind::DEFINE || declaration == TokenKind::GROUND || declaration == TokenKind::ACT ||
         declaration == TokenKind::INTERPRETATION;
}

std::size_t before_citations(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
  std::size_t at = end;
  while (at > begin) {
    const std::size_t comma = at < end ? 1 : 0;
    if (comma == 1 && tokens[at - 1].kind != TokenKind::COMMA) break;
    if (at < begin + comma + 1 || tokens[at - 1 - comma].kind != TokenKind::CITE) break;
    const std::size_t cite = at - 1 - comma;
    const TokenKind before = cite > 0 ? tokens[cite - 1].kind : TokenKind::END;
    if (before == TokenKind::MAY_FALL_UNDER || before == TokenKind::APPLIES || before == TokenKind::RESTATES) break;
    at = cite;
  }
  return at;
}

std::vector<Piece> cut(const std::vector<Token>& tokens, const source::Files& files) {
  std::vector<Piece> pieces;
  const auto kind = [&](std::size_t i) { return i < tokens.size() ? tokens[i].kind : TokenKind::END; };
  const auto begin_piece = [&](Rule start, std::size_t at) {
    if (!pieces.empty()) pieces.back().end = at;
    pieces.push_back({start, at, tokens.size()});
  };
  if (!tokens.empty()) begin_piece(Rule::headerPiece, 0);
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const std::size_t first = pieces.back().begin + 1;
    const bool named = kind(i) == TokenKind::NAME && pieces.back().start != Rule::enumerationPiece;
    if ((kind(i) == TokenKind::CITE || kind(i) == TokenKind::NAME) && kind(i + 1) == TokenKind::SUMMARY) {
      begin_piece(Rule::headingPiece, i);
      ++i;
    } else if (begins_declaration(kind(i))) {
      const Rule start = start_of(kind(i));
      const std::size_t begin = start == Rule::declarationPiece ? before_citations(tokens, first, i) : i;
      begin_piece(start, begin);
    } else if (named && kind(i + 1) == TokenKind::NAME && kind(i + 2) == TokenKind::EQUALS && !is_keyword(kind(i - 1))) {
      begin_piece(Rule::token, before_citations(tokens, first, i));
    } else if (named && kind(i + 1) == TokenKind::EQUALS && ends_clause(kind(i - 1)) &&
               runs_on_declaration(files[tokens[i].span.file].text(tokens[i].span))) {
      begin_piece(Rule::token, i);
    }
  }
  return pieces;
}

bool too_large(const std::vector<Token>& tokens, const Piece& piece, diag::Diagnostics& diagnostics) {
  if (piece.end - piece.begin > max_tokens) {
    diagnostics.add(diag::Kind::too_long, tokens[piece.begin].span, {std::to_string(max_tokens)});
    return true;
  }
  // What the parser's recursion follows: open brackets, signs before a value, quantifiers within a bracket.
  std::vector<std::size_t> quantifiers{0};
  std::size_t depth = 0, signs = 0;
  for (std::size_t i = piece.begin; i < piece.end; ++i) {
    const TokenKind kind = tokens[i].kind;
    const bool sign = kind == TokenKind::NOT || kind == TokenKind::MINUS;
    signs = sign ? signs + 1 : 0;
    if (kind == TokenKind::OPEN_ROUND || kind == TokenKind::OPEN_CURLY || kind == TokenKind::OPEN_SQUARE) {
      quantifiers.push_back(0);
      ++depth;
    } else if (kind == TokenKind::CLOSE_ROUND || kind == TokenKind::CLOSE_CURLY || kind == TokenKind::CLOSE_SQUARE) {
      if (quantifiers.size() > 1) {
        depth -= 1 + quantifiers.back();
        quantifiers.pop_back();
      }
    } else if (is_quantifier(kind)) {
      ++quantifiers.back();
      ++depth;
    } else if (kind == TokenKind::COMMA || (is_keyword(kind) && keyword(kind).group == "clause")) {
      depth -= quantifiers.back();
      quantifiers.back() = 0;
    }
    if (depth + signs > max_nesting) {
      diagnostics.add(diag::Kind::too_deep, tokens[i].span, {{std::to_string(max_nesting) + "层", std::to_string(max_nesting) + " levels"}});
      return true;
    }
  }
  return false;
}

}  // namespace jianlu::syntax
