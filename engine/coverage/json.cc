#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/coverage/report.h"
#include "engine/model/manual.h"
#include "engine/model/print.h"

namespace jianlu::coverage {

using Json = nlohmann::ordered_json;
using source::Language;

namespace {

Json named(const model::Name& name) { return {{"id", name.en}, {"zh", name.zh}}; }

Json claim_json(const rules::Rules& rules, const Claim& claim) {
  Json out{{"kind", id(claim.kind)}};
  if (!claim.name.en.empty()) out.update(named(claim.name));
  out["cites"] = statute::format_zh(claim.cited);
  out["line"] = rules.files[claim.span.file].position(claim.span.begin).line;
  return out;
}

Json table_json(const rules::Rules& rules, const Table& table) {
  Json out = Json::array();
  for (const Statement& statement : table.statements) {
    Json claims = Json::array();
    for (const std::size_t i : statement.claims) claims.push_back(claim_json(rules, table.claims[i]));
    out.push_back({{"at", statute::format_zh(statement.at)}, {"covered_by", std::move(claims)}});
  }
  return out;
}

Json nowhere_json(const rules::Rules& rules, const Table& table) {
  Json out = Json::array();
  for (const std::size_t i : table.nowhere) out.push_back(claim_json(rules, table.claims[i]));
  for (const model::Article& article : table.no_article) {
    out.push_back({{"kind", "article"},
                   {"cites", statute::format_zh(article.at)},
                   {"line", rules.files[article.span.file].position(article.span.begin).line}});
  }
  return out;
}

std::string_view drift_id(statute::Drift drift) {
  switch (drift) {
    case statute::Drift::same: return "same";
    case statute::Drift::lead_in_changed: return "lead_in_changed";
    case statute::Drift::changed: return "changed";
    case statute::Drift::missing: return "missing";
    case statute::Drift::added: return "added";
  }
  return "";
}

Json changes_json(const rules::Rules& rules, const Report& report) {
  Json out = Json::array();
  for (const Change& change : report.changes) {
    Json norms = Json::array();
    for (const model::NormId norm : change.norms) norms.push_back(rules.book.norms[norm].name.en);
    Json words = Json::array();
    for (const statute::Run& run : change.words) {
      words.push_back({{run.of == statute::Run::Of::both ? "both" : run.of == statute::Run::Of::before ? "before" : "now", run.text}});
    }
    out.push_back({{"drift", drift_id(change.difference.drift)},
                   {"before", statute::format_zh(change.difference.before)},
                   {"now", statute::format_zh(change.difference.now)},
                   {"norms", std::move(norms)}});
    if (!change.words.empty()) out.back()["words"] = std::move(words);
  }
  return out;
}

Json report_json(const rules::Rules& rules, const Report& report) {
  const model::Regulation& regulation = rules.book.regulations[report.regulation];
  Json out{{"bureau", regulation.id}, {"fine", report.fine()}};
  if (report.table) {
    const Totals& t = report.table->totals;
    out["articles"] = {{"total", t.articles}, {"covered", t.articles_covered}};
    out["statements"] = {{"total", t.statements}, {"covered", t.statements_covered}, {"executable", t.executable}};
    Json kinds = Json::object();
    for (int k = 0; k < kKinds; ++k) kinds[std::string(id(static_cast<Kind>(k)))] = t.by_kind[k];
    out["by_kind"] = std::move(kinds);
    out["table"] = table_json(rules, *report.table);
    out["cited_nowhere"] = nowhere_json(rules, *report.table);
  }
  Json interpretations = Json::array();
  for (const model::DefId d : regulation.definitions) {
    const model::Definition& definition = rules.book.definitions[d];
    if (definition.because.empty()) continue;
    Json entry = named(definition.name);
    entry["kind"] = definition.kind == model::DefKind::interpretation ? "interpretation" : "presumption";
    entry["at"] = statute::format_zh(definition.at.front());
    if (definition.kind == model::DefKind::interpretation) {
      entry["value"] = model::print(rules.book, definition.alternatives.front().value, Language::zh);
    }
    entry["because"] = definition.because;
    interpretations.push_back(std::move(entry));
  }
  out["interpretations"] = std::move(interpretations);
  out["reasons"] = Json::array();
  for (const model::Reason& r : regulation.reasons) {
    if (of_manual(regulation, r)) continue;
    out["reasons"].push_back(named(r.name));
    out["reasons"].back().update({{"at", statute::format_zh(r.at)}, {"because", r.text}});
  }
  Json manuals = Json::array();
  for (const model::Manual& m : regulation.manuals) {
    Json entry = named(m.name);
    entry["at"] = statute::format_zh(m.at);
    entry["who"] = m.who;
    entry["question"] = m.question;
    entry["frequency"] = m.frequency;
    if (const model::Reason* why = reason_of(regulation, m)) entry["because"] = why->text;
    manuals.push_back(std::move(entry));
  }
  out["manual"] = std::move(manuals);
  out["declarative"] = Json::array();
  for (const model::Remark& r : regulation.remarks) {
    if (r.kind == model::Remark::Kind::declarative) out["declarative"].push_back({{"at", statute::format_zh(r.at)}, {"because", r.text}});
  }
  if (report.compared) out["changes"] = changes_json(rules, report);
  Json unreadable = Json::array();
  for (const auto& [path, reason] : report.unreadable) unreadable.push_back({{"path", path}, {"reason", reason.en}});
  if (!unreadable.empty()) out["unreadable"] = std::move(unreadable);
  return out;
}

}  // namespace

std::string json(const rules::Rules& rules, const std::vector<Report>& reports) {
  Json out = Json::array();
  for (const Report& report : reports) out.push_back(report_json(rules, report));
  return out.dump(2) + "\n";
}

}  // namespace jianlu::coverage
