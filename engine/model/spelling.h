// The other spelling of the names that a rule file uses, for translation.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/build.h"
#include "engine/source/source.h"

namespace jianlu::model {

class Spellings {
 public:
  Spellings(const Rulebook& book, const std::vector<Unit>& units, const source::Files& files);

  // Of the name that stands at `place`. A field is that of the ledger at hand, since several ledgers may use one
  // Chinese name; what the articles of a regulation declare is known in its own file only, what a bureau's vocabulary declares in
  // the files of that bureau; anything else is the same everywhere. Empty where nothing declares it, as for a variable.
  std::string other(std::string_view name, source::Span place) const;

 private:
  using Table = std::map<std::string, std::string, std::less<>>;
  struct Ledger {
    source::Span span;
    Table fields;
  };
  struct Declared {
    Table names, fields;
  };
  static void add(Table& table, std::string_view zh, std::string_view en);
  std::string look(Table Declared::*table, std::string_view name, source::FileId file) const;

  const source::Files& files_;
  std::map<std::string, Declared> declared_;     // by bureau; "": shared
  std::map<source::FileId, std::string> bureau_of_;
  std::map<source::FileId, Table> own_;  // what the articles of a file declare
  std::map<std::pair<source::FileId, std::uint32_t>, Name> read_;  // fields read in expressions, by their last byte
  std::vector<Ledger> ledgers_;
};

}  // namespace jianlu::model
