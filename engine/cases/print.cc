#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "engine/calendar/text.h"
#include "engine/cases/suite.h"

namespace jianlu::cases {

using source::Language;
using Json = nlohmann::ordered_json;

namespace {

struct Wording {
  const model::Rulebook& book;
  const model::Regulation& regulation;
  calendar::Zone zone;
  Language language;

  std::string say(const char* zh, const char* en) const { return language == Language::zh ? zh : en; }

  std::string outcome(const std::optional<outcome::Outcome>& o) const {
    return o ? std::string(outcome::name(*o, language)) : say("无对象", "no row");
  }

  std::string instant(calendar::Instant at) const {
    if (at >= fact::kMax) return say("不定", "open");
    if (at <= fact::kMin) return say("无", "none");
    return calendar::format_instant(at, zone);
  }

  std::string verdict(const outcome::Verdict& v) const {
    std::string out = outcome(v.outcome);
    if (v.outcome == outcome::Outcome::pending || (v.outcome == outcome::Outcome::breached && v.due != fact::kMax)) {
      out += say("，期限 ", ", due ") + instant(v.due);
    }
    if (v.outcome == outcome::Outcome::breached && v.cured_at != fact::kMin) out += say("，补做于 ", ", cured ") + instant(v.cured_at);
    return out;
  }

  std::string expected(const Expectation& e) const {
    std::string out = outcome(e.outcome);
    if (e.due) out += say("，期限 ", ", due ") + instant(*e.due);
    if (e.cured) out += say("，补做于 ", ", cured ") + instant(*e.cured);
    return out;
  }

  std::string norm(model::NormId id) const { return book.norms[id].name.in(language); }
};

Wording wording(const rules::Rules& rules, const Suite& suite, Language language) {
  const model::Regulation& regulation = rules.book.regulations[suite.regulation];
  return {rules.book, regulation, calendar::Zone::find(regulation.zone).value_or(calendar::Zone::utc()), language};
}

// Everything that a failed case has to say, a line each.
std::vector<std::string> complaints(const Wording& w, const Suite& suite, const Result& result) {
  std::vector<std::string> out;
  for (const Fault& f : result.faults) out.push_back(fmt::format("{}:{}:{}: {}", suite.path, f.line, f.column, f.what.in(w.language)));
  for (const Check& check : result.checks) {
    if (check.passed) continue;
    out.push_back(fmt::format(fmt::runtime(w.say("{}:{}: {}：应为{}", "{}:{}: {}: expected {}")), suite.path, check.expected.line,
                              w.norm(check.expected.norm), w.expected(check.expected)));
    for (const Judged& j : check.actual) out.push_back(fmt::format(fmt::runtime(w.say("  {} 实为{}", "  {}: found {}")), j.row, w.verdict(j.verdict)));
    for (const diag::Words& line : check.why) out.push_back("    " + line.in(w.language));
  }
  for (const diag::Words& d : result.disagreements) out.push_back(w.say("两种求值不一致：", "the evaluators disagree: ") + d.in(w.language));
  return out;
}

Json verdict_json(const Wording& w, const outcome::Verdict& v) {
  Json out{{"outcome", outcome::id(v.outcome)}};
  if (v.due != fact::kMax) out["due"] = w.instant(v.due);
  if (v.cured_at != fact::kMin) out["cured"] = w.instant(v.cured_at);
  return out;
}

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n') out += c;
  }
  return out;
}

}  // namespace

std::string print(const rules::Rules& rules, const Suite& suite, bool coverage, Language language) {
  const Wording w = wording(rules, suite, language);
  std::string out;
  const auto line = [&](const std::string& text) { out += text + "\n"; };
  line(fmt::format("{} ({})", w.regulation.name.in(language), w.regulation.id));
  if (!suite.readable) {
    line(suite.path + w.say("：打不开文件", ": cannot open the file"));
    return out;
  }
  for (const Fault& f : suite.faults) line(fmt::format("{}:{}:{}: {}", suite.path, f.line, f.column, f.what.in(language)));
  for (const Result& result : suite.results) {
    std::string norms;
    for (const Check& check : result.checks) {
      norms += (norms.empty() ? "" : w.say("，", ", ")) + w.norm(check.expected.norm) + " " +
               (check.actual.size() == 1 ? w.outcome(check.actual.front().verdict.outcome) : w.outcome(std::nullopt));
    }
    line(fmt::format("{} {}  [{}]", result.passed ? "PASS" : "FAIL", result.name, norms));
    for (const std::string& complaint : complaints(w, suite, result)) line("     " + complaint);
  }
  for (const auto& [norm, outcome] : suite.impossible) {
    line(fmt::format(fmt::runtime(w.say("{} 按其构成不会是“{}”，用例却得出了它", "{}: its shape rules out '{}', yet a case shows it")), w.norm(norm),
                     w.outcome(outcome)));
  }
  if (coverage) {
    line("\n" + w.say("规范的每种可能结果，“—”为没有用例的：", "Outcomes that each norm can have, with — those that no case shows:"));
    for (const Shown& norm : suite.norms) {
      std::string shown, missing;
      for (std::size_t i = 0; i < norm.possible.size(); ++i) {
        if (!norm.possible[i]) continue;
        std::string& list = norm.shown[i] ? shown : missing;
        list += (list.empty() ? "" : w.say("、", ", ")) + w.outcome(static_cast<outcome::Outcome>(i));
      }
      line(fmt::format("  {} ({}): {}{}", w.norm(norm.norm), rules.book.norms[norm.norm].name.en, shown, missing.empty() ? "" : " — " + missing));
    }
  }
  line("\n" + fmt::format(fmt::runtime(w.say("用例 {}，通过 {}，未通过 {}；规范的可能结果 {}，有用例的 {}",
                                             "cases {}, passed {}, failed {}; outcomes that norms can have {}, shown {}")),
                          suite.results.size(), suite.results.size() - suite.failed(), suite.failed(), suite.pairs(), suite.pairs_shown()));
  return out;
}

std::string json(const rules::Rules& rules, const std::vector<Suite>& suites) {
  Json out = Json::array();
  for (const Suite& suite : suites) {
    const Wording w = wording(rules, suite, Language::en);
    Json cases = Json::array();
    for (const Result& result : suite.results) {
      Json checks = Json::array();
      for (const Check& check : result.checks) {
        Json actual = Json::array();
        for (const Judged& j : check.actual) {
          Json row{{"row", j.row}};
          row.update(verdict_json(w, j.verdict));
          actual.push_back(std::move(row));
        }
        Json entry{{"norm", rules.book.norms[check.expected.norm].name.en},
                   {"passed", check.passed},
                   {"expected", check.expected.outcome ? Json(outcome::id(*check.expected.outcome)) : Json("no_row")},
                   {"actual", std::move(actual)}};
        if (!check.passed) {
          Json why = Json::array();
          for (const diag::Words& words : check.why) why.push_back({{"zh", words.zh}, {"en", words.en}});
          entry["why"] = std::move(why);
        }
        checks.push_back(std::move(entry));
      }
      Json faults = Json::array();
      for (const Fault& f : result.faults) faults.push_back({{"line", f.line}, {"column", f.column}, {"zh", f.what.zh}, {"en", f.what.en}});
      Json disagreements = Json::array();
      for (const diag::Words& d : result.disagreements) disagreements.push_back(d.en);
      cases.push_back({{"name", result.name}, {"line", result.line}, {"passed", result.passed}, {"checks", std::move(checks)},
                       {"faults", std::move(faults)}, {"disagreements", std::move(disagreements)}});
    }
    Json norms = Json::array();
    for (const Shown& norm : suite.norms) {
      Json shown = Json::array(), missing = Json::array();
      for (std::size_t i = 0; i < norm.possible.size(); ++i) {
        if (norm.possible[i]) (norm.shown[i] ? shown : missing).push_back(outcome::id(static_cast<outcome::Outcome>(i)));
      }
      norms.push_back({{"norm", rules.book.norms[norm.norm].name.en}, {"shown", std::move(shown)}, {"missing", std::move(missing)}});
    }
    Json faults = Json::array();
    for (const Fault& f : suite.faults) faults.push_back({{"line", f.line}, {"column", f.column}, {"zh", f.what.zh}, {"en", f.what.en}});
    Json impossible = Json::array();
    for (const auto& [norm, o] : suite.impossible) impossible.push_back({{"norm", rules.book.norms[norm].name.en}, {"outcome", outcome::id(o)}});
    out.push_back({{"bureau", w.regulation.id}, {"readable", suite.readable}, {"passed", suite.passed()},
                   {"cases", {{"total", suite.results.size()}, {"failed", suite.failed()}}},
                   {"outcomes", {{"possible", suite.pairs()}, {"shown", suite.pairs_shown()}}},
                   {"faults", std::move(faults)}, {"results", std::move(cases)}, {"norms", std::move(norms)},
                   {"impossible", std::move(impossible)}});
  }
  return out.dump(2) + "\n";
}

std::string junit(const rules::Rules& rules, const std::vector<Suite>& suites, Language language) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const Suite& suite : suites) {
    const Wording w = wording(rules, suite, language);
    const std::size_t own = !suite.readable || !suite.faults.empty() || !suite.impossible.empty();
    out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n", xml(w.regulation.id), suite.results.size() + own, suite.failed() + own);
    if (own) {
      std::string what = suite.readable ? "" : w.say("打不开文件", "cannot open the file");
      for (const Fault& f : suite.faults) what += fmt::format("{}:{}: {}\n", f.line, f.column, f.what.in(language));
      for (const auto& [norm, o] : suite.impossible) what += w.norm(norm) + ": " + w.outcome(o) + "\n";
      out += fmt::format("    <testcase classname=\"{0}\" name=\"cases.yaml\"><failure>{1}</failure></testcase>\n", xml(w.regulation.id), xml(what));
    }
    for (const Result& result : suite.results) {
      out += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml(w.regulation.id), xml(result.name));
      if (result.passed) {
        out += "/>\n";
        continue;
      }
      std::string text;
      for (const std::string& complaint : complaints(w, suite, result)) text += complaint + "\n";
      out += ">\n      <failure>" + xml(text) + "</failure>\n    </testcase>\n";
    }
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace jianlu::cases
