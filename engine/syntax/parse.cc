// The only file that sees ANTLR. It is long because the tree that ANTLR builds has a class per production, and reading
// each of them is one short function.
#include "engine/syntax/parse.h"

#include <antlr4-runtime.h>

#include <algorithm>
#include <map>
#include <utility>

#include "JianluLexer.h"
#include "JianluParser.h"
#include "engine/calendar/text.h"
#include "engine/syntax/keywords.h"
#include "engine/syntax/screen.h"

namespace jianlu::syntax {
namespace {

using jianlu_grammar::JianluLexer;
using P = jianlu_grammar::JianluParser;
using antlr4::Token;
using diag::Kind;
using diag::Words;
using source::Language;

// Tokens of a file with their places in bytes.
struct Lexeme {
  std::size_t type;
  Span span;
  Token* token;
};

class Tokens {
 public:
  Tokens(const source::Files& files, Span within) : input_(std::string(files[within.file].text(within))), lexer_(&input_), stream_(&lexer_) {
    lexer_.removeErrorListeners();
    stream_.fill();
    const std::string_view text = files[within.file].text(within);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) offsets_.push_back(static_cast<std::uint32_t>(i) + within.begin);
    }
    offsets_.push_back(within.end);
    for (Token* token : stream_.getTokens()) {
      if (token->getChannel() != Token::DEFAULT_CHANNEL || token->getType() == Token::EOF) continue;
      lexemes.push_back({token->getType(), span(token, within.file), token});
    }
  }

  Span span(Token* token, source::FileId file) const {
    const std::size_t begin = std::min(token->getStartIndex(), offsets_.size() - 1);
    const std::size_t end = token->getType() == Token::EOF ? begin : std::min(token->getStopIndex() + 1, offsets_.size() - 1);
    return {file, offsets_[begin], offsets_[end]};
  }

  std::vector<Lexeme> lexemes;

 private:
  antlr4::ANTLRInputStream input_;
  JianluLexer lexer_;
  antlr4::CommonTokenStream stream_;
  std::vector<std::uint32_t> offsets_;
};

bool is_word(std::size_t type) {
  return type <= JianluLexer::NO || type == JianluLexer::CITATION || type == JianluLexer::PERIOD ||
         type == JianluLexer::INSTANT || type == JianluLexer::DATE || type == JianluLexer::NUMBER ||
         type == JianluLexer::NAME;
}

bool starts_declaration(std::size_t type) {
  switch (type) {
    case JianluLexer::INTERPRETATION: case JianluLexer::DEFINE: case JianluLexer::GROUND: case JianluLexer::ACT:
    case JianluLexer::DUTY: case JianluLexer::BAN: case JianluLexer::PERMIT: case JianluLexer::EXEMPTION:
    case JianluLexer::DERIVE: case JianluLexer::APPROVAL: case JianluLexer::CATEGORY: case JianluLexer::SANCTION:
    case JianluLexer::MANUAL: case JianluLexer::RESTATES: case JianluLexer::APPLIES: case JianluLexer::DECLARATIVE:
      return true;
    default:
      return false;
  }
}

bool quantifies(std::size_t type) { return type >= JianluLexer::ANY && type <= JianluLexer::MERGED; }

// One declaration's worth of tokens, parsed by itself.
class Chunk : public antlr4::BaseErrorListener {
 public:
  Chunk(const source::Files& files, const std::vector<Lexeme>& lexemes, std::size_t begin, std::size_t end,
        Language language, diag::Diagnostics& diagnostics)
      : files_(files), lexemes_(lexemes), begin_(begin), end_(end), language_(language), diagnostics_(diagnostics) {
    std::vector<std::unique_ptr<Token>> tokens;
    for (std::size_t i = begin; i < end; ++i) {
      tokens.push_back(std::make_unique<antlr4::CommonToken>(lexemes[i].token));
      // The builder finds the place of a token in the file through its index.
      static_cast<antlr4::CommonToken*>(tokens.back().get())->setStartIndex(lexemes[i].span.begin);
      static_cast<antlr4::CommonToken*>(tokens.back().get())->setStopIndex(lexemes[i].span.end);
    }
    source_ = std::make_unique<antlr4::ListTokenSource>(std::move(tokens));
    stream_ = std::make_unique<antlr4::CommonTokenStream>(source_.get());
    parser = std::make_unique<P>(stream_.get());
    parser->removeErrorListeners();
    parser->addErrorListener(this);
    parser->setErrorHandler(std::make_shared<antlr4::DefaultErrorStrategy>());
  }

  bool failed() const { return failed_; }
  std::unique_ptr<P> parser;

  void syntaxError(antlr4::Recognizer*, Token* offending, std::size_t, std::size_t, const std::string&,
                   std::exception_ptr) override {
    if (failed_) return;  // the first fault of a declaration; the rest would be noise
    failed_ = true;
    const bool at_end = offending == nullptr || offending->getType() == Token::EOF;
    const Lexeme* last = begin_ < end_ ? &lexemes_[end_ - 1] : nullptr;
    const Span span = at_end ? Span{last->span.file, last->span.end, last->span.end}
                             : Span{last->span.file, static_cast<std::uint32_t>(offending->getStartIndex()),
                                    static_cast<std::uint32_t>(offending->getStopIndex())};
    const std::string text(files_[span.file].text(span));
    if (!at_end && offending->getType() == JianluLexer::NAME) {
      if (const std::string split = split_keywords(text, language_); !split.empty()) {
        diagnostics_.add(Kind::missing_space, span, {text, split});
        return;
      }
    }
    if (!at_end && quantifies(offending->getType())) {
      diagnostics_.add(Kind::quantifier_needs_parentheses, span, {text});
      return;
    }
    const Words what = at_end ? Words("这条声明的结尾", "the end of the declaration") : Words("“" + text + "”", "'" + text + "'");
    diagnostics_.add(Kind::syntax, span, {what, expected()});
  }

  // Splits a name into keywords and the rest: 对每个场次 -> 对每个 场次.
  static std::string split_keywords(const std::string& name, Language language) {
    std::string best;
    for (const Keyword& k : keywords()) {
      const std::string_view word = k.in(language);
      if (word.size() > best.size() && name.size() > word.size() && name.compare(0, word.size(), word) == 0) best = word;
    }
    for (std::size_t n = name.size() - 1; n > 0; --n) {
      if (statute::parse_zh(std::string_view(name).substr(0, n))) {
        best = name.substr(0, n);
        break;
      }
    }
    // An English keyword is a prefix of many a name; a Chinese one hardly is.
    if (best.empty() || language == Language::en) return "";
    return best + " " + name.substr(best.size());
  }

 private:
  Words expected() const {
    const antlr4::misc::IntervalSet set = parser->getExpectedTokens();
    std::string zh, en;
    int listed = 0;
    for (const ssize_t type : set.toList()) {
      if (listed == 6) {
        zh += " 等";
        en += " …";
        break;
      }
      if (type <= 0) continue;
      const Words w = token_words(static_cast<std::size_t>(type));
      zh += (listed == 0 ? "" : "、") + w.zh;
      en += (listed == 0 ? "" : ", ") + w.en;
      ++listed;
    }
    if (listed == 0) return {"这条声明的结尾", "the end of the declaration"};
    return {zh, en};
  }

  Words token_words(std::size_t type) const {
    const std::string symbolic = parser->getVocabulary().getSymbolicName(type);
    if (const Keyword* k = keyword_of_token(symbolic)) return {"“" + std::string(k->zh) + "”", "'" + std::string(k->en) + "'"};
    static const std::map<std::string, Words> kNames{
        {"NAME", {"名称", "a name"}}, {"STRING", {"引号里的话", "a quoted text"}}, {"CITATION", {"条款序号", "a citation"}},
        {"NUMBER", {"数", "a number"}}, {"PERCENT", {"百分数", "a percentage"}}, {"PERIOD", {"时间长度", "a length of time"}},
        {"DATE", {"日期", "a date"}}, {"INSTANT", {"时刻", "an instant"}}, {"FIELD", {"“.项”", "'.field'"}},
        {"LPAREN", "("}, {"RPAREN", ")"}, {"LBRACE", "{"}, {"RBRACE", "}"}, {"LBRACK", "["}, {"RBRACK", "]"},
        {"COMMA", {"“、”", "','"}}, {"COLON", ":"}, {"EQ", "="}, {"NE", "!="}, {"LE", "<="}, {"GE", ">="}, {"LT", "<"},
        {"GT", ">"}, {"PLUS", "+"}, {"MINUS", "-"}, {"TIMES", "*"}, {"OVER", "/"}};
    const auto found = kNames.find(symbolic);
    return found == kNames.end() ? Words(symbolic) : found->second;
  }

  const source::Files& files_;
  const std::vector<Lexeme>& lexemes_;
  std::size_t begin_, end_;
  Language language_;
  diag::Diagnostics& diagnostics_;
  bool failed_ = false;
  std::unique_ptr<antlr4::ListTokenSource> source_;
  std::unique_ptr<antlr4::CommonTokenStream> stream_;
};

// Turns ANTLR's contexts into our tree.
class Builder {
 public:
  Builder(const source::Files& files, source::FileId file, diag::Diagnostics& diagnostics)
      : files_(files), file_(file), diagnostics_(diagnostics) {}

  // --- leaves ------------------------------------------------------------------------------------------------------

  Span span(Token* t) const {
    return {file_, static_cast<std::uint32_t>(t->getStartIndex()), static_cast<std::uint32_t>(t->getStopIndex())};
  }
  Span span(antlr4::ParserRuleContext* c) const { return source::cover(span(c->getStart()), span(c->getStop())); }
  std::string spelled(Span s) const { return std::string(files_[file_].text(s)); }

  Reference reference(antlr4::tree::TerminalNode* n) const {
    const Span s = span(n->getSymbol());
    return {spelled(s), s};
  }
  // The name in a FIELD token: after ".", "的" or "'s ".
  Reference field_name(antlr4::tree::TerminalNode* n) const {
    Span s = span(n->getSymbol());
    const std::string text = spelled(s);
    std::size_t skip = text.compare(0, 1, ".") == 0 ? 1 : text.compare(0, 1, "'") == 0 ? 2 : 3;
    if (text.compare(0, 3, "’") == 0) skip = 4;
    while (skip < text.size() && (text[skip] == ' ' || text[skip] == '\t')) ++skip;
    while (text.compare(skip, 3, "\u3000") == 0) skip += 3;
    s.begin += static_cast<std::uint32_t>(skip);
    return {spelled(s), s};
  }
  Text text(antlr4::tree::TerminalNode* n) const {
    const Span s = span(n->getSymbol());
    const std::string quoted = spelled(s);
    const std::size_t mark = quoted.front() == '"' ? 1 : 3;
    return {quoted.substr(mark, quoted.size() - 2 * mark), s};
  }
  Cite cite(antlr4::tree::TerminalNode* n) {
    const Span s = span(n->getSymbol());
    const std::string t = spelled(s);
    std::optional<statute::Citation> c = statute::parse_zh(t);
    if (!c) c = statute::parse_en(t);
    if (!c) diagnostics_.add(Kind::bad_citation, s, {t});
    return {c.value_or(statute::Citation{}), s};
  }
  std::int64_t day(antlr4::tree::TerminalNode* n) {
    const Span s = span(n->getSymbol());
    const calendar::ParsedDay parsed = calendar::parse_day(ascii(spelled(s)));
    if (parsed.fault != calendar::TimeFault::none) diagnostics_.add(Kind::bad_date, s, {spelled(s)});
    return parsed.day;
  }
  Name declared(P::DeclaredNameContext* c) const {
    Name name;
    name.span = span(c);
    for (antlr4::tree::TerminalNode* n : c->NAME()) {
      const std::string t = reference(n).text;
      const bool han = std::any_of(t.begin(), t.end(), [](char ch) { return static_cast<unsigned char>(ch) >= 0x80; });
      (han ? name.zh : name.en) = t;
    }
    return name;
  }

  // Full-width digits, points and colons as their ASCII twins.
  static std::string ascii(const std::string& t) {
    std::string out;
    for (std::size_t i = 0; i < t.size();) {
      if (i + 2 < t.size() && static_cast<unsigned char>(t[i]) == 0xEF && static_cast<unsigned char>(t[i + 1]) == 0xBC) {
        out += static_cast<char>(static_cast<unsigned char>(t[i + 2]) - 0x80 + 0x20 - 0x00);
        i += 3;
      } else {
        out += t[i++];
      }
    }
    return out;
  }

  // --- expressions -------------------------------------------------------------------------------------------------

  static ExprPtr node(ExprKind kind, Span s) {
    auto e = std::make_unique<Expr>();
    e->kind = kind;
    e->span = s;
    return e;
  }
  static ExprPtr node(ExprKind kind, Span s, ExprPtr a, ExprPtr b = nullptr) {
    ExprPtr e = node(kind, s);
    e->children.push_back(std::move(a));
    if (b) e->children.push_back(std::move(b));
    return e;
  }

  ExprPtr expr(P::ExprContext* c) {
    if (c == nullptr) return nullptr;
    return c->quantified() ? quantified(c->quantified()) : logical_or(c->orExpr());
  }

  ExprPtr quantified(P::QuantifiedContext* c) {
    static const std::pair<std::size_t, ExprKind> kinds[] = {
        {P::ANY, ExprKind::any}, {P::NONE, ExprKind::none}, {P::EVERY, ExprKind::every}, {P::COUNT, ExprKind::count},
        {P::SUM, ExprKind::sum}, {P::EARLIEST, ExprKind::earliest}, {P::LATEST, ExprKind::latest}, {P::MERGED, ExprKind::merged}};
    ExprKind kind = ExprKind::any;
    for (const auto& [type, k] : kinds) {
      if (c->getStart()->getType() == type) kind = k;
    }
    ExprPtr e = node(kind, span(c));
    const Reference var = reference(c->NAME());
    e->name = var.text;
    e->name_span = var.span;
    e->children.push_back(postfix(c->postfix()));
    std::vector<P::ExprContext*> parts = c->expr();
    std::size_t next = 0;
    e->children.push_back(c->WHERE() ? expr(parts[next++]) : nullptr);
    e->children.push_back(next < parts.size() ? expr(parts[next]) : nullptr);
    return e;
  }

  ExprPtr logical_or(P::OrExprContext* c) {
    const auto parts = c->andExpr();
    if (parts.size() == 1) return logical_and(parts[0]);
    ExprPtr e = node(ExprKind::logical_or, span(c));
    for (P::AndExprContext* part : parts) {
      if (part->notExpr().size() > 1) report_mixed(c);
      e->children.push_back(logical_and(part));
    }
    return e;
  }

  void report_mixed(P::OrExprContext* c) {
    // Both readings, written out for the first mixture.
    std::vector<std::string> words;
    for (P::AndExprContext* part : c->andExpr()) {
      for (P::NotExprContext* operand : part->notExpr()) words.push_back(spelled(span(operand)));
    }
    const Language language = files_[file_].language;
    const std::string con(keyword_of_token("AND")->in(language)), dis(keyword_of_token("OR")->in(language));
    std::string first, second, run;
    bool first_part = true;
    for (P::AndExprContext* part : c->andExpr()) {
      std::string group;
      for (P::NotExprContext* operand : part->notExpr()) group += (group.empty() ? "" : " " + con + " ") + spelled(span(operand));
      if (part->notExpr().size() > 1) group = "(" + group + ")";
      first += (first_part ? "" : " " + dis + " ") + group;
      first_part = false;
    }
    // The other reading: what the disjunction joins goes together.
    std::vector<std::vector<std::string>> groups{{}};
    for (P::AndExprContext* part : c->andExpr()) {
      const auto operands = part->notExpr();
      for (std::size_t i = 0; i < operands.size(); ++i) {
        if (i > 0) groups.emplace_back();
        groups.back().push_back(spelled(span(operands[i])));
      }
    }
    for (const auto& group : groups) {
      std::string joined;
      for (const std::string& word : group) joined += (joined.empty() ? "" : " " + dis + " ") + word;
      if (group.size() > 1) joined = "(" + joined + ")";
      second += (second.empty() ? "" : " " + con + " ") + joined;
    }
    diagnostics_.add(Kind::mixed_logic, span(c), {first, second});
  }

  ExprPtr logical_and(P::AndExprContext* c) {
    const auto parts = c->notExpr();
    if (parts.size() == 1) return logical_not(parts[0]);
    ExprPtr e = node(ExprKind::logical_and, span(c));
    for (P::NotExprContext* part : parts) e->children.push_back(logical_not(part));
    return e;
  }

  ExprPtr logical_not(P::NotExprContext* c) {
    if (c->notExpr()) return node(ExprKind::logical_not, span(c), logical_not(c->notExpr()));
    return comparison(c->comparison());
  }

  ExprPtr comparison(P::ComparisonContext* c) {
    const auto sums = c->sum();
    ExprPtr left = sum(sums[0]);
    if (c->IS_GIVEN()) return node(ExprKind::is_given, span(c), std::move(left));
    if (c->IS_MISSING()) return node(ExprKind::is_missing, span(c), std::move(left));
    if (sums.size() == 1) return left;
    if (sums.size() > 2) diagnostics_.add(Kind::chained_comparison, span(c));
    static const std::pair<std::size_t, ExprKind> kinds[] = {
        {P::EQ, ExprKind::equal}, {P::NE, ExprKind::not_equal}, {P::LT, ExprKind::less}, {P::LE, ExprKind::less_equal},
        {P::GT, ExprKind::greater}, {P::GE, ExprKind::greater_equal}, {P::IS_IN, ExprKind::is_in},
        {P::HAS_ANY, ExprKind::has_any}, {P::HAS_ALL, ExprKind::has_all}, {P::COVERS, ExprKind::covers}};
    auto* sign = dynamic_cast<antlr4::tree::TerminalNode*>(c->children[1]);
    ExprKind kind = ExprKind::equal;
    for (const auto& [type, k] : kinds) {
      if (sign->getSymbol()->getType() == type) kind = k;
    }
    return node(kind, span(c), std::move(left), sum(sums[1]));
  }

  ExprPtr sum(P::SumContext* c) {
    const auto parts = c->product();
    ExprPtr e = product(parts[0]);
    for (std::size_t i = 1; i < parts.size(); ++i) {
      auto* sign = dynamic_cast<antlr4::tree::TerminalNode*>(c->children[2 * i - 1]);
      const ExprKind kind = sign->getSymbol()->getType() == P::PLUS ? ExprKind::add : ExprKind::subtract;
      const Span s = source::cover(e->span, span(parts[i]));
      e = node(kind, s, std::move(e), product(parts[i]));
    }
    return e;
  }

  ExprPtr product(P::ProductContext* c) {
    const auto parts = c->unary();
    ExprPtr e = unary(parts[0]);
    for (std::size_t i = 1; i < parts.size(); ++i) {
      auto* sign = dynamic_cast<antlr4::tree::TerminalNode*>(c->children[2 * i - 1]);
      const ExprKind kind = sign->getSymbol()->getType() == P::TIMES ? ExprKind::multiply : ExprKind::divide;
      const Span s = source::cover(e->span, span(parts[i]));
      e = node(kind, s, std::move(e), unary(parts[i]));
    }
    return e;
  }

  ExprPtr unary(P::UnaryContext* c) {
    if (c->unary()) return node(ExprKind::negate, span(c), unary(c->unary()));
    return postfix(c->postfix());
  }

  ExprPtr postfix(P::PostfixContext* c) {
    ExprPtr e = primary(c->primary());
    for (antlr4::tree::TerminalNode* field : c->FIELD()) {
      const Reference name = field_name(field);
      const Span s = source::cover(e->span, name.span);
      e = node(ExprKind::field, s, std::move(e));
      e->name = name.text;
      e->name_span = name.span;
    }
    return e;
  }

  ExprPtr primary(P::PrimaryContext* c) {
    const Span s = span(c);
    const std::string t = spelled(s);
    if (c->NUMBER() || c->PERCENT()) {
      ExprPtr e = node(ExprKind::number, s);
      e->percent = c->PERCENT() != nullptr;
      e->number = millionths(t, e->percent, s);
      return e;
    }
    if (c->PERIOD()) {
      ExprPtr e = node(ExprKind::period, s);
      e->period = period(t, s);
      return e;
    }
    if (c->DATE()) {
      ExprPtr e = node(ExprKind::date, s);
      e->number = day(c->DATE());
      return e;
    }
    if (c->INSTANT()) {
      ExprPtr e = node(ExprKind::instant, s);
      e->name = ascii(t);
      if (calendar::parse_instant(e->name, calendar::Zone::utc()).fault != calendar::TimeFault::none) {
        diagnostics_.add(Kind::bad_date, s, {t});
      }
      return e;
    }
    if (c->STRING()) {
      ExprPtr e = node(ExprKind::text, s);
      e->name = text(c->STRING()).text;
      return e;
    }
    if (c->YES() || c->NO()) {
      ExprPtr e = node(ExprKind::truth, s);
      e->number = c->YES() ? 1 : 0;
      return e;
    }
    if (c->LBRACE()) {
      ExprPtr e = node(ExprKind::set, s);
      for (antlr4::tree::TerminalNode* n : c->NAME()) {
        const Reference value = reference(n);
        ExprPtr item = node(ExprKind::name, value.span);
        item->name = value.text;
        e->children.push_back(std::move(item));
      }
      return e;
    }
    if (c->LBRACK()) return node(ExprKind::interval, s, expr(c->expr(0)), expr(c->expr(1)));
    if (!c->NAME().empty()) {
      const Reference name = reference(c->NAME(0));
      ExprPtr e = node(c->LPAREN() ? ExprKind::call : ExprKind::name, s);
      e->name = name.text;
      e->name_span = name.span;
      for (P::ExprContext* argument : c->expr()) e->children.push_back(expr(argument));
      return e;
    }
    ExprPtr e = expr(c->expr(0));
    if (e) e->span = s;
    return e;
  }

  std::int64_t millionths(const std::string& written, bool percent, Span s) {
    const std::string t = ascii(written);
    std::int64_t value = 0;
    int decimals = -1;
    for (const char ch : t) {
      if (ch == '.') {
        decimals = 0;
      } else if (ch >= '0' && ch <= '9') {
        if (decimals == 6 || value > 100'000'000'000'000) {
          diagnostics_.add(Kind::bad_number, s, {written});
          return 0;
        }
        value = value * 10 + (ch - '0');
        if (decimals >= 0) ++decimals;
      }
    }
    std::int64_t scale = percent ? 10'000 : 1'000'000;
    for (int i = 0; i < decimals; ++i) {
      if (scale % 10 != 0) diagnostics_.add(Kind::bad_number, s, {written});
      scale /= 10;
    }
    if (value > INT64_MAX / 4 / std::max<std::int64_t>(scale, 1)) {
      diagnostics_.add(Kind::bad_number, s, {written});
      return 0;
    }
    return value * scale;
  }

  calendar::Period period(const std::string& written, Span s) {
    const std::string t = ascii(written);
    std::int64_t n = 0;
    std::size_t i = 0;
    for (; i < t.size() && t[i] >= '0' && t[i] <= '9'; ++i) {
      if (n > 1'000'000) {
        diagnostics_.add(Kind::bad_number, s, {written});
        return {};
      }
      n = n * 10 + (t[i] - '0');
    }
    std::string unit = t.substr(i);
    while (!unit.empty() && (unit.front() == ' ' || unit.front() == '\t')) unit.erase(0, 1);
    if (unit.compare(0, 3, "\u3000") == 0) unit.erase(0, 3);
    if (unit.size() > 1 && unit.back() == 's') unit.pop_back();
    calendar::Period p;
    if (unit == "秒" || unit == "second") p.micros = n * calendar::second;
    else if (unit == "分钟" || unit == "minute") p.micros = n * calendar::minute;
    else if (unit == "小时" || unit == "hour") p.micros = n * calendar::hour;
    else if (unit == "日" || unit == "day") p.days = n;
    else if (unit == "个月" || unit == "month") p.months = n;
    else if (unit == "年" || unit == "year") p.months = 12 * n;
    else p.working_days = n;
    return p;
  }

  // --- declarations ------------------------------------------------------------------------------------------------

  Parameter parameter(P::ParameterContext* c) const { return {reference(c->NAME(0)), reference(c->NAME(1))}; }

  void parameters(Decl& d, const std::vector<P::ParameterContext*>& list) const {
    for (P::ParameterContext* p : list) d.parameters.push_back(parameter(p));
  }

  Subject subject(P::SubjectContext* c) const {
    Subject s;
    s.entity = reference(c->NAME(0));
    s.variable = reference(c->NAME(1));
    s.span = span(c);
    if (c->FIELD()) {
      s.list = field_name(c->FIELD());
      s.element = reference(c->NAME(2));
    }
    return s;
  }

  Deadline deadline(P::DeadlineContext* c) {
    Deadline d;
    d.span = span(c);
    d.strict = c->BEFORE() != nullptr;
    if (c->FROM()) {
      d.from = expr(c->expr(0));
      d.within = expr(c->expr(1));
    } else {
      d.by = expr(c->expr(0));
    }
    return d;
  }

  Decl declaration(P::DeclarationContext* c) {
    Decl d;
    d.span = span(c);
    for (antlr4::tree::TerminalNode* n : c->CITATION()) d.cites.push_back(cite(n));
    P::BodyContext* b = c->body();
    if (auto* x = b->interpretation()) interpretation(d, x);
    else if (auto* y = b->definition()) definition(d, y);
    else if (auto* g = b->ground()) ground(d, g);
    else if (auto* a = b->act()) act(d, a);
    else if (auto* e = b->exemption()) exemption(d, e);
    else if (auto* v = b->derivation()) derivation(d, v);
    else if (auto* n = b->norm()) norm(d, n);
    else if (auto* p = b->approval()) approval(d, p);
    else if (auto* k = b->category()) category(d, k);
    else if (auto* s = b->sanction()) sanction(d, s);
    else if (auto* m = b->manual()) manual(d, m);
    else remark(d, b);
    return d;
  }

  void interpretation(Decl& d, P::InterpretationContext* c) {
    d.kind = DeclKind::interpretation;
    d.name = declared(c->declaredName());
    d.value = expr(c->expr());
    if (c->STRING()) d.because = text(c->STRING());
  }

  void definition(Decl& d, P::DefinitionContext* c) {
    d.kind = DeclKind::definition;
    d.name = declared(c->declaredName());
    parameters(d, c->parameter());
    if (c->DEFAULT()) {
      d.result = reference(c->NAME());
      Alternative a;
      a.value = expr(c->expr());
      a.span = a.value->span;
      d.alternatives.push_back(std::move(a));
      for (P::ExceptionCaseContext* x : c->exceptionCase()) {
        Alternative e;
        if (x->CITATION()) e.cite = cite(x->CITATION());
        e.when = expr(x->expr(0));
        e.value = expr(x->expr(1));
        e.span = span(x);
        d.alternatives.push_back(std::move(e));
      }
    } else {
      d.value = expr(c->expr());
    }
    d.no_rollover = c->NO_ROLLOVER() != nullptr;
    if (c->STRING()) d.because = text(c->STRING());
  }

  void ground(Decl& d, P::GroundContext* c) {
    d.kind = DeclKind::ground;
    d.name = declared(c->declaredName());
    parameters(d, c->parameter());
    for (P::GroundItemContext* item : c->groundItem()) {
      Alternative a;
      a.cite = cite(item->CITATION());
      a.catch_all = item->CATCH_ALL() != nullptr;
      a.when = expr(item->expr());
      a.span = span(item);
      d.alternatives.push_back(std::move(a));
    }
  }

  void act(Decl& d, P::ActContext* c) {
    d.kind = DeclKind::act;
    d.name = declared(c->declaredName());
    parameters(d, c->parameter());
    d.value = expr(c->expr());
  }

  void exemption(Decl& d, P::ExemptionContext* c) {
    d.kind = DeclKind::exemption;
    d.name = declared(c->declaredName());
    d.parameters.push_back(parameter(c->parameter()));
    for (antlr4::tree::TerminalNode* n : c->NAME()) d.rests_on.push_back(reference(n));
    d.condition = Condition{expr(c->expr()), nullptr};
    if (c->deadline()) d.deadline = deadline(c->deadline());
  }

  void derivation(Decl& d, P::DerivationContext* c) {
    d.kind = DeclKind::derived;
    d.name = declared(c->declaredName());
    d.parameters.push_back(parameter(c->parameter()));
    d.value = expr(c->expr(0));
    if (c->AWAITING()) d.await = expr(c->expr(1));
  }

  template <typename T>
  bool once(const T& slot, antlr4::ParserRuleContext* c) {
    if (!slot) return true;
    diagnostics_.add(Kind::repeated_clause, span(c), {spelled(span(c->getStart()))});
    return false;
  }

  void norm(Decl& d, P::NormContext* c) {
    d.kind = c->DUTY() ? DeclKind::duty : c->BAN() ? DeclKind::ban : DeclKind::permit;
    d.name = declared(c->declaredName());
    for (P::NormClauseContext* clause : c->normClause()) norm_clause(d, clause);
  }

  void norm_clause(Decl& d, P::NormClauseContext* c) {
    if (auto* f = dynamic_cast<P::FormerlyClauseContext*>(c)) {
      for (antlr4::tree::TerminalNode* n : f->NAME()) d.formerly.push_back(reference(n));
    } else if (auto* s = dynamic_cast<P::SubjectClauseContext*>(c)) {
      if (once(d.subject, c)) d.subject = subject(s->subject());
    } else if (auto* g = dynamic_cast<P::GoverningClauseContext*>(c)) {
      if (once(d.governing, c)) d.governing = expr(g->expr());
    } else if (auto* w = dynamic_cast<P::WhenClauseContext*>(c)) {
      if (once(d.when, c)) d.when = expr(w->expr());
    } else if (auto* u = dynamic_cast<P::UnlessClauseContext*>(c)) {
      d.unless.push_back(expr(u->expr()));
    } else if (auto* k = dynamic_cast<P::ConditionClauseContext*>(c)) {
      if (once(d.condition, c)) d.condition = Condition{expr(k->expr(0)), k->TAKING() ? expr(k->expr(1)) : nullptr};
    } else if (auto* l = dynamic_cast<P::DeadlineClauseContext*>(c)) {
      if (once(d.deadline, c)) d.deadline = deadline(l->deadline());
    } else if (auto* a = dynamic_cast<P::AwaitingClauseContext*>(c)) {
      if (once(d.await, c)) d.await = expr(a->expr());
    } else if (auto* y = dynamic_cast<P::CategoryClauseContext*>(c)) {
      d.may_fall_under.push_back({cite(y->CITATION()), y->expr() ? expr(y->expr()) : nullptr});
    } else if (auto* m = dynamic_cast<P::MessageClauseContext*>(c)) {
      if (once(d.message, c)) d.message = text(m->STRING());
    } else if (auto* r = dynamic_cast<P::BecauseClauseContext*>(c)) {
      if (once(d.because, c)) d.because = text(r->STRING());
    } else if (auto* v = dynamic_cast<P::ValidClauseContext*>(c)) {
      std::size_t next = 0;
      if (v->FROM()) d.valid_from = day(v->DATE(next++));
      if (v->UNTIL()) d.valid_until = day(v->DATE(next));
    } else if (auto* x = dynamic_cast<P::FlagClauseContext*>(c)) {
      if (x->NO_ROLLOVER()) d.no_rollover = true;
      if (x->ROLLOVER()) d.rollover = true;
      if (x->IN_PRINCIPLE()) d.in_principle = true;
    }
  }

  void approval(Decl& d, P::ApprovalContext* c) {
    d.kind = DeclKind::approval;
    d.name = declared(c->declaredName());
    d.subject = subject(c->subject());
    d.ordered = c->IN_ORDER() != nullptr;
    for (P::StepContext* s : c->step()) {
      Step step;
      step.role = reference(s->NAME(0));
      step.variable = reference(s->NAME(1));
      std::size_t next = 0;
      step.list = expr(s->expr(next++));
      if (s->SUCH_THAT()) step.where = expr(s->expr(next++));
      step.decisive = expr(s->expr(next));
      step.span = span(s);
      d.steps.push_back(std::move(step));
    }
    // Clauses around the steps: the token before an expression says what it is.
    for (std::size_t i = 0; i + 1 < c->children.size(); ++i) {
      auto* sign = dynamic_cast<antlr4::tree::TerminalNode*>(c->children[i]);
      auto* value = dynamic_cast<P::ExprContext*>(c->children[i + 1]);
      if (sign == nullptr) continue;
      const std::size_t type = sign->getSymbol()->getType();
      if (type == P::IN_PRINCIPLE) d.in_principle = true;
      if (type == P::MESSAGE) d.message = text(dynamic_cast<antlr4::tree::TerminalNode*>(c->children[i + 1]));
      if (type == P::CITATION) {
        CategoryLink link{cite(sign), nullptr};
        if (i + 2 < c->children.size()) {
          auto* when = dynamic_cast<antlr4::tree::TerminalNode*>(c->children[i + 1]);
          if (when && when->getSymbol()->getType() == P::WHEN) {
            link.when = expr(dynamic_cast<P::ExprContext*>(c->children[i + 2]));
            ++i;
          }
        }
        d.may_fall_under.push_back(std::move(link));
      }
      if (value == nullptr) continue;
      if (type == P::WHEN && once(d.when, c)) d.when = expr(value);
      if (type == P::UNLESS) d.unless.push_back(expr(value));
      if (type == P::AWAITING) d.await = expr(value);
      if (type == P::BEFORE) {
        Deadline limit;
        limit.by = expr(value);
        limit.strict = true;
        limit.span = span(value);
        d.deadline = std::move(limit);
      }
    }
  }

  void category(Decl& d, P::CategoryContext* c) {
    d.kind = DeclKind::category;
    d.name = declared(c->declaredName());
    for (antlr4::tree::TerminalNode* n : c->NAME()) d.rests_on.push_back(reference(n));
    if (c->parameter()) d.parameters.push_back(parameter(c->parameter()));
    if (c->expr()) d.when = expr(c->expr());
    if (c->STRING()) d.text = text(c->STRING());
  }

  void sanction(Decl& d, P::SanctionContext* c) {
    d.kind = DeclKind::sanction;
    d.name = declared(c->declaredName());
    d.text = text(c->STRING(0));
    if (c->WHEN()) {
      const Text condition = text(c->STRING(1));
      d.when = node(ExprKind::text, condition.span);
      d.when->name = condition.text;
    }
    d.cumulative = c->CUMULATIVE() != nullptr;
  }

  void manual(Decl& d, P::ManualContext* c) {
    d.kind = DeclKind::manual;
    d.name = declared(c->declaredName());
    d.subject = subject(c->subject());
    if (c->expr()) d.when = expr(c->expr());
    d.who = reference(c->NAME());
    d.text = text(c->STRING(0));
    if (c->FREQUENCY()) d.frequency = text(c->STRING(1));
  }

  void remark(Decl& d, P::BodyContext* b) {
    if (auto* r = b->restatement()) {
      d.kind = DeclKind::restatement;
      d.target_name = reference(r->NAME());
      if (r->STRING()) d.text = text(r->STRING());
    } else if (auto* a = b->application()) {
      d.kind = DeclKind::application;
      d.target = cite(a->CITATION());
      if (a->STRING()) d.text = text(a->STRING());
    } else {
      d.kind = DeclKind::declarative;
      d.text = text(b->declarative()->STRING());
    }
  }

  // --- headers and vocabulary --------------------------------------------------------------------------------------

  void regulation(SourceFile& f, P::RegulationContext* c) {
    f.name = declared(c->declaredName());
    for (P::RegulationHeaderContext* h : c->regulationHeader()) {
      if (h->ISSUED_BY()) f.authority = text(h->STRING());
      else if (h->TIME_ZONE()) f.zone = text(h->STRING());
      else if (h->VERSION()) {
        Version v;
        v.name = declared(h->declaredName());
        if (h->DATE()) v.in_force_from = day(h->DATE());
        if (h->STRING()) v.because = text(h->STRING());
        v.span = span(h);
        f.versions.push_back(std::move(v));
      } else {
        for (P::UsedFileContext* u : h->usedFile()) f.uses.push_back(field_name(u->FIELD()));
      }
    }
  }

  EnumDecl enumeration(P::EnumerationContext* c) const {
    EnumDecl e;
    e.name = declared(c->declaredName(0));
    e.open = c->OPEN() != nullptr;
    e.span = span(c);
    const auto names = c->declaredName();
    for (std::size_t i = 1; i < names.size(); ++i) e.values.push_back(declared(names[i]));
    return e;
  }

  EntityDecl ledger(P::LedgerContext* c) {
    EntityDecl e;
    e.name = declared(c->declaredName());
    e.span = span(c);
    if (c->STRING()) e.text = text(c->STRING());
    for (P::LedgerClauseContext* l : c->ledgerClause()) {
      if (l->SUPPLIED_BY()) e.supplier = text(l->STRING());
      else if (l->OWNED_BY()) e.owner = reference(l->NAME());
      else if (l->LIST()) e.list = declared(l->declaredName());
      else if (l->REFERS_BY()) e.via = reference(l->NAME());
      else if (l->KEY()) e.key = reference(l->NAME());
      else if (l->GOVERNING()) e.time = reference(l->NAME());
      else if (l->BELONGS_TO()) e.unit = reference(l->NAME());
      else if (l->PER()) e.calendar_period = reference(l->NAME());
      else e.calendar_of = reference(l->NAME());
    }
    for (P::FieldDeclarationContext* f : c->fieldDeclaration()) {
      FieldDecl field;
      field.name = declared(f->declaredName());
      field.type.name = reference(f->typeName()->NAME());
      field.type.set = f->typeName()->LBRACE() != nullptr;
      field.type.list = f->typeName()->LBRACK() != nullptr;
      field.presence = f->REQUIRED()   ? Presence::required
                       : f->OPTIONAL() ? Presence::optional
                                       : Presence::observed;
      if (f->STRING()) field.text = text(f->STRING());
      if (f->DATE()) field.since = day(f->DATE());
      field.span = span(f);
      e.fields.push_back(std::move(field));
    }
    return e;
  }

 private:
  const source::Files& files_;
  source::FileId file_;
  diag::Diagnostics& diagnostics_;
};

// Finds where declarations begin and parses them one by one.
class FileParser {
 public:
  FileParser(source::Files& files, source::FileId file, diag::Diagnostics& diagnostics)
      : files_(files), file_(file), diagnostics_(diagnostics), builder_(files, file, diagnostics),
        tokens_(files, {file, 0, static_cast<std::uint32_t>(files[file].text().size())}) {}

  std::optional<SourceFile> parse() {
    const std::vector<Lexeme>& all = tokens_.lexemes;
    const std::size_t first = all.empty() ? Token::EOF : all[0].type;
    SourceFile out;
    out.file = file_;
    if (first == JianluLexer::REGULATION) out.kind = FileKind::regulation;
    else if (first == JianluLexer::COMMON) out.kind = FileKind::common;
    else if (first == JianluLexer::VOCABULARY) out.kind = FileKind::vocabulary;
    else {
      const Span at = all.empty() ? Span{file_, 0, 0} : all[0].span;
      diagnostics_.add(Kind::no_header, at);
      return std::nullopt;
    }
    const bool english = static_cast<unsigned char>(files_[file_].text(all[0].span)[0]) < 0x80;
    files_[file_].language = english ? Language::en : Language::zh;
    check_tokens();
    split();
    for (std::size_t i = 0; i + 1 < starts_.size(); ++i) piece(out, starts_[i], starts_[i + 1], i == 0);
    out.span = {file_, 0, static_cast<std::uint32_t>(files_[file_].text().size())};
    return out;
  }

  ExprPtr expression() {
    check_tokens();
    if (tokens_.lexemes.empty()) return nullptr;
    Chunk chunk(files_, tokens_.lexemes, 0, tokens_.lexemes.size(), files_[file_].language, diagnostics_);
    P::ExprStartContext* c = chunk.parser->exprStart();
    return chunk.failed() ? nullptr : builder_.expr(c->expr());
  }

  FileParser(const source::Files& files, Span within, diag::Diagnostics& diagnostics)
      : files_(const_cast<source::Files&>(files)), file_(within.file), diagnostics_(diagnostics),
        builder_(files, within.file, diagnostics), tokens_(files, within) {}

 private:
  // Faults of single tokens, and words that touch.
  void check_tokens() {
    const Language language = files_[file_].language;
    std::vector<Lexeme>& all = tokens_.lexemes;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string text(files_[file_].text(all[i].span));
      if (all[i].type == JianluLexer::OTHER) {
        if (text == "\"" || text == "“" || text == "”" || text == "＂") {
          diagnostics_.add(Kind::open_text, all[i].span);
        } else {
          static const std::map<std::string, std::string> twins{
              {"「", "“"}, {"」", "”"}, {"『", "“"}, {"』", "”"}, {"〔", "["}, {"〕", "]"}, {"。", ""}, {"；", ""}, {";", ""},
              {"‘", "“"}, {"’", "”"}, {"—", "-"}, {"–", "-"}, {"·", "."}};
          diag::Diagnostic& d = diagnostics_.add(Kind::unknown_character, all[i].span, {text});
          if (const auto twin = twins.find(text); twin != twins.end()) {
            d.fix = twin->second.empty() ? Words("删去它", "delete it")
                                         : Words("改成“" + twin->second + "”", "write '" + twin->second + "'");
          }
        }
      }
      if (i > 0 && is_word(all[i].type) && is_word(all[i - 1].type) && all[i].span.begin == all[i - 1].span.end) {
        const std::string before(files_[file_].text(all[i - 1].span));
        diagnostics_.add(Kind::missing_space, source::cover(all[i - 1].span, all[i].span),
                         {before + text, before + " " + text});
      }
      const Keyword* k = all[i].type < JianluLexer::CITATION ? keyword(text) : nullptr;
      if (k != nullptr && k->in(language) != text) {
        diagnostics_.add(Kind::keyword_of_other_language, all[i].span, {text, k->in(language)});
      }
    }
    all.erase(std::remove_if(all.begin(), all.end(), [](const Lexeme& l) { return l.type == JianluLexer::OTHER; }), all.end());
  }

  void split() {
    const std::vector<Lexeme>& all = tokens_.lexemes;
    starts_.push_back(0);
    for (std::size_t i = 1; i < all.size(); ++i) {
      std::size_t begin = i;
      if (all[i].type == JianluLexer::SUMMARY && all[i - 1].type == JianluLexer::CITATION) {
        begin = i - 1;
      } else if (starts_declaration(all[i].type)) {
        // Citations before the keyword belong to it: 第一项、第二项 义务 …
        while (begin > starts_.back() + 1 && all[begin - 1].type == JianluLexer::CITATION) {
          --begin;
          if (begin > starts_.back() + 2 && all[begin - 1].type == JianluLexer::COMMA &&
              all[begin - 2].type == JianluLexer::CITATION) {
            --begin;
          } else {
            break;
          }
        }
      } else if (all[i].type != JianluLexer::ENUMERATION && all[i].type != JianluLexer::LEDGER) {
        continue;
      }
      starts_.push_back(begin);
    }
    starts_.push_back(all.size());
  }

  bool too_deep(std::size_t begin, std::size_t end) {
    int depth = 0, climbing = 0;
    for (std::size_t i = begin; i < end; ++i) {
      switch (tokens_.lexemes[i].type) {
        case JianluLexer::LPAREN: case JianluLexer::LBRACK: case JianluLexer::LBRACE: ++depth; break;
        case JianluLexer::RPAREN: case JianluLexer::RBRACK: case JianluLexer::RBRACE: --depth; break;
        case JianluLexer::NOT: case JianluLexer::MINUS: ++climbing; break;
        default:
          if (quantifies(tokens_.lexemes[i].type)) ++climbing;
          break;
      }
      if (depth > kMaxDepth || climbing > 8 * kMaxDepth) {
        diagnostics_.add(Kind::too_deep, tokens_.lexemes[i].span, {std::to_string(kMaxDepth)});
        return true;
      }
    }
    return false;
  }

  void piece(SourceFile& out, std::size_t begin, std::size_t end, bool header) {
    if (begin >= end || too_deep(begin, end)) return;
    const std::vector<Lexeme>& all = tokens_.lexemes;
    Chunk chunk(files_, all, begin, end, files_[file_].language, diagnostics_);
    P& parser = *chunk.parser;
    if (header) {
      if (out.kind == FileKind::regulation) {
        auto* c = parser.regulationStart();
        if (!chunk.failed()) builder_.regulation(out, c->regulation());
      } else if (out.kind == FileKind::common) {
        auto* c = parser.commonStart();
        if (!chunk.failed()) out.name = builder_.declared(c->common()->declaredName());
      } else {
        auto* c = parser.vocabularyStart();
        if (!chunk.failed()) out.name = builder_.declared(c->vocabulary()->declaredName());
      }
      return;
    }
    if (all[begin].type == JianluLexer::ENUMERATION) {
      auto* c = parser.enumerationStart();
      if (!chunk.failed()) out.enums.push_back(builder_.enumeration(c->enumeration()));
    } else if (all[begin].type == JianluLexer::LEDGER) {
      auto* c = parser.ledgerStart();
      if (!chunk.failed()) out.entities.push_back(builder_.ledger(c->ledger()));
    } else if (begin + 1 < end && all[begin + 1].type == JianluLexer::SUMMARY) {
      auto* c = parser.articleStart();
      Article article;
      article.cite.span = all[begin].span;
      if (!chunk.failed()) {
        article.cite = builder_.cite(c->article()->CITATION());
        article.summary = builder_.text(c->article()->STRING());
        article.span = builder_.span(c->article());
      }
      out.articles.push_back(std::move(article));
    } else {
      auto* c = parser.declarationStart();
      if (chunk.failed()) return;
      Decl decl = builder_.declaration(c->declaration());
      if (out.kind == FileKind::regulation && !out.articles.empty()) {
        out.articles.back().decls.push_back(std::move(decl));
        out.articles.back().span = source::cover(out.articles.back().span, out.articles.back().decls.back().span);
      } else if (out.kind == FileKind::common) {
        out.decls.push_back(std::move(decl));
      } else {
        diagnostics_.add(Kind::stray, decl.span, {std::string(files_[file_].text(all[begin].span))});
      }
    }
  }

  source::Files& files_;
  source::FileId file_;
  diag::Diagnostics& diagnostics_;
  Builder builder_;
  Tokens tokens_;
  std::vector<std::size_t> starts_;
};

}  // namespace

std::optional<SourceFile> parse(source::Files& files, source::FileId file, diag::Diagnostics& diagnostics) {
  if (!screen(files, file, diagnostics)) return std::nullopt;
  return FileParser(files, file, diagnostics).parse();
}

ExprPtr parse_expression(const source::Files& files, Span span, diag::Diagnostics& diagnostics) {
  return FileParser(files, span, diagnostics).expression();
}

}  // namespace jianlu::syntax
