#include "report/html_place.h"

#include <algorithm>
#include <array>

namespace jianlu::report {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Keeps the last few bytes read, which is all that an end mark needs.
void remember(std::string& word, char c) {
  word += lower(c);
  if (word.size() > 8) word.erase(0, word.size() - 8);
}

}  // namespace

void HtmlPlace::read(std::string_view html) {
  for (const char c : html) step(c);
}

void HtmlPlace::step(char c) {
  switch (kind) {
    case Kind::text:
      if (c == '<') {
        kind = Kind::tag;
        element.clear();
        attribute.clear();
        word.clear();
      }
      break;
    case Kind::comment:
      remember(word, c);
      if (word.ends_with("-->")) kind = Kind::text, word.clear();
      break;
    case Kind::raw:
      remember(word, c);
      if (word.ends_with("</style>")) kind = Kind::text, word.clear();
      break;
    case Kind::script:
      break;
    case Kind::value:
      if (c == quote) {
        kind = Kind::tag;
        attribute.clear();
        word.clear();
      }
      value_begun = true;
      break;
    case Kind::bare:
      if (!value_begun && (c == '"' || c == '\'')) {
        kind = Kind::value;
        quote = c;
      } else if (c == '>') {
        close_tag();
      } else if (!is_space(c)) {
        value_begun = true;
      } else if (value_begun) {
        kind = Kind::tag;
        word.clear();
      }
      break;
    case Kind::tag:
      if (c == '>') {
        close_tag();
      } else if (c == '=') {
        attribute = word;
        word.clear();
        value_begun = false;
        kind = Kind::bare;
      } else if (is_space(c) || c == '/') {
        if (element.empty()) element = word;
        if (!word.empty() && c == '/') word.clear();
        if (is_space(c)) word.clear();
      } else {
        word += lower(c);
        if (element.empty() && word == "!--") kind = Kind::comment, word.clear();
      }
      break;
  }
}

void HtmlPlace::close_tag() {
  if (element.empty()) element = word;
  kind = element == "style" ? Kind::raw : element == "script" ? Kind::script : Kind::text;
  word.clear();
  attribute.clear();
}

bool HtmlPlace::holds_address() const {
  constexpr std::array<std::string_view, 9> names{"href",   "src",    "xlink:href", "action", "formaction",
                                                  "poster", "srcset", "data",       "cite"};
  return std::find(names.begin(), names.end(), attribute) != names.end();
}

bool HtmlPlace::is_unsafe_attribute() const {
  return attribute.empty() || attribute == "style" || attribute == "srcdoc" || attribute.starts_with("on");
}

}  // namespace jianlu::report
