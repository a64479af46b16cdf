#include "engine/text/simplified.h"

#include "simplified_table.h"

namespace jianlu::text {

char32_t simplified(char32_t character) {
  const char32_t at = character - kFirst;  // below the first it wraps round
  return at < std::size(kSimplified) ? kSimplified[at] : character;
}

}  // namespace jianlu::text
