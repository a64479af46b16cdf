#include "adapters/ledger/csv.h"

#include <algorithm>

namespace jianlu::ledger {

bool Record::blank() const {
  return std::all_of(cells.begin(), cells.end(), [](const Cell& c) { return c.text.find_first_not_of(" \t") == std::string::npos; });
}

void Csv::step() {
  const char c = text_[at_++];
  if (c == '\n' || (c == '\r' && (at_ == text_.size() || text_[at_] != '\n'))) {
    ++line_;
    column_ = 1;
  } else if ((c & 0xC0) != 0x80 && c != '\r') {
    ++column_;
  }
}

void Csv::skip_line() {
  for (const int line = line_; at_ < text_.size() && line_ == line;) step();
}

Csv::Got Csv::next(Record& record, CsvFault& fault) {
  record.cells.clear();
  if (at_ == text_.size()) return Got::end;
  record.line = line_;
  for (;;) {
    Cell& cell = record.cells.emplace_back();
    cell.line = line_;
    cell.column = column_;
    const auto ends = [&] { return at_ == text_.size() || text_[at_] == separator_ || text_[at_] == '\n' || text_[at_] == '\r'; };
    if (at_ < text_.size() && text_[at_] == '"') {
      const std::size_t begin = at_;
      const int line = line_, column = column_;
      step();
      bool closed = false;
      while (at_ < text_.size() && !closed) {
        if (text_[at_] != '"') {
          cell.text += text_[at_];
          step();
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          cell.text += '"';
          step();
          step();
        } else {
          step();
          closed = true;
        }
      }
      if (!closed) {
        // Everything to the end of the file would be one cell. The line is left out, and the next is read on.
        at_ = begin;
        line_ = line;
        column_ = column;
        fault = {line, column, {"引号没有配对，这一行没有读入", "a quotation mark has no partner; this line was not read"},
                 {"补上右引号；单元格里的引号写两个", "close it; a quotation mark inside a cell is written twice"}};
        skip_line();
        return Got::fault;
      }
      if (!ends()) {
        fault = {line_, column_, {"引号之后还有文字，这一行没有读入", "text follows a closing quotation mark; this line was not read"},
                 {"单元格里的引号写两个", "a quotation mark inside a cell is written twice"}};
        skip_line();
        return Got::fault;
      }
    } else {
      while (!ends()) {
        cell.text += text_[at_];
        step();
      }
    }
    if (at_ == text_.size()) return Got::record;
    const char c = text_[at_];
    step();
    if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') step();
    if (c != separator_) return Got::record;
  }
}

}  // namespace jianlu::ledger
