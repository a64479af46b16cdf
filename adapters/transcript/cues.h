// SubRip and WebVTT.
#pragma once

#include <string_view>

#include "adapters/transcript/transcript.h"

namespace jianlu::transcript {

Transcript read_cues(std::string_view utf8);

}  // namespace jianlu::transcript
