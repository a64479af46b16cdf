#include "engine/yaml/document.h"

#include <catch2/catch.hpp>

using namespace jianlu::yaml;

TEST_CASE("a document becomes a tree of texts with places") {
  const auto result = read("a: 1.10\nlist: [x, 'NO', ]\nmap:\n  k: ~\n");
  const Node& root = std::get<Node>(result);
  REQUIRE(root.is(Node::Kind::mapping));
  CHECK(root.find("a")->text == "1.10");
  CHECK(root.find("list")->items.size() == 2);
  CHECK(root.find("list")->items[1].text == "NO");
  CHECK(root.find("list")->items[1].line == 2);
  CHECK(root.find("map")->find("k")->is(Node::Kind::null));
  CHECK(root.find("map")->find("k")->line == 4);
  CHECK(root.find("none") == nullptr);
  CHECK(std::get<Node>(read("")).is(Node::Kind::null));
  CHECK(std::get<Node>(read("# only a comment\n")).is(Node::Kind::null));
}

TEST_CASE("what YAML allows and a rule file does not is a fault with its line") {
  struct Case {
    std::string text;
    int line;
    const char* en;
  };
  const std::string deep = std::string(40, '[') + std::string(40, ']');
  const std::string abyss = std::string(200'000, '[') + std::string(200'000, ']');
  const Case cases[] = {{"a: 1\na: 2\n", 2, "twice"},
                        {"a: &x 1\n", 1, "anchors"},
                        {"a: 1\nb: *x\n", 2, "syntax"},
                        {"a: {<<: {b: 1}}\n", 1, "merge"},
                        {"a: !!binary abcd\n", 1, "tags"},
                        {"[1]: 2\n", 1, "key"},
                        {"? \n: 2\n", 2, "key"},
                        {"a: 1\n---\nb: 2\n", 3, "one YAML document"},
                        {"a: [1\nb: 2\n", 2, "syntax"},
                        {deep, 1, "deeply"},
                        {abyss, 1, "deeply"},
                        {std::string(max_bytes + 1, ' '), 1, "large"}};
  for (const Case& c : cases) {
    CAPTURE(c.text.substr(0, 60));
    const auto result = read(c.text);
    REQUIRE(std::holds_alternative<Fault>(result));
    const Fault& fault = std::get<Fault>(result);
    CAPTURE(fault.en);
    CHECK(fault.line == c.line);
    CHECK_THAT(fault.en, Catch::Contains(c.en));
    CHECK_FALSE(fault.zh.empty());
  }
}
