#include "report/page.h"

#include <numeric>

namespace jianlu::report {
namespace {

using Object = Value::Object;
using List = Value::List;

template <class T, class Make>
List list(const std::vector<T>& items, Make make) {
  List made;
  made.reserve(items.size());
  for (const T& item : items) made.push_back(make(item));
  return made;
}

// A list and the flag that says whether to print its heading.
void put(Object& root, const std::string& name, List items) {
  root.emplace("has_" + name, !items.empty());
  root.emplace(name, std::move(items));
}

Word meaning(Outcome outcome) {
  switch (outcome) {
    case Outcome::breached:
      return Word::meaning_breached;
    case Outcome::conflict:
      return Word::meaning_conflict;
    case Outcome::unknown:
      return Word::meaning_unknown;
    case Outcome::pending:
      return Word::meaning_pending;
    case Outcome::satisfied:
      return Word::meaning_satisfied;
    case Outcome::exempt:
      return Word::meaning_exempt;
    case Outcome::not_applicable:
      break;
  }
  return Word::meaning_not_applicable;
}

List outcomes(const Words& words) {
  List shown;
  for (const Outcome o : kShown) {
    shown.push_back(Object{{"id", outcome::id(o)},
                           {"name", outcome::name(o, words.language())},
                           {"meaning", words[meaning(o)]}});
  }
  return shown;
}

Value tally_rows(const std::vector<Tally>& tallies, const Words& words) {
  if (tallies.empty()) return Object{{"length", false}, {"items", List{}}};
  return Object{{"length", true},
                {"items", list(tallies, [&](const Tally& tally) {
                   List counts;
                   for (const Outcome o : kShown) {
                     const std::int64_t count = tally.counts[static_cast<std::size_t>(o)];
                     counts.push_back(Object{
                         {"id", outcome::id(o)}, {"count", words.number(count)}, {"some", count != 0}});
                   }
                   const std::int64_t total =
                       std::accumulate(tally.counts.begin(), tally.counts.end(), std::int64_t{0});
                   return Value(Object{{"name", tally.name},
                                       {"summary", tally.summary},
                                       {"counts", std::move(counts)},
                                       {"total", words.number(total)}});
                 })}};
}

std::string overall(const Report& report, const Words& words) {
  std::array<std::int64_t, outcome::kOutcomes> sums{};
  for (const Tally& tally : report.by_article) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += tally.counts[i];
  }
  const auto of = [&](Outcome o) { return words.number(sums[static_cast<std::size_t>(o)]); };
  return words.fill(Word::overall, words.number(std::accumulate(sums.begin(), sums.end(), std::int64_t{0})),
                    of(Outcome::breached), of(Outcome::conflict), of(Outcome::unknown), of(Outcome::pending),
                    words.number(static_cast<std::int64_t>(report.findings.size())));
}

struct Section {
  const char* name;  // of its number and heading
  const char* anchor;
  Word heading;
  std::size_t count;  // shown in the contents when not 0
};

std::string section_number(std::size_t n, const Words& words) {
  if (!words.zh()) return fmt::format("{}. ", n);
  constexpr std::string_view digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  return fmt::format("{}{}{}、", n >= 20 ? digits[n / 10] : "", n >= 10 ? "十" : "", digits[n % 10]);
}

void put_sections(Object& root, const Report& r, const Words& words) {
  const Section sections[] = {
      {"basics", "basics", Word::basics, 0},
      {"summary", "summary", Word::summary, 0},
      {"findings", "findings", Word::findings, r.findings.size()},
      {"sessions", "sessions", Word::sessions, r.sessions.size()},
      {"sanctions", "sanctions", Word::sanctions, r.sanctions.size()},
      {"manual", "manual", Word::manual, r.manual.size()},
      {"ledgers", "ledgers", Word::ledgers, r.missing_ledgers.size()},
      {"interpretations", "interpretations", Word::interpretations, r.interpretations.size()},
      {"footage", "footage", Word::footage, r.footage.size()},
      {"set_aside", "set-aside", Word::set_aside, r.set_aside.size()},
      {"objections", "objections", Word::objections, 0},
      {"receipt", "receipt", Word::receipt, 0}};
  Object numbers;
  List contents;
  for (std::size_t i = 0; i < std::size(sections); ++i) {
    const Section& s = sections[i];
    const std::string number = section_number(i + 1, words);
    contents.push_back(
        Object{{"anchor", s.anchor},
               {"name", number + std::string(words[s.heading])},
               {"count", s.count ? words.number(static_cast<std::int64_t>(s.count)) : std::string()}});
    numbers.emplace(s.name, number);
  }
  root.emplace("no", std::move(numbers));
  root.emplace("contents", std::move(contents));
}

void put_limits(Object& root, const Report& r, const Words& words) {
  put(root, "missing_ledgers", list(r.missing_ledgers, [&](const MissingLedger& l) {
        return Value(Object{{"ledger", l.ledger},
                            {"unit", l.unit},
                            {"period", l.period},
                            {"supplier", l.supplier},
                            {"norms", words.joined(l.norms)}});
      }));
  put(root, "interpretations", list(r.interpretations, [](const Interpretation& i) {
        return Value(
            Object{{"citation", i.citation}, {"name", i.name}, {"value", i.value}, {"reason", i.reason}});
      }));
  put(root, "footage", list(r.footage, [&](const Footage& f) {
        return Value(Object{
            {"file", f.file},
            {"verdict", f.verdict},
            {"sound", f.sound},
            {"length", f.duration < 0 ? std::string(words[Word::not_known]) : words.length(f.duration)},
            {"session", f.session.empty() ? std::string(words[Word::no_match]) : f.session},
            {"details", f.details},
            {"signs", list(f.signs, [](const std::string& sign) { return Value(sign); })}});
      }));
  put(root, "set_aside", list(r.set_aside, [](const SetAside& s) {
        return Value(Object{{"where", s.where}, {"problem", s.problem}, {"remedy", s.remedy}});
      }));
}

void put_people(Object& root, const Report& r, const Words& words) {
  put(root, "sanctions", list(r.sanctions, [](const Sanction& s) {
        return Value(Object{{"citation", s.citation},
                            {"text", s.text},
                            {"condition", s.condition},
                            {"cumulative", s.cumulative}});
      }));
  put(root, "manual", list(r.manual, [](const ManualLine& m) {
        return Value(Object{{"citation", m.citation},
                            {"subject", m.subject},
                            {"question", m.question},
                            {"role", m.role},
                            {"frequency", m.frequency}});
      }));
  root.emplace("objection", words.fill(Word::objection, r.appeal_to.empty() ? r.bureau : r.appeal_to));
}

void put_receipt(Object& root, const Receipt& receipt, const Words& words) {
  root.emplace("engine", receipt.engine);
  root.emplace("chain_head", receipt.chain_head);
  root.emplace("chain_length", words.number(receipt.chain_length));
  put(root, "counts", list(receipt.counts, [&](const Count& c) {
        return Value(Object{{"name", c.name}, {"value", words.number(c.value)}});
      }));
  put(root, "digests", list(receipt.digests, [](const Digest& d) {
        return Value(Object{{"name", d.name}, {"sha256", d.sha256}});
      }));
  put(root, "verify", list(receipt.verify, [](const std::string& command) { return Value(command); }));
}

}  // namespace

Value page(const Report& r, const Words& words) {
  Object root{{"t", words.table()}, {"lang", words.zh() ? "zh-CN" : "en"}};
  const std::string title = r.title.empty() ? std::string(words[Word::standard_title]) : r.title;
  root.emplace("title", title);
  root.emplace("subtitle", words.fill(Word::subtitle, r.bureau, words.dates(r.period)));
  root.emplace("bureau", r.bureau);
  root.emplace("regulation", r.version.empty()
                                 ? r.regulation
                                 : words.fill(Word::regulation_version, r.regulation, r.version));
  root.emplace("commencement", r.commencement.empty() ? std::string(words[Word::not_known]) : r.commencement);
  root.emplace("period", words.period(r.period));
  root.emplace("as_of", words.instant(r.as_of));
  root.emplace("zone", words.zone_name());
  root.emplace("overall", overall(r, words));
  root.emplace("outcomes", outcomes(words));
  root.emplace("tallies", List{Object{{"name", words[Word::by_article]},
                                      {"first", words[Word::article]},
                                      {"rows", tally_rows(r.by_article, words)}},
                               Object{{"name", words[Word::by_unit]},
                                      {"first", words[Word::unit]},
                                      {"rows", tally_rows(r.by_unit, words)}}});
  put_sections(root, r, words);
  put(root, "groups", finding_groups(r, words));
  put(root, "sessions", session_articles(r, words));
  put_people(root, r, words);
  put_limits(root, r, words);
  put_receipt(root, r.receipt, words);
  return root;
}

}  // namespace jianlu::report
