#include "engine/comparison/comparison.h"

#include <algorithm>
#include <map>

#include "engine/comparison/by_value.h"
#include "engine/comparison/ranking.h"

namespace jianlu::comparison {
namespace {

class Builder {
 public:
  Builder(const model::Rulebook& book, Table& table) : book_(book), table_(table) {
    for (const std::size_t regulation : table.regulations) {
      const model::Name& name = book.regulations[regulation].name;
      bureaus_.push_back({name.zh, heading(name, source::Language::en)});
    }
  }

  void operator()() {
    std::vector<Row> rows(table_.subjects.topics.size());
    for (std::size_t t = 0; t < rows.size(); ++t) {
      rows[t].topic = t;
      rows[t].cells.resize(table_.regulations.size());
    }
    for (std::size_t i = 0; i < table_.provisions.size(); ++i) {
      const Provision& p = table_.provisions[i];
      const auto column = std::find(table_.regulations.begin(), table_.regulations.end(), p.regulation) - table_.regulations.begin();
      rows[p.topic].cells[static_cast<std::size_t>(column)].push_back(i);
    }
    for (Row& row : rows) {
      if (std::all_of(row.cells.begin(), row.cells.end(), [](const auto& cell) { return cell.empty(); })) continue;
      fill(row);
      table_.rows.push_back(std::move(row));
    }
  }

 private:
  Side side(const Row& row, std::size_t column, Force force) const { return comparison::side(table_, row, column, force); }

  void fill(Row& row) {
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      if (row.cells[c].empty()) row.silent.push_back(c);
    }
    // What has no subject in common is listed and not compared.
    if (row.topic + 1 == table_.subjects.topics.size()) return;
    for (const Force force : {Force::duty, Force::ban, Force::excuse, Force::category}) {
      std::vector<std::size_t> columns;
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        if (!side(row, c, force).empty()) columns.push_back(c);
      }
      if (columns.size() < 2) continue;
      for (const Facet facet : kFacets) {
        if (facet == Facet::excuses && excuses_stand_elsewhere(row)) continue;
        respect(row, force, facet, columns);
      }
    }
    row.by_value = by_value(book_, table_, row);
    sanctions(row);
  }

  // Both say nothing in this respect, about the same rows.
  static bool alike(Facet facet, const Side& a, const Side& b) {
    return value(facet, a).zh.empty() && value(facet, b).zh.empty() && a.front()->about.zh == b.front()->about.zh;
  }

  bool excuses_stand_elsewhere(const Row& row) const {
    const std::string& id = table_.subjects.topics[row.topic].name.en;
    return std::any_of(table_.subjects.topics.begin(), table_.subjects.topics.end(), [&](const Topic& t) {
      return std::any_of(t.places.begin(), t.places.end(), [&](const Place& p) { return p.kind == Place::Kind::excuse && p.id == id; });
    });
  }

  void respect(Row& row, Force force, Facet facet, const std::vector<std::size_t>& columns) {
    Respect r{force, facet, {}, {}, {}, {}};
    std::vector<Relation> nothing;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      for (std::size_t j = i + 1; j < columns.size(); ++j) {
        const auto verdict = compare(book_, facet, side(row, columns[i], force), side(row, columns[j], force));
        if (!verdict) {
          if (alike(facet, side(row, columns[i], force), side(row, columns[j], force))) nothing.push_back({columns[i], columns[j], {}});
          continue;
        }
        r.relations.push_back({columns[i], columns[j], *verdict});
        for (const std::size_t c : {columns[i], columns[j]}) {
          if (std::find(r.columns.begin(), r.columns.end(), c) == r.columns.end()) r.columns.push_back(c);
        }
      }
    }
    if (r.relations.empty()) return;
    // Bans on the same thing whatever the situation differ in what they forbid alone.
    const bool differ = std::any_of(r.relations.begin(), r.relations.end(), [](const Relation& x) { return x.verdict.order != Order::same; });
    if (force == Force::ban && facet == Facet::scope && !differ) return;
    // Two that say nothing are alike where others say something.
    for (const Relation& x : nothing) {
      const auto has = [&](std::size_t c) { return std::find(r.columns.begin(), r.columns.end(), c) != r.columns.end(); };
      if (has(x.a) && has(x.b)) r.relations.push_back(x);
    }
    std::sort(r.columns.begin(), r.columns.end());
    for (const std::size_t c : r.columns) r.values.push_back(value(facet, side(row, c, force)));
    r.summary = ranking(r, bureaus_, columns.size());
    row.respects.push_back(std::move(r));
  }

  // Measures are one where they have one id.
  void sanctions(Row& row) {
    std::map<std::string, Words> names;
    std::vector<std::vector<std::string>> lists(row.cells.size());
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      for (const Provision* p : side(row, c, Force::sanction)) {
        lists[c].push_back(p->name.en);
        names.emplace(p->name.en, Words{p->name.zh, p->name.en});
      }
    }
    if (names.empty()) return;
    Respect r{Force::sanction, Facet::scope, {}, {}, {}, {}};
    const auto only = [&](std::size_t a, std::size_t b) {
      Words out;
      for (const std::string& m : lists[a]) {
        if (std::find(lists[b].begin(), lists[b].end(), m) == lists[b].end()) append(out, names.at(m), "、", ", ");
      }
      return out;
    };
    for (std::size_t c = 0; c < lists.size(); ++c) {
      if (lists[c].empty()) continue;
      r.columns.push_back(c);
      Words all;
      for (const std::string& m : lists[c]) append(all, names.at(m), "、", ", ");
      r.values.push_back(all);
      for (std::size_t d = c + 1; d < lists.size(); ++d) {
        if (lists[d].empty()) continue;
        const Words own = only(c, d), others = only(d, c);
        Verdict v;
        if (!own.zh.empty()) v.first.push_back(own);
        if (!others.zh.empty()) v.second.push_back(others);
        if (!own.zh.empty()) v.order = others.zh.empty() ? Order::stricter : Order::apart;
        else if (!others.zh.empty()) v.order = Order::laxer;
        r.relations.push_back({c, d, v});
      }
    }
    if (r.relations.empty()) return;
    r.summary = ranking(r, bureaus_, r.columns.size());
    row.respects.push_back(std::move(r));
  }

  const model::Rulebook& book_;
  Table& table_;
  std::vector<Words> bureaus_;   // of each column
};

}  // namespace

Side side(const Table& table, const Row& row, std::size_t column, Force force) {
  Side out;
  for (const std::size_t i : row.cells[column]) {
    if (table.provisions[i].force == force) out.push_back(&table.provisions[i]);
  }
  return out;
}

Table compare(const model::Rulebook& book, const std::vector<std::size_t>& regulations, Subjects subjects,
              const calendar::WorkingDays& working_days) {
  Table table;
  table.regulations = regulations;
  table.subjects = std::move(subjects);
  table.provisions = provisions(book, regulations, table.subjects, working_days);
  Builder(book, table)();
  return table;
}

}  // namespace jianlu::comparison
