#pragma once

#include <string>

#include "engine/model/vocabulary.h"
#include "engine/source/source.h"

namespace jianlu::manifest {

// Both hold the names that the vocabulary's viewer sees.
//
// JSON Schema (2020-12) of a manifest, for editors and for systems that write JSON lines: either spelling of every
// name, one of the two for a required field, never both. Each line of JSON lines is such a manifest. The reader is
// somewhat more lenient (it takes a number for a text).
std::string schema(const model::Vocabulary& vocabulary);

// The ledgers with their fields and the values of enumerations, as Markdown.
std::string data_dictionary(const model::Vocabulary& vocabulary, source::Language language);

}  // namespace jianlu::manifest
