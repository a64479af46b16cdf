#include "report/assemble/assemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/model/manual.h"
#include "engine/model/print.h"
#include "report/assemble/assembler.h"

namespace jianlu::report {

using model::EntityId;
using model::kNone;
using model::NormId;
using reference::Node;
using reference::RowRef;

Assembler::Assembler(const Sources& sources, source::Language language)
    : s_(sources), language_(language), zone_(sources.zones[sources.regulation]),
      show_(sources.book, sources.facts, zone_, language, [this](const reference::Leaf& leaf) { return delivery_of(leaf); }),
      reference_(sources.book, sources.facts, sources.context, sources.zones),
      interpreter_(sources.book, sources.facts, sources.context, sources.zones) {
  for (const fact::Delivery& d : sources.deliveries) deliveries_[{d.ledger, d.unit}] = &d;
  for (const finding::Transition& t : sources.ledger) lives_[t.key].push_back(&t);
}

std::string Assembler::words(const std::string& key, const std::string& chinese) const {
  if (language_ == source::Language::en && s_.words) {
    if (std::string found = s_.words(key); !found.empty()) return found;
  }
  return chinese;
}

Statement Assembler::statement(const statute::Citation& at) const {
  Statement out;
  out.citation = show_.citation(at);
  for (const model::Article& article : regulation().articles) {
    if (article.at.article == at.article) out.summary = words(fmt::format("articles/{}", at.article), article.summary);
  }
  if (s_.official) out.official = s_.official(at);
  return out;
}

std::string Assembler::norm_title(NormId id) const {
  const model::Norm& norm = s_.book.norms[id];
  return norm.at.empty() ? show_.name(norm.name) : show_.citation(norm.at.front()) + " " + show_.name(norm.name);
}

// The statement that a list of absent rows leans on; nothing where it was not delivered.
const fact::Delivery* Assembler::delivery_of(const reference::Leaf& leaf) const {
  if (!leaf.ledger || leaf.through <= fact::kMin) return nullptr;
  const EntityId ledger = s_.book.vocabulary.field(leaf.row.entity, leaf.field).list_of;
  const auto found = deliveries_.find({ledger, unit_of(leaf.row.entity, leaf.row.row)});
  return found == deliveries_.end() || found->second->through != leaf.through ? nullptr : found->second;
}

std::string Assembler::unit_of(EntityId entity, fact::Row row) const {
  while (entity != kNone && row >= 0) {
    const model::Entity& e = s_.book.vocabulary.entities[entity];
    const model::FieldId field = e.unit != kNone ? e.unit : e.owner_field;
    if (field == kNone) return "";
    if (field == e.key) return show_.key(entity, row);
    const fact::Column& column = s_.facts.tables[entity].columns[field];
    if (column.state[row] != fact::kValue) return "";
    const EntityId next = e.fields[field].type.of;
    row = static_cast<fact::Row>(column.lo[row]);
    if (e.unit != kNone) return show_.key(next, row);
    entity = next;
  }
  return "";
}

std::string Assembler::session_of(EntityId entity, fact::Row row) const {
  const EntityId session = s_.book.vocabulary.entity("session");
  while (entity != kNone && row >= 0) {
    if (entity == session) return show_.key(entity, row);
    const model::Entity& e = s_.book.vocabulary.entities[entity];
    if (e.owner_field == kNone) return "";
    const fact::Column& column = s_.facts.tables[entity].columns[e.owner_field];
    if (column.state[row] != fact::kValue) return "";
    row = static_cast<fact::Row>(column.lo[row]);
    entity = e.owner;
  }
  return "";
}

std::string Assembler::message(NormId id, const outcome::RowKey& key) {
  const model::Norm& norm = s_.book.norms[id];
  std::string pattern;
  std::vector<std::string> values;
  for (const model::MessagePart& part : norm.message) {
    if (part.value == kNone) {
      pattern += part.literal;
      continue;
    }
    values.push_back(show_.value(reference_.evaluate(part.value, id, key), s_.book.expr(part.value).type));
    pattern += "{" + std::to_string(values.size()) + "}";
  }
  pattern = words("norms/" + norm.name.en, pattern);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string hole = "{" + std::to_string(i + 1) + "}";
    for (std::size_t at = pattern.find(hole); at != std::string::npos; at = pattern.find(hole, at + values[i].size())) {
      pattern.replace(at, hole.size(), values[i]);
    }
  }
  return pattern;
}

void Assembler::facts_of(const Node& node, std::vector<Fact>& out, std::set<std::string>& seen) const {
  for (const reference::Leaf& leaf : node.facts) {
    Fact fact{show_.leaf(leaf), show_.cell(leaf), show_.source(leaf)};
    if (fact.name.empty() || !seen.insert(fact.name).second) continue;
    out.push_back(std::move(fact));
  }
  for (const Node& child : node.children) facts_of(child, out, seen);
}

void Assembler::exceptions_of(const Node& node, std::vector<Exception>& out) const {
  const bool exception = node.role == Node::Role::unless || node.role == Node::Role::alternative;
  if (exception && !node.fired && node.expr != kNone) {
    Exception e;
    e.name = node.definition == kNone ? model::print(s_.book, node.expr, language_)
                                      : show_.name(s_.book.definitions[node.definition].name);
    e.citation = node.at == statute::Citation{} ? "" : show_.citation(node.at);
    e.truth = truth_of(node.value.state);
    e.why = model::print(s_.book, node.expr, language_);
    out.push_back(std::move(e));
  }
  for (const Node& child : node.children) exceptions_of(child, out);
}

// The row of `wanted` that a verdict is about, itself or as an owner.
RowRef Assembler::row_for(const model::Norm& norm, const outcome::RowKey& key, EntityId wanted) const {
  EntityId entity = s_.book.variables[norm.subject].entity;
  fact::Row row = key.subject;
  if (norm.element != kNone && s_.book.variables[norm.element].entity == wanted && key.element != fact::kNoRow) {
    return {wanted, key.element, fact::kNoRow, fact::kNoRow};
  }
  while (entity != kNone && entity != wanted) {
    const model::Entity& e = s_.book.vocabulary.entities[entity];
    if (e.owner_field == kNone) return {};
    const fact::Column& column = s_.facts.tables[entity].columns[e.owner_field];
    if (column.state[row] != fact::kValue) return {};
    row = static_cast<fact::Row>(column.lo[row]);
    entity = e.owner;
  }
  return {entity, row, fact::kNoRow, fact::kNoRow};
}

void Assembler::categories_of(const model::Norm& norm, const outcome::RowKey& key, std::vector<Category>& out) {
  for (const model::CategoryLink& link : norm.categories) {
    const model::Category& c = regulation().categories[link.category];
    Category category;
    category.name = show_.name(c.name);
    category.citation = show_.citation(c.at);
    category.truth = Truth::undecided;
    if (c.when == kNone) {
      category.to_rule_on.push_back(show_.say("是否属于本项，由有权机关认定", "whether it falls under this item is for the competent body to rule"));
    } else {
      category.condition = model::print(s_.book, c.when, language_);
      const RowRef row = row_for(norm, key, s_.book.variables[c.subject].entity);
      if (row.entity != kNone && row.row != fact::kNoRow) {
        reference::Value v;
        v.kind = model::TypeKind::reference;
        v.state = fact::kValue;
        v.row = row;
        reference::Scope scope;
        scope.regulation = s_.regulation;
        scope.rows.emplace_back(c.subject, v);
        Node node;
        category.truth = truth_of(interpreter_.condition(c.when, scope, &node));
        std::vector<Fact> read;
        std::set<std::string> seen;
        facts_of(node, read, seen);
        const std::string unknown = show_.say("不明", "unknown");
        for (const Fact& fact : read) {
          if (fact.value == unknown) category.to_rule_on.push_back(fact.name);
        }
      }
    }
    out.push_back(std::move(category));
  }
}

Finding Assembler::finding(NormId id, const outcome::RowKey& key, const outcome::Verdict& stored) {
  return finding(reference_.explain(id, key), stored);
}

Finding Assembler::finding(const reference::Explanation& explanation, const outcome::Verdict& stored) {
  const NormId id = explanation.norm;
  const outcome::RowKey& key = explanation.key;
  const model::Norm& norm = s_.book.norms[id];
  if (!(explanation.verdict == stored)) {
    throw Disagreement(fmt::format("{}/{} {}: the explanation says {}, the audit said {}", regulation().id, norm.name.en,
                                   subject_of(s_, id, key), outcome::id(explanation.verdict.outcome), outcome::id(stored.outcome)));
  }
  Finding f;
  f.norm = regulation().id + "/" + norm.name.en;
  f.norm_name = show_.name(norm.name);
  f.subject = subject_of(s_, id, key);
  f.statement = statement(norm.at.empty() ? statute::Citation{} : norm.at.front());
  for (const model::Remark& remark : regulation().remarks) {   // 重申: one finding cites both statements
    if (remark.norm == id) f.statement.citation += show_.say("、", ", ") + show_.citation(remark.at);
  }
  f.message = message(id, key);
  f.verdict = stored;
  const EntityId entity = s_.book.variables[norm.subject].entity;
  f.unit = unit_of(entity, key.subject);
  f.session = session_of(entity, key.subject);
  std::set<std::string> seen;
  for (const Node& part : explanation.parts) {
    facts_of(part, f.facts, seen);
    exceptions_of(part, f.exceptions);
    f.explanation.push_back(show_.reason(part));
  }
  for (const reference::Support& support : explanation.support) {
    f.missing.push_back({show_.leaf(support.leaf), support.supplier});
  }
  for (const int year : explanation.missing_notices) {
    f.missing.push_back({std::to_string(year) + show_.say("年的节假日安排", ": which days are off"),
                         show_.say("国务院办公厅的通知", "the notice of the State Council's General Office")});
  }
  if (stored.outcome == outcome::Outcome::breached) categories_of(norm, key, f.categories);
  if (const auto life = lives_.find({f.norm, f.subject}); life != lives_.end()) {
    for (const finding::Transition* t : life->second) {
      f.events.push_back({t->as_of, std::string(finding::name(t->event, language_)), t->person, t->reason});
    }
  }
  return f;
}

void Assembler::summary(Report& report) {
  const model::Regulation& r = regulation();
  report.bureau = words("regulation/authority", r.authority);
  report.regulation = words("regulation/title", show_.name(r.name));
  report.commencement = r.in_force_from ? show_.instant(*r.in_force_from)
                                        : show_.say("施行日期未载明", "the date of commencement is not stated") +
                                              (r.commencement_because.empty() ? "" : show_.say("：", ": ") + words("regulation/commencement", r.commencement_because));
  report.as_of = s_.context.as_of;
  report.zone = r.zone;
  std::map<std::uint16_t, Tally> articles;
  std::map<std::string, Tally> units;
  for (const exec::NormVerdicts& v : s_.verdicts) {
    const model::Norm& norm = s_.book.norms[v.norm];
    if (std::find(r.norms.begin(), r.norms.end(), v.norm) == r.norms.end()) continue;
    const statute::Citation at = norm.at.empty() ? statute::Citation{} : norm.at.front();
    Tally& article = articles[at.article];
    for (std::size_t i = 0; i < v.size(); ++i) {
      ++article.counts[v.outcomes[i]];
      Tally& unit = units[unit_of(s_.book.variables[norm.subject].entity, v.key(i).subject)];
      ++unit.counts[v.outcomes[i]];
    }
  }
  for (auto& [number, tally] : articles) {
    statute::Citation at;
    at.article = number;
    tally.name = show_.citation(at);
    tally.summary = statement(at).summary;
    report.by_article.push_back(tally);
  }
  for (auto& [unit, tally] : units) {
    tally.name = unit.empty() ? show_.say("（未归属单位）", "(no unit)") : unit;
    report.by_unit.push_back(tally);
  }
}

void Assembler::findings(Report& report) {
  std::map<std::pair<std::string, std::string>, MissingLedger> missing;
  const model::Regulation& r = regulation();
  for (const exec::NormVerdicts& v : s_.verdicts) {
    if (std::find(r.norms.begin(), r.norms.end(), v.norm) == r.norms.end()) continue;
    for (std::size_t i = 0; i < v.size(); ++i) {
      const outcome::Verdict verdict = v.verdict(i);
      if (!finding::is_open(verdict.outcome)) continue;
      const reference::Explanation explanation = reference_.explain(v.norm, v.key(i));
      report.findings.push_back(finding(explanation, verdict));
      for (const reference::Support& support : explanation.support) {
        if (!support.leaf.ledger) continue;
        const model::Field& list = s_.book.vocabulary.field(support.leaf.row.entity, support.leaf.field);
        const std::string ledger = show_.name(s_.book.vocabulary.entities[list.list_of].name);
        const std::string unit = unit_of(support.leaf.row.entity, support.leaf.row.row);
        MissingLedger& m = missing[{unit, ledger}];
        m.ledger = ledger;
        m.unit = unit;
        m.supplier = support.supplier;
        m.period = show_.cell(support.leaf);
        const std::string norm = norm_title(v.norm);
        if (std::find(m.norms.begin(), m.norms.end(), norm) == m.norms.end()) m.norms.push_back(norm);
      }
    }
  }
  // The gravest first, then by subject, then in article order.
  const auto weight = [](outcome::Outcome o) {
    return o == outcome::Outcome::breached ? 0 : o == outcome::Outcome::conflict ? 1 : o == outcome::Outcome::unknown ? 2 : 3;
  };
  std::stable_sort(report.findings.begin(), report.findings.end(), [&](const Finding& a, const Finding& b) {
    return weight(a.verdict.outcome) < weight(b.verdict.outcome);
  });
  for (auto& [place, m] : missing) report.missing_ledgers.push_back(std::move(m));
}

void Assembler::lists(Report& report) {
  const model::Regulation& r = regulation();
  for (const model::Sanction& s : r.sanctions) {
    report.sanctions.push_back({show_.citation(s.at), words("sanctions/" + s.name.en + "/text", s.text),
                                words("sanctions/" + s.name.en + "/condition", s.condition), s.cumulative});
  }
  for (const model::Manual& m : r.manuals) {
    std::string subject =
        m.subject == kNone ? "" : show_.name(s_.book.vocabulary.entities[s_.book.variables[m.subject].entity].name);
    if (m.when != kNone) {   // which of them: the others need nobody's look
      const std::string condition = show_.say("当 ", "when ") + model::print(s_.book, m.when, language_);
      subject = subject.empty() ? condition : subject + show_.say("，", ", ") + condition;
    }
    report.manual.push_back({show_.citation(m.at), subject, words("manual/" + m.name.en + "/who", m.who),
                             words("manual/" + m.name.en + "/question", m.question), words("manual/" + m.name.en + "/frequency", m.frequency)});
  }
  for (const model::DefId id : r.definitions) {
    const model::Definition& d = s_.book.definitions[id];
    if (d.because.empty()) continue;
    const model::ExprId value = d.alternatives.empty() ? kNone : d.alternatives.front().value;
    report.interpretations.push_back({d.at.empty() ? "" : show_.citation(d.at.front()), show_.name(d.name),
                                      d.kind == model::DefKind::interpretation && value != kNone
                                          ? model::print(s_.book, value, language_)
                                          : show_.say("推定", "presumption"),
                                      words("interpretations/" + d.name.en, d.because)});
  }
  for (const model::Reason& reason : r.reasons) {
    if (of_manual(r, reason)) continue;   // told by coverage; the checklist asks, it does not explain itself
    report.interpretations.push_back({show_.citation(reason.at), show_.name(reason.name), show_.say("读法", "reading"),
                                      words("reasons/" + reason.name.en, reason.text)});
  }
}

Report Assembler::report() {
  Report out;
  summary(out);
  findings(out);
  lists(out);
  sessions(out);
  return out;
}

std::string subject_of(const Sources& s, NormId id, const outcome::RowKey& key) {
  const model::Norm& norm = s.book.norms[id];
  const EntityId entity = s.book.variables[norm.subject].entity;
  const EntityId element = norm.element == kNone ? kNone : s.book.variables[norm.element].entity;
  const finding::Subjects subjects(s.book.vocabulary, s.facts);
  const finding::Subjects::Root root = subjects.root(entity, key.subject);
  return finding::root_subject(s.book.vocabulary, root.entity, subjects.key(root.entity, root.row)) +
         subjects.suffix(entity, element, key);
}

Report assemble(const Sources& sources, source::Language language) { return Assembler(sources, language).report(); }

Finding assemble_finding(const Sources& sources, source::Language language, NormId norm, const outcome::RowKey& key,
                         const outcome::Verdict& stored) {
  return Assembler(sources, language).finding(norm, key, stored);
}

}  // namespace jianlu::report
