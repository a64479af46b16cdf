#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/statute/regulation.h"
#include "engine/yaml/document.h"

namespace jianlu::statute {

// One statement of rules/bureaus/<id>/source.yaml. The official text stays out of the file.
struct SourceEntry {
  Citation at;             // full: article, paragraph and sentence given
  std::optional<Cut> cut;  // given if and only if `at` names a clause
  std::string sha256;      // of the normalised text
  friend bool operator==(const SourceEntry&, const SourceEntry&) = default;
};

// The statements of a regulation in the order of its text. The clauses of a sentence follow one another from its first
// character to its last, and are at least two.
struct Source {
  std::vector<SourceEntry> statements;

  std::vector<Citation> outline() const;
};

// Reads and writes the file:
//   statements:
//   - {at: 第四条第一款第一句, sha256: 5f…}
//   - {at: 第十五条第一款第一句第一分句, cut: [0, 16], sha256: 0a…}
// The first thing wrong is the fault. write() of what was read gives the same bytes, but for comments and layout.
std::variant<Source, yaml::Fault> read_source(std::string_view text);
std::string write_source(const Source& source);

// A division that punctuation does not show: where the clauses of a sentence begin, after the first, in normalised
// characters.
struct Division {
  Citation sentence;
  std::vector<std::uint32_t> starts;
};

// The source file of a text: its sentences, divided as given, otherwise at ；. A division of a sentence that the text
// does not have changes nothing. A text that numbers two articles alike gives statements that nothing can tell apart;
// read_source() refuses such a file.
Source describe(const Regulation& regulation, std::span<const Division> divisions);

// The statements of a text as a source file divides them; a sentence that the file does not divide stays whole. For
// quoting: whether the text is still the one that was fingerprinted, compare() tells.
std::vector<Statement> divide(const Regulation& regulation, const Source& source);

}  // namespace jianlu::statute
