#include "engine/syntax/context.h"

#include "engine/calendar/text.h"
#include "engine/source/screen.h"
#include "engine/syntax/literals.h"
#include "engine/syntax/words.h"

namespace jianlu::syntax {

using diag::Kind;
using source::Language;

std::string Context::spelled(Span span) const { return std::string(files[span.file].text(span)); }

Text Context::text(const Node& leaf) const { return {unquote(spelled(leaf.span)), leaf.span}; }

Cite Context::cite(const Node& leaf) const {
  const std::string written = spelled(leaf.span);
  const auto citation = language == Language::zh ? statute::parse_zh(written) : statute::parse_en(written);
  return {citation.value_or(statute::Citation{}), leaf.span};
}

std::int64_t Context::day(const Node& leaf) const { return calendar::parse_day(narrow(spelled(leaf.span))).day; }

Reference Context::reference(const Node& leaf) const { return {spelled(leaf.span), leaf.span}; }

Reference Context::field(const Node& leaf) const {
  const std::string written = spelled(leaf.span);
  const std::size_t skip = field_mark(written);
  Span span = leaf.span;
  span.begin += static_cast<std::uint32_t>(skip);
  return {written.substr(skip), span};
}

Name Context::declared(const Node& node, bool may_be_keyword) const {
  Name name;
  name.span = node.span;
  const Reference first = reference(node.children.front());
  const bool paired = node.children.size() == 3;
  const Reference second = paired ? reference(node.children.back()) : Reference{};
  const bool first_chinese = source::contains_han(first.text);
  (first_chinese ? name.zh : name.en) = first.text;
  if (!may_be_keyword) refuse_keyword(first);
  if (!paired) return name;
  if (!may_be_keyword) refuse_keyword(second);
  if (source::contains_han(second.text) == first_chinese) {
    diagnostics.add(Kind::name_pair, node.span, {first.text, second.text});
    return name;
  }
  (first_chinese ? name.en : name.zh) = second.text;
  if (first_chinese != (language == Language::zh)) {
    const std::string right = language == Language::zh ? name.zh + " = " + name.en : name.en + " = " + name.zh;
    diagnostics.add(Kind::name_order, node.span, {right});
  }
  return name;
}

void Context::refuse_keyword(const Reference& name) const {
  if (find_keyword(name.text, Language::zh) != nullptr || find_keyword(name.text, Language::en) != nullptr) {
    diagnostics.add(Kind::keyword_as_name, name.span, {name.text});
  }
}

}  // namespace jianlu::syntax
