// Texts with placeholders: messages, and what should have been said.
#include <utility>

#include "engine/model/expression_builder.h"
#include "engine/source/screen.h"
#include "engine/syntax/parse.h"

namespace jianlu::model {
namespace {

// The span of a literal includes its quotation marks.
std::string_view within_marks(std::string_view text) {
  for (const std::string_view mark : {"\"", "“", "”", "＂"}) {
    if (text.starts_with(mark)) {
      text.remove_prefix(mark.size());
      break;
    }
  }
  for (const std::string_view mark : {"\"", "“", "”", "＂"}) {
    if (text.ends_with(mark)) {
      text.remove_suffix(mark.size());
      break;
    }
  }
  return text;
}

}  // namespace

std::vector<MessagePart> ExpressionBuilder::pieces(Span literal) {
  const source::File& file = files_[literal.file];
  const std::string_view text = within_marks(file.text(literal));
  const auto begin = static_cast<std::uint32_t>(text.data() - file.text(literal).data()) + literal.begin;
  std::vector<MessagePart> parts;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    parts.push_back({std::string(text.substr(at, open - at)), kNone});
    const Span span{literal.file, begin + static_cast<std::uint32_t>(open + 1), begin + static_cast<std::uint32_t>(close)};
    // Translation leaves quoted texts alone: a Chinese placeholder stays Chinese in an English file.
    const source::Language language = scope_.language;
    if (source::contains_han(file.text(span))) scope_.language = source::Language::zh;
    const syntax::ExprPtr expr = syntax::parse_expression(files_, span, diagnostics_);
    parts.push_back({"", build(expr.get())});
    scope_.language = language;
    at = close + 1;
  }
  parts.push_back({std::string(text.substr(at)), kNone});
  return parts;
}

// The operands after the first of contains and similarity.
bool ExpressionBuilder::fill(const syntax::Expr& text, std::vector<ExprId>& operands) {
  bool sound = true;
  for (MessagePart& part : pieces(text.span)) {
    if (part.value != kNone && type(part.value).kind != TypeKind::text) {
      mismatch(book_.expr(part.value).span, say({TypeKind::text}), type(part.value));
      sound = false;
    } else if (part.value != kNone) {
      operands.push_back(part.value);
    } else if (!part.literal.empty()) {
      const ExprId literal = make(Op::text, {TypeKind::text}, text.span, {});
      book_.exprs[literal].text = std::move(part.literal);
      operands.push_back(literal);
    }
  }
  return sound;
}

}  // namespace jianlu::model
