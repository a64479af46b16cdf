// The only file that knows ANTLR: it turns text into our tokens and a piece of tokens into our tree.
#include <antlr4-runtime.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>

#include "JianluLexer.h"
#include "JianluParser.h"
#include "engine/source/screen.h"
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

// Characters between which no rule of the lexer tells a difference, such as most Han characters: one stands for all of
// them, so that the lexer meets few different ones.
class CharacterClasses {
 public:
  static const CharacterClasses& get() {
    static const CharacterClasses classes;
    return classes;
  }
  char32_t of(char32_t character) const {
    const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), character, [](char32_t c, const Range& r) { return c < r.first; });
    return after == ranges_.begin() ? character : std::prev(after)->stands;
  }

 private:
  struct Range {
    char32_t first, stands;
  };

  CharacterClasses() {
    antlr4::ANTLRInputStream nothing{std::string()};
    // Where a set of the grammar begins or ends, its mark is added or taken away: equal sums, equal sets.
    std::map<char32_t, std::uint64_t> turns{{0, 0}};
    std::mt19937_64 marks(1);
    for (const antlr4::atn::ATNState* state : JianluLexer(&nothing).getATN().states) {
      for (const antlr4::atn::Transition* transition : state->transitions) {
        const std::uint64_t mark = marks();
        const antlr4::misc::IntervalSet label = transition->label();
        for (const antlr4::misc::Interval& interval : label.getIntervals()) {
          turns[static_cast<char32_t>(interval.a)] += mark;
          turns[static_cast<char32_t>(interval.b) + 1] -= mark;
        }
      }
    }
    std::unordered_map<std::uint64_t, char32_t> first_of;
    std::uint64_t sum = 0;
    for (const auto& [first, change] : turns) {
      sum += change;
      ranges_.push_back({first, first_of.emplace(sum, first).first->second});
    }
  }

  std::vector<Range> ranges_;
};

// The runtime works out anew at each step what follows a character beyond ASCII; this one remembers it.
class RememberingLexer : public antlr4::atn::LexerATNSimulator {
 public:
  explicit RememberingLexer(JianluLexer& lexer)
      : LexerATNSimulator(&lexer, lexer.getATN(), lexer.getInterpreter<LexerATNSimulator>()->_decisionToDFA, cache_) {}

 protected:
  using State = antlr4::dfa::DFAState;
  using LexerATNSimulator::addDFAEdge;
  State* getExistingTargetState(State* from, std::size_t character) override {
    if (character <= MAX_DFA_EDGE) return LexerATNSimulator::getExistingTargetState(from, character);
    _edgeLock.readLock();
    const auto found = from->edges.find(character);
    State* const to = found == from->edges.end() ? nullptr : found->second;
    _edgeLock.readUnlock();
    return to;
  }
  void addDFAEdge(State* from, std::size_t character, State* to) override {
    if (character <= MAX_DFA_EDGE) return LexerATNSimulator::addDFAEdge(from, character, to);
    _edgeLock.writeLock();
    from->edges[character] = to;
    _edgeLock.writeUnlock();
  }

 private:
  antlr4::atn::PredictionContextCache cache_;
};

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

std::vector<Token> tokenize(std::string_view text, source::FileId file, bool (*last)(TokenKind)) {
  // ANTLR counts code points; spans count bytes.
  std::vector<std::uint32_t> bytes;
  bytes.reserve(text.size() + 1);
  std::string input;
  input.reserve(text.size());
  for (std::uint32_t at = 0; at < text.size();) {
    const source::CodePoint point = source::decode(text, at);
    bytes.push_back(at);
    // The runtime drops a leading byte order mark; a space in its place keeps the count.
    source::append_utf8(input, at == 0 && point.value == 0xFEFF ? U'\u3000' : CharacterClasses::get().of(point.value));
    at += static_cast<std::uint32_t>(std::max<std::size_t>(point.length, 1));
  }
  bytes.push_back(static_cast<std::uint32_t>(text.size()));
  antlr4::ANTLRInputStream stream(input);
  JianluLexer lexer(&stream);
  lexer.removeErrorListeners();
  lexer.setInterpreter(new RememberingLexer(lexer));   // owned by the lexer
  std::vector<Token> tokens;
  for (auto token = lexer.nextToken(); token->getType() != antlr4::Token::EOF; token = lexer.nextToken()) {
    const TokenKind kind = to_kind(token->getType());
    tokens.push_back({kind, {file, bytes[token->getStartIndex()], bytes[token->getStopIndex() + 1]}, false});
    if (last != nullptr && last(kind)) break;
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
