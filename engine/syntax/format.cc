#include "engine/syntax/format.h"

#include <map>
#include <optional>
#include <vector>

#include "engine/syntax/lex.h"
#include "engine/syntax/literals.h"
#include "engine/syntax/parse.h"
#include "engine/syntax/words.h"

namespace jianlu::syntax {
namespace {

using source::Language;

// Where names are declared, by their first byte: those pairs change sides.
class DeclaredNames {
 public:
  explicit DeclaredNames(const SourceFile& file) {
    add(file.name);
    for (const Version& v : file.versions) add(v.name);
    for (const EnumDecl& e : file.enums) {
      add(e.name);
      for (const Name& value : e.values) add(value);
    }
    for (const EntityDecl& e : file.entities) {
      add(e.name);
      if (e.list) add(*e.list);
      for (const FieldDecl& f : e.fields) add(f.name);
    }
    for (const Article& a : file.articles) {
      for (const Decl& d : a.decls) add(d.name);
    }
    for (const Decl& d : file.decls) add(d.name);
  }
  bool holds(Span span) const {
    const auto found = ends_.find(span.begin);
    return found != ends_.end() && found->second > span.end;
  }

 private:
  void add(const Name& name) {
    if (!name.zh.empty() && !name.en.empty()) ends_[name.span.begin] = name.span.end;
  }
  std::map<std::uint32_t, std::uint32_t> ends_;
};

class Translator {
 public:
  Translator(const source::File& file, Language to, const OtherSpelling& other) : file_(file), to_(to), other_(other) {}

  // Token i of the result is token i of `tokens`.
  std::string run(const std::vector<Token>& tokens, const DeclaredNames& declared) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      gap(tokens[i].span.begin);
      if (tokens[i].kind == TokenKind::NAME && declared.holds(tokens[i].span) && i + 2 < tokens.size()) {
        put(tokens[i], spelled(tokens[i + 2].span));
        gap(tokens[i + 1].span.begin);
        put(tokens[i + 1], spelled(tokens[i + 1].span));
        gap(tokens[i + 2].span.begin);
        put(tokens[i + 2], spelled(tokens[i].span));
        i += 2;
      } else {
        put(tokens[i], token(tokens[i]));
      }
    }
    gap(static_cast<std::uint32_t>(file_.text().size()));
    return std::move(out_);
  }

 private:
  std::string spelled(Span span) const { return std::string(file_.text(span)); }
  void gap(std::uint32_t until) {
    out_ += file_.text().substr(at_, until - at_);
    at_ = until;
  }
  void put(const Token& token, const std::string& text) {
    out_ += text;
    at_ = token.span.end;
  }

  std::string name(const std::string& spelling, Span span) const {
    std::string translated = other_(spelling, span);
    return translated.empty() ? spelling : translated;
  }

  std::string token(const Token& token) const {
    const std::string text = spelled(token.span);
    if (is_keyword(token.kind)) return std::string(keyword(token.kind).in(to_));
    switch (token.kind) {
      case TokenKind::CITE:
        return to_ == Language::zh ? statute::format_zh(statute::parse_en(text).value_or(statute::Citation{}))
                                   : statute::format_en(statute::parse_zh(text).value_or(statute::Citation{}));
      case TokenKind::PERIOD: return translate_period(text, to_);
      case TokenKind::NAME: return name(text, token.span);
      case TokenKind::FIELD: {
        const std::size_t mark = field_mark(text);
        Span inner = token.span;
        inner.begin += static_cast<std::uint32_t>(mark);
        return field_sign(text.substr(0, mark)) + name(text.substr(mark), inner);
      }
      default: return text;
    }
  }

  // 的 and n blanks is 's and n + 1 blanks; a point is a point.
  std::string field_sign(const std::string& mark) const {
    const std::string of = "的", possessive = "'s ";
    if (mark.starts_with(of)) return possessive + mark.substr(of.size());
    if (mark.starts_with(possessive)) return of + mark.substr(possessive.size());
    return mark;
  }

  const source::File& file_;
  Language to_;
  const OtherSpelling& other_;
  std::string out_;
  std::uint32_t at_ = 0;
};

std::vector<Token> tokens_of(const source::Files& files, source::FileId file, diag::Diagnostics& diagnostics) {
  const Span all{file, 0, static_cast<std::uint32_t>(files[file].text().size())};
  return lex(files, all, files[file].language, diagnostics);
}

}  // namespace

std::optional<std::string> translate(source::Files& files, source::FileId file, Language to,
                                     const OtherSpelling& other, diag::Diagnostics& diagnostics) {
  diag::Diagnostics faults;
  const std::optional<SourceFile> tree = parse(files, file, faults);
  if (!tree || faults.has_errors()) {
    diagnostics.add(faults);
    return std::nullopt;
  }
  if (files[file].language == to) return std::string(files[file].text());
  const std::vector<Token> tokens = tokens_of(files, file, faults);
  std::string text = Translator(files[file], to, other).run(tokens, DeclaredNames(*tree));

  source::Files scratch;
  const source::FileId result = scratch.add(files[file].path(), text);
  const bool reads = parse(scratch, result, faults).has_value() && !faults.has_errors();
  const std::vector<Token> translated = tokens_of(scratch, result, faults);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i < translated.size() && translated[i].kind == tokens[i].kind) continue;
    diagnostics.add(diag::Kind::reads_differently, tokens[i].span, {files[file].text(tokens[i].span)});
    return std::nullopt;
  }
  if (!reads) {
    diagnostics.add(diag::Kind::reads_differently, tree->name.span, {files[file].text(tree->name.span)});
    return std::nullopt;
  }
  return text;
}

}  // namespace jianlu::syntax
