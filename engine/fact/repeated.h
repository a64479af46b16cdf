// The words for a row whose key an earlier row of its source has.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/diag/diag.h"

namespace jianlu::fact {

// `place`, in each language: where the earlier row stands.
inline diag::Words stated_already(std::string_view key, const diag::Words& place) {
  const std::string text(key);
  return {"“" + text + "”已经在" + place.zh + "说过，而内容不同", "`" + text + "` was stated at " + place.en + " already, with other content"};
}
inline diag::Words stated_already(std::string_view key, std::int32_t line) {
  return stated_already(key, {"第 " + std::to_string(line) + " 行", "line " + std::to_string(line)});
}
inline diag::Words keep_one() { return {"两处只留一处，或者改正标识", "keep one of the two, or correct the key"}; }

}  // namespace jianlu::fact
