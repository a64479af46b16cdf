#include "engine/statute/layout.h"

#include <optional>
#include <string_view>

#include "engine/statute/citation.h"
#include "engine/statute/normal_form.h"

namespace jianlu::statute {
namespace {

std::u32string_view trim(std::u32string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

// 第<numeral><mark> at the front of a line: the number, and what follows it.
struct Heading {
  std::uint16_t number = 0;
  std::u32string_view rest;
};

std::optional<Heading> heading(std::u32string_view line, std::u32string_view marks) {
  if (line.empty() || line.front() != U'第') return std::nullopt;
  constexpr std::size_t longest_numeral = 6;
  for (std::size_t i = 1; i < line.size() && i <= longest_numeral + 1; ++i) {
    if (!one_of(line[i], marks)) continue;
    const auto number = parse_chinese_numeral(encode(line.substr(1, i - 1)));
    if (!number) return std::nullopt;
    return Heading{*number, line.substr(i + 1)};
  }
  return std::nullopt;
}

std::optional<Heading> item_mark(std::u32string_view line) {
  if (!line.empty() && one_of(line.front(), U"-*•·")) line = trim(line.substr(1));
  if (line.empty() || !one_of(line.front(), U"(（")) return std::nullopt;
  const std::size_t close = line.find_first_of(U")）");
  if (close == std::u32string_view::npos) return std::nullopt;
  const auto number = parse_chinese_numeral(encode(trim(line.substr(1, close - 1))));
  if (!number) return std::nullopt;
  return Heading{*number, trim(line.substr(close + 1))};
}

// A number in digits: 1. 2、 （3） ④. What follows it is no digit, so that 3.5 is none.
std::optional<Heading> digit_mark(std::u32string_view line) {
  if (!line.empty() && one_of(line.front(), U"-*•·")) line = trim(line.substr(1));
  if (line.empty()) return std::nullopt;
  if (line.front() >= U'①' && line.front() <= U'⑳') {
    return Heading{static_cast<std::uint16_t>(line.front() - U'①' + 1), trim(line.substr(1))};
  }
  const bool bracket = one_of(line.front(), U"(（");
  if (bracket) line = trim(line.substr(1));
  std::uint16_t number = 0;
  std::size_t digits = 0;
  const auto digit = [&](std::size_t at) {
    if (at >= line.size()) return -1;
    const char32_t c = line[at];
    return c >= U'0' && c <= U'9' ? static_cast<int>(c - U'0') : c >= U'０' && c <= U'９' ? static_cast<int>(c - U'０') : -1;
  };
  for (; digits < 2 && digit(digits) >= 0; ++digits) number = static_cast<std::uint16_t>(number * 10 + digit(digits));
  std::u32string_view rest = trim(line.substr(digits));
  if (number == 0 || rest.empty() || !one_of(rest.front(), bracket ? U")）" : U".．、")) return std::nullopt;
  if (!bracket && rest.size() > 1 && digit(line.size() - rest.size() + 1) >= 0) return std::nullopt;
  return Heading{number, trim(rest.substr(1))};
}

bool ends_sentence(std::u32string_view text) {
  while (!text.empty() && one_of(text.back(), U"”’\"」』）)】")) text.remove_suffix(1);
  return !text.empty() && one_of(text.back(), U"。！？");
}

class Reader {
 public:
  void line(std::u32string_view raw) {
    std::u32string_view line = trim(raw);
    while (!line.empty() && line.front() == U'#') line.remove_prefix(1);
    line = trim(line);
    if (line.find_first_not_of(U"-—－–0123456789０１２３４５６７８９ ") == std::u32string_view::npos) return;  // empty, a ruler, a page number

    if (const auto article = article_start(line)) {
      open(article->number, 1, 0, trim(article->rest));
    } else if (is_chapter(line)) {
      return;
    } else if (out_.units.empty()) {
      out_.title = line;
    } else if (const auto item = item_mark(line); item && (item->number == current().item + 1 || closed())) {
      open(current().article, current().paragraph, item->number, item->rest);
    } else if (const auto digits = digit_mark(line); digits && next_in_list(*digits)) {
      open(current().article, current().paragraph, digits->number, digits->rest);
    } else if (closed()) {
      open(current().article, static_cast<std::uint16_t>(current().paragraph + 1), 0, line);
    } else {
      current().text += line;
    }
  }

  Layout take() { return std::move(out_); }

 private:
  Unit& current() { return out_.units.back(); }
  bool closed() { return ends_sentence(current().text); }

  // The first item follows a lead-in that ends in a colon. A list that begins anew within an item is part of that item.
  bool next_in_list(const Heading& mark) {
    const std::u32string& before = current().text;
    if (mark.number == 1 && current().item != 0) inner_list_ = true;
    return !inner_list_ && mark.number == current().item + 1 && !before.empty() && one_of(before.back(), current().item == 0 ? U"：:" : U"；;。，,");
  }

  void open(std::uint16_t article, std::uint16_t paragraph, std::uint16_t item, std::u32string_view text) {
    out_.units.push_back({article, paragraph, item, std::u32string(text)});
    inner_list_ = false;
  }

  // A broken sentence may begin its next line with a reference to an article: a heading stands apart from its text, or
  // follows a full stop and the article before it.
  std::optional<Heading> article_start(std::u32string_view line) {
    const auto found = heading(line, U"条");
    if (!found) return std::nullopt;
    const bool apart = !found->rest.empty() && is_space(found->rest.front());
    const bool in_turn =
        out_.units.empty() ? found->number == 1 : closed() && found->number == current().article + 1;
    return apart || in_turn ? found : std::nullopt;
  }

  static bool is_chapter(std::u32string_view line) {
    const auto found = heading(line, U"编章节");
    return found && (found->rest.empty() || is_space(found->rest.front()));
  }

  Layout out_;
  bool inner_list_ = false;
};

}  // namespace

Layout read_layout(const std::u32string& text) {
  Reader reader;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(U'\n', at), text.size());
    reader.line(std::u32string_view(text).substr(at, end - at));
    at = end + 1;
  }
  return reader.take();
}

}  // namespace jianlu::statute
