#include "engine/syntax/words.h"

#include <algorithm>
#include <map>

#include "engine/source/screen.h"
#include "engine/statute/citation.h"
#include "engine/syntax/literals.h"

namespace jianlu::syntax {
namespace {

using source::Language;

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(source::decode(text, at).length, 1);
    out.push_back(text.substr(at, length));
    at += length;
  }
  return out;
}

std::size_t distance(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replace, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

const std::vector<Keyword>& keywords() {
  static const std::vector<Keyword> all{
#define JIANLU_KEYWORD(token, zh, en, group) {TokenKind::token, #token, zh, en, #group},
#include "engine/syntax/keywords.def"
#undef JIANLU_KEYWORD
  };
  return all;
}

const Keyword& keyword(TokenKind kind) { return keywords()[static_cast<std::size_t>(kind)]; }

const Keyword* find_keyword(std::string_view spelling, Language language) {
  static const auto index = [] {
    std::map<std::string_view, const Keyword*> zh, en;
    for (const Keyword& k : keywords()) {
      zh[k.zh] = &k;
      en[k.en] = &k;
    }
    return std::pair{zh, en};
  }();
  const auto& table = language == Language::zh ? index.first : index.second;
  const auto found = table.find(spelling);
  return found == table.end() ? nullptr : found->second;
}

std::string describe(TokenKind kind, Language language) {
  const bool zh = language == Language::zh;
  const auto quoted = [&](std::string_view word) {
    return zh ? "“" + std::string(word) + "”" : "'" + std::string(word) + "'";
  };
  if (is_keyword(kind)) return quoted(keyword(kind).in(language));
  switch (kind) {
    case TokenKind::CITE: return zh ? "条款序号" : "a citation";
    case TokenKind::INSTANT: return zh ? "时刻" : "an instant";
    case TokenKind::DATE: return zh ? "日期" : "a date";
    case TokenKind::PERIOD: return zh ? "时间长度" : "a length of time";
    case TokenKind::PERCENT: return zh ? "百分数" : "a percentage";
    case TokenKind::NUMBER: return zh ? "数" : "a number";
    case TokenKind::TEXT: case TokenKind::UNFINISHED_TEXT: return zh ? "引号里的话" : "a quoted text";
    case TokenKind::FIELD: return zh ? "“.项”" : "'.field'";
    case TokenKind::NAME: return zh ? "名称" : "a name";
    case TokenKind::EQUALS: return quoted("=");
    case TokenKind::NOT_EQUAL: return quoted("!=");
    case TokenKind::LESS_EQUAL: return quoted("<=");
    case TokenKind::GREATER_EQUAL: return quoted(">=");
    case TokenKind::LESS: return quoted("<");
    case TokenKind::GREATER: return quoted(">");
    case TokenKind::PLUS: return quoted("+");
    case TokenKind::MINUS: return quoted("-");
    case TokenKind::TIMES: return quoted("*");
    case TokenKind::DIVIDE: return quoted("/");
    case TokenKind::OPEN_ROUND: return quoted("(");
    case TokenKind::CLOSE_ROUND: return quoted(")");
    case TokenKind::OPEN_CURLY: return quoted("{");
    case TokenKind::CLOSE_CURLY: return quoted("}");
    case TokenKind::OPEN_SQUARE: return quoted("[");
    case TokenKind::CLOSE_SQUARE: return quoted("]");
    case TokenKind::COMMA: return quoted(zh ? "、" : ",");
    case TokenKind::COLON: return quoted(":");
    default: return zh ? "声明的结尾" : "the end of the declaration";
  }
}

std::string nearest_word(std::string_view word, const std::vector<std::string_view>& known) {
  const auto written = characters(word);
  if (written.size() < 2 || written.size() > 64) return {};
  std::string_view best;
  std::size_t best_distance = written.size() > 5 ? 3 : 2;
  for (const std::string_view candidate : known) {
    const auto other = characters(candidate);
    if (other.size() < 2 || other.size() > written.size() + 2 || written.size() > other.size() + 2) continue;
    const std::size_t d = distance(written, other);
    if (d > 0 && d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return std::string(best);
}

std::string split_run_together(std::string_view word, const std::vector<std::string_view>& known, Language language) {
  const auto parts = characters(word);
  if (parts.size() < 2 || parts.size() > 64 || find_keyword(word, language) != nullptr) return {};
  const auto slice = [&](std::size_t from, std::size_t to) {
    return std::string_view(parts[from].data(), static_cast<std::size_t>(parts[to - 1].data() - parts[from].data()) + parts[to - 1].size());
  };
  const auto is_word = [&](std::string_view piece) {
    return find_keyword(piece, language) != nullptr || statute::parse_zh(piece).has_value() ||
           parse_period(piece).has_value() || std::find(known.begin(), known.end(), piece) != known.end();
  };
  constexpr std::size_t unreached = 1000;
  std::vector<std::size_t> count(parts.size() + 1, unreached), from(parts.size() + 1, 0);
  count[0] = 0;
  for (std::size_t end = 1; end <= parts.size(); ++end) {
    for (std::size_t begin = 0; begin < end; ++begin) {
      const bool whole = begin == 0 && end == parts.size();
      if (!whole && count[begin] + 1 < count[end] && is_word(slice(begin, end))) {
        count[end] = count[begin] + 1;
        from[end] = begin;
      }
    }
  }
  std::size_t end = parts.size();
  if (count[end] >= unreached) {
    // The rest may be a name that is not known yet: split the longest word off its beginning. English words begin
    // other words too often for that.
    if (language == Language::en) return {};
    std::size_t head = parts.size() - 1;
    while (head > 0 && !(is_word(slice(0, head)) && (head > 1))) --head;
    return head == 0 ? std::string() : std::string(slice(0, head)) + " " + std::string(slice(head, parts.size()));
  }
  std::string out;
  while (end > 0) {
    out = std::string(slice(from[end], end)) + (out.empty() ? "" : " ") + out;
    end = from[end];
  }
  return out;
}

}  // namespace jianlu::syntax
