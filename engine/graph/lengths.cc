#include "engine/graph/lengths.h"

#include <array>
#include <optional>
#include <utility>

#include "engine/calendar/instant.h"
#include "engine/source/screen.h"

namespace jianlu::graph {
namespace {

struct Unit {
  std::string_view zh, en;
  Measure measure;
  std::int64_t size;
};

// Longer spellings first: 个工作日 ends in 日.
constexpr std::array<std::string_view, 18> kVague{"及时", "立即", "第一时间", "尽快", "原则上", "一般情况下", "一定比例", "定期", "不定期", "必要时", "适当", "promptly",
                                                  "immediately", "as soon as possible", "in principle", "regularly", "where necessary", "as appropriate"};

constexpr std::array<Unit, 12> kUnits{{{"个工作日", " working days", Measure::working_days, 1},
                                       {"工作日", " working days", Measure::working_days, 1},
                                       {"小时", " hours", Measure::clock, 3600},
                                       {"分钟", " minutes", Measure::clock, 60},
                                       {"秒", " seconds", Measure::clock, 1},
                                       {"个月", " months", Measure::months, 1},
                                       {"周年", " years", Measure::months, 12},
                                       {"年", " years", Measure::months, 12},
                                       {"日", " days", Measure::days, 1},
                                       {"天", " days", Measure::days, 1},
                                       {"名", " persons", Measure::persons, 1},
                                       {"%", "%", Measure::share, 100}}};

constexpr std::u32string_view kDigits = U"零一二三四五六七八九";

std::optional<std::int64_t> digit(char32_t c) {
  if (c >= U'0' && c <= U'9') return c - U'0';
  if (c >= U'０' && c <= U'９') return c - U'０';
  if (c == U'两') return 2;
  if (c == U'〇') return 0;
  const std::size_t at = kDigits.find(c);
  return at == std::u32string_view::npos ? std::nullopt : std::optional<std::int64_t>(at);
}

bool is_numeral(char32_t c) { return digit(c) || c == U'十' || c == U'百'; }

std::optional<std::int64_t> number(std::u32string_view numeral) {
  std::int64_t total = 0, current = 0;
  bool any = false;
  for (const char32_t c : numeral) {
    if (total > 1'000'000 || current > 1'000'000) return std::nullopt;
    if (c == U'十' || c == U'百') {
      const std::int64_t scale = c == U'十' ? 10 : 100;
      total += (any ? current : 1) * scale;
      current = 0;
      any = false;
    } else {
      current = current * 10 + *digit(c);
      any = true;
    }
  }
  return total + current;
}

std::u32string decode(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const source::CodePoint point = source::decode(text, i);
    out += point.value;
    i += point.length == 0 ? 1 : point.length;
  }
  return out;
}

}  // namespace

std::vector<Length> lengths_in(std::string_view text) {
  std::vector<Length> out;
  const std::u32string points = decode(text);
  for (std::size_t i = 0; i < points.size();) {
    if (!is_numeral(points[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < points.size() && is_numeral(points[end])) ++end;
    const bool ordinal = i > 0 && points[i - 1] == U'第';
    if (i >= 3 && points.compare(i - 3, 3, U"百分之") == 0) {
      if (const auto n = number(std::u32string_view(points).substr(i, end - i))) {
        Length length{Measure::share, *n * 100, ""};
        for (const char32_t c : points.substr(i - 3, end - i + 3)) source::append_utf8(length.written, c);
        out.push_back(std::move(length));
      }
      i = end;
      continue;
    }
    const std::u32string_view numeral = std::u32string_view(points).substr(i, end - i);
    for (const Unit& unit : kUnits) {
      const std::u32string word = decode(unit.zh);
      if (ordinal || points.compare(end, word.size(), word) != 0) continue;
      if (const auto n = number(numeral)) {
        Length length{unit.measure, *n * unit.size, ""};
        for (const char32_t c : points.substr(i, end - i + word.size())) source::append_utf8(length.written, c);
        out.push_back(std::move(length));
      }
      break;
    }
    i = end;
  }
  return out;
}

void lengths_of(const model::Rulebook& book, model::ExprId id, std::set<Length>& out) {
  if (id == model::kNone) return;
  const model::Expr& e = book.expr(id);
  if (e.op == model::Op::duration) out.insert({Measure::clock, e.integer / calendar::second, ""});
  if (e.op == model::Op::number) {
    constexpr std::int64_t kOne = 1'000'000;
    if (e.integer % kOne == 0) out.insert({Measure::persons, e.integer / kOne, ""});
    else if (e.integer % (kOne / 10'000) == 0) out.insert({Measure::share, e.integer / (kOne / 10'000), ""});
  }
  if (e.op == model::Op::period) {
    if (e.period.months != 0) out.insert({Measure::months, e.period.months, ""});
    if (e.period.days != 0) out.insert({Measure::days, e.period.days, ""});
    if (e.period.working_days != 0) out.insert({Measure::working_days, e.period.working_days, ""});
  }
  for (const model::ExprId operand : e.operands) lengths_of(book, operand, out);
  if (e.op != model::Op::call) return;
  for (const model::Alternative& a : book.definitions[static_cast<std::size_t>(e.definition)].alternatives) {
    lengths_of(book, a.when, out);
    lengths_of(book, a.value, out);
  }
}

diag::Words others_than(const Length& said, const std::set<Length>& used) {
  diag::Words others;
  for (const Length& length : used) {
    if (length.measure != said.measure) continue;
    if (length.size == said.size) return {};
    others.zh += (others.zh.empty() ? "" : "、") + say(length, source::Language::zh);
    others.en += (others.en.empty() ? "" : ", ") + say(length, source::Language::en);
  }
  return others;
}

std::vector<std::string_view> vague_terms(std::string_view text) {
  std::vector<std::string_view> out;
  for (const std::string_view term : kVague) {
    for (std::size_t at = text.find(term); at != std::string_view::npos; at = text.find(term, at + 1)) {
      const std::string_view before = text.substr(0, at);
      const bool demanded = !before.ends_with("无法") && !before.ends_with("不能") && !before.ends_with("未能");
      if (!demanded) continue;
      out.push_back(term);
      break;
    }
  }
  return out;
}

std::string say(const Length& length, source::Language language) {
  for (const Unit& unit : kUnits) {
    if (unit.measure != length.measure || length.size % unit.size != 0) continue;
    return std::to_string(length.size / unit.size) + std::string(language == source::Language::zh ? unit.zh : unit.en);
  }
  return std::to_string(length.size);
}

}  // namespace jianlu::graph
