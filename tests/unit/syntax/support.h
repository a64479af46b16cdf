#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/diag/render.h"
#include "engine/syntax/parse.h"

namespace jianlu::test {

inline const std::filesystem::path root = JIANLU_ROOT;

inline std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Every file below `folder` that ends in `extension`, sorted.
inline std::vector<std::filesystem::path> glob(const std::filesystem::path& folder, const std::string& extension) {
  std::vector<std::filesystem::path> out;
  if (!std::filesystem::exists(folder)) return out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == extension) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// A text, its tree and what was reported about it.
struct Parsed {
  source::Files files;
  diag::Diagnostics diagnostics;
  std::optional<syntax::SourceFile> file;

  explicit Parsed(std::string text, std::string path = "test.law") {
    const source::FileId id = files.add(std::move(path), std::move(text));
    file = syntax::parse(files, id, diagnostics);
    diagnostics.sort();
  }
  std::string report() { return diag::render_text(diagnostics.all(), files); }
  // The codes in order, for short tests.
  std::string codes() {
    std::string out;
    for (const diag::Diagnostic& d : diagnostics.all()) {
      out += (out.empty() ? "" : " ") + std::string(diag::info(d.kind).name);
    }
    return out;
  }
};

// A regulation of one article with this declaration.
inline Parsed in_article(const std::string& declaration) {
  return Parsed("规定 甲 = a\n第一条 概要 \"乙\"\n" + declaration);
}

}  // namespace jianlu::test
