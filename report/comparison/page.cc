#include "report/comparison/page.h"

#include <algorithm>

#include "report/policy.h"
#include "report/words.h"

namespace jianlu::report {
namespace {

using Object = Value::Object;
using List = Value::List;

class Page {
 public:
  Page(const comparison::Table& table, const model::Rulebook& book, const Words& words)
      : table_(table), book_(book), words_(words), language_(words.language()) {
    for (const std::size_t r : table.regulations) bureaus_.push_back(comparison::heading(book.regulations[r].name, language_));
  }

  Value operator()() {
    Object root{{"lang", words_.zh() ? "zh-CN" : "en"}, {"t", words_.table()}, {"bureaus", bureaus_}};
    root.emplace("policy", content_policy({*template_text("report.css"), *template_text("compare.css")}));
    root.emplace("subtitle", words_.fill(Word::compare_subtitle, table_.regulations.size()));
    List overview, subjects;
    std::size_t last = table_.subjects.subjects.size();
    for (const comparison::Row& row : table_.rows) {
      const comparison::Topic& topic = table_.subjects.topics[row.topic];
      overview.push_back(overview_row(row, topic));
      if (topic.subject != last) {
        subjects.push_back(Object{{"name", comparison::heading(table_.subjects.subjects[topic.subject], language_)}, {"topics", List{}}});
        last = topic.subject;
      }
      Object& subject = std::get<Object>(subjects.back().data);
      std::get<List>(subject.at("topics").data).push_back(details(row, topic));
    }
    root.emplace("overview", std::move(overview));
    root.emplace("subjects", std::move(subjects));
    return root;
  }

 private:
  static bool clashes(const comparison::Row& row) {
    return std::any_of(row.by_value.begin(), row.by_value.end(), [](const auto& v) { return v.conflict; });
  }

  static std::string anchor(const comparison::Topic& topic) { return "topic-" + topic.name.en; }

  Value overview_row(const comparison::Row& row, const comparison::Topic& topic) const {
    List cells;
    for (const auto& cell : row.cells) {
      List forces;
      std::vector<comparison::Force> seen;
      for (const std::size_t i : cell) {
        const comparison::Force force = table_.provisions[i].force;
        if (std::find(seen.begin(), seen.end(), force) != seen.end()) continue;
        seen.push_back(force);
        forces.push_back(Object{{"id", comparison::id(force)}, {"name", comparison::name(force).in(language_)}});
      }
      cells.push_back(Object{{"forces", std::move(forces)}});
    }
    return Object{{"anchor", anchor(topic)}, {"topic", comparison::heading(topic.name, language_)}, {"conflict", clashes(row)}, {"cells", std::move(cells)}};
  }

  Value details(const comparison::Row& row, const comparison::Topic& topic) const {
    List cells, values, results;
    for (const auto& cell : row.cells) {
      List provisions;
      for (const std::size_t i : cell) provisions.push_back(provision(table_.provisions[i]));
      cells.push_back(Object{{"provisions", std::move(provisions)}});
    }
    for (const comparison::ByValue& v : row.by_value) {
      List columns;
      for (const auto& column : v.columns) columns.push_back(column.in(language_));
      values.push_back(Object{{"name", v.values.in(language_)}, {"conflict", v.conflict}, {"columns", std::move(columns)}});
    }
    for (const comparison::Respect& r : row.respects) {
      results.push_back(Object{{"label", comparison::label(r).in(language_)}, {"text", r.summary.in(language_)}});
    }
    const bool any = !results.empty();
    return Object{{"anchor", anchor(topic)},
                  {"name", comparison::heading(topic.name, language_)},
                  {"cells", std::move(cells)},
                  {"has_values", !values.empty()},
                  {"values", std::move(values)},
                  {"has_results", any},
                  {"results", std::move(results)}};
  }

  Value provision(const comparison::Provision& p) const {
    List lines;
    for (const comparison::Line& line : comparison::lines(book_, p)) {
      lines.push_back(Object{{"label", line.label.in(language_)}, {"text", line.text.in(language_)}});
    }
    return Object{{"id", comparison::id(p.force)},
                  {"force", comparison::name(p.force).in(language_)},
                  {"name", p.name.in(language_)},
                  {"citation", comparison::citations(p).in(language_)},
                  {"lines", std::move(lines)}};
  }

  const comparison::Table& table_;
  const model::Rulebook& book_;
  const Words& words_;
  source::Language language_;
  List bureaus_;
};

}  // namespace

std::string render_comparison(const comparison::Table& table, const model::Rulebook& book, source::Language language) {
  static const Templates templates("compare.html", template_text);
  const Words words(language, "Asia/Shanghai");
  return templates.render(Page(table, book, words)());
}

}  // namespace jianlu::report
