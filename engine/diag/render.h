// Diagnostics for people (text), programs (JSON) and code-review tools (SARIF 2.1.0). Each diagnostic speaks the
// language of the file it is about unless the options say otherwise.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/source/source.h"

namespace jianlu::diag {

struct RenderOptions {
  bool colour = false;
  std::optional<source::Language> language;
  // The heading of the article that holds a place, e.g. 第七条 可以不记录的情形; empty text where there is none.
  std::function<std::string(source::Span)> heading;
};

// One block per diagnostic: message, place, source line with a mark under it, related places, fix, heading.
// What cannot be seen in a source line is spelled out (<U+202E>), so that a terminal never obeys it.
std::string render_text(const std::vector<Diagnostic>& diagnostics, const source::Files& files,
                        const RenderOptions& options = {});

// {"diagnostics": [{code, name, severity, language, message, fix, messages: {zh, en}, path, begin, end, heading,
// related}]}; lines and columns from 1, columns in code points, offsets in bytes.
std::string render_json(const std::vector<Diagnostic>& diagnostics, const source::Files& files,
                        const RenderOptions& options = {});

// Columns are UTF-16 code units. `rules` lists the kinds that occur.
std::string render_sarif(const std::vector<Diagnostic>& diagnostics, const source::Files& files,
                         const RenderOptions& options = {});

// The language in which a diagnostic is shown.
source::Language shown_in(const Diagnostic& diagnostic, const source::Files& files, const RenderOptions& options);
// error, warning, note; 错误, 警告, 提示
std::string_view severity_name(Severity severity, source::Language language);

// Columns on a terminal: Chinese characters and full-width signs take two, combining marks none.
int display_width(char32_t code);

}  // namespace jianlu::diag
