#include <nlohmann/json.hpp>

#include "engine/comparison/comparison.h"

namespace jianlu::comparison {
namespace {

using Json = nlohmann::ordered_json;

Json both(const Words& words) { return {{"zh", words.zh}, {"en", words.en}}; }
Json list(const std::vector<Words>& words) {
  Json out = Json::array();
  for (const Words& w : words) out.push_back(both(w));
  return out;
}
Json both(const model::Name& name) { return {{"id", name.en}, {"zh", name.zh}}; }

}  // namespace

std::string json(const Table& table, const model::Rulebook& book) {
  const auto bureau = [&](std::size_t column) { return book.regulations[table.regulations[column]].id; };
  Json bureaus = Json::array(), rows = Json::array();
  for (std::size_t c = 0; c < table.regulations.size(); ++c) bureaus.push_back(bureau(c));
  for (const Row& row : table.rows) {
    const Topic& topic = table.subjects.topics[row.topic];
    Json cells = Json::object(), silent = Json::array(), respects = Json::array(), values = Json::array();
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      Json cell = Json::array();
      for (const std::size_t i : row.cells[c]) {
        const Provision& p = table.provisions[i];
        Json says = Json::array();
        for (const Line& line : lines(book, p)) says.push_back({{"label", both(line.label)}, {"text", both(line.text)}});
        cell.push_back({{"kind", id(p.force)}, {"name", both(p.name)}, {"at", both(citations(p))}, {"in_principle", p.in_principle}, {"says", std::move(says)}});
      }
      cells[bureau(c)] = std::move(cell);
    }
    for (const std::size_t c : row.silent) silent.push_back(bureau(c));
    for (const Respect& r : row.respects) {
      Json relations = Json::array(), of = Json::object();
      for (std::size_t i = 0; i < r.columns.size(); ++i) of[bureau(r.columns[i])] = both(r.values[i]);
      for (const Relation& x : r.relations) {
        relations.push_back({{"a", bureau(x.a)}, {"b", bureau(x.b)}, {"a_is", id(x.verdict.order)}, {"a_has", list(x.verdict.first)}, {"b_has", list(x.verdict.second)}});
      }
      respects.push_back({{"kind", id(r.force)}, {"respect", id(r.facet)}, {"values", std::move(of)}, {"summary", both(r.summary)}, {"relations", std::move(relations)}});
    }
    for (const ByValue& v : row.by_value) {
      Json each = Json::object();
      for (std::size_t c = 0; c < v.columns.size(); ++c) each[bureau(c)] = both(v.columns[c]);
      values.push_back({{"values", both(v.values)}, {"conflict", v.conflict}, {"bureaus", std::move(each)}});
    }
    rows.push_back({{"subject", both(table.subjects.subjects[topic.subject])}, {"topic", both(topic.name)}, {"cells", std::move(cells)},
                    {"silent", std::move(silent)}, {"respects", std::move(respects)}, {"by_value", std::move(values)}});
  }
  Json out{{"bureaus", std::move(bureaus)}, {"rows", std::move(rows)}};
  if (!table.subjects.unknown.empty()) out["unknown_places"] = table.subjects.unknown;
  return out.dump(2) + "\n";
}

}  // namespace jianlu::comparison
