#include "engine/comparison/comparison.h"

#include <algorithm>
#include <map>

namespace jianlu::comparison {
namespace {

void append(Words& out, const Words& more, std::string_view zh, std::string_view en) {
  if (more.zh.empty()) return;
  out.zh += (out.zh.empty() ? "" : std::string(zh)) + more.zh;
  out.en += (out.en.empty() ? "" : std::string(en)) + more.en;
}

class Builder {
 public:
  Builder(const model::Rulebook& book, Table& table) : book_(book), table_(table) {}

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
  Words bureau(std::size_t column) const {
    const model::Name& name = book_.regulations[table_.regulations[column]].name;
    return {name.zh, heading(name, source::Language::en)};
  }

  Side side(const Row& row, std::size_t column, Force force) const {
    Side out;
    for (const std::size_t i : row.cells[column]) {
      if (table_.provisions[i].force == force) out.push_back(&table_.provisions[i]);
    }
    return out;
  }

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
    values(row);
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
    // Two that say nothing are alike where others say something.
    for (const Relation& x : nothing) {
      const auto has = [&](std::size_t c) { return std::find(r.columns.begin(), r.columns.end(), c) != r.columns.end(); };
      if (has(x.a) && has(x.b)) r.relations.push_back(x);
    }
    std::sort(r.columns.begin(), r.columns.end());
    for (const std::size_t c : r.columns) r.values.push_back(value(facet, side(row, c, force)));
    r.summary = summary(r);
    row.respects.push_back(std::move(r));
  }

  Order order(const Respect& r, std::size_t a, std::size_t b) const {
    if (a == b) return Order::same;
    for (const Relation& x : r.relations) {
      if (x.a == a && x.b == b) return x.verdict.order;
      if (x.a == b && x.b == a) return opposite(x.verdict.order);
    }
    return Order::apart;
  }

  // Bureaus of equal strictness together, ranked where every two of them can be.
  Words summary(const Respect& r) const {
    std::vector<std::vector<std::size_t>> groups;
    for (const std::size_t c : r.columns) {
      const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return order(r, g.front(), c) == Order::same; });
      if (same == groups.end()) groups.push_back({c});
      else same->push_back(c);
    }
    if (groups.size() == 1) return {"相同", "the same"};
    const auto ranked = [&](std::size_t a, std::size_t b) { return order(r, groups[a].front(), groups[b].front()); };
    std::vector<std::size_t> by_rank(groups.size());
    for (std::size_t i = 0; i < by_rank.size(); ++i) by_rank[i] = i;
    const auto below = [&](std::size_t g) {
      return std::count_if(by_rank.begin(), by_rank.end(), [&](std::size_t h) { return ranked(g, h) == Order::stricter; });
    };
    std::vector<std::size_t> sorted = by_rank;
    std::stable_sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) { return below(a) > below(b); });
    bool chain = true;
    for (std::size_t i = 0; i + 1 < sorted.size(); ++i) chain = chain && ranked(sorted[i], sorted[i + 1]) == Order::stricter;
    Words out;
    if (chain) {
      for (const std::size_t g : sorted) append(out, named(r, groups[g], true), " ＞ ", " > ");
      return {"从严到宽：" + out.zh, "from strict to lax: " + out.en};
    }
    for (const std::size_t a : sorted) {
      for (const std::size_t b : sorted) {
        if (ranked(a, b) != Order::stricter) continue;
        const Words x = named(r, groups[a], false), y = named(r, groups[b], false);
        append(out, {x.zh + " 严于 " + y.zh, x.en + " stricter than " + y.en}, "；", "; ");
      }
    }
    Words apart;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      std::vector<Words> reasons;
      for (std::size_t h = 0; h < groups.size(); ++h) {
        if (ranked(g, h) == Order::apart) reason(r, groups[g].front(), groups[h].front(), reasons);
      }
      if (reasons.empty()) continue;
      Words own;
      for (const Words& w : reasons) {
        const bool said = std::any_of(reasons.begin(), reasons.end(), [&](const Words& x) { return x.zh != w.zh && x.zh.find(w.zh) != std::string::npos; });
        if (!said) append(own, w, "、", ", ");
      }
      const Words x = named(r, groups[g], false);
      append(apart, {x.zh + "——" + own.zh, x.en + " - " + own.en}, "；", "; ");
    }
    append(out, apart.zh.empty() ? Words{"不可比", "cannot be ordered"} : Words{"不可比：" + apart.zh, "cannot be ordered: " + apart.en}, "。", ". ");
    return out;
  }

  // What keeps the first apart from the second, added to what is already said of it.
  void reason(const Respect& r, std::size_t a, std::size_t b, std::vector<Words>& known) const {
    for (const Relation& x : r.relations) {
      if (!((x.a == a && x.b == b) || (x.a == b && x.b == a))) continue;
      for (const Words& why : x.a == a ? x.verdict.first : x.verdict.second) {
        if (std::none_of(known.begin(), known.end(), [&](const Words& w) { return w.zh == why.zh; })) known.push_back(why);
      }
    }
  }

  Words named(const Respect& r, const std::vector<std::size_t>& group, bool with_value) const {
    Words out;
    for (const std::size_t c : group) append(out, bureau(c), "、", ", ");
    const bool brief = r.facet == Facet::deadline || r.facet == Facet::keep_until;
    if (!with_value || !brief) return out;
    const auto at = std::find(r.columns.begin(), r.columns.end(), group.front()) - r.columns.begin();
    const Words& v = r.values[static_cast<std::size_t>(at)];
    return v.zh.empty() ? out : Words{out.zh + "（" + v.zh + "）", out.en + " (" + v.en + ")"};
  }

  bool has_place(const Row& row, Place::Kind kind) const {
    const auto& places = table_.subjects.topics[row.topic].places;
    return std::any_of(places.begin(), places.end(), [&](const Place& p) { return p.kind == kind; });
  }

  // Where an act is regulated, or excused: each value of the set that decides, with what each bureau says of it.
  void values(Row& row) {
    const bool act = has_place(row, Place::Kind::act), excuse = has_place(row, Place::Kind::excuse);
    if (!act && !excuse) return;
    const Atom* field = nullptr;
    std::uint64_t listed = 0;
    for (const auto& cell : row.cells) {
      for (const std::size_t i : cell) {
        const Provision& p = table_.provisions[i];
        if (!p.scope) continue;
        for (const Case& c : *p.scope) {
          for (const Atom& a : c) {
            if (!a.set || (field != nullptr && a.values_of != field->values_of)) continue;
            field = &a;
            listed |= a.values;
          }
        }
      }
    }
    for (int code = 0; field != nullptr && code < 64; ++code) {
      const std::uint64_t bit = std::uint64_t{1} << code;
      if ((listed & bit) == 0) continue;
      ByValue now{values_text(book_, field->values_of, bit), {}, false};
      bool demanded = false, otherwise = false;
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        bool strong = false, weak = false;
        now.columns.push_back(act ? treatment(row.cells[c], *field, bit, strong, weak) : excused(row, c, *field, bit, strong, weak));
        demanded = demanded || strong;
        otherwise = otherwise || (weak && !strong);
      }
      now.conflict = demanded && otherwise;
      const auto alike = std::find_if(row.by_value.begin(), row.by_value.end(), [&](const ByValue& v) {
        return v.conflict == now.conflict && std::equal(v.columns.begin(), v.columns.end(), now.columns.begin(), [](const Words& a, const Words& b) { return a.zh == b.zh; });
      });
      if (alike == row.by_value.end()) row.by_value.push_back(std::move(now));
      else append(alike->values, now.values, "、", ", ");
    }
  }

  // Forbidden, excused, or owed without an excuse. Only the first is strong: excused and owed do not clash.
  Words excused(const Row& row, std::size_t column, const Atom& field, std::uint64_t bit, bool& strong, bool& weak) const {
    const auto covers = [&](Force force) {
      const Side of = side(row, column, force);
      return std::any_of(of.begin(), of.end(), [&](const Provision* p) {
        return p->scope && std::any_of(p->scope->begin(), p->scope->end(), [&](const Case& c) {
          return std::any_of(c.begin(), c.end(), [&](const Atom& a) { return a.values_of == field.values_of && (a.values & bit) != 0; });
        });
      });
    };
    if (covers(Force::ban)) {
      strong = true;
      return name(Force::ban);
    }
    if (covers(Force::excuse)) {
      weak = true;
      return name(Force::excuse);
    }
    const std::string id = excused_topic(row);
    const bool owed = std::any_of(table_.provisions.begin(), table_.provisions.end(), [&](const Provision& p) {
      return p.regulation == table_.regulations[column] && p.force == Force::duty && table_.subjects.topics[p.topic].name.en == id;
    });
    if (!owed) return {};
    weak = true;
    return {"应当（没有例外）", "duty (not excused)"};
  }

  std::string excused_topic(const Row& row) const {
    for (const Place& p : table_.subjects.topics[row.topic].places) {
      if (p.kind == Place::Kind::excuse) return p.id;
    }
    return {};
  }

  // Duty before permit, without further conditions before with.
  Words treatment(const std::vector<std::size_t>& cell, const Atom& field, std::uint64_t bit, bool& strong, bool& weak) const {
    Words out;
    int best = 0;
    for (const std::size_t i : cell) {
      const Provision& p = table_.provisions[i];
      if (!p.scope || (p.force != Force::duty && p.force != Force::permit && p.force != Force::ban)) continue;
      for (const Case& c : *p.scope) {
        const auto own = std::find_if(c.begin(), c.end(), [&](const Atom& a) { return a.key == field.key; });
        if (own != c.end() && (own->values & bit) == 0) continue;
        const bool plain = own != c.end() && c.size() == 1;
        (p.force == Force::permit ? weak : strong) = true;
        const int rank = (p.force == Force::permit ? 0 : 4) + (own != c.end() ? 2 : 0) + (plain ? 1 : 0) + 1;
        if (rank <= best) continue;
        best = rank;
        out = name(p.force);
        if (p.force == Force::permit ? own == c.end() : !plain) out = {out.zh + "（附条件）", out.en + " (on a condition)"};
        if ((p.catch_all & bit) != 0) out = {out.zh + "（兜底）", out.en + " (catch-all)"};
      }
    }
    return out;
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
    r.summary = summary(r);
    row.respects.push_back(std::move(r));
  }

  const model::Rulebook& book_;
  Table& table_;
};

}  // namespace

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
