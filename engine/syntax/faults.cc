#include "engine/syntax/faults.h"

#include <algorithm>

#include "engine/syntax/words.h"

namespace jianlu::syntax {
namespace {

using diag::Kind;
using diag::Words;
using source::Language;

bool contains(const std::vector<TokenKind>& kinds, TokenKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// The kinds that could have stood there, in words; a whole expression counts as one.
std::string list_expected(std::vector<TokenKind> kinds, Language language) {
  std::vector<std::string> words;
  if (contains(kinds, TokenKind::NUMBER) && contains(kinds, TokenKind::OPEN_ROUND)) {
    words.push_back(language == Language::zh ? "一个值或者条件" : "a value or condition");
    kinds.erase(std::remove_if(kinds.begin(), kinds.end(), [](TokenKind kind) {
      return !is_keyword(kind) || keyword(kind).group == "expression";
    }), kinds.end());
  }
  for (const TokenKind kind : kinds) words.push_back(describe(kind, language));
  constexpr std::size_t shown = 6;
  std::string out;
  for (std::size_t i = 0; i < words.size() && i < shown; ++i) {
    out += (i == 0 ? "" : language == Language::zh ? "、" : ", ") + words[i];
  }
  if (words.size() > shown) out += language == Language::zh ? "等" : " …";
  return out;
}

Words expected(const ParseFault& fault) {
  return {list_expected(fault.expected, Language::zh), list_expected(fault.expected, Language::en)};
}

std::vector<std::string_view> spellings(const std::vector<TokenKind>& kinds, Language language) {
  std::vector<std::string_view> out;
  for (const TokenKind kind : kinds) {
    if (is_keyword(kind)) out.push_back(keyword(kind).in(language));
  }
  return out;
}

std::vector<std::string_view> all_spellings(Language language, std::string_view group = {}) {
  std::vector<std::string_view> out;
  for (const Keyword& word : keywords()) {
    if (group.empty() || word.group == group) out.push_back(word.in(language));
  }
  return out;
}

Words did_you_mean(const std::string& word) {
  return {"是不是“" + word + "”？", "did you mean '" + word + "'?"};
}

// Words of other languages of rules, and of ordinary Chinese, for which rules have one of their own.
struct Synonym {
  std::string_view word, zh, en;
};
constexpr Synonym kSynonyms[] = {
    {"如果", "当", "when"}, {"若", "当", "when"}, {"if", "当", "when"}, {"并且", "且", "and"}, {"和", "且", "and"},
    {"或者", "或", "or"}, {"不是", "非", "not"}, {"大于", ">", ">"}, {"小于", "<", "<"}, {"等于", "=", "="},
    {"不等于", "!=", "!="}, {"不小于", ">=", ">="}, {"不少于", ">=", ">="}, {"不大于", "<=", "<="},
    {"不超过", "<=", "<="}, {"必须", "应当", "shall"}, {"须", "应当", "shall"}, {"must", "应当", "shall"},
    {"严禁", "不得", "must not"}, {"禁止", "不得", "must not"}, {"但是", "除非", "unless"}, {"否则", "例外", "except"},
    {"else", "例外", "except"}, {"所有", "每个", "every"}, {"存在", "有", "some"},
};

// A name where a keyword was expected: another language, words run together, a slip of the pen.
bool report_word(Span span, const std::vector<std::string_view>& candidates, const std::vector<std::string_view>& known,
                 const Context& context) {
  const std::string word = context.spelled(span);
  const Language other = context.language == Language::zh ? Language::en : Language::zh;
  if (const Keyword* foreign = find_keyword(word, other)) {
    context.diagnostics.add(Kind::keyword_of_other_language, span, {word, foreign->in(context.language)});
    return true;
  }
  for (const Synonym& synonym : kSynonyms) {
    const std::string_view own = context.language == Language::zh ? synonym.zh : synonym.en;
    const bool sign = find_keyword(own, context.language) == nullptr;
    if (synonym.word != word || (!sign && std::find(candidates.begin(), candidates.end(), own) == candidates.end())) continue;
    context.diagnostics.add(Kind::unknown_word, span, {word}).fix = {"写成“" + std::string(synonym.zh) + "”",
                                                                     "write '" + std::string(synonym.en) + "'"};
    return true;
  }
  if (const std::string split = split_run_together(word, known, context.language); !split.empty()) {
    context.diagnostics.add(Kind::missing_space, span, {word, split});
    return true;
  }
  if (const std::string near = nearest_word(word, candidates); !near.empty()) {
    context.diagnostics.add(Kind::unknown_word, span, {word}).fix = did_you_mean(near);
    return true;
  }
  return false;
}

// An English keyword of several words with a slip in it: for eech session s. It stands at most three words before
// the token that did not fit.
bool report_phrase(const std::vector<Token>& tokens, const Piece& piece, std::size_t at, const Context& context) {
  if (context.language == Language::zh) return false;
  std::vector<std::string_view> phrases;
  for (const Keyword& word : keywords()) {
    if (word.en.find(' ') != std::string_view::npos) phrases.push_back(word.en);
  }
  const std::size_t first = std::max(piece.begin, at < 3 ? 0 : at - 3);
  for (std::size_t begin = first; begin <= at; ++begin) {
    for (std::size_t end = begin + 2; end <= begin + 3 && end <= piece.end; ++end) {
      const Span span = source::cover(tokens[begin].span, tokens[end - 1].span);
      const std::string near = nearest_word(context.spelled(span), phrases);
      if (near.empty()) continue;
      context.diagnostics.add(Kind::unknown_word, span, {context.spelled(span)}).fix = did_you_mean(near);
      return true;
    }
  }
  return false;
}

}  // namespace

void report_fault(const std::vector<Token>& tokens, const Piece& piece, const ParseFault& fault,
                  const std::vector<std::string_view>& known, const Context& context) {
  for (std::size_t i = piece.begin; i < piece.end; ++i) {
    if (tokens[i].faulty) return;
  }
  const std::size_t at = std::min(piece.begin + fault.token, piece.end);
  if (at == piece.end) {
    const Token& last = tokens[piece.end - 1];
    const Span span{last.span.file, last.span.end, last.span.end};
    Words wanted = expected(fault);
    if (wanted.zh.empty()) wanted = {"一个值或者条件", "a value or condition"};
    context.diagnostics.add(Kind::unfinished, span, {context.spelled(last.span), std::move(wanted)});
    return;
  }
  const Token& token = tokens[at];
  const std::string word = context.spelled(token.span);
  if (token.kind == TokenKind::NAME) {
    std::vector<std::string_view> candidates = spellings(fault.expected, context.language);
    if (contains(fault.expected, TokenKind::END)) candidates = all_spellings(context.language);
    if (report_word(token.span, candidates, known, context)) return;
  }
  const bool named = at + 1 < piece.end && tokens[at + 1].kind == TokenKind::EQUALS;
  if (report_phrase(tokens, piece, at, context)) return;
  if (is_keyword(token.kind) && named && contains(fault.expected, TokenKind::NAME)) {
    context.diagnostics.add(Kind::keyword_as_name, token.span, {word});
    return;
  }
  diag::Diagnostic& d = context.diagnostics.add(Kind::syntax, token.span, {word, expected(fault)});
  if (fault.expected.empty()) d.fix = {"检查它前面的写法", "check what stands before it"};
  if (contains(fault.expected, TokenKind::END)) {
    d.fix = {"到这里为止已经完整：删去“" + word + "”，或者检查它前面的写法",
             "what stands before is complete: delete '" + word + "', or check what stands before it"};
  }
}

void report_unknown_declaration(const std::vector<Token>& tokens, const Piece& piece, FileKind file,
                                const std::vector<std::string_view>& known, const Context& context) {
  std::size_t at = piece.begin;
  while (at < piece.end && tokens[at].kind != TokenKind::NAME) ++at;
  if (at == piece.end || tokens[at].faulty) return;
  const std::vector<std::string_view> kinds = all_spellings(context.language, "declaration");
  if (report_word(tokens[at].span, kinds, known, context)) return;
  std::string zh, en;
  for (const Keyword& word : keywords()) {
    if (word.group != "declaration" || !may_hold(file, word.kind)) continue;
    zh += (zh.empty() ? "" : "、") + std::string(word.zh);
    en += (en.empty() ? "" : ", ") + std::string(word.en);
  }
  context.diagnostics.add(Kind::unknown_declaration, tokens[at].span, {context.spelled(tokens[at].span), Words(zh, en)});
}

}  // namespace jianlu::syntax
