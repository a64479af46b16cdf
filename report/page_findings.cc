#include <unordered_map>
#include <utility>

#include "report/escape.h"
#include "report/headline.h"
#include "report/page.h"

namespace jianlu::report {
namespace {

using Object = Value::Object;
using List = Value::List;

std::string_view truth_id(Truth truth) {
  switch (truth) {
    case Truth::holds:
      return "holds";
    case Truth::fails:
      return "fails";
    case Truth::undecided:
      return "undecided";
    case Truth::none:
      break;
  }
  return "";
}

std::string truth_name(Truth truth, const Words& words) {
  switch (truth) {
    case Truth::holds:
      return std::string(words[Word::truth_holds]);
    case Truth::fails:
      return std::string(words[Word::truth_fails]);
    case Truth::undecided:
      return std::string(words[Word::truth_undecided]);
    case Truth::none:
      break;
  }
  return {};
}

std::string_view ruling(Truth truth, const Words& words) {
  return words[truth == Truth::holds   ? Word::ruled_holds
               : truth == Truth::fails ? Word::ruled_fails
                                       : Word::ruled_undecided];
}

Value reason(const Reason& r, const Words& words) {
  List children;
  for (const Reason& child : r.children) children.push_back(reason(child, words));
  Object node{{"text", r.text},
              {"value", r.value},
              {"truth_id", truth_id(r.truth)},
              {"truth", truth_name(r.truth, words)},
              {"source", r.source},
              {"citation", r.citation},
              {"has_children", !children.empty()}};
  node.emplace("children", std::move(children));  // an initializer list would copy the tree at each level
  return node;
}

// Deadlines, as rows of a name and a value.
List timing(const Finding& f, const Words& words) {
  List rows;
  const auto row = [&](Word name, std::string value) {
    rows.push_back(Object{{"name", words[name]}, {"value", std::move(value)}});
  };
  const outcome::Verdict& v = f.verdict;
  if (v.outcome == Outcome::pending) {
    row(Word::decided_by, is_known(v.due) ? words.instant(v.due) : std::string(words[Word::woken_by_fact]));
  } else if (v.outcome == Outcome::breached && is_known(v.due)) {
    const std::string due = words.instant(v.due);
    if (!is_known(v.cured_at)) {
      row(Word::due, words.fill(Word::due_late, due));
    } else {
      row(Word::due, due);
      row(Word::cured,
          words.fill(Word::cured_late, words.instant(v.cured_at), words.length(Period{v.due, v.cured_at})));
    }
  }
  return rows;
}

void put_details(Object& article, const Finding& f, const Words& words) {
  const auto put = [&](const std::string& name, List items) {
    article.emplace("has_" + name, !items.empty());
    article.emplace(name, std::move(items));
  };
  List items;
  for (const Fact& fact : f.facts) {
    const std::string value = fact.value.empty() ? std::string(words[Word::not_known]) : fact.value;
    items.push_back(Object{{"name", fact.name}, {"value", value}, {"source", fact.source}});
  }
  put("facts", std::exchange(items, {}));
  for (const MissingFact& m : f.missing) items.push_back(Object{{"name", m.name}, {"supplier", m.supplier}});
  put("missing", std::exchange(items, {}));
  for (const Exception& e : f.exceptions) {
    items.push_back(Object{{"name", e.name},
                           {"citation", e.citation},
                           {"truth_id", truth_id(e.truth)},
                           {"truth", truth_name(e.truth, words)},
                           {"why", e.why}});
  }
  put("exceptions", std::exchange(items, {}));
  for (const Category& c : f.categories) {
    List rulings;
    for (const std::string& ruling : c.to_rule_on) rulings.push_back(ruling);
    items.push_back(Object{{"name", c.name},
                           {"citation", c.citation},
                           {"condition", c.condition},
                           {"truth_id", truth_id(c.truth)},
                           {"truth", ruling(c.truth, words)},
                           {"to_rule_on", std::move(rulings)}});
  }
  put("categories", std::exchange(items, {}));
  for (const Still& s : f.stills) {
    const bool shown = !s.bytes.empty() && (s.media_type == "image/jpeg" || s.media_type == "image/png");
    const std::string picture = shown ? "data:" + s.media_type + ";base64," + base64(s.bytes) : std::string();
    items.push_back(Object{{"caption", s.caption}, {"place", s.place}, {"picture", picture}});
  }
  put("stills", std::exchange(items, {}));
  for (const Reason& r : f.explanation) items.push_back(reason(r, words));
  put("explanation", std::exchange(items, {}));
  for (const Event& e : f.events) {
    items.push_back(Object{
        {"as_of", words.instant(e.as_of)}, {"what", e.what}, {"person", e.person}, {"reason", e.reason}});
  }
  put("events", std::move(items));
}

std::size_t nodes(const std::vector<Reason>& reasons) {
  std::size_t n = reasons.size();
  for (const Reason& r : reasons) n += nodes(r.children);
  return n;
}

// Whether the finding fills about a page of 33 lines and may as well be split.
bool is_long(const Finding& f) {
  std::size_t lines = 8 + (f.statement.official.empty() ? 0 : 3);
  const auto add = [&](std::size_t items, std::size_t each) {
    if (items != 0) lines += 2 + items * each;
  };
  add(f.facts.size(), 1), add(f.missing.size(), 1), add(f.exceptions.size(), 2), add(f.categories.size(), 4);
  add(f.stills.size(), 4), add(nodes(f.explanation), 1), add(f.events.size(), 2);
  return lines > 33;
}

// What stands before a message that is written for a breach when nothing is established.
std::string_view open_question(Outcome outcome, const Words& words) {
  switch (outcome) {
    case Outcome::unknown:
      return words[Word::open_unknown];
    case Outcome::pending:
      return words[Word::open_pending];
    case Outcome::conflict:
      return words[Word::open_conflict];
    default:
      return "";
  }
}

std::string about(const Finding& f, const Words& words) {
  std::string text;
  if (!f.unit.empty()) text = words.fill(Word::about_unit, f.unit);
  if (!f.session.empty()) {
    if (!text.empty()) text += words[Word::semicolon];
    text += words.fill(Word::about_session, f.session);
  }
  return text;
}

using SessionPlaces = std::unordered_map<std::string_view, std::size_t>;

Value article(const Finding& f, std::size_t index, std::size_t number, const SessionPlaces& sessions,
              const Words& words) {
  const auto session = sessions.find(f.session);
  const bool linked = session != sessions.end();
  Object article{{"anchor", finding_anchor(index)},
                 {"number", std::to_string(number)},
                 {"norm", f.norm},
                 {"norm_name", f.norm_name},
                 {"subject", f.subject},
                 {"outcome_id", outcome::id(f.verdict.outcome)},
                 {"outcome", outcome::name(f.verdict.outcome, words.language())},
                 {"about", about(f, words)},
                 {"session", linked},
                 {"session_anchor", linked ? session_anchor(session->second) : std::string()},
                 {"long", is_long(f)},
                 {"open", open_question(f.verdict.outcome, words)},
                 {"message", f.message},
                 {"citation", f.statement.citation},
                 {"summary", f.statement.summary},
                 {"official", f.statement.official},
                 {"timing", timing(f, words)}};
  put_details(article, f, words);
  return article;
}

// Indices in the order in which they are shown.
std::vector<std::size_t> shown_order(const Report& report) {
  std::vector<std::size_t> order;
  for (const Outcome o : kShown) {
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
      if (report.findings[i].verdict.outcome == o) order.push_back(i);
    }
  }
  return order;
}

}  // namespace

std::string headline(const Finding& finding, source::Language language) {
  const Words words(language, "UTC");
  switch (finding.verdict.outcome) {
    case Outcome::satisfied:
      return std::string(words[Word::meaning_satisfied]);
    case Outcome::exempt:
      return std::string(words[Word::meaning_exempt]);
    case Outcome::not_applicable:
      return std::string(words[Word::meaning_not_applicable]);
    default:
      return finding.message.empty() ? "" : std::string(open_question(finding.verdict.outcome, words)) + finding.message;
  }
}

std::string finding_anchor(std::size_t index) { return fmt::format("finding-{}", index + 1); }

std::vector<std::size_t> finding_numbers(const Report& report) {
  std::vector<std::size_t> numbers(report.findings.size());
  std::size_t number = 0;
  for (const std::size_t index : shown_order(report)) numbers[index] = ++number;
  return numbers;
}

List finding_groups(const Report& report, const Words& words) {
  List groups;
  SessionPlaces sessions;
  for (std::size_t i = 0; i < report.sessions.size(); ++i) sessions.emplace(report.sessions[i].key, i);
  const std::vector<std::size_t> order = shown_order(report);
  for (std::size_t i = 0; i < order.size();) {
    const Outcome outcome = report.findings[order[i]].verdict.outcome;
    List articles;
    for (; i < order.size() && report.findings[order[i]].verdict.outcome == outcome; ++i) {
      articles.push_back(article(report.findings[order[i]], order[i], i + 1, sessions, words));
    }
    const std::string name =
        words.fill(Word::group_name, outcome::name(outcome, words.language()), articles.size());
    Object group{{"name", name}};
    group.emplace("findings", std::move(articles));
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace jianlu::report
