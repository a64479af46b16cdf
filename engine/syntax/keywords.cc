#include "engine/syntax/keywords.h"

namespace jianlu::syntax {

const std::vector<Keyword>& keywords() {
  static const std::vector<Keyword> all{
#define JIANLU_KEYWORD(token, zh, en) {#token, zh, en},
#include "engine/syntax/keywords.def"
#undef JIANLU_KEYWORD
  };
  return all;
}

const Keyword* keyword(std::string_view spelling) {
  for (const Keyword& k : keywords()) {
    if (k.zh == spelling || k.en == spelling) return &k;
  }
  return nullptr;
}

const Keyword* keyword_of_token(std::string_view token) {
  for (const Keyword& k : keywords()) {
    if (k.token == token) return &k;
  }
  return nullptr;
}

}  // namespace jianlu::syntax
