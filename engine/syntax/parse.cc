// The only file that knows ANTLR: it turns text into our tokens and a piece of tokens into our tree.
#include <antlr4-runtime.h>

#include <array>
#include <memory>
#include <string>

#include "JianluLexer.h"
#include "JianluParser.h"
#include "engine/syntax/tree.h"

namespace jianlu::syntax {
namespace {

using jianlu_grammar::JianluLexer;
using jianlu_grammar::JianluParser;

TokenKind to_kind(std::size_t type) {
  switch (type) {
#define JIANLU_KEYWORD(token, zh, en, group) \
  case JianluLexer::token:                   \
    return TokenKind::token;
#include "engine/syntax/keywords.def"
#undef JIANLU_KEYWORD
#define JIANLU_TOKEN(token) \
  case JianluLexer::token:  \
    return TokenKind::token;
    JIANLU_OTHER_TOKENS(JIANLU_TOKEN)
#undef JIANLU_TOKEN
    default:
      return TokenKind::END;
  }
}

std::size_t to_type(TokenKind kind) {
  switch (kind) {
#define JIANLU_KEYWORD(token, zh, en, group) \
  case TokenKind::token:                     \
    return JianluLexer::token;
#include "engine/syntax/keywords.def"
#undef JIANLU_KEYWORD
#define JIANLU_TOKEN(token) \
  case TokenKind::token:    \
    return JianluLexer::token;
    JIANLU_OTHER_TOKENS(JIANLU_TOKEN)
#undef JIANLU_TOKEN
    default:
      return antlr4::Token::EOF;
  }
}

Rule to_rule(std::size_t index) {
  static const std::array<Rule, static_cast<std::size_t>(Rule::token)> rules = [] {
    std::array<Rule, static_cast<std::size_t>(Rule::token)> table{};
    static const std::vector<std::string> names{
#define JIANLU_RULE(rule) #rule,
        JIANLU_RULES(JIANLU_RULE)
#undef JIANLU_RULE
    };
    std::vector<std::unique_ptr<antlr4::Token>> end;
    end.push_back(std::make_unique<antlr4::CommonToken>(antlr4::Token::EOF, std::string()));
    antlr4::ListTokenSource source(std::move(end));
    antlr4::CommonTokenStream stream(&source);
    const std::vector<std::string> grammar = JianluParser(&stream).getRuleNames();
    for (std::size_t g = 0; g < grammar.size() && g < table.size(); ++g) {
      for (std::size_t r = 0; r < names.size(); ++r) {
        if (grammar[g] == names[r]) table[g] = static_cast<Rule>(r);
      }
    }
    return table;
  }();
  return rules[index];
}

// Stops at the first fault: a piece is small, and what comes after a fault is noise.
class StopAtFault : public antlr4::DefaultErrorStrategy {
 public:
  explicit StopAtFault(ParseFault& fault) : fault_(fault) {}

  void recover(antlr4::Parser* parser, std::exception_ptr fault) override {
    try {
      std::rethrow_exception(fault);
    } catch (const antlr4::NoViableAltException& e) {
      // The parser looked ahead: the token that fits no alternative is not the current one.
      fault_.token = e.getOffendingToken()->getTokenIndex();
      throw antlr4::ParseCancellationException();
    } catch (const antlr4::RecognitionException&) {
      stop(parser);
    }
  }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override {
    stop(parser);
    return nullptr;
  }
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}
  void sync(antlr4::Parser*) override {}

 private:
  [[noreturn]] void stop(antlr4::Parser* parser) {
    fault_.token = parser->getCurrentToken()->getTokenIndex();
    for (const ssize_t type : parser->getExpectedTokens().toList()) {
      if (type >= 0 || type == static_cast<ssize_t>(antlr4::Token::EOF)) {
        fault_.expected.push_back(to_kind(static_cast<std::size_t>(type)));
      }
    }
    throw antlr4::ParseCancellationException();
  }

  ParseFault& fault_;
};

bool passes_through(Rule rule) {
  switch (rule) {
    case Rule::clause: case Rule::headerClause: case Rule::ledgerClause: case Rule::expression: case Rule::negation:
    case Rule::comparison: case Rule::sum: case Rule::product: case Rule::sign: case Rule::path: case Rule::primary: case Rule::list:
    case Rule::comparator: case Rule::declarationKind:
      return true;
    default:
      return false;
  }
}

Node convert(antlr4::tree::ParseTree* tree, const Token* tokens) {
  if (auto* leaf = dynamic_cast<antlr4::tree::TerminalNode*>(tree)) {
    const Token& token = tokens[leaf->getSymbol()->getTokenIndex()];
    return {Rule::token, token.kind, token.span, {}};
  }
  auto* context = static_cast<antlr4::ParserRuleContext*>(tree);
  const Rule rule = to_rule(context->getRuleIndex());
  if (passes_through(rule) && context->children.size() == 1) return convert(context->children[0], tokens);
  Node node;
  node.rule = rule;
  for (antlr4::tree::ParseTree* part : context->children) {
    auto* leaf = dynamic_cast<antlr4::tree::TerminalNode*>(part);
    if (leaf != nullptr && leaf->getSymbol()->getType() == antlr4::Token::EOF) continue;
    node.children.push_back(convert(part, tokens));
  }
  if (!node.children.empty()) node.span = source::cover(node.children.front().span, node.children.back().span);
  return node;
}

antlr4::ParserRuleContext* run(JianluParser& parser, Rule start) {
  switch (start) {
    case Rule::headerPiece: return parser.headerPiece();
    case Rule::headingPiece: return parser.headingPiece();
    case Rule::enumerationPiece: return parser.enumerationPiece();
    case Rule::ledgerPiece: return parser.ledgerPiece();
    case Rule::fieldPiece: return parser.fieldPiece();
    case Rule::expressionPiece: return parser.expressionPiece();
    default: return parser.declarationPiece();
  }
}

}  // namespace

std::vector<Token> tokenize(std::string_view text, source::FileId file) {
  // ANTLR counts code points; spans count bytes.
  std::vector<std::uint32_t> bytes;
  bytes.reserve(text.size() + 1);
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) bytes.push_back(i);
  }
  bytes.push_back(static_cast<std::uint32_t>(text.size()));
  // The runtime drops a leading byte order mark; a space in its place keeps the count.
  std::string input(text);
  if (input.starts_with("\xEF\xBB\xBF")) input.replace(0, 3, "\xE3\x80\x80");
  antlr4::ANTLRInputStream stream(input);
  JianluLexer lexer(&stream);
  lexer.removeErrorListeners();
  std::vector<Token> tokens;
  for (const auto& token : lexer.getAllTokens()) {
    tokens.push_back({to_kind(token->getType()),
                      {file, bytes[token->getStartIndex()], bytes[token->getStopIndex() + 1]}, false});
  }
  return tokens;
}

std::optional<Node> parse_tree(Rule start, const Token* tokens, std::size_t count, ParseFault& fault) {
  std::vector<std::unique_ptr<antlr4::Token>> list;
  list.reserve(count + 1);
  for (std::size_t i = 0; i <= count; ++i) {
    const std::size_t type = i < count ? to_type(tokens[i].kind) : antlr4::Token::EOF;
    list.push_back(std::make_unique<antlr4::CommonToken>(type, std::string()));
  }
  antlr4::ListTokenSource source(std::move(list));
  antlr4::CommonTokenStream stream(&source);
  JianluParser parser(&stream);
  parser.removeErrorListeners();
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  parser.setErrorHandler(std::make_shared<StopAtFault>(fault));
  try {
    return convert(run(parser, start), tokens);
  } catch (const antlr4::ParseCancellationException&) {
    if (fault.token > count) fault.token = count;
    return std::nullopt;
  }
}

}  // namespace jianlu::syntax
