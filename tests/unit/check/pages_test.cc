// Every kind of diagnostic has a page docs/diagnostics/<code>.md; what it says to avoid is reported under that code, what it
// says to prefer is not, and is free of errors.
#include <catch2/catch.hpp>

#include <algorithm>
#include <charconv>

#include "engine/model/spelling.h"
#include "engine/source/screen.h"
#include "engine/syntax/format.h"
#include "tests/unit/check/checked.h"

using namespace jianlu;

namespace {

struct Example {
  std::string info;   // after ```law: "file" for a text taken as it is, "fmt en" for one to be translated
  std::string text;
};

// The first example below a heading.
Example example(const std::string& page, const std::string& heading) {
  const std::size_t at = page.find("\n## " + heading + "\n");
  REQUIRE(at != std::string::npos);
  const std::size_t open = page.find("\n```law", at), line = page.find('\n', open + 1), close = page.find("\n```\n", line);
  REQUIRE(close != std::string::npos);
  return {page.substr(open + 7, line - open - 7), page.substr(line + 1, close - line)};
}

// What a page cannot show: <D3> is a byte, <U+200B> a character, <70 × (> a text 70 times, # in it the number of the copy.
std::string expand(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t close = text.find('>', at);
    const std::string inner = text[at] == '<' && close != std::string::npos ? text.substr(at + 1, close - at - 1) : "";
    const auto hex = [&](std::size_t from) {
      unsigned value = 0;
      const char* end = inner.data() + inner.size();
      return std::from_chars(inner.data() + from, end, value, 16).ptr == end ? value : 0u;
    };
    const std::size_t times = inner.find(" × ");
    if (inner.starts_with("U+")) {
      source::append_utf8(out, hex(2));
    } else if (inner.size() == 2 && hex(0) != 0) {
      out += static_cast<char>(hex(0));
    } else if (times != std::string::npos) {
      const std::string copy = inner.substr(times + std::string(" × ").size());
      for (int i = 0; i < std::stoi(inner); ++i) {
        for (const char c : copy) out += c == '#' ? std::to_string(i) : std::string(1, c);
      }
    } else {
      out += text[at];
      continue;
    }
    at = close;
  }
  return out;
}

test::Checked run(const Example& e) {
  const std::string text = expand(e.text);
  test::Checked checked = e.info == " file" ? test::Checked({{"sample.law", text}}) : test::checked(text);
  if (!e.info.starts_with(" fmt")) return checked;
  const model::Spellings spellings(checked.book, checked.units, checked.files);
  const auto other = [&](std::string_view name, source::Span place) { return spellings.other(name, place); };
  const source::Language to = e.info.ends_with("en") ? source::Language::en : source::Language::zh;
  syntax::translate(checked.files, checked.trees.back()->file, to, other, checked.diagnostics);
  return checked;
}

}  // namespace

TEST_CASE("every kind has a page whose examples show it, and show how to do without") {
  for (const diag::KindInfo& kind : diag::all_kinds()) {
    const std::string code(kind.code);
    INFO("docs/diagnostics/" << code << ".md");
    const std::string page = test::file(test::kRoot + "docs/diagnostics/" + code + ".md");
    CHECK(page.starts_with("# " + code + " "));
    const std::string severity = std::string(diag::severity_name(kind.severity, source::Language::zh)) + " · " +
                                 std::string(diag::severity_name(kind.severity, source::Language::en));
    CHECK(page.find("\n" + severity + "\n") != std::string::npos);
    CHECK(page.find("\n## 为什么 · Why\n") != std::string::npos);
    const auto shows = [&](const test::Checked& checked) {
      const std::vector<std::string> codes = checked.codes();
      return std::find(codes.begin(), codes.end(), code) != codes.end();
    };
    const test::Checked bad = run(example(page, "避免 · Avoid"));
    const test::Checked good = run(example(page, "建议 · Prefer"));
    INFO("avoid:\n" << bad.text().substr(0, 2000) << "\nprefer:\n" << good.text().substr(0, 2000));
    CHECK(shows(bad));
    CHECK_FALSE(shows(good));
    CHECK_FALSE(good.diagnostics.has_errors());
  }
}
