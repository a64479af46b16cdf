#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/mutation/run.h"
#include "engine/statute/citation.h"

namespace jianlu::mutation {

using source::Language;
using Json = nlohmann::ordered_json;

namespace {

std::string written(const rules::Rules& rules, source::Span span) {
  std::string text(rules.files[span.file].text(span));
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  std::string out;   // runs of blanks as one
  for (const char c : text) {
    if (c != ' ' || out.empty() || out.back() != ' ') out += c;
  }
  return out;
}

std::string article_name(int article, Language language) {
  statute::Citation citation;
  citation.article = static_cast<std::uint16_t>(article);
  return language == Language::zh ? statute::format_zh(citation) : statute::format_en(citation);
}

const char* id(Fate fate) {
  switch (fate) {
    case Fate::killed: return "killed";
    case Fate::survived: return "survived";
    case Fate::equivalent: return "equivalent";
    case Fate::invalid: return "invalid";
  }
  return "";
}

}  // namespace

std::string print(const rules::Rules& rules, const Report& report, Language language) {
  const auto say = [&](const char* zh, const char* en) { return fmt::runtime(language == Language::zh ? zh : en); };
  const model::Regulation& regulation = rules.book.regulations[report.regulation];
  const source::File& file = rules.files[regulation.file];
  std::string out;
  const auto put = [&out](const std::string& line) { out += line + "\n"; };
  if (report.trouble) {
    put(fmt::format(say("{}：用例不能照原样全部通过，不能做变异检验：{}", "{}: the cases do not pass as they are, so slips cannot be told: {}"),
                    regulation.name.in(language), report.trouble->in(language)));
    return out;
  }
  for (const cases::Fault& fault : report.faults) put(fmt::format("{}:{}: {}", report.path, fault.line, fault.what.in(language)));
  for (const Outcome& o : report.outcomes) {
    if (o.fate != Fate::survived) continue;
    const auto at = file.position(o.span.begin);
    put(fmt::format(say("未被发现 {}:{}:{} {}：{}", "SURVIVED {}:{}:{} {}: {}"), file.path(), at.line, at.column, o.id, o.what.in(language)));
    put("    " + written(rules, o.span));
  }
  std::set<int> articles;
  for (const Outcome& o : report.outcomes) articles.insert(o.article);
  for (const int article : articles) {
    std::size_t of[4] = {};
    for (const Outcome& o : report.outcomes) of[static_cast<std::size_t>(o.fate)] += o.article == article;
    put(fmt::format(say("{}  发现 {}，未发现 {}，等价 {}，不成规则 {}：{:.1f}%", "{}  killed {}, survived {}, equivalent {}, invalid {}: {:.1f}%"),
                    article_name(article, language), of[0], of[1], of[2], of[3], report.score(article)));
  }
  put(fmt::format(say("{}：变异 {}，发现 {}，未发现 {}，等价 {}（各有理由），不成规则 {}；得分 {:.1f}%",
                      "{}: {} mutants, killed {}, survived {}, equivalent {} (each with its reason), invalid {}; score {:.1f}%"),
                  regulation.name.in(language), report.outcomes.size(), report.count(Fate::killed), report.count(Fate::survived),
                  report.count(Fate::equivalent), report.count(Fate::invalid), report.score()));
  return out;
}

std::string json(const rules::Rules& rules, const std::vector<Report>& reports) {
  Json out = Json::array();
  for (const Report& report : reports) {
    const model::Regulation& regulation = rules.book.regulations[report.regulation];
    Json mutants = Json::array(), faults = Json::array();
    for (const Outcome& o : report.outcomes) {
      const auto at = rules.files[regulation.file].position(o.span.begin);
      Json one{{"id", o.id}, {"article", o.article}, {"line", at.line}, {"column", at.column}, {"written", written(rules, o.span)},
               {"slip", {{"zh", o.what.zh}, {"en", o.what.en}}}, {"fate", id(o.fate)}};
      if (o.fate == Fate::killed) one["case"] = o.by;
      if (o.fate == Fate::equivalent) one["reason"] = o.by;
      mutants.push_back(std::move(one));
    }
    for (const cases::Fault& fault : report.faults) faults.push_back({{"line", fault.line}, {"zh", fault.what.zh}, {"en", fault.what.en}});
    Json of{{"bureau", regulation.id}, {"score", report.score()}, {"mutants", std::move(mutants)}, {"faults", std::move(faults)}};
    if (report.trouble) of["trouble"] = {{"zh", report.trouble->zh}, {"en", report.trouble->en}};
    out.push_back(std::move(of));
  }
  return out.dump(2) + "\n";
}

}  // namespace jianlu::mutation
