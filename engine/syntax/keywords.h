// Keywords in both spellings, by spelling: for translation and for hints.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/source/source.h"

namespace jianlu::syntax {

struct Keyword {
  std::string_view token;  // as the grammar names it
  std::string_view zh, en;
  std::string_view in(source::Language language) const { return language == source::Language::zh ? zh : en; }
};
const std::vector<Keyword>& keywords();
// The keyword of this spelling, in either language.
const Keyword* keyword(std::string_view spelling);
const Keyword* keyword_of_token(std::string_view token);

}  // namespace jianlu::syntax
