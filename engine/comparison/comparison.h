// Regulations side by side, topic by topic: what each says, who is stricter, who is silent, who conflicts. In: a rulebook, the
// subject matters, the calendar. Everything is computed from the rulebook; docs/compare.md says how.
#pragma once

#include <string>
#include <vector>

#include "engine/comparison/order.h"

namespace jianlu::comparison {

struct Relation {
  std::size_t a = 0, b = 0;         // columns, a < b
  Verdict verdict;                  // of a against b
};

// One respect in which the bureaus that have provisions of this force can be held against one another.
struct Respect {
  Force force{};
  Facet facet{};
  std::vector<std::size_t> columns;
  std::vector<Words> values;        // of each column
  std::vector<Relation> relations;  // of every two of the columns
  Words summary;                    // the ranking, or what keeps them apart
};

// Values of a set-valued field that regulations treat alike: 日常检查: 应当, 可以, not listed.
struct ByValue {
  Words values;
  std::vector<Words> columns;       // 应当, 应当（附条件）, 可以, 不得 …; empty: not listed
  bool conflict = false;            // one demands what another only permits, or forbids what another does not forbid
};

struct Row {
  std::size_t topic = 0;
  std::vector<std::vector<std::size_t>> cells;   // of each column: provisions
  std::vector<std::size_t> silent;  // columns with nothing at all
  std::vector<Respect> respects;
  std::vector<ByValue> by_value;
};

struct Table {
  std::vector<std::size_t> regulations;   // the columns
  Subjects subjects;
  std::vector<Provision> provisions;
  std::vector<Row> rows;                  // one per topic on which some regulation says something
};

// What a column says there with that force.
Side side(const Table& table, const Row& row, std::size_t column, Force force);

Table compare(const model::Rulebook& book, const std::vector<std::size_t>& regulations, Subjects subjects,
              const calendar::WorkingDays& working_days);

// Lines that describe a provision in a cell: label and text.
struct Line {
  Words label, text;
};
std::vector<Line> lines(const model::Rulebook& book, const Provision& provision);
Words citations(const Provision& provision);
std::string heading(const model::Name& name, source::Language language);   // an English id as words
Words label(const Respect& respect);   // 期限（应当）

std::string print(const Table& table, const model::Rulebook& book, source::Language language);
std::string json(const Table& table, const model::Rulebook& book);

}  // namespace jianlu::comparison
