#include "engine/rules/scaffold.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/source/screen.h"
#include "engine/statute/normal_form.h"
#include "engine/statute/outline.h"
#include "engine/statute/source_file.h"

namespace jianlu::rules {

using statute::Citation;

namespace {

constexpr std::size_t kShown = 8;          // characters of a statement that are shown
constexpr std::size_t kLongestName = 30;   // characters of the title that make a name

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

// A name of the rule language out of a title; without any character that a name may have, a word to be replaced.
std::string name_from(std::string_view title) {
  std::string out;
  std::size_t count = 0;
  for (std::size_t at = 0; at < title.size() && count < kLongestName;) {
    const source::CodePoint point = source::decode(title, at);
    if (point.length == 0) break;
    at += point.length;
    if (!source::is_han(point.value) && !(is_digit(point.value) && count > 0)) continue;
    source::append_utf8(out, point.value);
    ++count;
  }
  return out.empty() ? "待命名" : out;
}

// The beginning of a statement, enough to find it in the printed text; without blanks and what cannot be seen.
std::string beginning(const statute::Statement& statement) {
  std::string out;
  std::size_t count = 0;
  for (const char32_t c : statute::decode(statement.text)) {
    if (statute::is_space(c) || source::is_hidden(c) || c == statute::kCutMark) continue;
    if (count == kShown) return out + "…";
    source::append_utf8(out, c);
    ++count;
  }
  return out;
}

std::string law(const statute::Regulation& regulation, const std::vector<statute::Statement>& statements, std::string_view id) {
  std::string english(id);
  std::replace(english.begin(), english.end(), '-', '_');
  std::string out = fmt::format(
      "// 由 jianlu new bureau 按原文的顺序列出。每一处原文有一行“待归类”：为它写好规则以后，删去这一行。\n"
      "// 注释不算规则：没有写规则的地方，jianlu coverage {0} 都列为未覆盖。各种规则怎样写：docs/legal-office.zh-CN.md\n"
      "// 条、款、项、句、分句的划分见 source.yaml。摘要和理由用自己的话写，不抄原文。\n"
      "\n"
      "规定 {1} = {2}\n"
      "    制定机关 \"待填\"\n"
      "    时区 \"Asia/Shanghai\"\n"
      "    版本 初版 = v1 施行 未载明 理由 \"待查：原文有没有写明施行日期、何时印发\"\n",
      id, name_from(regulation.title), english);
  std::vector<Citation> outline;
  for (const statute::Statement& s : statements) outline.push_back(s.at);
  std::uint16_t article = 0;
  for (const statute::Statement& s : statements) {
    if (s.at.article != article) {
      article = s.at.article;
      out += "\n" + statute::format_zh(Citation{article, 0, 0, 0, 0}) + " 概要 \"待写\"\n";
    }
    Citation at = statute::shortest(outline, s.at);
    at.article = 0;
    out += fmt::format("// 待归类 {}：{}\n", at.empty() ? "全条" : statute::format_zh(at), beginning(s));
  }
  return out;
}

std::string english(const statute::Regulation& regulation) {
  std::string out =
      "# English of regulation.law, by id; applied when something is shown. {1}, {2} … in a message stand for the values of the\n"
      "# Chinese message, in its order.\n"
      "regulation:\n"
      "  title: \"to be written\"\n"
      "  authority: \"to be written\"\n"
      "  commencement: \"to be written\"\n"
      "\n"
      "articles:\n";
  for (const statute::Article& article : regulation.articles) {
    if (article.count != 0) out += fmt::format("  {}: \"to be written\"\n", article.number);
  }
  return out;
}

// 第三条 after 第一条; items likewise.
std::vector<diag::Words> numbers_left_out(const statute::Regulation& regulation) {
  std::vector<diag::Words> out;
  const auto doubt = [&](const Citation& before, const Citation& at) {
    const std::string after_zh = before.empty() ? "开头" : statute::format_zh(before) + "之后";
    const std::string after_en = before.empty() ? "the beginning" : statute::format_en(before);
    out.emplace_back(after_zh + "直接是" + statute::format_zh(at) + "：请与原件核对，编号是否应当另起一行",
                     statute::format_en(at) + " follows " + after_en + ": compare with the original; a number must begin a line");
  };
  std::uint16_t last = 0;
  for (const statute::Article& article : regulation.articles) {
    if (article.number != last + 1) doubt(last == 0 ? Citation{} : Citation{last, 0, 0, 0, 0}, {article.number, 0, 0, 0, 0});
    last = article.number;
  }
  Citation item;
  for (const statute::Statement& sentence : regulation.sentences) {
    Citation at = sentence.at;
    at.sentence = 0;
    if (at == item) continue;
    const bool same_list = at.article == item.article && at.paragraph == item.paragraph;
    const std::uint16_t expected = static_cast<std::uint16_t>(same_list ? item.item + 1 : 1);
    if (at.item != 0 && at.item != expected) doubt(item, at);
    item = at;
  }
  return out;
}

// 期限如下：——甲；——乙。 A list without numbers has no 项; its lead-in and its first member are one statement until a person cuts them.
std::vector<diag::Words> lists_without_numbers(const statute::Regulation& regulation) {
  std::vector<diag::Words> out;
  for (const statute::Statement& s : regulation.sentences) {
    const std::u32string text = statute::decode(s.text);
    bool found = false;
    for (std::size_t i = 0; i + 1 < text.size() && !found; ++i) {
      found = (text[i] == U'：' || text[i] == U':') && std::u32string_view(U"-*•·—－–").find(text[i + 1]) != std::u32string_view::npos;
    }
    if (!found) continue;
    out.emplace_back(statute::format_zh(s.at) + "的列项没有编号：按分号分成分句，引语和第一个列项并在一处；要分开的，在 source.yaml 里用 cut 分开",
                     statute::format_en(s.at) + " holds a list without numbers: it is divided at semicolons, and the lead-in stays with the first of the list; "
                     "divide them with cut in source.yaml where they say two things");
  }
  return out;
}

// 第六条之一 at the head of an article or a paragraph, with its words apart; empty where there is none.
std::string inserted_article(const statute::Regulation& regulation) {
  constexpr std::u32string_view numerals = U"一二三四五六七八九十百";
  for (const statute::Statement& s : regulation.sentences) {
    if (s.at.item != 0 || s.at.sentence != 1) continue;
    const std::u32string text = statute::decode(s.text);
    const bool head = s.at.paragraph == 1 && text.substr(0, 1) == U"之";   // 第六条 was taken for its number
    const std::size_t mark = head ? 0 : text.find(U"条之");
    if (!head && (mark == std::u32string::npos || text.front() != U'第' || !statute::parse_chinese_numeral(statute::encode(text.substr(1, mark - 1))))) continue;
    const std::size_t from = head ? 1 : mark + 2, end = std::min(text.find_first_not_of(numerals, from), text.size());
    if (end == from || (end < text.size() && !statute::is_space(text[end]))) continue;
    return (head ? statute::format_zh({s.at.article, 0, 0, 0, 0}) : "") + statute::encode(text.substr(0, end));
  }
  return {};
}

}  // namespace

bool is_bureau_id(std::string_view id) {
  if (id.empty() || !is_small(id.front()) || id.back() == '-' || id.find("--") != std::string_view::npos) return false;
  return std::all_of(id.begin(), id.end(), [](char c) { return is_small(c) || (c >= '0' && c <= '9') || c == '-'; });
}

diag::Words unusable(const statute::Regulation& regulation) {
  if (regulation.sentences.empty()) {
    return {"里面没有条文：每一条应在行首以“第一条”“第二条”等开头，其后有文字", "has no articles: each begins a line with 第一条, 第二条 …, followed by its words"};
  }
  if (const std::string inserted = inserted_article(regulation); !inserted.empty()) {
    return {"里面有插条“" + inserted + "”：规则里没有这样的条号；把它写作前一条的最后一款（去掉行首的条号），引用时写款号",
            "has the inserted article " + inserted + ": rules cannot cite such a number; write it as the last paragraph of the article before it (without the number), and cite that paragraph"};
  }
  for (std::size_t i = 1; i < regulation.articles.size(); ++i) {
    const std::uint16_t before = regulation.articles[i - 1].number, number = regulation.articles[i].number;
    if (number > before) continue;
    const Citation at{number, 0, 0, 0, 0}, earlier{before, 0, 0, 0, 0};
    return {"里面" + statute::format_zh(at) + "排在" + statute::format_zh(earlier) + "之后：条的编号应当递增，附件、其他文件应当先删去",
            "has " + statute::format_en(at) + " after " + statute::format_en(earlier) + ": articles ascend; take out annexes and other documents first"};
  }
  for (std::size_t i = 1; i < regulation.sentences.size(); ++i) {
    const Citation& at = regulation.sentences[i].at;
    if (regulation.sentences[i - 1].at < at) continue;
    return {"里面" + statute::format_zh(at) + "出现两次：同一款的项不能重复编号", "has " + statute::format_en(at) + " twice: items of a paragraph are numbered once each"};
  }
  return {"", ""};
}

Scaffold scaffold(const statute::Regulation& regulation, std::string_view bureau) {
  const statute::Source source = statute::describe(regulation, {});
  const std::vector<statute::Statement> statements = statute::divide(regulation, source);
  Scaffold out;
  out.law = law(regulation, statements, bureau);
  out.english = english(regulation);
  out.cases = fmt::format("# 用例：由没有看过规则文件的人，依据规定原文和 rules/vocabulary.law 写成。格式见 docs/cases.md。\n"
                          "局: {}\n\n片段: {{}}\n\n用例: []\n", bureau);
  out.source = "# at: article, 款, 项, 句, 分句. cut: where a 分句 stands in its sentence, in characters of the normalised text, the first\n"
               "# included, the last not. sha256: of the normalised words. The text itself is not in this file.\n"
               "# How statements are divided and normalised: docs/decisions/0002-statements.md.\n" + statute::write_source(source);
  out.articles = regulation.articles.size();
  out.statements = statements.size();
  out.doubts = numbers_left_out(regulation);
  for (diag::Words& doubt : lists_without_numbers(regulation)) out.doubts.push_back(std::move(doubt));
  return out;
}

}  // namespace jianlu::rules
