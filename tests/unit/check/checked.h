// Rule files checked as `jianlu check` does, over the vocabulary of tests/golden/check/rules.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/diag/render.h"
#include "engine/graph/graph.h"
#include "engine/model/build.h"
#include "engine/syntax/heading.h"
#include "engine/syntax/parse.h"
#include "tests/unit/support/rule_samples.h"

namespace jianlu::test {

struct Checked {
  source::Files files;
  diag::Diagnostics diagnostics;
  std::vector<std::unique_ptr<syntax::SourceFile>> trees;
  std::vector<model::Unit> units;   // the shared vocabulary, then the files: of one bureau where none is named
  model::Rulebook book;

  // Paths and texts; the vocabulary comes first.
  explicit Checked(const std::vector<std::pair<std::string, std::string>>& laws) {
    const auto add = [&](const std::string& path, std::string text, const std::string& bureau) {
      const source::FileId id = files.add(path, std::move(text));
      std::optional<syntax::SourceFile> tree = syntax::parse(files, id, diagnostics);
      if (!tree) return;
      trees.push_back(std::make_unique<syntax::SourceFile>(std::move(*tree)));
      units.push_back({trees.back().get(), bureau});
    };
    const std::string vocabulary = "tests/golden/check/rules/vocabulary.law";
    add(vocabulary, file(kRoot + vocabulary), "");
    for (const auto& [path, text] : laws) {
      const std::size_t folder = path.find('/');   // jia/regulation.law is of bureau jia
      const bool named = folder != std::string::npos && path.find('/', folder + 1) == std::string::npos;
      add(path, text, named ? path.substr(0, folder) : "sample");
    }
    book = model::build(units, files, diagnostics);
    if (!diagnostics.has_errors()) graph::check(graph::RuleGraph(book), book, diagnostics);
    diagnostics.sort();
  }

  diag::RenderOptions options() const {
    diag::RenderOptions out;
    out.heading = [this](source::Span place) {
      for (const auto& tree : trees) {
        if (tree->file == place.file) return syntax::heading_at(*tree, files, place);
      }
      return std::string();
    };
    return out;
  }
  std::string text() const { return diag::render_text(diagnostics.all(), files, options()); }
  std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const diag::Diagnostic& d : diagnostics.all()) out.emplace_back(diag::info(d.kind).code);
    return out;
  }
};

// Declarations of a regulation that already says what must be recorded (须记录) and what recording is (录制), both of a
// session. Declarations without a heading stand under 第二条; a text that begins a file is taken as it is.
inline std::string as_file(const std::string& text) {
  for (const char* head : {"规定 ", "共用 ", "词汇 ", "regulation ", "common ", "vocabulary "}) {
    if (text.starts_with(head)) return text;
  }
  std::string out =
      "规定 样例 = example\n    时区 \"Asia/Shanghai\"\n第一条 概要 \"应当记录的活动\"\n"
      "情形 须记录 = must_record 对 场次 s\n    第一项 s.活动 含任一 {日常检查}\n    第二项 s.活动 含任一 {行政强制}\n"
      "行为 录制 = filming 对 场次 s 为 有 r 于 s.录像\n";
  if (text.find("概要") == std::string::npos || text.find("概要") > text.find('\n')) out += "第二条 概要 \"例\"\n";
  return out + text;
}

inline Checked checked(const std::string& text) { return Checked({{"sample.law", as_file(text)}}); }

}  // namespace jianlu::test
