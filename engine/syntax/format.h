// Translation of rule files between their two languages, token for token.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/diag/diag.h"
#include "engine/source/source.h"

namespace jianlu::syntax {

// The other spelling of a name that stands at a place; empty where it has none (a variable) or is not known.
using OtherSpelling = std::function<std::string(std::string_view name, source::Span place)>;

// The text in the other language: keywords, citations and periods are translated here, names by `other`, declared names
// change sides; blanks, comments, quoted texts, numbers and punctuation stay byte for byte. The text as it is where it
// is already in that language. Translating back gives the same bytes.
// Only a file that parses without errors is translated: otherwise, or where the translation would read differently (a
// name that is a keyword over there), nothing, and `diagnostics` says why.
std::optional<std::string> translate(source::Files& files, source::FileId file, source::Language to,
                                     const OtherSpelling& other, diag::Diagnostics& diagnostics);

}  // namespace jianlu::syntax
