#include "report/template.h"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace jianlu::report;
using Object = Value::Object;
using List = Value::List;

namespace {

using Files = std::map<std::string, std::string, std::less<>>;

std::string render(const Files& files, const Value& root) {
  const Templates templates("main", [&](std::string_view name) {
    const auto found = files.find(name);
    return found == files.end() ? nullptr : &found->second;
  });
  return templates.render(root);
}

std::string render(const std::string& text, const Value& root) { return render(Files{{"main", text}}, root); }

std::string complaint(const std::string& text, const Value& root = Object{{"a", "x"}}) {
  try {
    render(text, root);
  } catch (const std::logic_error& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("holes are filled from the innermost scope that has the name") {
  const Value root = Object{{"a", "1"}, {"b", Object{{"a", "2"}, {"c", Object{{"d", "3"}}}}}};
  CHECK(render("{{a}}{{#b}}{{a}}{{c.d}}{{/b}}{{b.c.d}}", root) == "1233");
}

TEST_CASE("sections repeat, choose and nest") {
  const Value root = Object{{"list", List{Object{{"n", "1"}}, Object{{"n", "2"}}}},
                            {"texts", List{"x", "y"}},
                            {"none", List{}},
                            {"empty", ""},
                            {"yes", true},
                            {"no", false}};
  CHECK(render("{{#list}}[{{n}}]{{/list}}{{#texts}}{{.}}{{/texts}}", root) == "[1][2]xy");
  CHECK(render("{{#none}}a{{/none}}{{^none}}b{{/none}}{{#empty}}c{{/empty}}{{^empty}}d{{/empty}}", root) ==
        "bd");
  CHECK(render("{{#yes}}a{{/yes}}{{^yes}}b{{/yes}}{{#no}}c{{/no}}{{^no}}d{{/no}}", root) == "ad");
}

TEST_CASE("a tag alone on its line takes the line with it") {
  CHECK(render("a\n{{#yes}}\n  b\n{{/yes}}\n{{! remark}}\nc\n", Object{{"yes", true}}) == "a\n  b\nc\n");
  CHECK(render("a {{#yes}}b{{/yes}}\n", Object{{"yes", true}}) == "a b\n");
}

TEST_CASE("templates include each other, and recurse as deep as the data") {
  const Value leaf = Object{{"n", "2"}, {"children", List{}}};
  const Value root = Object{{"n", "1"}, {"children", List{leaf, leaf}}};
  const Files files{{"main", "{{>node}}"}, {"node", "<i>{{n}}{{#children}}{{>node}}{{/children}}</i>"}};
  CHECK(render(files, root) == "<i>1<i>2</i><i>2</i></i>");
  CHECK_THROWS_WITH(render(Files{{"main", "{{>main}}"}}, root), Catch::Contains("nested too deeply"));
}

TEST_CASE("a hole is escaped for its place") {
  const Value root = Object{{"a", "<b> \"x\" javascript:y"}, {"id", "a b"}};
  CHECK(render("<p>{{a}}</p>", root) == "<p>&lt;b&gt; &quot;x&quot; javascript:y</p>");
  CHECK(render("<p title='{{a}}'>", root) == "<p title='&lt;b&gt; &quot;x&quot; javascript:y'>");
  CHECK(render("<a href=\"{{a}}\">", root) == "<a href=\"#\">");
  CHECK(render("<a href=\"#{{id}}\">", root) == "<a href=\"#a%20b\">");
  CHECK(render("<svg><text x=\"1\">{{a}}</text></svg>", root) ==
        "<svg><text x=\"1\">&lt;b&gt; &quot;x&quot; javascript:y</text></svg>");
  CHECK(render("<p class=\"x{{#id}} y{{/id}}\">", root) == "<p class=\"x y\">");
}

TEST_CASE("a template with a hole where nothing is safe does not load") {
  CHECK_THAT(complaint("<p {{a}}>"), Catch::Contains("main:1: a hole in a tag"));
  CHECK_THAT(complaint("\n<p title={{a}}>"), Catch::Contains("main:2: a hole in a tag"));
  CHECK_THAT(complaint("<!-- {{a}} -->"), Catch::Contains("a hole in a tag, a comment"));
  CHECK_THAT(complaint("<style>{{a}}</style>"), Catch::Contains("a style"));
  CHECK_THAT(complaint("<script>1</script>"), Catch::Contains("a script"));
  CHECK_THAT(complaint("<p style=\"{{a}}\">"), Catch::Contains("attribute style"));
  CHECK_THAT(complaint("<p onclick=\"{{a}}\">"), Catch::Contains("attribute onclick"));
  CHECK_THAT(complaint("<iframe srcdoc=\"{{a}}\">"), Catch::Contains("attribute srcdoc"));
  CHECK_THAT(complaint("<p {{#a}}class=\"x\"{{/a}}>"), Catch::Contains("a section inside a tag"));
  CHECK_THAT(complaint("{{#a}}<p title=\"{{/a}}\">"), Catch::Contains("another kind of place"));
}

TEST_CASE("a style is taken as it is, unless it could end itself") {
  CHECK(render(Files{{"main", "<style>{{>css}}</style>{{a}}"}, {"css", "p { x: \"<&\" }"}},
               Object{{"a", "<"}}) == "<style>p { x: \"<&\" }</style>&lt;");
  CHECK_THROWS_WITH(render(Files{{"main", "<style>{{>css}}</style>"}, {"css", "</style>"}}, Object{}),
                    Catch::Contains("close itself"));
}

TEST_CASE("malformed templates and missing names are named with their line") {
  CHECK_THAT(complaint("{{#a}}"), Catch::Contains("is not closed"));
  CHECK_THAT(complaint("{{#a}}{{/b}}"), Catch::Contains("closes nothing"));
  CHECK_THAT(complaint("{{a"), Catch::Contains("{{ without }}"));
  CHECK_THAT(complaint("{{>b}}"), Catch::Contains("no template named b"));
  CHECK_THAT(complaint("x\ny {{b}}"), Catch::Contains("main:2: nothing named b"));
  CHECK_THAT(complaint("{{a}}", Object{{"a", List{}}}), Catch::Contains("a is no text"));
}
