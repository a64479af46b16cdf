// The JSON of speech recognisers.
#pragma once

#include <string_view>

#include "adapters/transcript/transcript.h"

namespace jianlu::transcript {

Transcript read_json(std::string_view utf8);

// Without white space at the ends.
std::string_view trimmed(std::string_view text);

}  // namespace jianlu::transcript
