#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/source/screen.h"
#include "engine/syntax/build_declaration.h"
#include "engine/syntax/build_expression.h"
#include "engine/syntax/build_vocabulary.h"
#include "engine/syntax/faults.h"
#include "engine/syntax/lex.h"
#include "engine/syntax/parse.h"
#include "engine/syntax/pieces.h"
#include "engine/syntax/words.h"

namespace jianlu::syntax {
namespace {

using diag::Kind;
using source::Language;

class FileParser {
 public:
  FileParser(const Context& context, const std::vector<Token>& tokens) : context_(context), tokens_(tokens) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      const bool declared = tokens[i].kind == TokenKind::NAME &&
                            (tokens[i + 1].kind == TokenKind::EQUALS || (i > 0 && tokens[i - 1].kind == TokenKind::EQUALS));
      if (declared) known_.push_back(context.files[tokens[i].span.file].text(tokens[i].span));
    }
  }

  std::optional<SourceFile> parse(source::FileId id) {
    const TokenKind first = tokens_.empty() ? TokenKind::END : tokens_[0].kind;
    if (first != TokenKind::REGULATION && first != TokenKind::COMMON && first != TokenKind::VOCABULARY) {
      if (tokens_.empty() || !tokens_[0].faulty) {
        context_.diagnostics.add(Kind::no_header, tokens_.empty() ? Span{id, 0, 0} : tokens_[0].span);
      }
      return std::nullopt;
    }
    file_.kind = first == TokenKind::REGULATION ? FileKind::regulation
                 : first == TokenKind::COMMON   ? FileKind::common
                                                : FileKind::vocabulary;
    file_.file = id;
    file_.span = {id, 0, static_cast<std::uint32_t>(context_.files[id].text().size())};
    for (const Piece& piece : cut(tokens_, context_.files)) read(piece);
    return std::move(file_);
  }

 private:
  void read(const Piece& piece) {
    const bool ledger_goes_on = piece.start == Rule::fieldPiece;
    if (!ledger_goes_on) in_ledger_ = refused_ledger_ = false;
    if (!belongs(piece)) return;
    if (piece.start == Rule::ledgerPiece) {
      file_.entities.emplace_back().span = span_of(piece);
      in_ledger_ = true;
    }
    if (piece.start == Rule::headingPiece) begin_article(piece);
    if (piece.start == Rule::token) {
      report_unknown_declaration(tokens_, piece, file_.kind, known_, context_);
      return remember_faulty(piece);
    }
    if (too_large(tokens_, piece, context_.diagnostics)) return remember_faulty(piece);
    ParseFault fault;
    const std::optional<Node> tree = parse_tree(piece.start, &tokens_[piece.begin], piece.end - piece.begin, fault);
    if (tree) return build(piece, tree->children.front());
    report_fault(tokens_, piece, fault, known_, context_);
    if (!read_front(piece, fault)) remember_faulty(piece);
  }

  // What stands before a declaration whose first word is misspelled (义务现场记录 = a) is a piece of its own.
  bool read_front(const Piece& piece, const ParseFault& fault) {
    const std::size_t at = piece.begin + fault.token;
    if (at >= piece.end || tokens_[at].kind != TokenKind::NAME) return false;
    const std::string split = split_run_together(context_.spelled(tokens_[at].span), known_, context_.language);
    const Keyword* word = find_keyword(split.substr(0, split.find(' ')), context_.language);
    if (word == nullptr || word->group != "declaration") return false;
    const std::size_t end = before_citations(tokens_, piece.begin + 1, at);
    ParseFault ignored;
    const std::optional<Node> tree = parse_tree(piece.start, &tokens_[piece.begin], end - piece.begin, ignored);
    if (!tree) return false;
    build({piece.start, piece.begin, end}, tree->children.front());
    return true;
  }

  // Whether such a piece may stand in such a file, at this place.
  bool belongs(const Piece& piece) {
    const bool regulation = file_.kind == FileKind::regulation;
    const bool declares = piece.start == Rule::declarationPiece || piece.start == Rule::enumerationPiece || piece.start == Rule::ledgerPiece;
    std::size_t at = piece.begin;
    while (declares && tokens_[at].kind == TokenKind::CITE) at += tokens_[at + 1].kind == TokenKind::COMMA ? 2 : 1;
    const Token& token = tokens_[at];
    const std::string word = context_.spelled(token.span);
    if (piece.start == Rule::headingPiece && !regulation) {
      context_.diagnostics.add(Kind::stray_heading, token.span, {word});
      return false;
    }
    if (piece.start == Rule::fieldPiece && !in_ledger_) {
      if (!refused_ledger_) context_.diagnostics.add(Kind::stray_field, token.span, {word});
      return false;
    }
    if (!declares) return true;
    if (!may_hold(file_.kind, token.kind)) {
      if (file_.kind == FileKind::vocabulary) context_.diagnostics.add(Kind::not_in_vocabulary, token.span, {word});
      else context_.diagnostics.add(Kind::not_in_this_file, token.span, {word, regulation ? diag::Words("规定", "a regulation") : diag::Words("共用", "a common file")});
    } else if (regulation && file_.articles.empty()) {
      context_.diagnostics.add(Kind::no_heading, tokens_[piece.begin].span, {context_.spelled(tokens_[piece.begin].span)});
    } else {
      return true;
    }
    refused_ledger_ = piece.start == Rule::ledgerPiece;
    if (!refused_ledger_) remember_faulty(piece);
    return false;
  }

  Span span_of(const Piece& piece) const {
    return source::cover(tokens_[piece.begin].span, tokens_[piece.end - 1].span);
  }

  // Also where the heading is faulty: its declarations are not to be lost.
  void begin_article(const Piece& piece) {
    Article article;
    article.cite = context_.cite({Rule::token, TokenKind::CITE, tokens_[piece.begin].span, {}});
    article.span = span_of(piece);
    const std::uint16_t last = file_.articles.empty() ? std::uint16_t{0} : file_.articles.back().cite.citation.article;
    if (article.cite.citation.article != 0 && article.cite.citation.article <= last) {
      context_.diagnostics.add(Kind::article_order, article.cite.span, {context_.spelled(article.cite.span)})
          .related.push_back({file_.articles.back().cite.span, {"前一条在这里", "the article before it"}});
    }
    file_.articles.push_back(std::move(article));
  }

  void build(const Piece& piece, const Node& node) {
    switch (piece.start) {
      case Rule::headerPiece: return build_header(node, context_, file_);
      case Rule::headingPiece: file_.articles.back() = build_heading(node, context_); return;
      case Rule::enumerationPiece: file_.enums.push_back(build_enumeration(node, context_)); return;
      case Rule::ledgerPiece: file_.entities.back() = build_ledger(node, context_); return;
      case Rule::fieldPiece: {
        EntityDecl& ledger = file_.entities.back();
        ledger.fields.push_back(build_field(node, context_));
        ledger.span = source::cover(ledger.span, node.span);
        return;
      }
      default: break;
    }
    Decl decl = build_declaration(node, context_);
    if (file_.kind == FileKind::regulation) {
      Article& article = file_.articles.back();
      article.span = source::cover(article.span, decl.span);
      article.decls.push_back(std::move(decl));
    } else {
      file_.decls.push_back(std::move(decl));
    }
  }

  void remember_faulty(const Piece& piece) {
    Name name;
    if (piece.start == Rule::ledgerPiece) in_ledger_ = true;
    if (read_declared_name(&tokens_[piece.begin], piece.end - piece.begin, context_, name)) {
      file_.faulty.push_back(std::move(name));
    }
  }

  const Context& context_;
  const std::vector<Token>& tokens_;
  std::vector<std::string_view> known_;
  SourceFile file_;
  bool in_ledger_ = false;
  bool refused_ledger_ = false;   // its fields are refused with it
};

}  // namespace

namespace {

// A stray byte is a slip in a text; more of them are another encoding, in which every word would be a fault.
bool in_other_encoding(std::string_view text, source::FileId file, diag::Diagnostics& diagnostics) {
  constexpr std::size_t stray = 3;
  const source::Screened screened = source::screen(text);
  std::size_t runs = 0;
  const source::ScreenIssue* first = nullptr;
  for (const source::ScreenIssue& issue : screened.issues) {
    if (issue.fault != source::ScreenFault::invalid_utf8) continue;
    if (runs++ == 0) first = &issue;
  }
  if (runs <= stray) return false;
  diagnostics.add(Kind::not_utf8, {file, first->begin, first->end},
                  {fmt::format("{:02X}", static_cast<std::uint32_t>(first->code)), std::to_string(runs)});
  return true;
}

}  // namespace

std::optional<SourceFile> parse(source::Files& files, source::FileId file, diag::Diagnostics& diagnostics) {
  const std::string_view text = files[file].text();
  if (text.size() > max_bytes) {
    diagnostics.add(Kind::file_too_large, {file, 0, 0}, {std::to_string(text.size()), std::to_string(max_bytes)});
    return std::nullopt;
  }
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    diagnostics.add(Kind::not_text, {file, 0, 0}, {std::to_string(zero + 1)});
    return std::nullopt;
  }
  if (in_other_encoding(text, file, diagnostics)) return std::nullopt;
  files[file].language = language_of(text);
  const Context context{files, files[file].language, diagnostics};
  const std::vector<Token> tokens =
      lex(files, {file, 0, static_cast<std::uint32_t>(text.size())}, context.language, diagnostics);
  return FileParser(context, tokens).parse(file);
}

ExprPtr parse_expression(const source::Files& files, Span span, diag::Diagnostics& diagnostics) {
  const bool chinese = source::contains_han(files[span.file].text(span));
  const Context context{files, chinese ? Language::zh : files[span.file].language, diagnostics};
  const std::vector<Token> tokens = lex(files, span, context.language, diagnostics);
  const Piece piece{Rule::expressionPiece, 0, tokens.size()};
  if (tokens.empty()) {
    diagnostics.add(Kind::empty_placeholder, span);
    return nullptr;
  }
  if (too_large(tokens, piece, diagnostics)) return nullptr;
  ParseFault fault;
  const std::optional<Node> tree = parse_tree(piece.start, tokens.data(), tokens.size(), fault);
  if (tree) return build_expression(tree->children.front(), context);
  report_fault(tokens, piece, fault, {}, context);
  return nullptr;
}

}  // namespace jianlu::syntax
