// Text of people and machines as UTF-8. Detection is strict: what is neither UTF-8 nor GB18030 (nor UTF-16 with its byte
// order mark, as Excel saves "Unicode text") is a fault, never a guess.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "engine/diag/diag.h"

namespace jianlu::encoding {

struct Fault {
  int line = 0;        // 1-based; of the first byte that no encoding explains
  diag::Words what, mend;
};

struct Text {
  std::string utf8;    // without byte order mark
  std::string_view name;   // "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"
};

std::variant<Text, Fault> to_utf8(std::string_view bytes);

}  // namespace jianlu::encoding
