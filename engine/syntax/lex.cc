#include "engine/syntax/lex.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "engine/calendar/text.h"
#include "engine/source/screen.h"
#include "engine/statute/citation.h"
#include "engine/syntax/literals.h"
#include "engine/syntax/words.h"

namespace jianlu::syntax {
namespace {

using diag::Kind;
using diag::Words;
using source::Language;

// Signs that people type and rule files do not use, and what to write; empty: nothing.
const std::map<char32_t, std::string_view>& look_alikes() {
  static const std::map<char32_t, std::string_view> table{
      {U'「', "\""}, {U'」', "\""}, {U'『', "\""}, {U'』', "\""}, {U'《', "\""}, {U'》', "\""}, {U'”', "\""}, {U'‘', "\""},
      {U'’', "\""},  {U'〝', "\""}, {U'〞', "\""}, {U'\'', "\""}, {U'`', "\""}, {U'【', "["}, {U'】', "]"}, {U'〔', "["},
      {U'〕', "]"}, {U'〖', "["}, {U'〗', "]"}, {U'≤', "<="}, {U'≥', ">="}, {U'≠', "!="}, {U'≦', "<="}, {U'≧', ">="},
      {U'×', "*"},  {U'÷', "/"},  {U'−', "-"},  {U'—', "-"},  {U'–', "-"},  {U'‐', "-"},  {U'～', "-"},
      {U'·', "."},  {U'・', "."}, {U'…', ""},   {U'。', ""},  {U'；', ""},  {U';', ""},   {U'|', "或"}, {U'&', "且"},
      {U'\u00A0', " "}, {U'\u2002', " "}, {U'\u2003', " "}, {U'\u2009', " "}, {U'﹐', ","}, {U'､', ","}, {U'﹑', "、"},
      {U'〈', "<"}, {U'〉', ">"}, {U'∶', ":"}, {U'﹕', ":"}, {U'!', "非"}, {U'！', "非"}};
  return table;
}

// Letters that look like ASCII ones.
char32_t latin_twin(char32_t c) {
  if ((c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A) || (c >= 0xFF10 && c <= 0xFF19)) return c - 0xFEE0;
  static const std::map<char32_t, char32_t> table{
      {U'а', U'a'}, {U'е', U'e'}, {U'о', U'o'}, {U'р', U'p'}, {U'с', U'c'}, {U'х', U'x'}, {U'у', U'y'}, {U'і', U'i'},
      {U'ѕ', U's'}, {U'ј', U'j'}, {U'А', U'A'}, {U'В', U'B'}, {U'Е', U'E'}, {U'К', U'K'}, {U'М', U'M'}, {U'Н', U'H'},
      {U'О', U'O'}, {U'Р', U'P'}, {U'С', U'C'}, {U'Т', U'T'}, {U'Х', U'X'}, {U'α', U'a'}, {U'ο', U'o'}, {U'ν', U'v'},
      {U'ρ', U'p'}, {U'Α', U'A'}, {U'Β', U'B'}, {U'Ε', U'E'}, {U'Ο', U'O'}, {U'ɡ', U'g'}, {U'ı', U'i'}, {U'ℓ', U'l'}};
  const auto found = table.find(c);
  return found == table.end() ? 0 : found->second;
}

bool is_name_character(char32_t c) {
  return source::is_han(c) || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// 第二项第一款: levels in an order that no citation has.
bool looks_like_citation(std::string_view text) {
  if (!text.starts_with("第")) return false;
  static const std::string_view parts = "第零〇一二三四五六七八九十百千两条款项句分0123456789";
  bool level = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(source::decode(text, at).length, 1);
    const std::string_view one = text.substr(at, length);
    if (parts.find(one) == std::string_view::npos) return false;
    level = level || one == "条" || one == "款" || one == "项" || one == "句";
    at += length;
  }
  return level;
}

// Words that would run into their neighbours without a space between.
bool is_word(TokenKind kind) {
  switch (kind) {
    case TokenKind::CITE: case TokenKind::INSTANT: case TokenKind::DATE: case TokenKind::PERIOD: case TokenKind::NUMBER:
    case TokenKind::PERCENT: case TokenKind::NAME:
      return true;
    default:
      return is_keyword(kind);
  }
}

class Lexer {
 public:
  Lexer(const source::Files& files, Span within, Language language, diag::Diagnostics& diagnostics)
      : file_(files[within.file]), within_(within), language_(language), diagnostics_(diagnostics) {}

  std::vector<Token> run() {
    source::Screened screened = source::screen(file_.text(within_));
    std::size_t bad_bytes = 0;
    for (const source::ScreenIssue& issue : screened.issues) bad_bytes += issue.fault == source::ScreenFault::invalid_utf8;
    bool told = false;
    for (const source::ScreenIssue& issue : screened.issues) {
      const Span span{within_.file, within_.begin + issue.begin, within_.begin + issue.end};
      cuts_.push_back(span);
      if (issue.fault == source::ScreenFault::hidden) {
        diagnostics_.add(Kind::hidden_character, span, {fmt::format("{:04X}", static_cast<std::uint32_t>(issue.code))});
      } else if (!std::exchange(told, true)) {   // a file in another encoding has thousands
        diagnostics_.add(Kind::not_utf8, span,
                         {fmt::format("{:02X}", static_cast<std::uint32_t>(issue.code)), std::to_string(bad_bytes)});
      }
    }
    screened_ = std::move(screened.text);
    tokens_ = tokenize(screened_, within_.file);
    for (Token& token : tokens_) {
      token.span.begin += within_.begin;
      token.span.end += within_.begin;
    }
    name_words();
    for (Token& token : tokens_) check(token);
    check_spaces();
    // A word cut by a hidden character or a bad byte is reported once.
    for (Token& token : tokens_) {
      for (const Span& cut : cuts_) {
        if (token.span.begin <= cut.end && token.span.end >= cut.begin) token.faulty = true;
      }
    }
    return std::move(tokens_);
  }

 private:
  // As it was lexed: blanks in place of what was screened out.
  std::string_view spelled(const Token& token) const {
    return std::string_view(screened_).substr(token.span.begin - within_.begin, token.span.end - token.span.begin);
  }

  void report(Token& token, Kind kind, std::vector<Words> args, Words fix = {}) {
    token.faulty = true;
    diagnostics_.add(kind, token.span, std::move(args)).fix = std::move(fix);
  }

  static Words write(const std::string& text) { return {"写成“" + text + "”", "write '" + text + "'"}; }

  // Which words are names although the grammar has a keyword of that spelling.
  void name_words() {
    bool ledger = false;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      Token& token = tokens_[i];
      if (!is_keyword(token.kind)) continue;
      const std::string_view text = spelled(token);
      const bool foreign = text != keyword(token.kind).in(language_);
      if (foreign && text.find(' ') == std::string_view::npos) {
        token.kind = TokenKind::NAME;
        continue;
      }
      if (foreign) {
        const std::string own(keyword(token.kind).in(language_));
        report(token, Kind::keyword_of_other_language, {text, own});
      }
      const bool of_ledger = token.kind == TokenKind::LEDGER || token.kind == TokenKind::FIELD_KEYWORD;
      if (keyword(token.kind).group == "declaration") ledger = of_ledger;
      const bool takes_field = of_ledger ? token.kind == TokenKind::FIELD_KEYWORD
                                         : token.kind == TokenKind::LISTED_AS || token.kind == TokenKind::KEY ||
                                               token.kind == TokenKind::BELONGS_TO || token.kind == TokenKind::VIA ||
                                               token.kind == TokenKind::CLOCKED_BY ||
                                               (ledger && (token.kind == TokenKind::TIMED_BY || token.kind == TokenKind::FROM || token.kind == TokenKind::UNTIL));
      if (takes_field && i + 1 < tokens_.size() && is_keyword(tokens_[i + 1].kind) &&
          spelled(tokens_[i + 1]).find(' ') == std::string_view::npos) {
        tokens_[++i].kind = TokenKind::NAME;
      }
    }
  }

  void check(Token& token) {
    const std::string text(spelled(token));
    switch (token.kind) {
      case TokenKind::OTHER: return check_sign(token, text);
      case TokenKind::UNFINISHED_TEXT:
        token.kind = TokenKind::TEXT;
        return report(token, Kind::open_text, {text});
      case TokenKind::NAME:
        if (looks_like_citation(text)) {
          token.kind = TokenKind::CITE;
          return report(token, Kind::bad_citation, {text});
        }
        return check_letters(token, text);
      case TokenKind::FIELD: return check_letters(token, text);
      case TokenKind::CITE: return check_citation(token, text);
      case TokenKind::PERIOD: return check_period(token, text);
      case TokenKind::NUMBER: case TokenKind::PERCENT:
        if (!parse_number(text)) report(token, Kind::bad_number, {text});
        return;
      case TokenKind::DATE: case TokenKind::INSTANT: {
        const std::string plain = narrow(text);
        const calendar::TimeFault fault = token.kind == TokenKind::DATE
                                              ? calendar::parse_day(plain).fault
                                              : calendar::parse_instant(plain, calendar::Zone::utc()).fault;
        if (fault != calendar::TimeFault::none) {
          report(token, Kind::bad_date,
                 {text, Words(std::string(calendar::describe_zh(fault)), std::string(calendar::describe_en(fault)))});
        }
        return;
      }
      default: return;
    }
  }

  void check_sign(Token& token, const std::string& text) {
    const char32_t code = source::decode(text, 0).value;
    const bool goes_on = &token != tokens_.data() && (&token - 1)->kind == TokenKind::OTHER &&
                         (&token - 1)->span.end == token.span.begin && spelled(*(&token - 1)) == text;
    token.faulty = true;
    if (goes_on) return;  // && is one fault
    const auto twin = look_alikes().find(code);
    if (twin == look_alikes().end()) return report(token, Kind::unknown_character, {text});
    Words fix{"删去它", "delete it"};
    if (twin->second == " ") {
      fix = {"写成普通空格", "write a plain space"};
    } else if (const Keyword* word = find_keyword(twin->second, Language::zh)) {
      fix = {"写成“" + std::string(word->zh) + "”", "write '" + std::string(word->en) + "'"};
    } else if (twin->second == "\"") {
      fix = {"换成引号 \"", "write a quotation mark \""};
    } else if (!twin->second.empty()) {
      fix = write(std::string(twin->second));
    }
    report(token, Kind::unknown_character, {text}, std::move(fix));
  }

  void check_letters(Token& token, const std::string& text) {
    const std::size_t mark = token.kind == TokenKind::FIELD ? field_mark(text) : 0;
    std::string mended;
    char32_t strange = 0;
    bool mendable = true;
    for (std::size_t at = mark; at < text.size();) {
      const source::CodePoint point = source::decode(text, at);
      if (is_name_character(point.value)) {
        mended += text.substr(at, point.length);
      } else {
        if (strange == 0) strange = point.value;
        const char32_t twin = latin_twin(point.value);
        mendable = mendable && twin != 0;
        if (twin != 0) source::append_utf8(mended, twin);
      }
      at += point.length;
    }
    if (strange == 0) return;
    std::string letter;
    source::append_utf8(letter, strange);
    report(token, Kind::confusable_letter,
           {text.substr(mark), letter, fmt::format("{:04X}", static_cast<std::uint32_t>(strange))},
           mendable ? write(mended) : Words());
  }

  void check_citation(Token& token, const std::string& text) {
    const auto own = language_ == Language::zh ? statute::parse_zh(text) : statute::parse_en(text);
    if (own) return;
    const auto other = language_ == Language::zh ? statute::parse_en(text) : statute::parse_zh(text);
    if (other) {
      const std::string right = language_ == Language::zh ? statute::format_zh(*other) : statute::format_en(*other);
      return report(token, Kind::keyword_of_other_language, {text, right});
    }
    const std::string right = suggest_citation(text, language_);
    report(token, Kind::bad_citation, {text}, right.empty() ? Words() : write(right));
  }

  void check_period(Token& token, const std::string& text) {
    const bool chinese = source::contains_han(text);
    if (!parse_period(text)) {
      const std::string right = suggest_period(text);
      return report(token, Kind::bad_period, {text}, right.empty() ? Words() : write(right));
    }
    if (chinese != (language_ == Language::zh)) {
      report(token, Kind::keyword_of_other_language, {text, translate_period(text, language_)});
    }
  }

  void check_spaces() {
    for (std::size_t i = 1; i < tokens_.size(); ++i) {
      Token& left = tokens_[i - 1];
      Token& right = tokens_[i];
      // s's gap would become s的间断, which is a name.
      const bool possessive = right.kind == TokenKind::FIELD && spelled(right).starts_with('\'');
      const bool apart = left.span.end != right.span.begin;
      if (left.kind == TokenKind::NUMBER && right.kind == TokenKind::NAME) {
        const std::string period = suggest_period(std::string(spelled(left)) + std::string(spelled(right)));
        if (apart && !period.empty()) {  // 24 小时
          left.faulty = right.faulty = true;
          const Span both = source::cover(left.span, right.span);
          diagnostics_.add(Kind::bad_period, both, {file_.text(both)}).fix = write(period);
        }
      }
      if (apart || !is_word(left.kind) || !(is_word(right.kind) || possessive)) continue;
      const Span span = source::cover(left.span, right.span);
      const std::string text(file_.text(span));
      const bool known = left.faulty || right.faulty;
      left.faulty = right.faulty = true;
      if (known) continue;
      if (const std::string period = suggest_period(text); left.kind == TokenKind::NUMBER && !period.empty()) {
        diagnostics_.add(Kind::bad_period, span, {text}).fix = write(period);
      } else if (left.kind == TokenKind::PERIOD && text.find("年") != std::string::npos && right.kind == TokenKind::NUMBER) {
        diagnostics_.add(Kind::date_form, span, {text});
      } else {
        const std::string spaced = std::string(spelled(left)) + " " + std::string(spelled(right));
        diagnostics_.add(Kind::missing_space, span, {text, spaced});
      }
    }
  }

  const source::File& file_;
  Span within_;
  Language language_;
  diag::Diagnostics& diagnostics_;
  std::string screened_;
  std::vector<Token> tokens_;
  std::vector<Span> cuts_;   // what the screen took out
};

}  // namespace

Language language_of(std::string_view text) {
  const std::string clean = source::screen(text.substr(0, 65536)).text;
  for (const Token& token : tokenize(clean, 0, is_word)) {
    if (is_word(token.kind)) {
      const std::string_view word = std::string_view(clean).substr(token.span.begin, token.span.end - token.span.begin);
      return source::contains_han(word) ? Language::zh : Language::en;
    }
  }
  return Language::zh;
}

std::vector<Token> lex(const source::Files& files, Span within, Language language, diag::Diagnostics& diagnostics) {
  return Lexer(files, within, language, diagnostics).run();
}

}  // namespace jianlu::syntax
