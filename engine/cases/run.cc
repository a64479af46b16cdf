#include "engine/cases/run.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "adapters/manifest/manifest.h"
#include "engine/calendar/text.h"
#include "engine/cases/gist.h"
#include "engine/exec/exec.h"
#include "engine/fact/builder.h"
#include "engine/plan/plan.h"
#include "engine/reference/reference.h"

namespace jianlu::cases {

using model::kNone;
using outcome::RowKey;
using outcome::Verdict;
using source::Language;

namespace {

std::string outcome_text(const Verdict& verdict, Language language) {
  return std::string(outcome::name(verdict.outcome, language));
}

// Facts, both evaluators and the norms' verdicts of one case.
class Session {
 public:
  // `words`: the vocabulary as that bureau sees it.
  Session(const rules::Rules& rules, const model::Vocabulary& words, std::size_t regulation, const std::vector<calendar::Zone>& zones,
          const Case& one)
      : book_(rules.book),
        words_(words),
        regulation_(rules.book.regulations[regulation]),
        index_(regulation),
        zones_(zones),
        context_{one.as_of, &rules.working_days},
        facts_(build(one)),
        reference_(book_, facts_, context_, zones_) {}

  void judge(exec::Evaluator& evaluator, const Case& one, Result& result) {
    if (!result_faults_.empty()) {
      result.faults = std::move(result_faults_);
      return;
    }
    for (const model::NormId norm : regulation_.norms) {
      for (const RowKey& key : reference_.rows(norm)) verdicts_[norm].emplace_back(key, reference_.judge(norm, key));
    }
    compare(evaluator.evaluate(facts_, context_, zones_), result);
    for (const Expectation& expected : one.expect) result.checks.push_back(check(expected));
    result.passed = result.disagreements.empty();
    for (const Check& c : result.checks) result.passed = result.passed && c.passed;
  }

 private:
  fact::Facts build(const Case& one) {
    const calendar::Zone& zone = zones_[index_];
    fact::Builder builder(book_.vocabulary, zone);
    const manifest::Manifest read = manifest::read_node(one.facts, builder.source("cases.yaml"), words_, zone);
    for (const fact::Document& document : read.documents) builder.add(document);
    for (const fact::Doubt& doubt : read.doubts) builder.add(doubt);
    // The last delivery of a ledger for a unit counts: a case may say less than the pieces that it uses.
    std::map<std::pair<model::EntityId, std::string>, const fact::Delivery*> deliveries;
    for (const fact::Delivery& delivery : read.deliveries) deliveries[{delivery.ledger, delivery.unit}] = &delivery;
    for (const auto& [key, delivery] : deliveries) {
      bool kept = true;
      for (const model::EntityId ledger : one.undelivered) kept = kept && ledger != key.first;
      if (kept) builder.add(*delivery);
    }
    builder.build();
    const auto note = [&](const std::vector<fact::Problem>& problems) {
      for (const fact::Problem& p : problems) {
        const auto words = [&](Language l) {
          std::string text = p.path.in(l);
          if (!text.empty()) text += ": ";
          text += p.what.in(l);
          if (!p.mend.in(l).empty()) text += (l == Language::zh ? "；" : "; ") + p.mend.in(l);
          return text;
        };
        result_faults_.push_back({p.origin.line, p.column, {words(Language::zh), words(Language::en)}});
      }
    };
    note(read.problems);
    note(builder.problems());
    return builder.take();
  }

  reference::RowRef row_of(model::NormId norm, const RowKey& key) const {
    const model::Norm& n = book_.norms[norm];
    if (n.element == kNone) return {book_.variables[n.subject].entity, key.subject};
    const model::EntityId element = book_.variables[n.element].entity;
    if (book_.vocabulary.entities[element].derived) return {element, key.subject, key.previous, key.next};
    return {element, key.element};
  }

  std::string name(model::NormId norm, const RowKey& key, Language language = Language::zh) const {
    return row_name(book_, facts_, row_of(norm, key), language);
  }

  void compare(const std::vector<exec::NormVerdicts>& computed, Result& result) {
    for (const exec::NormVerdicts& of : computed) {
      std::map<RowKey, Verdict> columns;
      for (std::size_t i = 0; i < of.size(); ++i) columns[of.key(i)] = of.verdict(i);
      const auto& rows = verdicts_[of.norm];
      const model::Name& norm = book_.norms[of.norm].name;
      if (columns.size() != rows.size()) {
        result.disagreements.push_back(
            {fmt::format("{}：参考求值 {} 行，列式求值 {} 行", norm.zh, rows.size(), columns.size()),
             fmt::format("{}: {} rows by the reference, {} by columns", norm.en, rows.size(), columns.size())});
      }
      for (const auto& [key, verdict] : rows) {
        const auto found = columns.find(key);
        if (found == columns.end() || found->second == verdict) continue;
        const auto words = [&](Language l) {
          return fmt::format(fmt::runtime(l == Language::zh ? "{} {}：参考求值 {}（期限 {}，补做 {}），列式求值 {}（期限 {}，补做 {}）"
                                                            : "{} {}: {} by the reference (due {}, cured {}), {} by columns (due {}, cured {})"),
                             norm.in(l), name(of.norm, key, l), outcome_text(verdict, l), verdict.due, verdict.cured_at,
                             outcome_text(found->second, l), found->second.due, found->second.cured_at);
        };
        result.disagreements.push_back({words(Language::zh), words(Language::en)});
      }
    }
  }

  bool keyed(model::EntityId entity, fact::Row row, const std::string& key) const {
    if (row == fact::kNoRow) return key.empty();
    const model::FieldId field = book_.vocabulary.entities[entity].key;
    if (field == kNone) return false;
    return facts_.texts[facts_.tables[entity].columns[field].lo[row]] == key;
  }

  bool meant(const Expectation& e, const RowKey& key) const {
    const model::Norm& norm = book_.norms[e.norm];
    const bool by_name = e.subject && *e.subject == name(e.norm, key);   // rows without a key have no other
    if (e.subject && !by_name && !keyed(book_.variables[norm.subject].entity, key.subject, *e.subject)) return false;
    if (!e.element && !e.previous && !e.next) return true;
    if (norm.element == kNone) return false;
    const model::Entity& element = book_.vocabulary.entities[book_.variables[norm.element].entity];
    if (e.element && (element.derived || !keyed(book_.variables[norm.element].entity, key.element, *e.element))) return false;
    if (!e.previous && !e.next) return true;
    for (const model::Derivation& d : regulation_.derivations) {
      if (!element.derived || &book_.vocabulary.entities[d.entity] != &element) continue;
      const model::EntityId covering = book_.variables[d.covering_var].entity;
      return (!e.previous || keyed(covering, key.previous, *e.previous)) && (!e.next || keyed(covering, key.next, *e.next));
    }
    return false;
  }

  Check check(const Expectation& e) {
    Check out{e, false, {}, {}};
    std::vector<std::pair<RowKey, Verdict>> rows;
    for (const auto& row : verdicts_[e.norm]) {
      if (meant(e, row.first)) rows.push_back(row);
    }
    for (const auto& [key, verdict] : rows) out.actual.push_back({name(e.norm, key), verdict});
    if (!e.outcome) {
      out.passed = rows.empty();
      return out;
    }
    if (rows.size() != 1) {
      std::string known;
      for (const auto& [key, verdict] : verdicts_[e.norm]) known += (known.empty() ? "" : ", ") + name(e.norm, key);
      if (rows.empty()) out.why.push_back({"没有这样的对象；有：" + (known.empty() ? "无" : known), "there is no such row; there are: " + (known.empty() ? "none" : known)});
      else out.why.push_back({"有几个对象，须写明是哪一个：" + known, "there are several rows, say which: " + known});
      return out;
    }
    const auto& [key, verdict] = rows.front();
    // The last instant of a day may be written as 24:00.
    const auto agrees = [](const std::optional<calendar::Instant>& written, calendar::Instant found) {
      return !written || *written == found || *written - 1 == found;
    };
    out.passed = verdict.outcome == *e.outcome && agrees(e.due, verdict.due) && agrees(e.cured, verdict.cured_at);
    if (!out.passed) out.why = gist(book_, facts_, zones_[index_], reference_.explain(e.norm, key));
    for (const auto& [category, wanted] : e.categories) {
      const std::uint8_t found = falls_under(category, e.norm, key);
      if (found == wanted) continue;
      out.passed = false;
      const model::Name& c = regulation_.categories[category].name;
      const auto truth = [](std::uint8_t t, Language l) {
        const bool zh = l == Language::zh;
        return t == fact::kTrue ? (zh ? "成立" : "holds") : t == fact::kFalse ? (zh ? "不成立" : "fails") : (zh ? "待认定" : "undecided");
      };
      out.why.push_back({fmt::format("类别 {}：应为{}，实为{}", c.zh, truth(wanted, Language::zh), truth(found, Language::zh)),
                         fmt::format("category {}: expected {}, found {}", c.en, truth(wanted, Language::en), truth(found, Language::en))});
    }
    return out;
  }

  // Whether the breach of a norm falls under a category: by the link's condition and the category's own. A category
  // without a condition, and one about another row, is for a person to rule on.
  std::uint8_t falls_under(std::int32_t index, model::NormId norm, const RowKey& key) {
    const model::Category& category = regulation_.categories[index];
    std::uint8_t linked = fact::kFalse;
    for (const model::CategoryLink& link : book_.norms[norm].categories) {
      if (link.category != index) continue;
      linked = link.when == kNone ? std::uint8_t{fact::kTrue} : reference_.evaluate(link.when, norm, key).state;
    }
    std::uint8_t own = fact::kUndecided;
    const model::EntityId subject = book_.variables[book_.norms[norm].subject].entity;
    if (category.when != kNone && category.subject != kNone && book_.variables[category.subject].entity == subject) {
      reference::Interpreter interpreter(book_, facts_, context_, zones_);
      reference::Value row;
      row.kind = model::TypeKind::reference;
      row.state = fact::kValue;
      row.row = {subject, key.subject};
      reference::Scope scope;
      scope.regulation = static_cast<std::int32_t>(index_);
      scope.rows.emplace_back(category.subject, row);
      own = interpreter.condition(category.when, scope);
    }
    return reference::both(linked, own);
  }

  const model::Rulebook& book_;
  const model::Vocabulary& words_;
  const model::Regulation& regulation_;
  std::size_t index_;
  const std::vector<calendar::Zone>& zones_;
  outcome::Context context_;
  std::vector<Fault> result_faults_;
  fact::Facts facts_;
  reference::Reference reference_;
  std::map<model::NormId, std::vector<std::pair<RowKey, Verdict>>> verdicts_;
};

}  // namespace

struct Runner::Plan {
  plan::Plan plan;
  exec::Evaluator evaluator;
  model::Vocabulary words;
  Plan(plan::Plan compiled, model::Vocabulary seen) : plan(std::move(compiled)), evaluator(plan), words(std::move(seen)) {}
};

Runner::Runner(const rules::Rules& rules, std::size_t regulation)
    : rules_(rules), regulation_(regulation), zone_(calendar::Zone::utc()) {
  for (const model::Regulation& r : rules.book.regulations) {
    zones_.push_back(calendar::Zone::find(r.zone).value_or(calendar::Zone::utc()));
  }
  zone_ = zones_[regulation];
  const model::Regulation& own = rules.book.regulations[regulation];
  plan_ = std::make_unique<Plan>(plan::compile(rules.book, own.norms), rules.book.vocabulary.seen_from(own.id));
}

Runner::~Runner() = default;

Result Runner::run(const Case& one) {
  Result result;
  result.name = one.name;
  result.line = one.line;
  result.faults = one.faults;
  if (!result.faults.empty()) return result;
  Session(rules_, plan_->words, regulation_, zones_, one).judge(plan_->evaluator, one, result);
  return result;
}

}  // namespace jianlu::cases
