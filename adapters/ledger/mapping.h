// How the columns of a table become rows of ledgers: a YAML file per kind of export, see docs/sources.md. What a row is to
// be stands in it as it would stand in a manifest, with {column: NAME} wherever a cell's text belongs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/model/vocabulary.h"
#include "engine/yaml/document.h"

namespace jianlu::ledger {

// A cell's text put into a value.
struct Take {
  std::string column;
  std::map<std::string, yaml::Node> values;      // what each text means; empty: the text itself
  std::vector<std::string> times;                // an instant: the forms it may have
  std::string split;                             // several values in one cell, parted by this
  std::optional<yaml::Node> empty;               // what an empty cell means; otherwise nothing is said
};

// A value of a row: a constant, a cell, or parts.
struct Value {
  enum class Kind { constant, take, parts, rows } kind = Kind::constant;
  yaml::Node constant;
  Take take;
  std::vector<std::pair<yaml::Node, Value>> parts;   // by key: a mapping
  std::vector<Value> rows;                           // a sequence
  int line = 0;
};

struct Only {
  std::string column;
  std::vector<std::string> take, leave;          // texts; any other is an error of its row
};

struct Mapping {
  std::string file, id;
  diag::Words note;
  std::vector<std::string> header;               // columns that tell such a table
  char separator = ',';
  int header_line = 1;                           // which record names the columns
  bool excel = false;                            // undo what spreadsheets do to texts
  yaml::Node zone;                               // as in a manifest; null: the bureau's
  std::optional<Only> only;
  std::vector<std::pair<model::EntityId, Value>> rows;
  std::vector<Value> deliveries;
};

struct MappingFault {
  std::string file;
  int line = 0, column = 0;
  diag::Words what, mend;
};

// Nothing where there is a fault: a mapping is used whole or not at all.
std::optional<Mapping> read_mapping(const std::string& file, std::string_view text, const model::Vocabulary& vocabulary,
                                    std::vector<MappingFault>& faults);

}  // namespace jianlu::ledger
