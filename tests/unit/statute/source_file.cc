#include "engine/statute/source_file.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

using namespace jianlu::statute;

namespace {

const char* const text = "第一条 灯要亮；夜里也要。\n第二条 灯坏了的，要修，并要登记。修好为止。\n";

}  // namespace

TEST_CASE("a text is described by its sentences, divided by hand or at semicolons") {
  const Regulation regulation = split(text);
  const Division by_hand[] = {{{2, 1, 0, 1, 0}, {8}}, {{9, 1, 0, 1, 0}, {1}}};
  const Source source = describe(regulation, by_hand);
  REQUIRE(source.statements.size() == 5);
  CHECK(format_zh(source.statements[2].at) == "第二条第一款第一句第一分句");
  CHECK(source.statements[2].cut == Cut{0, 8});
  CHECK(source.statements[3].cut == Cut{8, 12});
  const std::vector<Statement> statements = divide(regulation, source);
  REQUIRE(statements.size() == 5);
  for (std::size_t i = 0; i < statements.size(); ++i) {
    CHECK(statements[i].at == source.statements[i].at);
    CHECK(statements[i].sha256 == source.statements[i].sha256);
  }
  CHECK(statements[3].text == "并要登记。");

  const auto back = read_source(write_source(source));
  REQUIRE(std::holds_alternative<Source>(back));
  CHECK(std::get<Source>(back).statements == source.statements);
  CHECK(write_source(std::get<Source>(back)) == write_source(source));
  CHECK(std::get<Source>(read_source(write_source({}))).statements.empty());
}

TEST_CASE("a broken source file names the line and the way to mend it") {
  const std::string hash(64, 'a');
  const std::string ok = "statements:\n- {at: 第一条第一款第一句, sha256: " + hash + "}\n";
  REQUIRE(std::holds_alternative<Source>(read_source(ok)));
  struct Case {
    std::string text;
    int line;
    const char* en;
  };
  const Case cases[] = {
      {"", 0, "one key is expected"},
      {ok + "extra: 1\n", 1, "one key is expected"},
      {"statements:\n- {at: 第一条, sha256: " + hash + "}\n", 2, "must give article"},
      {"statements:\n- {at: 第1条第一款第一句, sha256: " + hash + "}\n", 2, "must give article"},
      {"statements:\n- {sha256: " + hash + "}\n", 2, "at is missing"},
      {"statements:\n- {at: 第一条第一款第一句, sha256: " + std::string(64, 'A') + "}\n", 2, "hexadecimal"},
      {"statements:\n- {at: 第一条第一款第一句}\n", 2, "hexadecimal"},
      {"statements:\n- {at: 第一条第一款第一句, note: x, sha256: " + hash + "}\n", 2, "unknown key"},
      {"statements:\n- {at: 第一条第一款第一句, cut: [0, 3], sha256: " + hash + "}\n", 2, "a clause has a cut"},
      {"statements:\n- {at: 第一条第一款第一句第一分句, sha256: " + hash + "}\n", 2, "a clause has a cut"},
      {"statements:\n- {at: 第一条第一款第一句第一分句, cut: [3, 3], sha256: " + hash + "}\n", 2, "behind from"},
      {"statements:\n- {at: 第一条第一款第一句第一分句, cut: [-1, 3], sha256: " + hash + "}\n", 2, "behind from"},
      {"statements:\n- {at: 第一条第一款第一句第一分句, cut: [1, 3], sha256: " + hash + "}\n", 2, "follow one another"},
      {"statements:\n- {at: 第一条第一款第一句第二分句, cut: [0, 3], sha256: " + hash + "}\n", 2, "follow one another"},
      {"statements:\n- {at: 第一条第一款第一句第一分句, cut: [0, 3], sha256: " + hash +
           "}\n- {at: 第一条第一款第一句第二分句, cut: [4, 9], sha256: " + hash + "}\n",
       3, "follow one another"},
      {ok + "- {at: 第一条第一款第一句, sha256: " + hash + "}\n", 3, "order of the text"},
      {ok + "- {at: 第一条第一款第一句, at: x}\n", 3, "twice"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const auto result = read_source(c.text);
    REQUIRE(std::holds_alternative<jianlu::yaml::Fault>(result));
    const auto& fault = std::get<jianlu::yaml::Fault>(result);
    CHECK(fault.line == c.line);
    CHECK_THAT(fault.en, Catch::Contains(c.en));
    CHECK_FALSE(fault.zh.empty());
  }
}
