// One line of a table, put into the shape that its mapping gives it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/ledger/csv.h"
#include "adapters/ledger/mapping.h"

namespace jianlu::ledger {

using Columns = std::map<std::string, std::size_t>;   // by name: which cell

struct RowFault {
  int line = 0, column = 0;
  std::string name;                  // of the column
  diag::Words what, mend;
};

class Row {
 public:
  Row(const Mapping& mapping, const Columns& columns, const Record& record) : mapping_(mapping), columns_(columns), record_(record) {}

  // Nothing where every cell that it takes is empty. Every node stands where its cell does.
  std::optional<yaml::Node> make(const Value& value);
  std::string text(const std::string& column) const;
  const std::vector<RowFault>& faults() const { return faults_; }

 private:
  std::optional<yaml::Node> take(const Take& take);
  std::optional<yaml::Node> one(const Take& take, const Cell& cell, std::string text);
  std::optional<yaml::Node> refuse(const Cell& cell, const Take& take, diag::Words what, diag::Words mend);
  yaml::Node placed(yaml::Node node) const;

  const Mapping& mapping_;
  const Columns& columns_;
  const Record& record_;
  std::vector<RowFault> faults_;
};

}  // namespace jianlu::ledger
