#include "engine/statute/regulation.h"

#include <algorithm>

#include "engine/statute/layout.h"
#include "engine/statute/normal_form.h"

namespace jianlu::statute {
namespace {

using Positions = std::vector<std::size_t>;

bool one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

// Follows quotation marks and brackets through a text.
class Nesting {
 public:
  // Whether c closes the outermost quotation.
  bool feed(char32_t c) {
    constexpr std::u32string_view opening = U"“‘「『《（(【〔";
    constexpr std::u32string_view closing = U"”’」』》）)】〕";
    constexpr std::size_t quotation_kinds = 4;
    if (c == U'"') {
      if (open_.empty() || open_.back() != U'"') {
        open_ += c;
        return false;
      }
      open_.pop_back();
      return open_.empty();
    }
    if (one_of(c, opening)) open_ += c;
    const std::size_t kind = closing.find(c);
    if (kind == std::u32string_view::npos || open_.empty() || !matches(open_.back(), kind, opening)) return false;
    open_.pop_back();
    return open_.empty() && kind < quotation_kinds;
  }
  bool outside() const { return open_.empty(); }

 private:
  // （ and ( close one another: scans mix them.
  static bool matches(char32_t opener, std::size_t kind, std::u32string_view opening) {
    const bool round = opening[kind] == U'（' || opening[kind] == U'(';
    return opener == opening[kind] || (round && (opener == U'（' || opener == U'('));
  }

  std::u32string open_;
};

// Positions right behind each mark of `marks` outside quotations and brackets; if these never close, they are ignored.
// With `quotes_end`, a quotation that ends in such a mark ends the sentence, unless the sentence goes on after it.
Positions breaks(std::u32string_view text, std::u32string_view marks, bool quotes_end) {
  Positions nested;
  Positions flat;
  Nesting nesting;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool closes = nesting.feed(text[i]);
    const bool goes_on = i + 1 < text.size() && one_of(text[i + 1], U"，、；：,;:的");
    if (one_of(text[i], marks)) {
      flat.push_back(i + 1);
      if (nesting.outside()) nested.push_back(i + 1);
    } else if (quotes_end && closes && i > 0 && one_of(text[i - 1], marks) && !goes_on) {
      nested.push_back(i + 1);
    }
  }
  return nesting.outside() ? nested : flat;
}

Statement statement(const Citation& at, std::u32string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  Statement out;
  out.at = at;
  out.text = encode(text);
  out.normalised = encode(normalise(text).text);
  out.sha256 = sha256_hex(out.normalised);
  return out;
}

void add_sentences(const Unit& unit, std::vector<Statement>& out) {
  const std::u32string_view text = unit.text;
  Positions ends = breaks(text, U"。！？", true);
  if (ends.empty() || ends.back() < text.size()) ends.push_back(text.size());
  std::size_t begin = 0;
  Citation at{unit.article, unit.paragraph, unit.item, 0, 0};
  for (const std::size_t end : ends) {
    const std::u32string_view sentence = text.substr(begin, end - begin);
    begin = end;
    if (normalise(sentence).text.empty()) continue;
    ++at.sentence;
    out.push_back(statement(at, sentence));
  }
}

void add_text(const Unit& unit, std::string& out) {
  if (!out.empty()) out += '\n';
  if (unit.item != 0) out += "（" + chinese_numeral(unit.item) + "）";
  out += encode(unit.text);
}

}  // namespace

Regulation split(std::string_view utf8) {
  const Layout layout = read_layout(decode(utf8));
  Regulation out;
  out.title = encode(layout.title);
  for (const Unit& unit : layout.units) {
    const bool begins_article = unit.paragraph == 1 && unit.item == 0;
    if (begins_article) {
      out.articles.push_back({unit.article, {}, static_cast<std::uint32_t>(out.sentences.size()), 0});
    }
    Article& article = out.articles.back();
    add_text(unit, article.text);
    add_sentences(unit, out.sentences);
    article.count = static_cast<std::uint32_t>(out.sentences.size()) - article.first;
  }
  return out;
}

std::vector<Cut> clause_cuts(const Statement& sentence) {
  const std::u32string text = decode(sentence.text);
  const NormalText normal = normalise(text);
  std::vector<Cut> cuts;
  std::uint32_t begin = 0;
  for (const std::size_t end : breaks(text, std::u32string{U'；', U';', kCutMark}, false)) {
    const auto next = std::lower_bound(normal.origin.begin(), normal.origin.end(), end);
    if (next == normal.origin.end()) break;
    cuts.push_back({begin, static_cast<std::uint32_t>(next - normal.origin.begin())});
    begin = cuts.back().to;
  }
  if (!cuts.empty()) cuts.push_back({begin, static_cast<std::uint32_t>(normal.text.size())});
  return cuts;
}

std::vector<Statement> subdivide(const Statement& sentence, std::span<const Cut> cuts) {
  const std::u32string text = decode(sentence.text);
  const NormalText normal = normalise(text);
  // Where the character with this index begins in `text`; the marks at the end belong to the last one.
  const auto begins = [&](std::uint32_t index) {
    return index < normal.origin.size() ? std::size_t{normal.origin[index]} : text.size();
  };
  std::vector<Statement> out;
  Citation at = sentence.at;
  for (const Cut& cut : cuts) {
    ++at.clause;
    const std::size_t from = begins(cut.from);
    out.push_back(statement(at, std::u32string_view(text).substr(from, std::max(begins(cut.to), from) - from)));
  }
  return out;
}

}  // namespace jianlu::statute
