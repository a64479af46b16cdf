#include "adapters/ledger/csv.h"

#include <catch2/catch.hpp>

#include "adapters/ledger/times.h"

using namespace jianlu::ledger;

namespace {

struct All {
  std::vector<Record> records;
  std::vector<CsvFault> faults;
};

All all(std::string_view text, char separator = ',') {
  All out;
  Csv csv(text, separator);
  Record record;
  CsvFault fault;
  for (Csv::Got got = csv.next(record, fault); got != Csv::Got::end; got = csv.next(record, fault)) {
    if (got == Csv::Got::record) out.records.push_back(record);
    else out.faults.push_back(fault);
  }
  return out;
}

std::vector<std::string> texts(const Record& record) {
  std::vector<std::string> out;
  for (const Cell& cell : record.cells) out.push_back(cell.text);
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("Cells may be quoted, and hold separators, quotation marks and line breaks") {
  const All read = all("a,\"b,c\",\"d\"\"e\"\r\n\"1\n2\",,x\n\nlast,\"\",");
  REQUIRE(read.faults.empty());
  REQUIRE(read.records.size() == 4);
  CHECK(texts(read.records[0]) == Texts{"a", "b,c", "d\"e"});
  CHECK(texts(read.records[1]) == Texts{"1\n2", "", "x"});
  CHECK(read.records[2].blank());
  CHECK(texts(read.records[3]) == Texts{"last", "", ""});
}

TEST_CASE("Every cell knows its place, in lines of the file and characters of the line") {
  const All read = all("甲乙,丙\n\"一\n二\",丁\r戊,\"己\"\n");
  REQUIRE(read.records.size() == 3);
  CHECK(read.records[0].cells[1].line == 1);
  CHECK(read.records[0].cells[1].column == 4);
  CHECK(read.records[1].line == 2);
  CHECK(read.records[1].cells[1].line == 3);
  CHECK(read.records[1].cells[1].column == 4);
  CHECK(read.records[2].line == 4);
  CHECK(read.records[2].cells[1].column == 3);
}

TEST_CASE("Other separators") {
  CHECK(texts(all("a;b,c;d", ';').records[0]) == Texts{"a", "b,c", "d"});
  CHECK(texts(all("a\tb\t", '\t').records[0]) == Texts{"a", "b", ""});
  CHECK(all("").records.empty());
}

TEST_CASE("A broken quotation costs its line") {
  const All open = all("a,b\n1,\"2\n3,4\n");
  REQUIRE(open.faults.size() == 1);
  CHECK(open.faults[0].line == 2);
  CHECK(open.faults[0].column == 3);
  REQUIRE(open.records.size() == 2);
  CHECK(texts(open.records[1]) == Texts{"3", "4"});
  const All after = all("\"a\"b,c\nd,e\n");
  REQUIRE(after.faults.size() == 1);
  CHECK(after.faults[0].column == 4);
  CHECK(texts(after.records[0]) == Texts{"d", "e"});
}

TEST_CASE("Times are read as they are said to be written, and in no other way") {
  CHECK(read_time("2024-05-07 09:30:05", "yyyy-MM-dd HH:mm:ss") == "2024-05-07T09:30:05");
  CHECK(read_time("20240507093005", "yyyyMMddHHmmss") == "2024-05-07T09:30:05");
  CHECK(read_time("2024年5月7日 9:05", "yyyy年M月d日 H:mm") == "2024-05-07T09:05:00");
  CHECK(read_time("2024/11/17", "yyyy/M/d") == "2024-11-17T00:00:00");
  CHECK(read_time("07.05.2024 9:30:05.250", "dd.MM.yyyy H:mm:ss.SSS") == "2024-05-07T09:30:05.250");
  CHECK(read_time("0", "epoch") == "1970-01-01T00:00:00Z");
  CHECK(read_time("1715045405123", "epoch_ms") == "2024-05-07T01:30:05.123000Z");
  CHECK(read_time("61", "excel") == "1900-03-01T00:00:00");
  CHECK(read_time("45419", "excel") == "2024-05-07T00:00:00");
  CHECK(read_time("45419.395891203704", "excel") == "2024-05-07T09:30:05");
  const std::pair<const char*, const char*> wrong[] = {
      {"2024-5-7 09:30:05", "yyyy-MM-dd HH:mm:ss"}, {"2024-05-07 09:30:05 ", "yyyy-MM-dd HH:mm:ss"}, {"2024-05-07", "yyyy-MM-dd HH:mm"},
      {"", "yyyy-MM-dd"}, {"60", "excel"}, {"nan", "excel"}, {"1e9", "excel"}, {"-1", "epoch"}, {"99999999999999999999", "epoch"}, {"12x", "epoch_ms"}};
  for (const auto& [text, form] : wrong) {
    INFO(text << " as " << form);
    CHECK_FALSE(read_time(text, form));
  }
  CHECK_FALSE(form_fault("yyyy-MM-dd HH:mm"));
  CHECK_FALSE(form_fault("excel"));
  CHECK(form_fault("HH:mm"));
  CHECK(form_fault("yyyy-MM-dd dd"));
  CHECK(form_fault("YYYY-MM-DD"));
}
