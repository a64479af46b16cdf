#include <catch2/catch.hpp>

#include <algorithm>

#include "engine/rules/catalogue.h"
#include "tests/unit/support/rule_samples.h"

using namespace jianlu;
using namespace jianlu::test;

TEST_CASE("everything of a regulation that has words has its English entry, and no entry is left over") {
  REQUIRE(real_rules().usable());
  const model::Rulebook& book = real_rules().book;
  for (const model::Regulation& regulation : book.regulations) {
    INFO(regulation.id);
    const auto read = rules::read_catalogue(file(kRoot + "rules/bureaus/" + regulation.id + "/regulation.en.yaml"));
    REQUIRE(std::holds_alternative<rules::Catalogue>(read));
    const auto& catalogue = std::get<rules::Catalogue>(read);
    const std::vector<std::string> wanted = rules::catalogue_paths(book, regulation);
    for (const std::string& path : wanted) {
      INFO(path);
      CHECK_FALSE(catalogue.text(path, "").empty());
    }
    for (const auto& [path, text] : catalogue.entries()) {
      INFO(path);
      CHECK(std::find(wanted.begin(), wanted.end(), path) != wanted.end());
    }
    for (const model::NormId id : regulation.norms) {
      INFO(book.norms[id].name.en);
      const auto english = catalogue.message(book.norms[id]);
      CHECK(rules::values_of(english) == rules::values_of(book.norms[id].message));
      for (const model::MessagePart& part : english) CHECK(part.literal.find('{') == std::string::npos);
    }
  }
}

TEST_CASE("a catalogue's message takes the values of the rule file's, in its own order") {
  model::Norm norm;
  norm.name.en = "n";
  norm.message = {{"甲", model::kNone}, {"", 7}, {"乙", model::kNone}, {"", 9}};
  rules::Catalogue catalogue;
  CHECK(catalogue.message(norm).size() == 4);
  catalogue.add("norms/n", "{2} before {1}, {3}");
  const auto message = catalogue.message(norm);
  REQUIRE(message.size() == 5);
  CHECK(message[1].value == 9);
  CHECK(message[2].literal == " before ");
  CHECK(message[3].value == 7);
  CHECK(message[4].literal == ", {3}");
  CHECK(catalogue.text("articles/1", "otherwise") == "otherwise");
  CHECK(std::holds_alternative<yaml::Fault>(rules::read_catalogue("norms: [a]")));
}
