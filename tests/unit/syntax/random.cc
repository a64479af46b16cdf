// No text crashes the parser, hangs it, or makes it report outside the text. Fixed seeds.
#include <catch2/catch.hpp>

#include <chrono>
#include <random>

#include "engine/diag/render.h"
#include "engine/syntax/dump.h"
#include "engine/syntax/words.h"
#include "tests/unit/syntax/support.h"

using namespace jianlu;
using test::Parsed;

namespace {

void survive(const std::string& text) {
  Parsed parsed(text);
  for (const diag::Diagnostic& d : parsed.diagnostics.all()) {
    if (d.span.begin > d.span.end || d.span.end > text.size()) FAIL("a span outside the text: " << text);
  }
  if (!parsed.file && !parsed.diagnostics.has_errors()) FAIL("nothing parsed and nothing reported: " << text);
  if (parsed.file) syntax::dump(*parsed.file, parsed.files);
  diag::render_text(parsed.diagnostics.all(), parsed.files);
}

std::vector<std::string> words() {
  std::vector<std::string> out{"甲", "乙 = b", "s", "场次 s", ".甲", " 的乙", "'s 甲", "(", ")", "{", "}", "[", "]", "、", "，", "=",
                               "!=", "<=", "+", "-", "*", "/", "//", ":", "\"文\"", "“文”", "\"", "24小时", "1 day", "5%", "0.5",
                               "2024-01-01", "2024-01-01T08:00", "第一条", "第二款第一项", "art 1", "art 1 para 2", "\n", "　",
                               "\xFF", "\xE2\x80\xAE", "ａ", "。", "{s.甲}"};
  for (const syntax::Keyword& word : syntax::keywords()) {
    out.emplace_back(word.zh);
    out.emplace_back(word.en);
  }
  return out;
}

}  // namespace

TEST_CASE("random words") {
  std::mt19937 random(20240101);
  const std::vector<std::string> all = words();
  const std::string heads[] = {"规定 甲 = a\n第一条 概要 \"乙\"\n", "regulation a = 甲\nart 1 summary \"b\"\n", "词汇 甲 = a ", "共用 甲 = a ", ""};
  for (int round = 0; round < 3000; ++round) {
    std::string text = heads[random() % 5];
    const std::size_t length = random() % 60;
    for (std::size_t i = 0; i < length; ++i) {
      text += all[random() % all.size()];
      if (random() % 8 != 0) text += ' ';
    }
    survive(text);
  }
}

TEST_CASE("random changes to good files") {
  std::mt19937 random(7);
  const std::vector<std::string> all = words();
  for (const auto& path : test::glob(test::root / "tests/golden/syntax/good", ".law")) {
    const std::string good = test::read(path);
    for (int round = 0; round < 120; ++round) {
      std::string text = good;
      for (std::size_t change = random() % 4 + 1; change > 0; --change) {
        const std::size_t at = random() % (text.size() + 1);
        const std::size_t length = std::min<std::size_t>(random() % 12, text.size() - at);
        switch (random() % 4) {
          case 0: text.erase(at, length); break;
          case 1: text.insert(at, all[random() % all.size()]); break;
          case 2: text.insert(at, text.substr(random() % (text.size() + 1), random() % 40)); break;
          default: text.replace(at, length, all[random() % all.size()]);
        }
      }
      survive(text);
    }
  }
}

TEST_CASE("a large file takes time in proportion") {
  std::string text = "规定 甲 = a\n第一条 概要 \"乙\"\n";
  for (int i = 0; i < 4000; ++i) {
    text += "第一款 义务 名" + std::to_string(i) + " = n" + std::to_string(i) +
            " 对每个 场次 s 当 须记录(s) 且 (有 r 于 s.录像 使 r.开始 <= s.到达 + 24小时) 应当 s.甲 已填\n";
  }
  const auto begin = std::chrono::steady_clock::now();
  Parsed parsed(text);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  CHECK(parsed.diagnostics.all().empty());
  CHECK(parsed.file->articles.at(0).decls.size() == 4000);
  WARN(text.size() << " bytes, 4000 declarations in " << seconds.count() << " s");
  CHECK(seconds.count() < 60);
}
