// Comma-separated values as RFC 4180 has them: quoted cells may hold separators, quotation marks ("") and line breaks.
// In: text in UTF-8. Out: records with the place of every cell. A record with an error is reported, and the next is read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diag.h"

namespace jianlu::ledger {

struct Cell {
  std::string text;
  int line = 0, column = 0;          // of its beginning, from 1; columns in characters
};

struct Record {
  std::vector<Cell> cells;
  int line = 0;
  bool blank() const;                // nothing but empty cells
};

struct CsvFault {
  int line = 0, column = 0;
  diag::Words what, mend;
};

class Csv {
 public:
  Csv(std::string_view text, char separator) : text_(text), separator_(separator) {}

  enum class Got { record, fault, end };
  Got next(Record& record, CsvFault& fault);

 private:
  void step();
  void skip_line();

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
};

}  // namespace jianlu::ledger
